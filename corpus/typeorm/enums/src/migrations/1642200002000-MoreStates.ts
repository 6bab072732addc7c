import { MigrationInterface, QueryRunner, TableColumn } from 'typeorm';

export class MoreStates1642200002000 implements MigrationInterface {
  private before = new TableColumn({ name: 'state', type: 'enum', enum: ['open', 'closed'], default: "'open'" });
  private after = new TableColumn({ name: 'state', type: 'enum', enum: ['open', 'waiting', 'closed'], default: "'open'" });

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.changeColumn('ticket', this.before, this.after);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.changeColumn('ticket', this.after, this.before);
  }
}
