import { MigrationInterface, QueryRunner, TableColumn } from 'typeorm';

export class TooLittle1644100003000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumns('job', [
      new TableColumn({ name: 'host', type: 'varchar', isNullable: true }),
      new TableColumn({ name: 'port', type: 'int', isNullable: true }),
    ]);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn('job', 'host');
  }
}
