//! `verify`: tries every migration on a real database, up, down and up again.

use super::Outcome as Ended;
use super::arguments::{Format, Global, Verify};
use super::console::Console;
use super::counts::count;
use super::document;
use super::exit::{Done, Failure};
use super::project::{Project, in_order};
use crate::diag::{Finding, Level, plain};
use crate::invert::{Backfill, undo};
use crate::ir::Dialect;
use crate::source::Span;
use crate::tools::plan;
use crate::verify::{self, Case, ColumnOrder, Embedded, Outcome, Remote, Rights, Server, Tried, Whose};
use std::path::Path;

pub(super) fn run(console: &mut Console, global: &Global, asked: &Verify) -> Ended {
    if matches!(global.format, Format::Sql | Format::Mermaid) {
        return Err(Failure::Message("--format sql and mermaid are for show; verify knows text and json".into()));
    }
    let project = Project::open(&asked.path, global)?;
    let server = server(project.history.dialect, asked)?;
    if let Some(other) = &asked.against {
        return against(console, global, &project, other, &*server);
    }
    let undone = undo(&project.history, Backfill::Refuse);
    let plans = plan(project.tool, &project.tree, &project.place, &project.history, &undone.value)?;
    let case = Case { history: &project.history, tree: &project.tree, plans: &plans };
    let is_text = global.format != Format::Json;
    let tried = verify::verify(&case, &*server, &mut |one| {
        if is_text {
            console.answer(&line(one));
        }
    })?;
    let mut findings = project.findings.clone();
    findings.extend(
        tried
            .iter()
            .zip(&project.history.migrations)
            .filter_map(|(one, migration)| finding(one, Span::new(migration.file, 0, 0))),
    );
    in_order(&mut findings);
    console.findings(&findings, &project.tree);
    if is_text {
        console.note(&summary(&tried, project.history.migrations.len(), &server.about()));
    } else {
        console.document(&document::verified(&project, &server.about(), &tried, &findings));
    }
    leftovers(console, &*server);
    let check_failed = tried.iter().any(|one| one.outcome.is_failure());
    Ok(Done { findings, check_failed })
}

/// The server that a history is tried on.
fn server(dialect: Dialect, asked: &Verify) -> Result<Box<dyn Server>, Failure> {
    let message = |text: &str| Failure::Message(text.to_owned());
    match (dialect, asked.url.as_deref()) {
        (Dialect::Sqlite, None) => Ok(Box::new(Embedded)),
        (Dialect::Sqlite, Some(_)) => Err(message("a history for SQLite is tried in memory; it takes no --url")),
        (Dialect::Postgres, Some(url)) => {
            let rights = if asked.throwaway { Rights::Any } else { Rights::Plain };
            let remote = Remote::new(url, rights)?;
            // Whoever ends the program leaves nothing behind. One handler is enough, and there is no other.
            let _ = ctrlc::set_handler(|| {
                verify::postgres::drop_all();
                std::process::exit(2);
            });
            Ok(Box::new(remote))
        }
        (Dialect::Postgres, None) => Err(message(
            "which server is it to be tried on? say so with --url postgres://user@host/postgres; databases are made \
             there for it, and dropped",
        )),
        (Dialect::Mysql | Dialect::Mariadb, _) => Err(message("histories for MySQL and MariaDB cannot be tried yet")),
    }
}

/// Says what could not be dropped.
fn leftovers(console: &mut Console, server: &dyn Server) {
    for name in server.left_behind() {
        console.say(Level::Warning, &format!("database {name} could not be dropped: it is to be dropped by hand"));
    }
}

/// Compares what two histories lead to.
fn against(console: &mut Console, global: &Global, project: &Project, other: &Path, server: &dyn Server) -> Ended {
    let second = Project::open(other, &Global { from: None, base: None, ..global.clone() })?;
    let (here, there) = (project.history.dialect, second.history.dialect);
    if here != there {
        return Err(Failure::Message(format!("one history is for {here}, the other for {there}")));
    }
    let led = |project: &Project, path: &str| {
        verify::led_to(&project.history, &project.tree, server).map_err(|error| format!("{path}: {error}"))
    };
    let other = other.display().to_string();
    let (first, second_led) = (led(project, "the history")?, led(&second, &other)?);
    let differences = verify::compare(&first, &second_led, ColumnOrder::Ignored);
    console.findings(&project.findings, &project.tree);
    console.findings(&second.findings, &second.tree);
    leftovers(console, server);
    if global.format == Format::Json {
        console.document(&document::compared([project, &second], &server.about(), &other, &differences));
    } else {
        differences.iter().for_each(|one| console.answer(&format!("{}\n", plain(one))));
        let what = match differences.len() {
            0 => "both histories lead to the same schema".to_owned(),
            many => format!("the histories lead to different schemas: {}", count(many, "difference")),
        };
        console.note(&format!("{what} ({})", server.about()));
    }
    let findings = project.findings.iter().chain(&second.findings).cloned().collect();
    Ok(Done { findings, check_failed: !differences.is_empty() })
}

