import { MigrationInterface, QueryRunner } from 'typeorm';
import { BaseMigration } from '../helpers/base';

export class Teams1644000000000 extends BaseMigration implements MigrationInterface {
  protected readonly table = 'team';

  async up(queryRunner: QueryRunner): Promise<void> {
    await this.make(queryRunner, [{ name: 'title', type: 'varchar', length: '100' }]);
  }
}
