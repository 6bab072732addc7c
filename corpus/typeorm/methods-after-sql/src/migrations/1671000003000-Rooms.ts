import { MigrationInterface, QueryRunner, TableColumn } from 'typeorm';

export class Rooms1671000003000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn('locker', 'paint');
    await queryRunner.query('ALTER TABLE locker ADD COLUMN room int GENERATED ALWAYS AS IDENTITY');
    await queryRunner.query('CREATE UNIQUE INDEX locker_room ON locker (room) WHERE room > 0');
    await queryRunner.renameTable('locker', 'cupboard');
    await queryRunner.addColumn('cupboard', new TableColumn({ name: 'floor', type: 'int', isNullable: true }));
  }
}
