import { MigrationInterface, QueryRunner, TableColumn } from 'typeorm';

export class OtherKeys1642800001000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createPrimaryKey('visitor', ['name'], 'visitor_key');
    await queryRunner.dropPrimaryKey('course');
    await queryRunner.addColumn(
      'course',
      new TableColumn({ name: 'id', type: 'int', isPrimary: true, isGenerated: true, generationStrategy: 'increment' }),
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn('course', 'id');
    await queryRunner.createPrimaryKey('course', ['code', 'year']);
    await queryRunner.dropPrimaryKey('visitor');
    await queryRunner.query('ALTER TABLE "visitor" ALTER COLUMN "name" DROP NOT NULL');
  }
}
