import { MigrationInterface, QueryRunner } from 'typeorm';
import { BaseMigration } from '../helpers/base';

export class Players1644000001000 extends BaseMigration implements MigrationInterface {
  protected readonly table = 'player';
  private static readonly positions = ['goal', 'field'];

  async up(queryRunner: QueryRunner): Promise<void> {
    await this.make(queryRunner, [
      { name: 'team_id', type: 'uuid' },
      { name: 'position', type: 'enum', enum: Players1644000001000.positions, enumName: 'player_position' },
    ]);
    await this.link(queryRunner, 'team_id', 'team');
  }

  override async down(queryRunner: QueryRunner): Promise<void> {
    await super.down(queryRunner);
    await this.#dropType(queryRunner, 'player_position');
  }

  async #dropType(queryRunner: QueryRunner, name: string): Promise<void> {
    await queryRunner.query(`DROP TYPE "${name}"`);
  }
}
