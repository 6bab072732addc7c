class Columns {
  constructor(builder) {
    this.builder = builder;
  }
  all(names) {
    names.forEach((name) => this.builder.boolean(`has_${name}`));
  }
}

exports.up = async (knex) => {
  const fields = await knex('fields').pluck('name');
  await knex.schema.alterTable('boxes', (t) => {
    new Columns(t).all(fields);
  });
};

exports.down = async () => {};
