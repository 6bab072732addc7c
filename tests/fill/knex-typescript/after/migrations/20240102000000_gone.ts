import type { Knex } from "knex"

export const up = (knex: Knex) =>
	knex.schema.dropTable("posts").dropTable("users")

export const down = async (knex: Knex) => {
	// Undoes 20240102000000_gone.ts, made by transmigrate; fingerprint 5b3f2ffa4124da2d
	// Grade: schema only; the schema comes back, and these do not:
	//   rows of table posts
	//   rows of table users
	await knex.schema.createTable("users", (table) => {
		table.bigIncrements("id")
		table.string("email", 320).notNullable()
		table.timestamp("seen_at").notNullable().defaultTo(knex.fn.now())
		table.unique(["email"])
	})
	await knex.schema.createTable("posts", (table) => {
		table.uuid("id").notNullable()
		table.bigInteger("author_id").notNullable()
		table.specificType("tags", "text[]")
		table.primary(["id"])
		table.index("tags")
		table.foreign("author_id").references("id").inTable("users").onDelete("CASCADE")
	})
}
