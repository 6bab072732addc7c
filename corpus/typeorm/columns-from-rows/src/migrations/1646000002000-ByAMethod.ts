import { MigrationInterface, QueryRunner } from 'typeorm';

export class ByAMethod1646000002000 implements MigrationInterface {
  private runner!: QueryRunner;
  private statements: string[] = [];

  public async up(queryRunner: QueryRunner): Promise<void> {
    this.runner = queryRunner;
    const fields: { name: string }[] = await queryRunner.query('SELECT "name" FROM "field"');
    for (const field of fields) this.flag(field.name);
    await this.go();
  }

  public async down(): Promise<void> {}

  private flag(name: string) {
    this.statements.push(`ALTER TABLE "box" ADD "has_${name}" boolean`);
  }

  private async go() {
    for (const statement of this.statements) await this.runner.query(statement);
  }
}
