module.exports = {
    up: function (queryInterface, Sequelize) {
        return queryInterface.addColumn("Users", "age", Sequelize.INTEGER)
    },

    down: function (queryInterface, Sequelize) {
        return
    }
}
