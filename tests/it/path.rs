//! The way that every history takes: text, operations, states, what undoes them, text again. Shared with the fuzz
//! target, which knows no test framework.

use transmigrate::invert::{Backfill, undo};
use transmigrate::ir::{Dialect, Down, History, Migration, Tool, TransactionMode};
use transmigrate::source::FileId;
use transmigrate::sql::postgres::{lower, print};

/// What parts the migrations of a history in one text.
pub const NEXT: &str = "\n-- next\n";

/// Takes a history through everything and gives the text of its downs. Panics only where there is a mistake: in the code
/// below, or where a law is broken that holds for any input.
pub fn take(text: &str) -> String {
    let mut migrations = Vec::new();
    for (at, up) in text.split(NEXT).enumerate() {
        let file = FileId(at as u32);
        let lowered = lower(up, file);
        for finding in &lowered.findings {
            let at = finding.at.unwrap_or_default();
            assert!(up.get(at.range()).is_some(), "a finding points at no text: {finding:?}");
        }
        for step in &lowered.value.steps {
            assert!(up.get(step.at.range()).is_some(), "a step points at no text: {step:?}");
        }
        migrations.push(Migration {
            name: format!("{at}"),
            file,
            up: lowered.value,
            down: Down::Missing,
            transaction: TransactionMode::Implicit,
            down_transaction: TransactionMode::Implicit,
        });
    }
    let history = History {
        tool: Tool::Prisma,
        dialect: Dialect::Postgres,
        default_schema: "public".into(),
        base: Vec::new(),
        migrations,
    };
    let undone = undo(&history, Backfill::Refuse).value;
    assert_eq!(undone.len(), history.migrations.len(), "each migration has a way back, if only a refused one");
    let mut out = String::new();
    for undo in &undone {
        for op in &undo.made.ops {
            out.push_str(&print(op));
            out.push_str(";\n");
        }
    }
    out
}
