'use strict';

module.exports = {
  async up(queryInterface) {
    await queryInterface.sequelize.query(
      'CREATE TRIGGER prices_filled BEFORE INSERT ON "Prices" FOR EACH ROW EXECUTE FUNCTION fill_gross()'
    );
    await queryInterface.renameFunction('with_tax', [{ type: 'integer' }, { type: 'integer' }], 'taxed');
  },

  async down(queryInterface) {
    await queryInterface.renameFunction('taxed', [{ type: 'integer' }, { type: 'integer' }], 'with_tax');
    await queryInterface.dropTrigger('Prices', 'prices_filled');
  },
};
