'use strict';

module.exports = {
  async up(queryInterface) {
    await queryInterface.sequelize.query(`
      CREATE FUNCTION trim_unit() RETURNS trigger AS $$
      BEGIN
        NEW."unit" := trim(NEW."unit");
        RETURN NEW;
      END;
      $$ LANGUAGE plpgsql;
    `);
    await queryInterface.sequelize.query(
      'CREATE TRIGGER "measures_trimmed" BEFORE INSERT OR UPDATE ON "Measures" FOR EACH ROW EXECUTE FUNCTION trim_unit()'
    );
    await queryInterface.sequelize.query('CREATE VIEW "BigMeasures" AS SELECT * FROM "Measures" WHERE "amount" > 100');
  },

  async down(queryInterface) {
    await queryInterface.sequelize.query('DROP VIEW "BigMeasures"');
    await queryInterface.sequelize.query('DROP TRIGGER "measures_trimmed" ON "Measures"');
    await queryInterface.sequelize.query('DROP FUNCTION trim_unit()');
  },
};