/// What came of a migration, in a line, with what differs below it.
fn line(one: &Tried) -> String {
    let whose = match one.down {
        Some(Whose::Made) => "the down that would be made",
        Some(Whose::Written) | None => "its down",
    };
    let (text, details): (String, &[String]) = match &one.outcome {
        Outcome::Undone { reordered, emptied, once } => {
            let way = if *once { "up, down" } else { "up, down, up" };
            let order = if *reordered { ", but for the order of columns" } else { "" };
            let empty = emptied.as_ref().map(|why| format!(", on empty tables ({why})")).unwrap_or_default();
            (format!("{way}: {whose} undoes it{order}{empty}"), &[])
        }
        Outcome::Applied { why } => (format!("up; {why}"), &[]),
        Outcome::UpFails { error } => (format!("FAILED: its up does not run: {error}"), &[]),
        Outcome::DownFails { error } => (format!("FAILED: {whose} does not run: {error}"), &[]),
        Outcome::DownDiffers { differences } => (format!("FAILED: {whose} does not undo it"), differences),
        Outcome::AgainFails { error } => (format!("FAILED: after {whose}, its up does not run again: {error}"), &[]),
        Outcome::AgainDiffers { differences } => {
            (format!("FAILED: after {whose}, its up leads elsewhere than before"), differences)
        }
        Outcome::Untried { why } => (format!("not tried: {why}"), &[]),
    };
    let mut out = format!("{}: {}\n", plain(&one.name), plain(&text));
    for detail in details.iter().take(SHOWN) {
        out += &format!("    {}\n", plain(detail));
    }
    if details.len() > SHOWN {
        out += &format!("    and {} more\n", details.len() - SHOWN);
    }
    for left in &one.left_out {
        out += &format!("    left out: {}\n", plain(left));
    }
    out
}

/// How many differences are shown.
const SHOWN: usize = 10;

/// What is to be said of a migration.
fn finding(one: &Tried, at: Span) -> Option<Finding> {
    let name = &one.name;
    let said = |code: &'static str, level: Level, text: String, why: String| {
        Some(Finding::new(code, level, at, text).why(why))
    };
    let whose = if one.down == Some(Whose::Made) { "the down that would be made for" } else { "the down of" };
    match &one.outcome {
        Outcome::Undone { .. } | Outcome::Applied { .. } => None,
        Outcome::UpFails { error } => {
            said("V001", Level::Error, format!("migration {name} does not run"), error.clone())
        }
        Outcome::DownFails { error } => {
            said("V002", Level::Error, format!("{whose} {name} does not run"), error.clone())
        }
        Outcome::DownDiffers { differences } => {
            said("V002", Level::Error, format!("{whose} {name} does not undo it"), shown(differences))
        }
        Outcome::AgainFails { error } => {
            said("V003", Level::Error, format!("migration {name} does not run again after its down"), error.clone())
        }
        Outcome::AgainDiffers { differences } => {
            said("V003", Level::Error, format!("migration {name} leads elsewhere after its down"), shown(differences))
        }
        Outcome::Untried { why } => {
            said("V004", Level::Warning, format!("migration {name} was not tried"), why.clone())
        }
    }
}

fn shown(differences: &[String]) -> String {
    let more = differences.len().saturating_sub(3);
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    differences.iter().take(3).cloned().collect::<Vec<_>>().join("; ") + &more
}

fn summary(tried: &[Tried], all: usize, about: &str) -> String {
    let of = |is: fn(&Outcome) -> bool| tried.iter().filter(|one| is(&one.outcome)).count();
    let undone = of(|outcome| matches!(outcome, Outcome::Undone { .. }));
    let applied = of(|outcome| matches!(outcome, Outcome::Applied { .. }));
    let untried = of(|outcome| matches!(outcome, Outcome::Untried { .. }));
    let failed = of(Outcome::is_failure);
    let left = match all - tried.len() {
        0 => String::new(),
        left => format!(", {left} not reached"),
    };
    format!(
        "{} on {about}: {undone} undone and done again, {applied} without a down to try, {failed} failed, {untried} not \
         tried{left}",
        count(all, "migration")
    )
}
