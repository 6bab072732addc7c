//! `down`: shows the downs that are missing, writes them, or checks that none is.

use super::Outcome;
use super::arguments::{Down, Format, Global};
use super::console::Console;
use super::counts::count;
use super::document;
use super::exit::{Done, Failure};
use super::project::{Project, in_order};
use crate::diag::{Finding, Level};
use crate::invert::{Verdict, undo};
use crate::ir::{Down as DownState, Grade};
use crate::source::{Change, ChangeKind, FileTree, WriteError};
use crate::tools::{DownPlan, barred, check, plan, vouched};
use std::collections::BTreeSet;

pub(super) fn run(console: &mut Console, global: &Global, down: &Down) -> Outcome {
    if matches!(global.format, Format::Sql | Format::Mermaid) {
        return Err(Failure::Message("--format sql and mermaid are for show; down knows text and json".into()));
    }
    let project = Project::open(&down.path, global)?;
    let chosen = chosen(&project, down)?;
    let undone = undo(&project.history, down.backfill.into());
    let plans = plan(project.tool, &project.tree, &project.place, &project.history, &undone.value)?;
    let mut judged = undone.findings.clone();
    vouched(&mut judged, &plans);
    let plans: Vec<&DownPlan> = chosen.iter().filter_map(|at| plans.get(*at)).collect();

    let mut findings = project.findings.clone();
    findings.extend(judged.into_iter().filter(|finding| concerns(finding, &plans)));
    findings.extend(if down.check { check(&plans) } else { barred(&plans) });
    in_order(&mut findings);

    let files = files(&project, &plans);
    console.findings(&findings, &project.tree);
    let changes = if down.check { Vec::new() } else { files.changes().map_err(|error| error.to_string())? };
    let written = if down.write { write(console, global, &project, &findings, &files)? } else { Vec::new() };
    let failing = plans.iter().filter(|plan| plan.fails()).count();
    if global.format == Format::Json {
        console.document(&document::downs(&project, &plans, &findings, &written));
    } else if down.check {
        let untold =
            plans.iter().filter(|plan| !plan.fails() && matches!(plan.undo.written, Some(Verdict::Unknown(_))));
        let untold = match untold.count() {
            0 => String::new(),
            many => format!(", {many} of which it cannot be told"),
        };
        let checked = count(plans.len(), "migration");
        console.note(&format!("{checked} checked, {failing} without a down that undoes it{untold}"));
    } else if down.write {
        console.note(&summary(&plans, &changes, "written"));
    } else {
        console.answer(&preview(&project, &changes));
        console.note(&summary(&plans, &changes, "to write"));
    }
    Ok(Done { findings, check_failed: down.check && failing > 0 })
}

/// The indices of the migrations that the flags choose, in order.
fn chosen(project: &Project, down: &Down) -> Result<BTreeSet<usize>, Failure> {
    let all = 0..project.history.migrations.len();
    if let Some(since) = &down.since {
        return Ok((project.migration(since)?..all.end).collect());
    }
    if down.only.is_empty() {
        return Ok(all.collect());
    }
    down.only.iter().map(|name| project.migration(name)).collect()
}

/// Whether a finding is about the state, which all downs rest on, or about the way back of one of these migrations.
fn concerns(finding: &Finding, plans: &[&DownPlan]) -> bool {
    let Some(at) = finding.at.filter(|_| finding.code.starts_with('D')) else { return true };
    plans.iter().any(|plan| match plan.migration.down {
        DownState::Empty(file) | DownState::Written(file, _) => file == at.file || plan.migration.file == at.file,
        DownState::Missing => plan.migration.file == at.file,
    })
}

/// What would be written: every chosen down that nobody wrote.
fn files(project: &Project, plans: &[&DownPlan]) -> FileTree {
    let mut files = FileTree::new(project.tree.root().join(&project.place.folder));
    for plan in plans.iter().filter(|plan| plan.may_write()) {
        files.put(plan.path.clone(), plan.text.clone());
    }
    files
}

/// Writes the files. A history that could not be read whole is not written for: what was not read might matter.
fn write(
    console: &mut Console,
    global: &Global,
    project: &Project,
    findings: &[Finding],
    files: &FileTree,
) -> Result<Vec<String>, Failure> {
    let unread = findings.iter().filter(|finding| finding.level == Level::Error && finding.code.starts_with('R'));
    let unread = unread.count();
    if unread > 0 {
        let message = format!("nothing was written: the history could not be read whole ({})", count(unread, "error"));
        if global.format == Format::Json {
            console.document(&document::failure(&message, findings, &[], &project.tree));
        } else {
            console.say(Level::Error, &message);
        }
        return Err(Failure::Said);
    }
    files.write().map_err(|error| match error {
        WriteError::NotRestored(..) => Failure::Message(error.to_string()),
        WriteError::Outside(_) | WriteError::NotAFile(_) | WriteError::Io(..) => {
            Failure::Message(format!("nothing was written: {error}"))
        }
    })
}

/// The files as they would be: whole where there is none, as a difference where there is one.
fn preview(project: &Project, changes: &[Change]) -> String {
    let mut out = String::new();
    for change in changes {
        let folder = &project.place.folder;
        let path = if folder.is_empty() { change.path.clone() } else { format!("{folder}/{}", change.path) };
        let shown = project.tree.shown(&path);
        match change.kind {
            ChangeKind::New => out.push_str(&format!("==> {shown} <==\n{}\n", change.after)),
            ChangeKind::Changed(_) => out.push_str(&format!("{}\n", change.diff(&shown))),
            ChangeKind::Unchanged => {}
        }
    }
    out
}

fn summary(plans: &[&DownPlan], changes: &[Change], what: &str) -> String {
    let differing = changes.iter().filter(|change| change.kind != ChangeKind::Unchanged).count();
    let (mut exact, mut schema_only, mut refused) = (0, 0, 0);
    for plan in plans.iter().filter(|plan| plan.may_write()) {
        match plan.made().grade {
            Grade::Exact => exact += 1,
            Grade::SchemaOnly(_) => schema_only += 1,
            Grade::Refused(_) => refused += 1,
        }
    }
    let kept = plans.iter().filter(|plan| plan.is_kept()).count();
    let barred = plans.iter().filter(|plan| plan.is_barred()).count();
    let files = count(differing, "file");
    let barred = if barred > 0 { format!(", {barred} that cannot be written") } else { String::new() };
    format!(
        "{files} {what}; downs: {exact} exact, {schema_only} schema only, {refused} refused, {kept} written by hand{barred}"
    )
}
