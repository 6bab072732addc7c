import type { Knex } from "knex"

export const up = (knex: Knex) =>
	knex.schema.dropTable("posts").dropTable("users")
