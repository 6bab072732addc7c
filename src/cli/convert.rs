//! `convert`: writes a history as another tool's project; `targets` and `templates`, which it is told by.

use super::Outcome;
use super::arguments::{Convert, DownsName, Format, Global, LossName, StyleName};
use super::console::Console;
use super::counts::count;
use super::document;
use super::exit::{Done, Failure};
use super::project::{Project, in_order};
use crate::convert::{self, Conversion, Downs, Origin};
use crate::diag::{Finding, Level};
use crate::emit::{Job, Language, Options, Style, TEMPLATES, Tally, Target, Templates};
use crate::invert::{Asked, undo_asked};
use crate::ir::{Down, History, Migration};
use crate::schema::Replay;
use crate::source::{FileId, Out, SourceTree, WriteError};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

pub(super) fn run(console: &mut Console, global: &Global, asked: &Convert) -> Outcome {
    if matches!(global.format, Format::Sql | Format::Mermaid) {
        return Err(Failure::Message("--format sql and mermaid are for show; convert knows text and json".into()));
    }
    let own = asked.templates.as_deref().map(own_templates).transpose()?.unwrap_or_default();
    let target = convert::lookup_with(&asked.to, &own)?;
    let target = target.target();
    let templates = match own.is_empty() {
        true => Templates::built_in()?,
        false => &Templates::with(&own)?,
    };
    if let (Some(flag), false) = (of_scripts(asked), target.has_scripts()) {
        console.say(
            Level::Warning,
            &format!("{} has no style or language to choose: {flag} changes nothing", target.name()),
        );
    }
    let out = Out::new(&asked.out, asked.force).map_err(|error| error.to_string())?;
    let project = Project::open(&asked.path, global)?;
    let dialect = project.history.dialect;
    if !target.is_for(dialect) {
        let others = convert::targets().filter(|other| other.is_for(dialect)).map(Target::name);
        let others = others.collect::<Vec<_>>().join(", ");
        let message =
            format!("a history for {dialect} cannot be written for {} yet; it can be for {others}", target.name());
        return Err(Failure::Message(format!("nothing was written: {message}")));
    }
    let wanted = if asked.downs == DownsName::Fix { Asked::Wrong } else { Asked::Missing };
    let undone = undo_asked(&project.history, asked.backfill.into(), wanted);
    let last = match undone.value.last() {
        Some(undo) => undo.made.from.clone(),
        None => Replay::on(&project.history).schema,
    };
    let options = options(asked, &project.tree);
    let job = Job { tree: &project.tree, history: &project.history, last: &last, options: &options, templates };
    let downs = if asked.downs == DownsName::Fix { Downs::Fix } else { Downs::Keep };
    let converted = convert::convert(target, &job, &undone.value, downs)?;

    let mut findings = project.findings.clone();
    findings.extend(undone.findings);
    without_replaced(&mut findings, &project.history, &converted);
    findings.extend(converted.findings.iter().cloned());
    without_implied(&mut findings);
    in_order(&mut findings);
    console.findings(&findings, &project.tree);
    let refusal = refusal(asked, &findings, &converted);
    if let (Some(report), None) = (&asked.report, &refusal) {
        can_hold(report, &asked.out, &converted)?;
    }
    if let (Some(twin), None) = (out.twin(converted.files.keys()), &refusal) {
        let message = "would be loaded beside what is written in its place; move it away";
        return Err(Failure::Message(format!("nothing was written: {} {message}", twin.display())));
    }
    let written = match &refusal {
        Some(_) => Vec::new(),
        None => write(&out, &converted)?,
    };
    if refusal.is_none() {
        let names = converted.migrations.iter().flat_map(|one| one.new.iter().map(String::as_str)).collect();
        let paths = converted.migrations.iter().flat_map(|one| &one.paths);
        let others = out.beside(paths, &names);
        let listed: Vec<String> = others.iter().take(3).map(|path| path.display().to_string()).collect();
        if !listed.is_empty() {
            let more = if others.len() > listed.len() { " and more" } else { "" };
            let message = format!("{}{more} stand beside what was written, and would be run too", listed.join(", "));
            console.say(Level::Warning, &message);
        }
    }
    let report = document::conversion(&project, target.name(), &converted, &findings, &written);
    if let Some(path) = &asked.report {
        let text = serde_json::to_string_pretty(&report).unwrap_or_default(); // plain data with string keys
        let reported = crate::source::write_file(path, &format!("{text}\n")).map_err(|error| error.to_string());
        match (reported, &refusal) {
            (Err(error), Some(_)) => console.say(Level::Error, &error),
            (reported, _) => reported?,
        }
    }
    if global.format == Format::Json {
        console.document(&report);
    } else if refusal.is_none() {
        console.answer(&names(&converted));
        console.note(&summary(&converted, written.len()));
    }
    match refusal {
        Some(why) => {
            console.say(Level::Error, &format!("nothing was written: {why}"));
            Err(Failure::Said)
        }
        None => Ok(Done { findings, check_failed: false }),
    }
}

