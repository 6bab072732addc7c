//! A direction as SQL, as templates are given it.

use super::draft::{Direction, Mode};
use super::statement::{ended, statements, uncarried};
use super::words::Words;
use crate::diag::{Finding, Level, harmless, plain};
use crate::ir::{Dialect, Step};
use crate::source::{SourceTree, Span};
use crate::sql;
use serde::Serialize;

/// A direction as SQL.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SqlView {
    /// What is said of it: the words of a down that we made, comments of a script. One line a piece.
    pub comments: Vec<String>,
    /// Its statements in order.
    pub statements: Vec<SqlStatement>,
    /// Whether they have to be done all or not at all.
    pub whole: bool,
    /// Whether they may not stand in a transaction.
    pub loose: bool,
    /// Whether it stops with an error, because something is left to be ported, or no down can be vouched for.
    pub stops: bool,
    /// Whose SQL it is; PostgreSQL's where that is not said.
    #[serde(skip)]
    pub dialect: Option<Dialect>,
}

/// A statement of SQL.
#[derive(Clone, Debug, Serialize)]
pub struct SqlStatement {
    /// What it does, in the words of Prisma's own generator: `CreateTable`.
    pub heading: String,
    /// The comments before it, one line a piece, without markers.
    pub notes: Vec<String>,
    /// Its text with the closing semicolon; empty where only comments stand.
    pub sql: String,
    /// Whether it holds semicolons or comments, so that what cuts a script at semicolons has to be told where it ends.
    pub compound: bool,
    /// Where it stands; nowhere, for one of ours.
    #[serde(skip)]
    pub at: Span,
}

/// What a part of a script that SQL cannot say is called in findings: the target's name, the migration's file.
pub struct Lost<'a> {
    /// The files.
    pub tree: &'a SourceTree,
    /// The target.
    pub target: &'a str,
    /// `up` or `down`.
    pub direction: &'a str,
}

/// Some steps of a direction, in SQL. What no SQL can say stands as comments in its place, and the first statement stops
/// with an error that names the places; each is a finding (C001).
pub fn sql(
    direction: &Direction<'_>,
    steps: &[Step],
    name: &str,
    lost: &Lost<'_>,
    found: &mut Vec<Finding>,
) -> SqlView {
    let dialect = direction.from.dialect();
    let mut view = SqlView {
        dialect: Some(dialect),
        comments: direction.notes.iter().flat_map(|note| note.lines()).map(plain).collect(),
        whole: direction.mode == Mode::Whole,
        loose: matches!(direction.mode, Mode::Loose | Mode::Own),
        ..SqlView::default()
    };
    if let Some(made) = direction.made {
        let words = Words::of(name, made);
        view.comments.push(format!("{}, made by transmigrate", words.title));
        view.comments.extend(words.lines());
    }
    if let Some(message) = direction.stop(name) {
        view.refuse(&message);
        return view;
    }
    let mut left = Left::default();
    for statement in statements(dialect, steps) {
        let mut notes = statement.notes;
        let text = match statement.sql {
            Some(sql) => ended(&sql),
            None => {
                for step in statement.steps {
                    let Some((source, why)) = uncarried(&step.op) else {
                        // It was said by one statement with what is not carried.
                        notes.extend(sql::print(dialect, &step.op).lines().map(|line| format!("  {}", harmless(line))));
                        continue;
                    };
                    if left.adds(lost, step.at, &why, found) {
                        notes.push(format!("to be ported by hand: {}", plain(&why)));
                    }
                    notes.extend(source.lines().map(|line| format!("  {}", harmless(line))));
                }
                String::new()
            }
        };
        let at = statement.steps.first().map(|step| step.at).unwrap_or_default();
        view.statements.push(SqlStatement {
            heading: statement.heading,
            notes,
            compound: is_compound(&text),
            sql: text,
            at,
        });
    }
    if let Some(message) = left.message(name) {
        view.refuse(&message);
    }
    view
}

/// What of a direction is left to be ported by hand. What a loop does more than once is left once.
#[derive(Default)]
pub struct Left {
    /// Where it stands, and why it is not carried.
    parts: Vec<(Span, String)>,
    /// The places as texts, each once.
    places: Vec<String>,
}

impl Left {
    /// Adds a part, and what is found of it (C001); whether it is another than those before.
    pub fn adds(&mut self, lost: &Lost<'_>, at: Span, why: &str, found: &mut Vec<Finding>) -> bool {
        if self.parts.iter().any(|(place, reason)| *place == at && reason == why) {
            return false;
        }
        self.parts.push((at, why.to_owned()));
        let place = lost.place(at);
        if !self.places.contains(&place) {
            self.places.push(place);
        }
        found.push(lost.finding(at, why));
        true
    }

    /// What a migration of this name has to say before it does anything, if there is something left.
    pub fn message(&self, name: &str) -> Option<String> {
        let left = !self.places.is_empty();
        left.then(|| format!("{name} has to be ported by hand first: what stands at {}", self.places.join(", ")))
    }
}

impl SqlView {
    /// Puts a statement in front that stops with an error.
    pub fn refuse(&mut self, message: &str) {
        self.stops = true;
        self.statements.insert(0, stopping(self.dialect.unwrap_or(Dialect::Postgres), &plain(message)));
    }
}

/// The heading of a statement that stops a script.
const STOP: &str = "Refuse";

fn stopping(dialect: Dialect, message: &str) -> SqlStatement {
    let sql = sql::stop(dialect, message);
    SqlStatement { heading: STOP.into(), notes: Vec::new(), sql, compound: true, at: Span::default() }
}

/// Whether what cuts a script at semicolons may not see where a statement ends.
fn is_compound(sql: &str) -> bool {
    let inner = sql.trim_end_matches(';');
    [";", "--", "/*"].iter().any(|mark| inner.contains(mark))
}

impl SqlStatement {
    /// Whether it is what [`SqlView::refuse`] puts in front.
    pub fn is_stop(&self) -> bool {
        self.heading == STOP
    }

    /// Makes it stop a script with a message that holds nothing of the user's.
    pub fn say_less(&mut self, dialect: Dialect) {
        self.sql = sql::stop(dialect, "this migration cannot be run as it is; transmigrate's findings say why");
    }
}

impl Lost<'_> {
    /// `migrations/1_a.js:12`, below the root of what was read.
    pub fn place(&self, at: Span) -> String {
        let Some(file) = self.tree.file(at.file) else { return "a place that is not known".to_owned() };
        match file.position(at.start as usize) {
            Some(position) => format!("{}:{}", file.path, position.line),
            None => file.path.clone(),
        }
    }

    /// What is said of a part that is not carried.
    pub fn finding(&self, at: Span, why: &str) -> Finding {
        let message = format!("this part of the {} is not carried to {}: {}", self.direction, self.target, plain(why));
        let end = self.tree.read(at.file).ok().and_then(|text| text.get(at.range())).and_then(|text| text.find('\n'));
        let end = end.and_then(|length| u32::try_from(length).ok()).map_or(at.end, |length| at.start + length);
        Finding::new("C001", Level::Warning, Span { end, ..at }, message)
            .why("what is written stops with an error before it does anything, and holds this part as a comment")
            .help("port it by hand, then take out what stops it")
    }
}
