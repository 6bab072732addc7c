module.exports = {
  up: (queryInterface) => queryInterface.removeIndex('Users', 'odd'),

  down: async (queryInterface) => {
    // Undoes 20240102000000-index.js, made by transmigrate; fingerprint 1a7e57a8f5fe60b5
    // Grade: exact; schema and rows come back as they were
    await queryInterface.addIndex('Users', {
      fields: ['it\'s `${a}`'],
      name: 'odd',
    })
  }
}
