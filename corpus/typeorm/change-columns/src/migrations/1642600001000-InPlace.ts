import { MigrationInterface, QueryRunner, TableColumn } from 'typeorm';

export class InPlace1642600001000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.changeColumn('item', 'note', new TableColumn({ name: 'note', type: 'text', default: "''" }));
    await queryRunner.changeColumn('item', 'amount', new TableColumn({ name: 'amount', type: 'int', default: '0', isNullable: true }));
    await queryRunner.changeColumn('item', 'code', new TableColumn({ name: 'code', type: 'varchar', comment: 'from the label' }));
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.changeColumn('item', 'code', new TableColumn({ name: 'code', type: 'varchar', isUnique: true }));
    await queryRunner.changeColumn('item', 'amount', new TableColumn({ name: 'amount', type: 'int', default: '1' }));
    await queryRunner.changeColumn('item', 'note', new TableColumn({ name: 'note', type: 'text', isNullable: true }));
  }
}
