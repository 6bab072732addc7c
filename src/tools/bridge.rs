//! Statements that are carried over as code from one tool's migration into another's.

use super::script::bridge::{self, Bridge};
use super::{knex, sequelize, typeorm};
use crate::ir::Tool;

pub use super::script::bridge::{Carried, Passage};
pub use crate::js::bridge::{Piece, Taken};

/// Carries a statement over. `Err` with the reason, in lower case and without a full stop, when nothing certainly does the
/// same; Prisma's migrations hold no code.
pub fn carry(passage: &Passage<'_>, from: Tool, to: Tool) -> Result<Carried, String> {
    let none = || Err("a migration in SQL holds no code".to_owned());
    match (side(from), side(to)) {
        (Some(from), Some(to)) => bridge::carry(passage, from, to),
        _ => none(),
    }
}

/// Whether two tools give the same JavaScript value for a column of a type, named as PostgreSQL does; `None`: whatever it
/// is. Sequelize reads dates as
/// texts, ranges as lists and numbers of a list as texts, where the others leave all to `pg` (sequelize 6.37.8
/// `lib/dialects/postgres/data-types.js`; seen with knex 3.3.0, typeorm 1.1.1 and pg 8.23.1). Of a type that was not seen it
/// is said to be another.
pub fn same_values(from: Tool, to: Tool, of: Option<&str>) -> bool {
    (from == Tool::Sequelize) == (to == Tool::Sequelize) || of.is_some_and(|of| ALIKE.contains(&of))
}

/// The types whose values Sequelize gives as `pg` does.
static ALIKE: [&str; 37] = [
    "bigint",
    "bigint[]",
    "bit",
    "boolean",
    "boolean[]",
    "bytea",
    "character",
    "character varying",
    "character varying[]",
    "cidr",
    "double precision",
    "inet",
    "integer",
    "integer[]",
    "interval",
    "json",
    "jsonb",
    "jsonb[]",
    "macaddr",
    "money",
    "name",
    "numeric",
    "oid",
    "point",
    "real",
    "smallint",
    "text",
    "text[]",
    "time with time zone",
    "time without time zone",
    "timestamp with time zone",
    "timestamp with time zone[]",
    "timestamp without time zone",
    "tsvector",
    "uuid",
    "uuid[]",
    "xml",
];

