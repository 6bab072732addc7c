//! The round trip: a history that is converted to another tool and back says the same as before, operation by operation;
//! and whatever is converted twice comes out the same to the byte. No server is needed.

use super::source::{Source, read};
use super::{Way, cases, written};
use crate::corpus::{self, tool_name};
use crate::node::Project;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use transmigrate::convert::{Conversion, Downs, Origin};
use transmigrate::emit::{Mode, Style, prepared};
use transmigrate::ir::{Down, Op, Step, Tool, TransactionMode};
use transmigrate::schema::Schema;
use transmigrate::source::Span;
use transmigrate::sql::postgres;

#[test]
fn there_and_back_is_the_same() {
    let mut report = Report::default();
    corpus::each(
        cases(),
        || (),
        |(), (tool, folder)| {
            let mut one = Report::default();
            let ended = case(*tool, folder, &mut one);
            Ok((one, ended))
        },
        |(_, folder), done| {
            let (one, ended) = done.unwrap_or_else(|error| (Report::default(), Err(error)));
            report.add(one);
            report.failures.extend(ended.err().map(|error| format!("{}: {error}", folder.display())));
        },
    );
    report.failures.sort();
    for ((from, by), (same, all)) in &report.pairs {
        eprintln!("{from:<10} by {by:<10} {same:>4} of {all:>4} migrations are the same");
    }
    assert!(report.failures.is_empty(), "{}\n{} failures", report.failures.join("\n"), report.failures.len());
}

/// What came of some cases.
#[derive(Default)]
struct Report {
    /// How many migrations are the same of how many, by the tool that they come from and the one that they went by.
    pairs: BTreeMap<(&'static str, &'static str), (usize, usize)>,
    failures: Vec<String>,
}

impl Report {
    fn add(&mut self, other: Report) {
        for (pair, (same, all)) in other.pairs {
            let sum = self.pairs.entry(pair).or_default();
            *sum = (sum.0 + same, sum.1 + all);
        }
        self.failures.extend(other.failures);
    }
}

fn case(tool: Tool, folder: &Path, report: &mut Report) -> Result<(), String> {
    let source = Source::open(tool, folder)?;
    for by in corpus::TOOLS {
        let conversion = written(&source, way(by))?;
        for style in [Some(Style::Sql), None] {
            // The tools' own methods take longer, so that every fourth case has to do for them.
            if style.is_none() && source.name.bytes().map(usize::from).sum::<usize>() % 4 != 0 {
                continue;
            }
            let there = Way { style, ..way(by) };
            if written(&source, there)?.files != written(&source, there)?.files {
                report.failures.push(format!("{} -> {}: is not the same twice", source.name, there.name()));
            }
        }
        match back(&source, by, &conversion, report) {
            Ok(()) => {}
            Err(error) => report.failures.push(format!("{} by {}: {error}", source.name, tool_name(by))),
        }
    }
    Ok(())
}

/// As SQL: a tool's own methods say a little more or less, which the server judges.
fn way(tool: Tool) -> Way {
    Way { target: tool_name(tool), style: Some(Style::Sql), downs: Downs::Keep }
}

