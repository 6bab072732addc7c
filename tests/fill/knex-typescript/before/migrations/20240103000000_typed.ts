import type { Knex } from "knex"

export function up(knex: Knex): Promise<void> {
	return knex.schema.createTable("last", (table) => { table.text("a") })
}

export function down(): void {}