fn side(tool: Tool) -> Option<&'static dyn Bridge> {
    Some(match tool {
        Tool::Knex => &knex::KnexBridge,
        Tool::Sequelize => &sequelize::SequelizeBridge,
        Tool::Typeorm => &typeorm::TypeOrmBridge,
        Tool::Prisma => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of the statement between `/*(*/` and `/*)*/`.
    fn carried(text: &str, from: Tool, to: Tool) -> Result<Carried, String> {
        let at = |mark: &str| text.find(mark).unwrap_or_else(|| panic!("{text}: no {mark}"));
        let handle = match to {
            Tool::Knex => "knex",
            Tool::Sequelize => "queryInterface",
            _ => "queryRunner",
        };
        let passage = Passage {
            path: "m.ts",
            text,
            at: at("/*(*/") + 5..at("/*)*/"),
            direction: "up",
            handle,
            transaction: (to == Tool::Sequelize).then_some("transaction"),
            taken: &[],
            was_in_transaction: from != Tool::Sequelize,
            in_transaction: true,
            same_values: true,
            indent: "",
        };
        carry(&passage, from, to)
    }

    fn up(body: &str, from: Tool) -> String {
        match from {
            Tool::Knex => format!("exports.up = async (knex) => {{ {body} }};"),
            Tool::Sequelize => format!("module.exports = {{ async up(queryInterface, Sequelize) {{ {body} }} }};"),
            _ => format!("export class A1 {{ async up(queryRunner: QueryRunner) {{ {body} }} }}"),
        }
    }

    #[test]
    fn placeholders_and_results_are_those_of_the_other_tool() {
        for (from, to, body, expected) in [
            (
                Tool::Typeorm,
                Tool::Knex,
                "/*(*/const a = await queryRunner.query(`SELECT '$1?', b FROM t WHERE c ? $2 AND d = $1`, [1, x.y]);/*)*/",
                r"const a = (await knex.raw(`SELECT '$1\\?', b FROM t WHERE c \\? ? AND d = ?`, [x.y ?? null, 1])).rows;",
            ),
            (
                Tool::Knex,
                Tool::Typeorm,
                r"/*(*/const { rows } = await knex.raw('SELECT 1 WHERE a \\? ? AND b = :c', ['x']);/*)*/",
                "const { rows } = await queryRunner.query('SELECT 1 WHERE a ? $1 AND b = :c', ['x'], true).then((result) => ({ rows: result.records, rowCount: result.affected }));",
            ),
            (
                Tool::Knex,
                Tool::Sequelize,
                "/*(*/await knex('t').where({ id: 1 }).update({ a: '$1', b: null });/*)*/",
                r#"await queryInterface.sequelize.query('update "t" set "a" = $1, "b" = $2 where "id" = $3', { bind: ['$1', null, 1], transaction });"#,
            ),
            (
                Tool::Sequelize,
                Tool::Knex,
                "/*(*/const [rows] = await queryInterface.sequelize.query('SELECT :a::int', { replacements: { a: 1 } });/*)*/",
                "const [rows] = await knex.raw('SELECT 1::int').then((result) => [result.rows]);",
            ),
            (
                Tool::Typeorm,
                Tool::Sequelize,
                "/*(*/await queryRunner.query('DO $$ BEGIN END $$');/*)*/",
                "await queryInterface.sequelize.query('DO $$ BEGIN END $$', { transaction });",
            ),
            (
                Tool::Typeorm,
                Tool::Sequelize,
                "/*(*/await queryRunner.query('SELECT $$a$$, $1', [1]);/*)*/",
                "await queryInterface.sequelize.query('SELECT $$$$a$$, $1', { bind: [1], transaction });",
            ),
        ] {
            let body = body.replace("x.y", "process.pid");
            let text = carried(&up(&body, from), from, to).map(|carried| carried.statements);
            assert_eq!(text, Ok(expected.replace("x.y", "process.pid")), "{body}");
        }
    }

    #[test]
    fn what_is_not_certain_is_refused() {
        for (from, body, why) in [
            (Tool::Knex, "/*(*/await knex.schema.dropTable('a');/*)*/", "the schema"),
            (Tool::Knex, "/*(*/knex('a').del();/*)*/", "nobody waits"),
            (Tool::Knex, "let q; /*(*/q = knex('a').del();/*)*/", "when a query is run"),
            (Tool::Knex, "/*(*/await knex('a').insert(b, 'id').then((r) => f(r));/*)*/", "declared nowhere"),
            (Tool::Knex, "/*(*/await knex.raw('SELECT ?');/*)*/", "a question mark"),
            (Tool::Knex, "for (const a of [1]) { /*(*/await knex('a').insert({ a });/*)*/ }", "a loop"),
            (Tool::Knex, "const r = await knex.raw('SELECT 1'); /*(*/console.log(r);/*)*/", "more is looked at"),
            (Tool::Sequelize, "/*(*/await queryInterface.addColumn('a', 'b', {});/*)*/", "addColumn"),
            (
                Tool::Sequelize,
                "/*(*/try { await queryInterface.bulkDelete('a', {}); } catch (e) { console.log(e); }/*)*/",
                "is caught",
            ),
            (
                Tool::Sequelize,
                "const p = process.env; /*(*/await queryInterface.sequelize.query('SELECT :a', { replacements: p });/*)*/",
                "known only when it runs",
            ),
            (Tool::Typeorm, "/*(*/await this.run(queryRunner);/*)*/", "this"),
            (Tool::Typeorm, "/*(*/await helper(queryRunner);/*)*/", "declared nowhere"),
            (Tool::Typeorm, "const knex = 1; /*(*/await queryRunner.query(`${knex}`);/*)*/", "a name of its own"),
        ] {
            let found = carried(&up(body, from), from, if from == Tool::Knex { Tool::Typeorm } else { Tool::Knex });
            let Err(found) = found else { panic!("{body}: {found:?}") };
            assert!(found.contains(why), "{body}: {found}");
        }
    }

    #[test]
    fn names_of_what_stays_behind_are_no_matter() {
        let text = "exports.up = async (knex) => { /*(*/await knex('a').del();/*)*/ };\n\
            exports.down = async (knex) => {};\nconst helper = (knex) => knex;";
        let carried = carried(text, Tool::Knex, Tool::Knex).map(|carried| carried.statements);
        assert_eq!(carried.as_deref(), Ok("await knex.raw('delete from \"a\"');"));
    }

    #[test]
    fn what_a_statement_needs_comes_with_it() {
        let text = "import { slug } from './slug';\nconst LENGTH: number = 3;\nconst unused = 1;\n\
            exports.up = async (knex: Knex) => {\n  const ids: number[] = [];\n  ids.push(LENGTH);\n  const other = 1;\n  \
            /*(*/await knex('a').insert({ a: slug(`${ids}`) });/*)*/\n};";
        let carried = carried(text, Tool::Knex, Tool::Typeorm).unwrap_or_else(|why| panic!("{why}"));
        let texts = |pieces: &[Piece]| pieces.iter().map(|piece| piece.text.clone()).collect::<Vec<_>>();
        assert_eq!(texts(&carried.before), ["const ids = [];", "ids.push(LENGTH);"]);
        assert_eq!(texts(&carried.module), ["const LENGTH = 3;"]);
        assert_eq!(carried.imports.iter().map(|one| one.module.as_str()).collect::<Vec<_>>(), ["./slug"]);
        assert_eq!(carried.helpers.len(), 1);
    }
}
