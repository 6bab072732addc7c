'use strict';

const KEY = process.env.BOXES_KEY || 'boxes.who';

module.exports = {
  async up(queryInterface) {
    await queryInterface.sequelize.query(`
      CREATE OR REPLACE FUNCTION who() RETURNS text AS $$
        SELECT coalesce(current_setting('${KEY}', true), 'nobody');
      $$ LANGUAGE sql STABLE;
    `);
    await queryInterface.createFunction('is_whole', [], 'boolean', 'plpgsql', `RETURN '${KEY}' <> '';`);
    await queryInterface.sequelize.query(`COMMENT ON TABLE crates IS 'read under ${KEY}'`);
  },
};
