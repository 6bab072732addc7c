'use strict';

const work = { start: [], add(name) { this.start.push(() => this.on.addColumn('Boxes', `has_${name}`, 'boolean')); } };

module.exports = {
  async up(queryInterface) {
    work.on = queryInterface;
    const [fields] = await queryInterface.sequelize.query('SELECT "name" FROM "Fields"');
    fields.forEach(({ name }) => work.add(name));
    for (const go of work.start) await go();
  },
};
