//! The law of filled downs: every written down of a project is taken out of it, our own is filled in for it, and the real
//! tool runs that: it leads back to the catalogue before, or stops and changes nothing where it is refused. Nothing of a
//! file but its down is touched, and filling once more changes nothing.

use crate::hollow::{Hollow, hollow};
use crate::judge::{Report, Trail, Waiting, history};
use crate::node::Project;
use crate::rows;
use crate::trail::{State, some};
use std::collections::BTreeMap;
use transmigrate::invert::{self, Backfill, Verdict};
use transmigrate::ir::{Down, Grade};
use transmigrate::source::FileTree;
use transmigrate::tools::{self, Was};
use transmigrate::verify::{ColumnOrder, compare};

/// A project with downs that we made.
pub struct Filled {
    /// The texts of its files that have one, by their paths below the project's root.
    pub files: BTreeMap<String, String>,
    /// How sure these downs are said to be, by their migrations' numbers.
    pub grades: BTreeMap<usize, Grade>,
}

impl Filled {
    /// Takes every down out of a copy of a case, and fills in ours as `down --write` does. What is found wrong goes to
    /// the report. `Err` when there is no going on.
    pub fn of(case: &Waiting, report: &mut Report) -> Result<Self, String> {
        let project = Project::copy(&case.folder)?;
        let hollows = empty(case, &project, report)?;
        let (tool, tree, place, history) = history(case, &project.folder)?;
        let undos = invert::undo(&history, Backfill::Refuse).value;
        let plans = tools::plan(tool, &tree, &place, &history, &undos)?;
        let mut files = FileTree::new(project.folder.join(&place.folder));
        let mut filled = Filled { files: BTreeMap::new(), grades: BTreeMap::new() };
        let below = |path: &str| if place.folder.is_empty() { path.into() } else { format!("{}/{path}", place.folder) };
        for (number, plan) in plans.iter().enumerate() {
            let name = &plan.migration.name;
            let mut fail = |what: &str| report.failures.push(format!("{name}: {what}"));
            let hollow = hollows.get(&number);
            if hollow.is_some() && matches!(plan.migration.down, Down::Written(..)) {
                fail("its down was taken out, and is said to be there");
            }
            if let Some(why) = plan.barred.as_ref().filter(|_| !plan.is_kept()) {
                report.barred.push(format!("{name}: {why}"));
                continue;
            }
            if !plan.may_write() {
                continue;
            }
            if hollow.is_some_and(|hollow| !hollow.is_kept(&plan.text)) {
                fail("more than its down is changed");
            }
            files.put(plan.path.clone(), plan.text.clone());
            filled.files.insert(below(&plan.path), plan.text.clone());
            filled.grades.insert(number, plan.made().grade.clone());
            report.count(plan);
        }
        files.write().map_err(|error| error.to_string())?;
        again(case, &project, &filled, report)?;
        Ok(filled)
    }
}

/// Takes the written downs out of a project's files.
fn empty(case: &Waiting, project: &Project, report: &mut Report) -> Result<BTreeMap<usize, Hollow>, String> {
    let (_, tree, _, history) = history(case, &project.folder)?;
    let mut hollows = BTreeMap::new();
    for (number, migration) in history.migrations.iter().enumerate() {
        let Down::Written(..) = migration.down else { continue };
        let path = tree.file(migration.file).map(|file| file.path.as_str()).unwrap_or_default();
        let text = tree.read(migration.file).map_err(|problem| format!("{problem:?}"))?;
        match hollow(path, text, number) {
            Ok(hollow) => {
                let to = project.folder.join(path);
                std::fs::write(&to, &hollow.text).map_err(|error| format!("{}: {error}", to.display()))?;
                hollows.insert(number, hollow);
            }
            Err(why) => report.barred.push(format!("{}: its down cannot be taken out: {why}", migration.name)),
        }
    }
    Ok(hollows)
}

