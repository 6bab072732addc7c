module.exports = {
  up: async (queryInterface, Sequelize) => {
    const legs = [...Array(4).keys()].map((number) => `leg_${number + 1}`);
    for await (const leg of legs) {
      await queryInterface.addColumn('chairs', leg, { type: Sequelize.DataTypes.BOOLEAN, defaultValue: true });
    }
  },
  down: async (queryInterface, Sequelize) => {
    for (let number = 4; number > 0; number -= 1) {
      await queryInterface.removeColumn('chairs', `leg_${number}`);
    }
  },
};
