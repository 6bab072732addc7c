import { MigrationInterface, QueryRunner, Table } from 'typeorm';

// The down forgets the types.
export class Tickets1642200000000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: 'ticket',
        columns: [
          { name: 'id', type: 'int', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
          { name: 'state', type: 'enum', enum: ['open', 'closed'], default: "'open'" },
          { name: 'kind', type: 'enum', enum: ['bug', 'wish'], enumName: 'ticket_kind', isNullable: true },
        ],
      }),
      true,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('ticket');
  }
}
