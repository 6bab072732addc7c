//! `show --at`, and the formats that show a schema rather than a history.

use super::Outcome;
use super::arguments::{Format, Global};
use super::console::Console;
use super::exit::Done;
use super::project::{Project, in_order};
use super::{document, mermaid};
use crate::schema::replay;
use crate::sql::postgres;

/// Prints the schema after the migration `at`, or after all of them.
pub(super) fn run(console: &mut Console, global: &Global, project: Project, at: Option<&str>) -> Outcome {
    let index = at.map(|name| project.migration(name)).transpose()?;
    let count = index.map_or(project.history.migrations.len(), |at| at + 1);
    let name = count.checked_sub(1).map(|at| project.history.migrations[at].name.as_str()); // count is at most the length
    let replayed = replay(&project.history, count);
    let mut findings = project.findings.clone();
    findings.extend(replayed.findings);
    in_order(&mut findings);
    let ops = replayed.value.to_ops();
    console.findings(&findings, &project.tree);
    match global.format {
        Format::Json => console.document(&document::schema(&project, name, &ops, &findings)),
        Format::Mermaid => console.answer(&mermaid::diagram(&ops)),
        Format::Text | Format::Sql => {
            let statements: Vec<String> = ops.iter().map(|op| postgres::print(op) + ";\n").collect();
            console.answer(&statements.join("\n"));
        }
    }
    Ok(Done { findings, check_failed: false })
}
