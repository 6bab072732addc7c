//! The JSON documents. Their shapes are what scripts rely on: fields are added, never renamed or taken away.

use super::counts::{Levels, Summary};
use super::project::Project;
use crate::convert::Conversion;
use crate::diag::{Finding, FindingView, view};
use crate::emit::Tally;
use crate::invert::Verdict;
use crate::ir::{Dialect, Grade, Op, Script, Tool};
use crate::schema::{Cause, Uncertain};
use crate::source::SourceTree;
use crate::tools::{DownPlan, Was};
use crate::verify::{Outcome, Tried};
use serde::Serialize;
use serde_json::{Value, json};

/// The version of the documents' format.
const FORMAT: u32 = 1;

/// `show`.
#[derive(Serialize)]
pub(super) struct ShowDocument {
    format: u32,
    tool: Tool,
    dialect: Dialect,
    #[serde(skip_serializing_if = "Option::is_none")]
    base: Option<Value>,
    migrations: Vec<Value>,
    seeds: [Value; 0],
    findings: Vec<FindingView>,
    summary: Summary,
}

/// `down`.
#[derive(Serialize)]
pub(super) struct DownDocument {
    format: u32,
    migrations: Vec<Value>,
    findings: Vec<FindingView>,
    summary: Value,
}

/// The history with its ups and what is known of its downs.
pub(super) fn show(project: &Project, plans: &[DownPlan], findings: &[Finding], summary: Summary) -> ShowDocument {
    let migrations = project.history.migrations.iter().enumerate().map(|(at, migration)| {
        let mut value = json!({
            "name": migration.name,
            "file": project.tree.file(migration.file).map(|file| &file.shown),
            "transaction": migration.transaction,
            "up": script(&migration.up, &project.tree),
        });
        if let Some(plan) = plans.get(at) {
            value["down"] = down(plan, project, Text::Left);
            if !plan.undo.enum_swaps.is_empty() {
                value["enum_swaps"] = json!(plan.undo.enum_swaps);
            }
        }
        value
    });
    ShowDocument {
        format: FORMAT,
        tool: project.history.tool,
        dialect: project.history.dialect,
        base: project.base().map(|file| json!({ "file": file, "steps": project.history.base.len() })),
        migrations: migrations.collect(),
        seeds: [],
        findings: views(findings, &project.tree),
        summary,
    }
}

/// The schema at a point of the history.
pub(super) fn schema(
    project: &Project,
    at: Option<&str>,
    ops: &[Op],
    uncertain: &Uncertain<'_>,
    findings: &[Finding],
) -> Value {
    let since = |cause: &Cause| {
        let file = project.tree.file(cause.at.file);
        let position = file.and_then(|file| file.position(cause.at.start as usize));
        json!({
            "migration": &*cause.migration,
            "file": file.map(|file| &file.shown),
            "line": position.map(|position| position.line),
            "column": position.map(|position| position.column),
        })
    };
    let objects = uncertain.objects.iter().map(|(id, why, cause)| {
        json!({ "object": id.to_string(), "why": why, "since": cause.map(|cause| &*cause.migration) })
    });
    let causes: Vec<Value> = uncertain.causes.iter().map(|cause| since(cause)).collect();
    let objects: Vec<Value> = objects.collect();
    json!({
        "format": FORMAT,
        "tool": project.history.tool,
        "dialect": project.history.dialect,
        "at": at,
        "certain": causes.is_empty() && objects.is_empty(),
        "uncertain_since": causes,
        "doubtful": objects,
        "schema": ops,
        "findings": views(findings, &project.tree),
    })
}

/// What `down` would write or wrote. `written` names the files that were.
pub(super) fn downs(project: &Project, plans: &[&DownPlan], findings: &[Finding], written: &[String]) -> DownDocument {
    let mut made = 0;
    let mut refused = 0;
    let migrations = plans.iter().map(|plan| {
        if plan.may_write() {
            made += 1;
            refused += usize::from(matches!(plan.made().grade, Grade::Refused(_)));
        }
        json!({ "name": plan.migration.name, "down": down(plan, project, Text::Given) })
    });
    let migrations: Vec<Value> = migrations.collect();
    let summary = json!({
        "migrations": plans.len(),
        "made": made,
        "refused": refused,
        "kept": plans.iter().filter(|plan| plan.is_kept()).count(),
        "barred": plans.iter().filter(|plan| plan.is_barred()).count(),
        "failing": plans.iter().filter(|plan| plan.fails()).count(),
        "files_written": written.len(),
        "findings": Levels::of(findings),
    });
    DownDocument { format: FORMAT, migrations, findings: views(findings, &project.tree), summary }
}

/// What a conversion came to. `written` names the files that were.
pub(super) fn conversion(
    project: &Project,
    target: &str,
    converted: &Conversion,
    findings: &[Finding],
    written: &[String],
) -> Value {
    let migrations = converted
        .migrations
        .iter()
        .map(|one| json!({ "old": one.old, "new": one.new, "up": one.up, "down": one.down, "down_is": one.origin }));
    let migrations: Vec<Value> = migrations.collect();
    let (mut ups, mut downs) = (Tally::default(), Tally::default());
    converted.migrations.iter().for_each(|one| {
        ups += one.up;
        downs += one.down;
    });
    let summary = json!({
        "migrations": migrations.len(),
        "ups": ups,
        "downs": downs,
        "files_written": written.len(),
        "findings": Levels::of(findings),
    });
    json!({
        "format": FORMAT,
        "from": project.history.tool,
        "to": target,
        "dialect": project.history.dialect,
        "migrations": migrations,
        "findings": views(findings, &project.tree),
        "summary": summary,
    })
}

