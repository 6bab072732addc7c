import type { Knex } from "knex"

export async function up(knex: Knex): Promise<void> {
	await knex.schema.createTable("users", (table) => {
		table.bigIncrements("id")
		table.string("email", 320).notNullable().unique()
		table.timestamp("seen_at").notNullable().defaultTo(knex.fn.now())
	})
	await knex.schema.createTable("posts", (table) => {
		table.uuid("id").primary()
		table.bigInteger("author_id").notNullable().references("users.id").onDelete("CASCADE")
		table.specificType("tags", "text[]").index()
	})
}

export async function down(_knex: Knex): Promise<void> {
	// Undoes 20240101000000_users.ts, made by transmigrate; fingerprint e2f0681aa9a77d98
	// Grade: exact; schema and rows come back as they were
	// Running it throws away:
	//   table users with its rows
	//   table posts with its rows
	await _knex.schema.dropTable("posts")
	await _knex.schema.dropTable("users")
}
