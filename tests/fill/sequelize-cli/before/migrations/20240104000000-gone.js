module.exports = {
  up: (queryInterface) => queryInterface.dropTable('Users'),

  down: queryInterface => {}
}
