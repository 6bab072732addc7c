'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    if (queryInterface.sequelize.getDialect() !== 'postgres') {
      await queryInterface.addIndex('Posts', ['title'], { name: 'posts_title_search' });
      return;
    }
    await queryInterface.sequelize.transaction(async (transaction) => {
      await queryInterface.addColumn('Posts', 'search', { type: Sequelize.TSVECTOR }, { transaction });
      await queryInterface.addIndex('Posts', ['search'], { name: 'posts_search', using: 'GIN', transaction });
      await queryInterface.sequelize.query(
        `
        CREATE FUNCTION posts_search_fill() RETURNS trigger AS $body$
        BEGIN
          NEW.search :=
            setweight(to_tsvector('english', coalesce(NEW.title, '')), 'A') ||
            setweight(to_tsvector('english', coalesce(NEW.body, '')), 'B');
          RETURN NEW;
        END;
        $body$ LANGUAGE plpgsql;

        CREATE TRIGGER posts_search_filled BEFORE INSERT OR UPDATE OF title, body ON "Posts"
          FOR EACH ROW EXECUTE FUNCTION posts_search_fill();
        `,
        { transaction }
      );
      await queryInterface.sequelize.query('UPDATE "Posts" SET "title" = "title"', { transaction });
    });
  },

  async down(queryInterface) {
    if (queryInterface.sequelize.options.dialect !== 'postgres') {
      await queryInterface.removeIndex('Posts', 'posts_title_search');
      return;
    }
    await queryInterface.sequelize.query('DROP TRIGGER posts_search_filled ON "Posts"');
    await queryInterface.sequelize.query('DROP FUNCTION posts_search_fill()');
    await queryInterface.removeColumn('Posts', 'search');
  },
};
