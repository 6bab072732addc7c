//! `show`: the history as it is understood.

use super::Outcome;
use super::arguments::{Format, Global, Show};
use super::console::Console;
use super::counts::{Summary, count};
use super::exit::Done;
use super::project::{Project, in_order};
use super::{document, schema};
use crate::diag::{Finding, plain};
use crate::invert::{Backfill, Verdict, undo};
use crate::ir::{Grade, Migration, Op, Step};
use crate::schema::EnumSwap;
use crate::tools::{DownPlan, Was, plan, vouched};
use std::collections::BTreeMap;

/// The widest that the column of names gets.
const WIDEST: usize = 60;

pub(super) fn run(console: &mut Console, global: &Global, show: &Show) -> Outcome {
    let project = Project::open(&show.path, global)?;
    if show.at.is_some() || matches!(global.format, Format::Sql | Format::Mermaid) {
        return schema::run(console, global, project, show.at.as_deref());
    }
    let undone = undo(&project.history, Backfill::Refuse);
    let mut findings = project.findings.clone();
    findings.extend(undone.findings);
    let plans = plan(project.tool, &project.tree, &project.place, &project.history, &undone.value)?;
    vouched(&mut findings, &plans);
    in_order(&mut findings);
    let summary = Summary::of(&project.history, &plans, &findings);
    console.findings(&findings, &project.tree);
    if global.format == Format::Json {
        console.document(&document::show(&project, &plans, &findings, summary));
    } else {
        console.answer(&text(&project, &plans, &summary, &findings));
    }
    Ok(Done { findings, check_failed: false })
}

fn text(project: &Project, plans: &[DownPlan], summary: &Summary, found: &[Finding]) -> String {
    let migrations = &project.history.migrations;
    let width = migrations.iter().map(|migration| migration.name.chars().count()).max().unwrap_or(0).min(WIDEST);
    let mut out = String::new();
    for (at, migration) in migrations.iter().enumerate() {
        let down = plans.get(at).map(down).unwrap_or_default();
        let name = plain(&migration.name);
        out.push_str(&format!("{name:<width$}  {down:<34}  {}\n", operations(migration)));
        for swap in plans.get(at).map(|plan| plan.undo.enum_swaps.as_slice()).unwrap_or_default() {
            out.push_str(&format!("{:width$}  {:34}  = {}\n", "", "", enum_swap(swap)));
        }
    }
    if !migrations.is_empty() {
        out.push('\n');
    }
    let Summary { steps, downs, findings, .. } = summary;
    if let Some(base) = project.base() {
        out.push_str(&format!("base: {} from {}\n", count(project.history.base.len(), "step"), plain(base)));
    }
    let understood = understood(project, summary, found);
    out.push_str(&format!(
        "{}, {} ({understood})\n",
        count(summary.migrations, "migration"),
        count(steps.typed + steps.sql + steps.code, "step")
    ));
    out.push_str(&format!("downs: {} written, {} empty, {} missing", downs.written, downs.empty, downs.missing));
    if downs.empty + downs.missing > 0 {
        let Downs { exact, schema_only, refused } = Downs::of(summary);
        out.push_str(&format!("; of those to be made {exact} exact, {schema_only} schema only, {refused} refused"));
        let barred = plans.iter().filter(|plan| plan.is_barred()).count();
        if barred > 0 {
            out.push_str(&format!(", and {barred} that cannot be written"));
        }
    }
    let (errors, warnings) = (count(findings.error, "error"), count(findings.warning, "warning"));
    out.push_str(&format!("\nfindings: {errors}, {warnings}, {} of level info\n", findings.info));
    out
}

/// How many of the steps have an effect that is not known.
fn understood(project: &Project, summary: &Summary, found: &[Finding]) -> String {
    let steps = || project.history.migrations.iter().flat_map(|migration| &migration.up.steps);
    // What a function does that is called is known to replay alone.
    let carried = |step: &Step| found.iter().any(|finding| finding.code == "R002" && finding.at == Some(step.at));
    let calls =
        steps().filter(|step| matches!(step.op, Op::Call { .. }) && step.op.is_typed() && carried(step)).count();
    let sql = summary.steps.sql + calls;
    let rows = steps().filter(|step| matches!(step.op, Op::Code { rows_only: true, .. })).count();
    let code = summary.steps.code - rows;
    let mut parts = Vec::new();
    if sql > 0 {
        parts.push(format!("{sql} not understood"));
    }
    if code > 0 {
        parts.push(format!("{code} of code whose effect is not known"));
    }
    if rows > 0 {
        parts.push(format!("{rows} of code that changes rows only"));
    }
    if parts.is_empty() { "all understood".to_owned() } else { parts.join(", ") }
}

/// The three grades of the downs to be made.
struct Downs {
    exact: usize,
    schema_only: usize,
    refused: usize,
}

impl Downs {
    fn of(summary: &Summary) -> Self {
        let downs = &summary.downs;
        Downs { exact: downs.exact, schema_only: downs.schema_only, refused: downs.refused }
    }
}

/// How many operations of each kind, in the order in which the kinds first come.
fn operations(migration: &Migration) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut order = Vec::new();
    for step in &migration.up.steps {
        let kind = step.op.kind();
        let number = counts.entry(kind).or_default();
        if *number == 0 {
            order.push(kind);
        }
        *number += 1;
    }
    let parts = order.into_iter().map(|kind| match counts[kind] {
        1 => kind.to_owned(),
        number => format!("{kind} x{number}"),
    });
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { "nothing".into() } else { parts.join(", ") }
}

/// What the steps of an enum swap come to.
fn enum_swap(swap: &EnumSwap) -> String {
    let signed = |sign: char, values: &[String]| -> Vec<String> {
        values.iter().map(|value| format!("{sign}{}", plain(value))).collect()
    };
    let mut values = signed('-', &swap.removed);
    values.extend(signed('+', &swap.added));
    let values = if values.is_empty() { "same values, another order".to_owned() } else { values.join(", ") };
    format!("enum {}: {values}", plain(&swap.name.to_string()))
}

/// The state of a migration's down in a few words.
fn down(plan: &DownPlan) -> String {
    let grade = match &plan.made().grade {
        _ if plan.is_barred() => "cannot be written",
        Grade::Exact => "exact",
        Grade::SchemaOnly(_) => "schema only",
        Grade::Refused(_) => "refused",
    };
    let verdict = match &plan.undo.written {
        Some(Verdict::Undoes) => "undoes its up",
        Some(Verdict::Differs(_)) => "does not undo its up",
        Some(Verdict::Unknown(_)) => "not judged",
        None => "",
    };
    match plan.was {
        Was::Missing => format!("down missing, {grade}"),
        Was::Empty => format!("down empty, {grade}"),
        Was::Meant => "down empty, as meant".to_owned(),
        Was::Written => format!("down written, {verdict}"),
        Was::Ours => format!("down made, {grade}"),
    }
}