/// What came of trying a history on a server.
pub(super) fn verified(project: &Project, server: &str, tried: &[Tried], findings: &[Finding]) -> Value {
    let of = |is: fn(&Outcome) -> bool| tried.iter().filter(|one| is(&one.outcome)).count();
    json!({
        "format": FORMAT,
        "tool": project.history.tool,
        "dialect": project.history.dialect,
        "server": server,
        "migrations": tried,
        "findings": views(findings, &project.tree),
        "summary": {
            "migrations": project.history.migrations.len(),
            "undone": of(|outcome| matches!(outcome, Outcome::Undone { .. })),
            "applied": of(|outcome| matches!(outcome, Outcome::Applied { .. })),
            "failed": of(Outcome::is_failure),
            "untried": of(|outcome| matches!(outcome, Outcome::Untried { .. })),
            "not_reached": project.history.migrations.len() - tried.len(),
            "findings": Levels::of(findings),
        },
    })
}

/// How what two histories lead to differs.
pub(super) fn compared([project, second]: [&Project; 2], server: &str, other: &str, differences: &[String]) -> Value {
    let mut findings = views(&project.findings, &project.tree);
    findings.extend(views(&second.findings, &second.tree));
    json!({
        "format": FORMAT,
        "tool": project.history.tool,
        "dialect": project.history.dialect,
        "server": server,
        "against": other,
        "differences": differences,
        "findings": findings,
    })
}

/// A run that could not do its work.
pub(super) fn failure(message: &str, findings: &[Finding], choices: &[String], tree: &SourceTree) -> Value {
    json!({ "format": FORMAT, "error": message, "choices": choices, "findings": views(findings, tree) })
}

/// Whether a down's text is given.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Text {
    Given,
    Left,
}

fn down(plan: &DownPlan, project: &Project, text: Text) -> Value {
    let made = plan.made();
    let path = project.tree.shown(&full_path(project, plan));
    let mut value = if !plan.is_kept() {
        let (grade, lost) = match &made.grade {
            Grade::Exact => ("exact", &[][..]),
            Grade::SchemaOnly(lost) => ("schema_only", lost.as_slice()),
            Grade::Refused(_) => ("refused", &[][..]),
        };
        let reasons: &[Finding] = if let Grade::Refused(reasons) = &made.grade { reasons } else { &[] };
        json!({
            "kind": if reasons.is_empty() { "made" } else { "refused" },
            "grade": grade,
            "lost": lost,
            "discards": made.discards,
            "notes": made.notes,
            "outside_transaction": made.outside_transaction,
            "reasons": views(reasons, &project.tree),
        })
    } else {
        json!({ "kind": "written" })
    };
    value["was"] = match plan.was {
        Was::Missing => "missing",
        Was::Empty => "empty",
        Was::Meant => "meant",
        Was::Written => "written",
        Was::Ours => "made",
    }
    .into();
    match &plan.undo.written {
        None => {}
        Some(Verdict::Undoes) => value["verdict"] = "undoes".into(),
        Some(Verdict::Differs(differences)) => {
            value["verdict"] = "differs".into();
            value["differences"] = json!(differences);
        }
        Some(Verdict::Unknown(why)) => {
            value["verdict"] = "unknown".into();
            value["unknown"] = why.as_str().into();
        }
    }
    match &plan.barred {
        None => value["path"] = path.into(),
        Some(why) if plan.is_barred() => value["barred"] = why.as_str().into(),
        Some(_) => {}
    }
    if text == Text::Given && plan.may_write() {
        value["sql"] = plan.text.as_str().into();
    }
    value
}

/// The path of a down below the tree's root.
pub(super) fn full_path(project: &Project, plan: &DownPlan) -> String {
    let folder = &project.place.folder;
    if folder.is_empty() { plan.path.clone() } else { format!("{folder}/{}", plan.path) }
}

fn script(script: &Script, tree: &SourceTree) -> Value {
    let steps = script.steps.iter().map(|step| {
        let mut value = serde_json::to_value(step).unwrap_or_default(); // steps are plain data with string keys
        if let (Some(file), Value::Object(fields)) = (tree.file(step.at.file), &mut value) {
            let position = file.position(step.at.start as usize);
            let at = json!({
                "file": file.shown,
                "line": position.map(|position| position.line),
                "column": position.map(|position| position.column),
            });
            fields.insert("at".into(), at);
        }
        value
    });
    let steps: Vec<Value> = steps.collect();
    let notes: Vec<&str> = script.notes.iter().map(|(note, _)| note.as_str()).collect();
    json!({ "steps": steps, "notes": notes })
}

fn views(findings: &[Finding], tree: &SourceTree) -> Vec<FindingView> {
    findings.iter().map(|finding| view(finding, tree)).collect()
}
