import { MigrationInterface, QueryRunner, TableColumn } from 'typeorm';

export class Comments1643900001000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.changeTableComment('setting', 'another comment');
    await queryRunner.addColumn('setting', new TableColumn({ name: 'locale', type: 'varchar', length: '8', default: "'en'", comment: 'as in BCP 47' }));
    await queryRunner.addColumn('setting', new TableColumn({ name: 'key', type: 'uuid', isGenerated: true, generationStrategy: 'uuid' }));
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumns('setting', ['key', 'locale']);
    await queryRunner.changeTableComment('setting', "one row an owner's");
  }
}
