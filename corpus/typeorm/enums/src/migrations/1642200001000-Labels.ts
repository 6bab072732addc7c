import { MigrationInterface, QueryRunner, TableColumn } from 'typeorm';

export class Labels1642200001000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumn(
      'ticket',
      new TableColumn({ name: 'labels', type: 'enum', enum: ['new', 'urgent'], isArray: true, isNullable: true }),
    );
    await queryRunner.addColumns('ticket', [
      new TableColumn({ name: 'size', type: 'enum', enum: ['s', 'm', 'l'], default: `'m'` }),
    ]);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn('ticket', 'size');
    await queryRunner.dropColumn('ticket', 'labels');
  }
}
