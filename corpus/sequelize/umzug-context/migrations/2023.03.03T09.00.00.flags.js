const { DataTypes } = require('sequelize');

exports.up = async ({ context: queryInterface, name, path }) => {
  await queryInterface.sequelize.transaction(async (transaction) => {
    await queryInterface.addColumn('users', 'admin', { type: DataTypes.BOOLEAN, defaultValue: false }, { transaction });
    await queryInterface.addColumn('users', 'disabled', { type: DataTypes.BOOLEAN, defaultValue: false }, { transaction });
  });
};

exports.down = async ({ context: queryInterface }) => {
  for (const column of ['disabled', 'admin']) {
    await queryInterface.removeColumn('users', column);
  }
};
