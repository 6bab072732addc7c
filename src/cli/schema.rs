//! `show --at`, and the formats that show a schema rather than a history.

use super::Outcome;
use super::arguments::{Format, Global};
use super::console::Console;
use super::counts::count;
use super::exit::Done;
use super::project::{Project, in_order};
use super::{document, mermaid};
use crate::diag::{Finding, Level, plain};
use crate::schema::{Cause, Uncertain, replay};

/// How many objects or places are named one by one.
const NAMED: usize = 20;

/// Prints the schema after the migration `at`, or after all of them.
pub(super) fn run(console: &mut Console, global: &Global, project: Project, at: Option<&str>) -> Outcome {
    let index = at.map(|name| project.migration(name)).transpose()?;
    let number = index.map_or(project.history.migrations.len(), |at| at + 1);
    let name = number.checked_sub(1).map(|at| project.history.migrations[at].name.as_str()); // at most the length
    let replayed = replay(&project.history, number);
    let mut findings = project.findings.clone();
    findings.extend(replayed.findings);
    let ops = replayed.value.to_ops();
    let uncertain = replayed.value.uncertain();
    findings.extend(warnings(&uncertain));
    in_order(&mut findings);
    console.findings(&findings, &project.tree);
    match global.format {
        Format::Json => console.document(&document::schema(&project, name, &ops, &uncertain, &findings)),
        Format::Mermaid => console.answer(&mermaid::diagram(&ops, &remarks(&uncertain, &project))),
        Format::Text | Format::Sql => {
            let statements: Vec<String> =
                ops.iter().map(|op| crate::sql::print(project.history.dialect, op) + ";\n").collect();
            let remarks: String = remarks(&uncertain, &project).iter().map(|remark| format!("-- {remark}\n")).collect();
            let space = if remarks.is_empty() { "" } else { "\n" };
            console.answer(&format!("{remarks}{space}{}", statements.join("\n")));
        }
    }
    Ok(Done { findings, check_failed: false })
}

/// A warning for each migration after which the schema is not certain, at the first such place in it.
fn warnings(uncertain: &Uncertain<'_>) -> Vec<Finding> {
    firsts(uncertain)
        .into_iter()
        .map(|first| {
            let since = |cause: &Option<&Cause>| cause.is_some_and(|cause| cause.number == first.number);
            let objects = uncertain.objects.iter().filter(|(.., cause)| since(cause)).map(|(id, ..)| id.to_string());
            let objects = listed(objects.collect());
            let why = match objects.as_str() {
                "" => "it may have made what is not shown".to_owned(),
                objects => format!("these may be otherwise than shown: {objects}"),
            };
            Finding::new("S006", Level::Warning, first.at, "the schema is not certain from here on").why(why)
        })
        .collect()
}

/// The same for the head of what is printed, one line an entry; empty when all is certain.
fn remarks(uncertain: &Uncertain<'_>, project: &Project) -> Vec<String> {
    let mut lines = Vec::new();
    let firsts = firsts(uncertain);
    if !firsts.is_empty() {
        lines.push("This schema is not certain: it may be otherwise after".to_owned());
        lines.extend(firsts.iter().take(NAMED).map(|cause| format!("  {}", place(cause, project))));
        lines.extend(more(firsts.len(), "migration"));
    }
    if !uncertain.objects.is_empty() {
        lines.push("Not known for certain:".to_owned());
        lines.extend(uncertain.objects.iter().take(NAMED).map(|(id, why, _)| format!("  {id}: {why}")));
        lines.extend(more(uncertain.objects.len(), "object"));
    }
    lines.iter().map(|line| plain(line)).collect()
}

/// The first statement of each migration after which the schema is not certain.
fn firsts<'a>(uncertain: &Uncertain<'a>) -> Vec<&'a Cause> {
    let mut firsts: Vec<&Cause> = uncertain.causes.iter().copied().collect();
    firsts.dedup_by_key(|cause| cause.number);
    firsts
}

fn place(cause: &Cause, project: &Project) -> String {
    let position = project.tree.file(cause.at.file).and_then(|file| file.position(cause.at.start as usize));
    match position {
        Some(position) => format!("{}, line {}", cause.migration, position.line),
        None => cause.migration.to_string(),
    }
}

fn listed(mut names: Vec<String>) -> String {
    let more = more(names.len(), "object");
    names.truncate(NAMED);
    let names = names.join(", ");
    match more {
        Some(more) => format!("{names} {}", more.trim_start()),
        None => names,
    }
}

/// What there is beyond those that are named.
fn more(number: usize, noun: &str) -> Option<String> {
    (number > NAMED).then(|| format!("  and {}", count(number - NAMED, &format!("more {noun}"))))
}
