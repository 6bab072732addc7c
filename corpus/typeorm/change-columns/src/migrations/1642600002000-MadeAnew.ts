import { MigrationInterface, QueryRunner, TableColumn } from 'typeorm';

export class MadeAnew1642600002000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.changeColumns('item', [
      {
        oldColumn: new TableColumn({ name: 'note', type: 'text', default: "''" }),
        newColumn: new TableColumn({ name: 'note', type: 'varchar', length: '500', isNullable: true }),
      },
    ]);
    await queryRunner.changeColumn('item', 'amount', new TableColumn({ name: 'amount', type: 'bigint', default: '0', isNullable: true }));
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.changeColumn('item', 'amount', new TableColumn({ name: 'amount', type: 'int', default: '0', isNullable: true }));
    await queryRunner.changeColumn('item', 'note', new TableColumn({ name: 'note', type: 'text', default: "''" }));
  }
}
