import { MigrationInterface, QueryRunner, Table } from 'typeorm';

// The type's name would be too long, so a hash is part of it; the down forgets it.
export class LongNames1643500001000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: 'AVeryLongTableNameThatGoesOnAndOn',
        columns: [
          { name: 'ID', type: 'int', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
          { name: 'AColumnWithALongNameOfItsOwn', type: 'enum', enum: ['One', 'Two "quoted"', "Three's"], default: "'One'" },
        ],
      }),
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('AVeryLongTableNameThatGoesOnAndOn');
  }
}
