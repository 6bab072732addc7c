//! What a statement of a script can touch when it is not run, told from its text alone.

use regex::RegexSet;
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

/// Whether a statement is certain to change rows and nothing else: it names no method and no SQL that changes a schema,
/// and calls no function whose body is elsewhere with what could change one.
pub(super) fn is_about_rows(source: &str) -> bool {
    static PATTERNS: OnceLock<Option<RegexSet>> = OnceLock::new();
    let patterns = PATTERNS.get_or_init(|| RegexSet::new(CHANGES).ok());
    let changes = patterns.as_ref().is_none_or(|patterns| patterns.is_match(source));
    !changes && !hands_over(source)
}

/// Whether a recorder is handed to a function, which may do anything with it.
fn hands_over(source: &str) -> bool {
    static PATTERN: OnceLock<Option<regex::Regex>> = OnceLock::new();
    let handed = r"\b[A-Za-z_$][\w$]*\s*\(\s*(?:[^()]*,\s*)?(?:knex|trx|queryInterface|queryRunner|qi|sequelize|context|runner|db)\s*[,)]";
    let pattern = PATTERN.get_or_init(|| regex::Regex::new(handed).ok());
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
        assert!(is_about_rows("await queryInterface.sequelize.query(`UPDATE users SET a = ${x}`);"));
        for source in [
            "if (x) await knex.schema.alterTable('t', () => {});",
            "await queryInterface.addColumn('t', 'c', type);",
            "await queryRunner.query(`alter table t add c text`);",
            "await backfill(knex, rows);",
            "await queryRunner.dropForeignKey('t', key);",
        ] {
            assert!(!is_about_rows(source), "{source}");
        }
    }
}
