import type { Knex } from "knex"

export const up = (knex: Knex) =>
	knex.schema.dropTable("posts").dropTable("users")

export const down = async (knex: Knex) => {
	// Undoes 20240102000000_gone.ts, made by transmigrate; fingerprint 0a3c666bd7a72949
	// Grade: schema only; the schema comes back, and these do not:
	//   rows of table posts
	//   rows of table users
	await knex.schema.createTable("users", (table) => {
		table.bigIncrements("id")
		table.string("email", 320).notNullable().unique()
		table.timestamp("seen_at").notNullable().defaultTo(knex.fn.now())
	})
	await knex.schema.createTable("posts", (table) => {
		table.uuid("id").primary()
		table.bigInteger("author_id").notNullable().references("id").inTable("users").onDelete("CASCADE")
		table.specificType("tags", "text[]")
		table.index("tags")
	})
}
