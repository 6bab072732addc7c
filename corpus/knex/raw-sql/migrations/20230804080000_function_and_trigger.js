exports.up = async (knex) => {
  await knex.raw(`
    CREATE OR REPLACE FUNCTION count_ticket() RETURNS trigger AS $$
    BEGIN
      NEW.title := trim(NEW.title);
      RETURN NEW;
    END;
    $$ LANGUAGE plpgsql;

    CREATE TRIGGER tickets_trimmed BEFORE INSERT OR UPDATE ON tickets
      FOR EACH ROW EXECUTE PROCEDURE count_ticket();
  `);
};

exports.down = async (knex) => {
  await knex.raw('DROP TRIGGER tickets_trimmed ON tickets');
  await knex.raw('DROP FUNCTION count_ticket()');
};