/// What was asked for that only migrations which are scripts can be.
fn of_scripts(asked: &Convert) -> Option<&'static str> {
    match (asked.typescript, asked.javascript, asked.style) {
        (true, ..) => Some("--typescript"),
        (_, true, _) => Some("--javascript"),
        (.., Some(StyleName::Builder)) => Some("--style builder"),
        (.., Some(StyleName::Sql) | None) => None,
    }
}

/// Takes out what judging says of written downs that others take the place of.
fn without_replaced(findings: &mut Vec<Finding>, history: &History, converted: &Conversion) {
    let pairs = || history.migrations.iter().zip(&converted.migrations);
    let file = |migration: &Migration| match &migration.down {
        Down::Written(file, _) => Some(*file),
        Down::Missing | Down::Empty(_) => None,
    };
    let of = |replaced: bool| -> BTreeSet<FileId> {
        let those = pairs().filter(|(_, one)| (one.origin == Origin::Replaced) == replaced);
        those.filter_map(|(migration, _)| file(migration)).collect()
    };
    let (gone, kept) = (of(true), of(false));
    let is_gone = |file: FileId| gone.contains(&file) && !kept.contains(&file);
    findings.retain(|finding| finding.code != "D002" || !finding.at.is_some_and(|at| is_gone(at.file)));
}

/// Takes out what is said of files that could not be read: that they cannot be carried or judged goes without saying.
fn without_implied(findings: &mut Vec<Finding>) {
    let unread = findings.iter().filter(|finding| is_unread(finding)).filter_map(|finding| finding.at);
    let unread: BTreeSet<FileId> = unread.map(|at| at.file).collect();
    let is_implied = |finding: &Finding| matches!(finding.code, "C001" | "D003");
    findings.retain(|finding| !is_implied(finding) || !finding.at.is_some_and(|at| unread.contains(&at.file)));
}

fn is_unread(finding: &Finding) -> bool {
    finding.level == Level::Error && finding.code.starts_with('R')
}

/// Why nothing may be written, if that is so.
fn refusal(asked: &Convert, findings: &[Finding], converted: &Conversion) -> Option<String> {
    let unread = findings.iter().filter(|finding| is_unread(finding)).count();
    if unread > 0 {
        return Some(format!("the history could not be read whole ({})", count(unread, "error")));
    }
    let lost = converted.findings.iter().filter(|finding| finding.level >= Level::Warning).count();
    (asked.on_loss == LossName::Fail && lost > 0).then(|| format!("{} would be lost", count(lost, "thing")))
}

fn options(asked: &Convert, tree: &SourceTree) -> Options {
    let style = asked.style.map(|style| match style {
        StyleName::Builder => Style::Builder,
        StyleName::Sql => Style::Sql,
    });
    let language = match (asked.typescript, asked.javascript) {
        (true, _) => Some(Language::Typescript),
        (_, true) => Some(Language::Javascript),
        (false, false) => None,
    };
    let package = crate::source::above(&asked.out, "package.json").or_else(|| {
        let own = tree.find("package.json")?;
        tree.read(own).ok().map(str::to_owned)
    });
    let package: Option<serde_json::Value> = package.and_then(|text| serde_json::from_str(&text).ok());
    let esm = package.is_some_and(|package| package.get("type").and_then(|of| of.as_str()) == Some("module"));
    Options { style, language, esm }
}

/// How to get at the built-in templates.
const EXPORT: &str = "`transmigrate templates --export DIR` writes all there are";

/// The templates of a folder that are to stand in the place of ours, by their paths. `Err` when there is none.
fn own_templates(folder: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let tree = SourceTree::open(folder).map_err(|error| format!("{} cannot be opened: {error}", folder.display()))?;
    let mut own = BTreeMap::new();
    let is_template = |path: &str| TEMPLATES.iter().any(|(known, _)| *known == path);
    let is_settings = |path: &str| convert::FOLDERS.iter().any(|(name, _)| path == format!("{name}/target.toml"));
    let folder_of = |path: &str| path.split_once('/').map(|(first, _)| first.to_owned());
    let is_ours = |path: &str| TEMPLATES.iter().any(|(known, _)| folder_of(known) == folder_of(path));
    for (id, file) in tree.files() {
        if !is_template(&file.path) && !is_settings(&file.path) {
            if file.path.ends_with(".tera") && is_ours(&file.path) {
                return Err(Failure::Message(format!("there is no template {}; {EXPORT}", file.path)));
            }
            continue;
        }
        let text = tree.read(id).map_err(|problem| Finding::from(&problem).message)?;
        own.insert(file.path.clone(), text.to_owned());
    }
    if own.is_empty() {
        let message = format!("{} holds no template that there is a built-in one for", folder.display());
        return Err(Failure::Message(format!("{message}; {EXPORT}")));
    }
    Ok(own)
}

