//! What a statement of a script can touch when it is not run, told from its text alone.

use regex::{Regex, RegexSet};
use std::sync::OnceLock;

/// Methods of the tools that change a schema, and SQL that does. Whatever is not among them changes rows, or nothing.
const CHANGES: [&str; 5] = [
    // Knex's schema builder, Sequelize's queryInterface, TypeORM's QueryRunner.
    r"\b(schema|alterTable|table|createTable\w*|dropTable\w*|dropAll\w*|renameTable|createSchema\w*|dropSchema\w*|createView\w*|dropView\w*|createMaterializedView\w*|refreshMaterializedView\w*|createExtension\w*|dropExtension\w*|createFunction|dropFunction|renameFunction|createDatabase|dropDatabase|createType|clearDatabase|synchronize|sync|runMigrations)\s*\(",
    r"\.\s*schema\b",
    r"\b(add|remove|change|rename|drop|create|update)(Column|Columns|Index|Indices|Constraint|Constraints|ForeignKey|ForeignKeys|PrimaryKey|PrimaryKeys|UniqueConstraint|UniqueConstraints|CheckConstraint|CheckConstraints|ExclusionConstraint|ExclusionConstraints|Trigger|Enum)\s*\(",
    // SQL, in whatever string it stands.
    r"(?i)\b(create|alter|drop|rename|comment\s+on|grant|revoke|truncate|reindex|cluster|refresh|security\s+label|reassign|import\s+foreign|do\s+\$|call)\b",
    r"(?i)\bselect\s+(setval|set_config|create_|add_|drop_)",
];

/// What may be called by a statement that changes rows and nothing else: the tools' row operations, and functions of the
/// language that change nothing. Words before a parenthesis that call nothing are among them.
const HARMLESS: &str = "if for while switch catch function async await return throw new typeof of in constructor \
    map filter forEach find findIndex some every reduce push pop unshift shift includes join split trim slice splice concat \
    keys values entries fromEntries assign parse stringify Number String Boolean Date Set Map Array Object Promise Error all \
    allSettled resolve log info warn error debug isArray toISOString getTime replace replaceAll toLowerCase toUpperCase \
    indexOf has get set add sort reverse flat flatMap from round floor ceil max min parseInt parseFloat isNaN now random \
    randomUUID uuid uuidv4 v4 test match startsWith endsWith padStart padEnd toString toFixed fill at \
    knex trx k db tx select first pluck count countDistinct sum avg distinct where whereNot whereIn whereNotIn whereNull \
    whereNotNull whereRaw whereBetween whereNotBetween whereExists whereNotExists whereLike whereILike orWhere orWhereNot \
    orWhereIn orWhereNotIn orWhereNull orWhereNotNull orWhereRaw andWhere andWhereNot join leftJoin innerJoin rightJoin \
    leftOuterJoin joinRaw on andOn orOn into insert update del delete returning onConflict ignore merge increment decrement \
    batchInsert orderBy orderByRaw groupBy groupByRaw having havingRaw limit offset as with transacting transaction commit \
    rollback raw ref clone modify column columns \
    bulkInsert bulkUpdate bulkDelete upsert query rawSelect literal fn col escape \
    save findOne findOneBy findBy createQueryBuilder execute getMany getOne getRawMany getRawOne getManager getRepository \
    andWhereInIds setParameter setParameters startTransaction commitTransaction rollbackTransaction addSelect";

/// Whether a statement is certain to change rows and nothing else: whatever it calls is known to, and no SQL in it changes a
/// schema.
pub(super) fn is_about_rows(source: &str) -> bool {
    static PATTERNS: OnceLock<Option<(RegexSet, Regex)>> = OnceLock::new();
    let compile = || Some((RegexSet::new(CHANGES).ok()?, Regex::new(r"([A-Za-z_$][\w$]*)\s*(?:\?\.)?\(|[\w$]`").ok()?));
    let Some((changes, calls)) = PATTERNS.get_or_init(compile) else { return false };
    let harmless = |call: regex::Captures<'_>| {
        call.get(1).is_some_and(|name| HARMLESS.split_ascii_whitespace().any(|known| known == name.as_str()))
    };
    !changes.is_match(source) && calls.captures_iter(&without_texts(source)).all(harmless) && !hands_over(source)
}

/// A script without what stands in its strings; what is put into templates stays.
fn without_texts(source: &str) -> String {
    let mut out = String::new();
    // The quotes that are open; `{` where code stands inside a template.
    let mut open: Vec<char> = Vec::new();
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        match (open.last(), c) {
            (Some('\'' | '"' | '`'), '\\') => drop(chars.next()),
            (Some('`'), '$') if chars.peek() == Some(&'{') => {
                chars.next();
                open.push('{');
                out.push('(');
            }
            (Some(quote @ ('\'' | '"' | '`')), _) => {
                if *quote == c {
                    open.pop();
                    out.push(c);
                }
            }
            (_, '\'' | '"' | '`') => {
                open.push(c);
                out.push(c);
            }
            (Some('{'), '{') => {
                open.push('{');
                out.push(c);
            }
            (Some('{'), '}') => {
                open.pop();
                out.push(')');
            }
            _ => out.push(c),
        }
    }
    out
}

/// Whether a recorder is handed to a function, which may do anything with it.
fn hands_over(source: &str) -> bool {
    static PATTERN: OnceLock<Option<Regex>> = OnceLock::new();
    let handed = r"\b[A-Za-z_$][\w$]*\s*\(\s*(?:[^()]*,\s*)?(?:knex|trx|queryInterface|queryRunner|qi|sequelize|context|runner|db)\s*[,)]";
    let pattern = PATTERN.get_or_init(|| Regex::new(handed).ok());
    let mut found = pattern.iter().flat_map(|pattern| pattern.find_iter(source));
    // `transacting(trx)` and a callback's own parameter hand nothing over.
    found.any(|call| {
        !["transacting", "async", "function", "transaction", "then", "catch"]
            .iter()
            .any(|harmless| call.as_str().starts_with(harmless))
    })
}

#[cfg(test)]
mod tests {
    use super::is_about_rows;

    #[test]
    fn what_changes_a_schema_is_told_from_what_changes_rows() {
        assert!(is_about_rows("for (const row of rows) await knex('users').where('id', row.id).update({ a: 1 });"));
        assert!(is_about_rows(
            "await queryInterface.sequelize.query(`UPDATE users SET a = coalesce(a, ${x.trim()})`);"
        ));
        for source in [
            "if (x) await knex.schema.alterTable('t', () => {});",
            "await queryInterface.addColumn('t', 'c', type);",
            "await queryRunner.query(`alter table t add c text`);",
            "await backfill(knex, rows);",
            "await queryRunner.dropForeignKey('t', key);",
            "for (const go of work) await go();",
            "table.enum('kind', kinds).notNullable();",
            "await helpers.run(rows);",
            "await knex.raw(`update t set a = ${change(rows)}`);",
            "await sql`x ${y}`;",
        ] {
            assert!(!is_about_rows(source), "{source}");
        }
    }
}
