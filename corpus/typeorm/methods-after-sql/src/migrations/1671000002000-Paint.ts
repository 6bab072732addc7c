import { MigrationInterface, QueryRunner, TableColumn } from 'typeorm';

export class Paint1671000002000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.renameColumn('locker', 'colour', 'paint');
    await queryRunner.query(`ALTER TABLE locker ALTER COLUMN paint SET DEFAULT 'grey'`);
    await queryRunner.addColumn('locker', new TableColumn({ name: 'row', type: 'int', isNullable: true }));
    await queryRunner.addColumn('hook', new TableColumn({ name: 'bent', type: 'boolean', default: false }));
  }
}
