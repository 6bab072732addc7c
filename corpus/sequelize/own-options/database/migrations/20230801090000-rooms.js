module.exports = {
  up: async (queryInterface, { INTEGER, STRING, literal }) => {
    await queryInterface.createTable('rooms', {
      id: { type: INTEGER, primaryKey: true, autoIncrement: true },
      roomName: { type: STRING, field: 'room_name', allowNull: false },
      open_since: { type: 'TIMESTAMP', defaultValue: literal('now()') },
    });
  },
  down: async (queryInterface) => queryInterface.dropTable('rooms'),
};
