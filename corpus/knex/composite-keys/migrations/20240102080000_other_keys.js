exports.up = async (knex) => {
  await knex.schema.alterTable('enrolments', (t) => {
    t.dropPrimary('enrolment_key');
  });
  await knex.schema.alterTable('enrolments', (t) => {
    t.increments('id');
    t.unique(['student_id', 'course_code', 'course_year'], { indexName: 'enrolled_once' });
  });
  await knex.schema.alterTable('Students', (t) => {
    t.string('card', 20).notNullable();
    // An option that Knex does not know is not looked at.
    t.unique(['number', 'card'], { nullsNotDistinct: true });
  });
};

exports.down = async (knex) => {
  await knex.schema.alterTable('Students', (t) => {
    t.dropUnique(['number', 'card']);
    t.dropColumn('card');
  });
  await knex.schema.alterTable('enrolments', (t) => {
    t.dropUnique([], 'enrolled_once');
    t.dropColumn('id');
    t.primary(['student_id', 'course_code', 'course_year'], 'enrolment_key');
  });
};
