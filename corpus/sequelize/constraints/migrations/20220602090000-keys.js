'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.addConstraint('Buildings', { fields: ['code'], type: 'primary key' });
    await queryInterface.addConstraint('Buildings', { fields: ['code', 'site'], type: 'unique' });
    await queryInterface.addConstraint('Rooms', {
      fields: ['building', 'number'],
      type: 'PRIMARY KEY',
      name: 'rooms_key',
    });
    await queryInterface.addConstraint('Rooms', {
      fields: ['building'],
      type: 'foreign key',
      references: { table: 'Buildings', field: 'code' },
    });
    await queryInterface.addConstraint('Rooms', {
      fields: ['building', 'site'],
      type: 'FOREIGN KEY',
      name: 'rooms_site',
      references: { table: 'Buildings', fields: ['code', 'site'] },
      onDelete: 'cascade',
    });
  },

  async down(queryInterface) {
    await queryInterface.removeConstraint('Rooms', 'rooms_site');
    await queryInterface.removeConstraint('Rooms', 'Rooms_building_Buildings_fk');
    await queryInterface.removeConstraint('Rooms', 'rooms_key');
    await queryInterface.removeConstraint('Buildings', 'Buildings_code_site_uk');
    await queryInterface.removeConstraint('Buildings', 'Buildings_code_pk');
    // A primary key leaves NOT NULL behind.
    await queryInterface.changeColumn('Buildings', 'code', { type: Sequelize4(queryInterface), allowNull: true });
  },
};

function Sequelize4(queryInterface) {
  return queryInterface.sequelize.Sequelize.STRING(4);
}