/// Whether a report can be written, as far as that shows beforehand: nothing is laid down where it cannot.
fn can_hold(report: &Path, out: &Path, converted: &Conversion) -> Result<(), Failure> {
    let bad = |error: &dyn std::fmt::Display| {
        Failure::Message(format!("nothing was written: {} cannot be written to: {error}", report.display()))
    };
    let absolute = |path: &Path| std::path::absolute(path).map_err(|error| bad(&error));
    let path = absolute(report)?;
    let out = absolute(out)?;
    if path.is_dir() || path == out {
        return Err(bad(&"it is a folder"));
    }
    let laid = converted.files.keys().map(|file| out.join(file));
    if let Some(file) = laid.into_iter().find(|file| file.starts_with(&path) || path.starts_with(file)) {
        return Err(bad(&format_args!("{} is laid down there", file.display())));
    }
    let folder = path.parent().unwrap_or(&path);
    if folder.starts_with(&out) && folder != out {
        return Err(bad(&"what is laid down has no such folder"));
    }
    if folder == out && !out.exists() {
        return Ok(()); // it comes with what is laid down
    }
    tempfile::tempfile_in(folder).map(drop).map_err(|error| bad(&error))
}

fn write(out: &Out, converted: &Conversion) -> Result<Vec<String>, Failure> {
    let written = out.write(&converted.files).map_err(|error| match error {
        WriteError::NotRestored(..) => error.to_string(),
        WriteError::Outside(_) | WriteError::NotAFile(_) | WriteError::Io(..) => {
            format!("nothing was written: {error}")
        }
    })?;
    Ok(written)
}

/// Each migration's old name and what it is called now.
fn names(converted: &Conversion) -> String {
    let mut out = String::new();
    for one in &converted.migrations {
        out.push_str(&format!("{} -> {}\n", crate::diag::plain(&one.old), one.new.join(", ")));
    }
    out
}

fn summary(converted: &Conversion, files: usize) -> String {
    let mut tally = Tally::default();
    let (mut written, mut made, mut replaced, mut refused) = (0, 0, 0, 0);
    for one in &converted.migrations {
        tally += one.up;
        match one.origin {
            Origin::Written => written += 1,
            Origin::Made => made += 1,
            Origin::Replaced => replaced += 1,
            Origin::Refused => refused += 1,
            Origin::Empty => {}
        }
    }
    format!(
        "{}, {} written; operations of the ups: {} native, {} raw, {} refused; downs: {written} carried, {made} made, \
         {replaced} replaced, {refused} refused",
        count(converted.migrations.len(), "migration"),
        count(files, "file"),
        tally.native,
        tally.raw,
        tally.refused
    )
}

/// `targets`.
pub(super) fn targets(console: &mut Console, global: &Global) -> Outcome {
    let targets: Vec<&dyn Target> = convert::targets().collect();
    if global.format == Format::Json {
        let entries: Vec<_> = targets
            .iter()
            .map(|target| serde_json::json!({ "name": target.name(), "about": target.about() }))
            .collect();
        console.document(&serde_json::json!({ "format": 1, "targets": entries }));
    } else {
        let lines = targets.iter().map(|target| format!("{:<16}{}\n", target.name(), target.about()));
        console.answer(&lines.collect::<String>());
    }
    Ok(Done::default())
}

/// `templates --export`.
pub(super) fn templates(console: &mut Console, global: &Global, folder: &Path) -> Outcome {
    let out = Out::new(folder, false).map_err(|error| error.to_string())?;
    let settings = convert::FOLDERS.iter().map(|(name, text)| (format!("{name}/target.toml"), (*text).to_owned()));
    let templates = TEMPLATES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    let readme = ("README.md".to_owned(), include_str!("../../templates/README.md").to_owned());
    let files = settings.chain(templates).chain([readme]).collect();
    let written = out.write(&files).map_err(|error| format!("nothing was written: {error}"))?;
    if global.format == Format::Json {
        console.document(&serde_json::json!({ "format": 1, "files": written }));
    } else {
        console.note(&format!("{} written", count(written.len(), "file")));
    }
    Ok(Done::default())
}
