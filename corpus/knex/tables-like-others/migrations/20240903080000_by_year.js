const years = [2022, 2023, 2024];

exports.up = async (knex) => {
  for (const year of years) {
    await knex.schema.createTable(`log_${year}`, (t) => {
      t.increments('id');
      t.specificType('at', 'timestamptz').notNullable().checkBetween([`${year}-01-01`, `${year + 1}-01-01`], `in_${year}`);
    });
  }
};

exports.down = async (knex) => {
  for (const year of [...years].reverse()) {
    await knex.schema.dropTable(`log_${year}`);
  }
};
