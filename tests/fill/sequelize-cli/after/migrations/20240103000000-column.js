module.exports = {
    up: function (queryInterface, Sequelize) {
        return queryInterface.addColumn("Users", "age", Sequelize.INTEGER)
    },

    down: function (queryInterface, Sequelize) {
        // Undoes 20240103000000-column.js, made by transmigrate; fingerprint 9be22efc42fe72a6
        // Grade: exact; schema and rows come back as they were
        // Running it throws away:
        //   column Users.age with its values
        return queryInterface.removeColumn("Users", "age")
    }
}
