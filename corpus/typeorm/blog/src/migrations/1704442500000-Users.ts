import { MigrationInterface, QueryRunner, Table } from 'typeorm';
import { id, stamps } from './helpers/columns';

export class Users1704442500000 implements MigrationInterface {
  name = 'Users1704442500000';

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: 'user',
        columns: [
          id(),
          { name: 'email', type: 'varchar', length: '320', isUnique: true },
          { name: 'name', type: 'varchar' },
          { name: 'role', type: 'enum', enum: ['admin', 'author', 'reader'], default: "'reader'" },
          ...stamps(),
        ],
      }),
      true,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('user');
    await queryRunner.query('DROP TYPE "user_role_enum"');
  }
}
