const sizes = (process.env.BOX_SIZES || 's,m').split(',');

exports.up = async (knex) => {
  await knex.schema.alterTable('boxes', (t) => {
    t.enu('size', sizes);
  });
};

exports.down = async () => {};
