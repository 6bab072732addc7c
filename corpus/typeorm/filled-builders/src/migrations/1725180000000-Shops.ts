import { MigrationInterface, QueryRunner, Table, TableCheck, TableForeignKey, TableIndex, TableUnique } from 'typeorm';

export class Shops1725180000000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: 'country',
        columns: [
          { name: 'code', type: 'char', length: '2', isPrimary: true, primaryKeyConstraintName: 'country_code' },
          { name: 'name', type: 'varchar', isUnique: true },
        ],
      }),
    );
    await queryRunner.createTable(
      new Table({
        name: 'shop',
        columns: [
          { name: 'id', type: 'int', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
          { name: 'key', type: 'uuid', default: 'gen_random_uuid()' },
          { name: 'name', type: 'varchar', length: '120' },
          { name: 'slogan', type: 'text', isNullable: true, default: "'it''s cheap'" },
          { name: 'kind', type: 'enum', enum: ['small', 'large'], default: "'small'" },
          { name: 'state', type: 'enum', enum: ['open', "we're closed"], enumName: 'shop_is' },
          { name: 'rating', type: 'numeric', precision: 3, scale: 1, isNullable: true },
          { name: 'tags', type: 'text', isArray: true, default: "'{}'" },
          { name: 'opened_at', type: 'timestamptz', default: 'now()' },
          { name: 'seen_at', type: 'timestamp with time zone', precision: 3, isNullable: true },
          { name: 'country_code', type: 'char', length: '2', isNullable: true },
          { name: 'floor', type: 'smallint', isNullable: true },
        ],
        indices: [{ name: 'shop_by_name', columnNames: ['name', 'floor'] }],
        uniques: [{ name: 'one_name_a_country', columnNames: ['country_code', 'name'] }],
        checks: [{ name: 'not_too_high', expression: '"floor" < 200' }],
      }),
      true,
    );
    await queryRunner.createForeignKey(
      'shop',
      new TableForeignKey({
        columnNames: ['country_code'],
        referencedTableName: 'country',
        referencedColumnNames: ['code'],
        onDelete: 'SET NULL',
        onUpdate: 'CASCADE',
      }),
    );
    await queryRunner.createIndex('shop', new TableIndex({ columnNames: ['opened_at'] }));
    await queryRunner.createIndex(
      'shop',
      new TableIndex({ name: 'open_shops', columnNames: ['rating'], isUnique: true, where: '"floor" > 0' }),
    );
    await queryRunner.createUniqueConstraint('shop', new TableUnique({ columnNames: ['key'] }));
    await queryRunner.createCheckConstraint('shop', new TableCheck({ name: 'rated', expression: '"rating" <= 5' }));
    await queryRunner.changeTableComment('shop', "where people's things are");
  }

  public async down(): Promise<void> {}
}
