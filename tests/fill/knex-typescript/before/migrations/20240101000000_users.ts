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

export async function down(_knex: Knex): Promise<void> {}
