module.exports = {
  up: (queryInterface) => queryInterface.removeIndex('Users', 'odd')
}
