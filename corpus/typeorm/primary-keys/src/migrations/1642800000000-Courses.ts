import { MigrationInterface, QueryRunner, Table } from 'typeorm';

export class Courses1642800000000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: 'course',
        columns: [
          { name: 'code', type: 'varchar', length: '8', isPrimary: true },
          { name: 'year', type: 'int', isPrimary: true },
          { name: 'title', type: 'varchar' },
        ],
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: 'student',
        columns: [{ name: 'number', type: 'int', isPrimary: true, primaryKeyConstraintName: 'student_key' }],
      }),
    );
    await queryRunner.createTable(new Table({ name: 'visitor', columns: [{ name: 'name', type: 'text' }, { name: 'day', type: 'date' }] }));
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('visitor');
    await queryRunner.dropTable('student');
    await queryRunner.dropTable('course');
  }
}
