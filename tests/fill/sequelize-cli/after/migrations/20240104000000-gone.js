module.exports = {
  up: (queryInterface) => queryInterface.dropTable('Users'),

  down: (queryInterface, Sequelize) => {
    // Undoes 20240104000000-gone.js, made by transmigrate; fingerprint 5426249369247f04
    // Grade: schema only; the schema comes back, and these do not:
    //   rows of table Users
    return queryInterface.createTable('Users', {
      id: {
        type: Sequelize.INTEGER,
        allowNull: false,
        primaryKey: true,
      },
      'it\'s `${a}`': Sequelize.STRING,
      age: Sequelize.INTEGER,
    })
  }
}
