exports.up = (knex) =>
  knex.schema
    .createTable('courses', (t) => {
      t.string('code', 8).notNullable();
      t.integer('year').notNullable();
      t.string('title');
      t.primary(['code', 'year']);
    })
    .createTable('Students', (t) => {
      t.uuid('id').primary();
      t.integer('number').notNullable();
    })
    .createTable('enrolments', (t) => {
      t.uuid('student_id').notNullable().references('id').inTable('Students').onDelete('CASCADE');
      t.string('course_code', 8).notNullable();
      t.integer('course_year').notNullable();
      t.foreign(['course_code', 'course_year']).references(['code', 'year']).inTable('courses');
      t.primary(['student_id', 'course_code', 'course_year'], { constraintName: 'enrolment_key' });
    });

exports.down = (knex) => knex.schema.dropTable('enrolments').dropTable('Students').dropTable('courses');
