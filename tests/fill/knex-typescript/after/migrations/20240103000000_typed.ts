import type { Knex } from "knex"

export function up(knex: Knex): Promise<void> {
	return knex.schema.createTable("last", (table) => { table.text("a") })
}

export async function down(knex: Knex): Promise<void> {
	// Undoes 20240103000000_typed.ts, made by transmigrate; fingerprint b205feb7c2f706e4
	// Grade: exact; schema and rows come back as they were
	// Running it throws away:
	//   table last with its rows
	await knex.schema.dropTable("last")
}