/// Reads what was written for a tool, writes that for the first one again, and compares.
fn back(source: &Source, by: Tool, conversion: &Conversion, report: &mut Report) -> Result<(), String> {
    let first = source.history.tool;
    let project = Project::write(&conversion.files)?;
    let other = Source::open_bare(by, &project.folder)?;
    let again = written(&other, way(first))?;
    let project = Project::write(&again.files)?;
    let (_, last) = read(first, &project.folder)?;
    let mut others = other.history.migrations.iter().zip(&again.migrations);
    let mut lasts = last.migrations.iter();
    let sum = report.pairs.entry((tool_name(first), tool_name(by))).or_default();
    for (number, (one, undo)) in conversion.migrations.iter().zip(&source.undos).enumerate() {
        let again: Vec<_> = others.by_ref().take(one.new.len()).map(|(_, again)| again).collect();
        let now: Vec<_> = lasts.by_ref().take(again.iter().map(|again| again.new.len()).sum()).collect();
        let migration = &source.history.migrations[number];
        // Both are said as people would say them; that is how they are written.
        let said = |steps: &[Step], from: &Schema, mode: TransactionMode| -> Vec<Op> {
            let whole = Mode::of(steps, mode) == Mode::Whole;
            prepared(steps, from, &source.history.default_schema, whole).steps.into_iter().map(|step| step.op).collect()
        };
        let (before, after) = (&undo.made.before, &undo.made.from);
        let up: Vec<Step> = now.iter().flat_map(|now| now.up.steps.clone()).collect();
        let (mode, down_mode) = (migration.transaction, migration.down_transaction);
        // What is said to stop on the way there or back says so.
        let stops = one.up.refused > 0 || again.iter().any(|again| again.up.refused > 0);
        let ups = match stops {
            false => difference(&said(&migration.up.steps, before, mode), &said(&up, before, mode)),
            true => None,
        };
        let back: Vec<Step> = now.iter().rev().flat_map(|now| down(&now.down)).collect();
        let back = said(&back, after, down_mode);
        let downs = match (&migration.down, one.origin) {
            _ if one.down.refused > 0 || again.iter().any(|again| again.down.refused > 0) => None,
            _ if again.iter().any(|again| again.origin == Origin::Refused) => None,
            (_, Origin::Refused) => None,
            (Down::Written(_, script), Origin::Written) => difference(&said(&script.steps, after, down_mode), &back),
            _ => {
                let made: Vec<Step> = undo.made.ops.iter().map(|op| Step::new(op.clone(), Span::default())).collect();
                difference(&said(&made, after, down_mode), &back)
            }
        };
        sum.1 += 1;
        sum.0 += usize::from(ups.is_none() && downs.is_none());
        let mut fail = |word: &str, what: Option<String>| {
            let at = format!("{} by {} / {}", source.name, tool_name(by), one.old);
            report.failures.extend(what.map(|what| format!("{at}: {word}: {what}")));
        };
        fail("up", ups);
        fail("down", downs);
    }
    Ok(())
}

fn down(down: &Down) -> Vec<Step> {
    match down {
        Down::Written(_, script) => script.steps.clone(),
        Down::Missing | Down::Empty(_) => Vec::new(),
    }
}

/// The first operation that is not the same. What is not said again as it was: at which column a condition stood, the
/// transactions that a target opens and ends where it is told to, and code, which is carried over to the other tool.
fn difference(before: &[Op], after: &[Op]) -> Option<String> {
    let plain = |ops: &[Op]| -> Vec<(Value, String)> {
        let ops = ops.iter().filter(|op| !matches!(op, Op::Transaction { .. }));
        ops.map(|op| (plain(op), postgres::print(op))).collect()
    };
    let (before, after) = (plain(before), plain(after));
    let is_same = |((a, a_sql), (b, b_sql)): &(&(Value, String), &(Value, String))| a == b || a_sql == b_sql;
    let at = before.iter().zip(&after).take_while(is_same).count();
    let text = |said: Option<&(Value, String)>| said.map_or("nothing".into(), |(value, _)| value.to_string());
    (before.len().max(after.len()) > at).then(|| format!("{} became {}", text(before.get(at)), text(after.get(at))))
}

fn plain(op: &Op) -> Value {
    match op {
        Op::Code { .. } | Op::ByRows { .. } => json!("code"),
        _ if op.holds_open() => json!("code"),
        _ => {
            let mut value = serde_json::to_value(op).unwrap_or_default(); // plain data with string keys
            forget_columns(&mut value);
            value
        }
    }
}

/// Takes out of conditions at which column they stood.
fn forget_columns(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::Object(check)) = fields.get_mut("check") {
                check.remove("column");
            }
            fields.values_mut().for_each(forget_columns);
        }
        Value::Array(values) => values.iter_mut().for_each(forget_columns),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