/// Reads the filled project, and plans to fill it once more.
fn again(case: &Waiting, project: &Project, filled: &Filled, report: &mut Report) -> Result<(), String> {
    let (tool, tree, place, history) = history(case, &project.folder)?;
    let undos = invert::undo(&history, Backfill::Refuse).value;
    let plans = tools::plan(tool, &tree, &place, &history, &undos)?;
    for (number, plan) in plans.iter().enumerate() {
        let Some(grade) = filled.grades.get(&number) else { continue };
        let name = &plan.migration.name;
        let mut fail = |what: String| report.failures.push(format!("{name}: filled once more: {what}"));
        let there = tree.read(plan.migration.file).map_err(|problem| format!("{problem:?}"))?;
        if plan.was != Was::Ours || plan.barred.is_some() {
            fail(format!("it is said to be {:?}, {:?}", plan.was, plan.barred));
        }
        if there != plan.text {
            fail("the file changes".into());
        }
        if plan.made().grade != *grade {
            fail(format!("{grade:?} became {:?}", plan.made().grade));
        }
        match &plan.undo.written {
            Some(Verdict::Differs(said)) if !matches!(grade, Grade::Refused(_)) => fail(said.join("; ")),
            _ => {}
        }
    }
    Ok(())
}

/// Takes a filled project through its history, run by the tool: up, down and up again at each migration.
pub fn run(mut trail: Trail<'_>, grades: &BTreeMap<usize, Grade>, report: &mut Report) -> Result<(), String> {
    trail.renew()?;
    trail.open()?;
    for number in 0..trail.names.len() {
        let before = State::of(&mut trail.live)?;
        trail.up(number)?;
        let Some(grade) = grades.get(&number) else { continue };
        let found = step(&mut trail, number, &before, grade)?;
        let name = &trail.names[number];
        report.failures.extend(found.into_iter().map(|failure| format!("{name}: {failure}")));
    }
    trail.node.close()
}

/// Runs a filled down and the up again, and says what is wrong. What follows stands behind the up.
fn step(trail: &mut Trail<'_>, number: usize, before: &State, grade: &Grade) -> Result<Vec<String>, String> {
    let after = State::of(&mut trail.live)?;
    let ran = trail.down(number);
    let down = State::of(&mut trail.live)?;
    let mut found = Vec::new();
    match (&ran, grade) {
        (Ok(()), Grade::Refused(_)) => found.push("the refused down runs".into()),
        (Err(error), Grade::Refused(_)) => {
            if !error.contains("no down for ") {
                found.push(format!("the refused down stops with something else: {error}"));
            }
            let changed = compare(&after.catalogue, &down.catalogue, ColumnOrder::Counts);
            found.extend(some("the refused down changes: ", changed));
            found.extend(rows::unnamed(&after.rows, &down.rows, &[]));
            if found.is_empty() {
                return Ok(found);
            }
        }
        (Err(error), _) => found.push(format!("the filled down fails: {error}")),
        (Ok(()), _) => {
            let changed = compare(&before.catalogue, &down.catalogue, ColumnOrder::Ignored);
            found.extend(some("the filled down: ", changed));
            // What is carried whole is known to change rows, though not which.
            let lost = rows::lost(grade);
            if !lost.iter().any(|lost| lost.ends_with(" does to rows stays")) {
                found.extend(rows::unnamed(&before.own_rows(), &down.own_rows(), lost));
            }
        }
    }
    let again = ran.and_then(|()| trail.up(number));
    let now = State::of(&mut trail.live)?;
    match &again {
        Ok(()) => {
            let changed = compare(&after.catalogue, &now.catalogue, ColumnOrder::Ignored);
            found.extend(some("up again after the filled down: ", changed));
        }
        Err(error) if found.is_empty() => found.push(format!("up again after the filled down: {error}")),
        Err(_) => {}
    }
    if again.is_err() || now.catalogue != after.catalogue || now.row_counts() != after.row_counts() {
        trail.rebuild(number + 1)?;
    }
    Ok(found)
}
