//! What came of a history's downs, counted and told.

use crate::cluster::Complaint;
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write;

/// What came of one down.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// The catalogue is what it was.
    Exact,
    /// It is but for column order, which PostgreSQL cannot restore.
    OrderOnly,
    /// It is not; each difference.
    Wrong(Vec<String>),
    /// The down, or the up after it, stops with an error.
    Fails(Complaint),
    /// There is none; why.
    Refused(Vec<String>),
}

/// One history's counts.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Its path; `total` for all of them.
    pub name: String,
    /// Why it was not measured, or not to its end.
    pub left_out: Option<String>,
    /// Migrations that do not apply to an empty database, with the error.
    pub skipped: Vec<String>,
    /// Downs that stumbled over rows they do not claim to restore, and were judged on empty tables.
    pub emptied: usize,
    /// Downs that were tried with rows in the tables too.
    pub with_rows: usize,
    /// What they did to the rows that they should not.
    pub row_problems: Vec<(String, Vec<String>)>,
    /// How often the replayed schema was held against the server.
    pub replays: usize,
    /// Where it differed, after which migration.
    pub replay_differences: Vec<(String, Vec<String>)>,
    /// The time for everything.
    pub seconds: f64,
    /// The library's part: replaying the history and making all of its downs.
    pub library_seconds: f64,
    outcomes: Vec<(String, Outcome)>,
}

impl Tally {
    /// Nothing counted yet.
    pub fn new(name: &str) -> Self {
        Tally { name: name.into(), ..Tally::default() }
    }

    /// Counts one migration.
    pub fn count(&mut self, migration: &str, outcome: Outcome) {
        self.outcomes.push((migration.into(), outcome));
    }

    /// Counts one trial with rows.
    pub fn count_rows(&mut self, migration: &str, found: Vec<String>) {
        self.with_rows += 1;
        if !found.is_empty() {
            self.row_problems.push((migration.into(), found));
        }
    }

    /// All of them as one.
    pub fn total(tallies: &[Tally]) -> Self {
        let mut total = Tally::new("total");
        for tally in tallies {
            total.skipped.extend_from_slice(&tally.skipped);
            total.emptied += tally.emptied;
            total.with_rows += tally.with_rows;
            total.row_problems.extend_from_slice(&tally.row_problems);
            total.replays += tally.replays;
            total.replay_differences.extend_from_slice(&tally.replay_differences);
            total.seconds += tally.seconds;
            total.library_seconds += tally.library_seconds;
            total.outcomes.extend_from_slice(&tally.outcomes);
        }
        total
    }

    /// Whether no down was wrong and none failed.
    pub fn clean(&self) -> bool {
        self.number("wrong") + self.number("fail") == 0
    }

    fn number(&self, word: &str) -> usize {
        self.outcomes.iter().filter(|(_, outcome)| outcome.word() == word).count()
    }

    /// One line for people.
    pub fn line(&self) -> String {
        let all = self.outcomes.len();
        if let (0, Some(why)) = (all, &self.left_out) {
            return format!("{}: left out: {why}", self.name);
        }
        let refused = self.number("refused");
        let mut line = format!(
            "{}: {all} migrations: {} exact, {} order only, {} wrong, {} fail, {refused} refused ({:.1} %)",
            self.name,
            self.number("exact"),
            self.number("order only"),
            self.number("wrong"),
            self.number("fail"),
            100.0 * refused as f64 / all.max(1) as f64
        );
        if !self.skipped.is_empty() {
            let _ = write!(line, "; {} do not apply", self.skipped.len());
        }
        if self.emptied > 0 {
            let _ = write!(line, "; {} judged on empty tables", self.emptied);
        }
        if self.with_rows > 0 {
            let _ = write!(line, "; rows right {} of {}", self.with_rows - self.row_problems.len(), self.with_rows);
        }
        let _ = write!(
            line,
            "; replay right {} of {}; {:.1} s, {:.2} s of it ours",
            self.replays - self.replay_differences.len(),
            self.replays,
            self.seconds,
            self.library_seconds
        );
        if let Some(why) = &self.left_out {
            let _ = write!(line, "; stopped: {why}");
        }
        line
    }
}

impl Outcome {
    /// What it is counted as.
    pub fn word(&self) -> &'static str {
        match self {
            Outcome::Exact => "exact",
            Outcome::OrderOnly => "order only",
            Outcome::Wrong(_) => "wrong",
            Outcome::Fails(_) => "fail",
            Outcome::Refused(_) => "refused",
        }
    }

    /// The reasons, when there is something to give reasons for.
    pub fn reasons(&self) -> &[String] {
        match self {
            Outcome::Exact | Outcome::OrderOnly => &[],
            Outcome::Wrong(reasons) | Outcome::Refused(reasons) => reasons,
            Outcome::Fails(reason) => std::slice::from_ref(&reason.text),
        }
    }
}

/// A migration and the reasons it is told for.
type Entry<'a> = (&'a str, &'a [String]);

/// Every down that was not right, by outcome and reason, the commonest first.
pub fn problems(tallies: &[Tally], verbose: bool) -> String {
    let mut groups: BTreeMap<(&str, String), Vec<Entry>> = BTreeMap::new();
    for tally in tallies {
        for (migration, outcome) in &tally.outcomes {
            if let Some(first) = outcome.reasons().first() {
                groups.entry((outcome.word(), shape(first))).or_default().push((migration, outcome.reasons()));
            }
        }
        for (word, list) in [("replay", &tally.replay_differences), ("rows", &tally.row_problems)] {
            for (migration, found) in list {
                let first = found.first().map(String::as_str).unwrap_or_default();
                groups.entry((word, shape(first))).or_default().push((migration, found));
            }
        }
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|((word, _), list)| (*word, std::cmp::Reverse(list.len())));
    let mut text = String::new();
    for ((word, reason), list) in groups {
        let _ = writeln!(text, "{word}, {} times: {reason}", list.len());
        for (migration, reasons) in list.iter().take(if verbose { usize::MAX } else { 4 }) {
            let shown = reasons.iter().take(if verbose { usize::MAX } else { 1 });
            for reason in shown {
                let _ = writeln!(text, "    {migration}: {reason}");
            }
        }
    }
    text
}

/// A reason without its names and numbers, so that like goes with like.
fn shape(reason: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    for word in reason.split_whitespace() {
        let named = word.contains(['"', '.', '\'', '`', '_', '(', ')']) || word.contains(|c: char| c.is_ascii_digit());
        let word = if named { "…" } else { word };
        if word != "…" || words.last() != Some(&"…") {
            words.push(word);
        }
    }
    words.truncate(14);
    words.join(" ")
}

/// Everything, for programs.
pub fn document(tallies: &[Tally], total: &Tally) -> String {
    let one = |tally: &Tally| {
        let counts: serde_json::Map<String, serde_json::Value> = ["exact", "order only", "wrong", "fail", "refused"]
            .into_iter()
            .map(|word| (word.replace(' ', "_"), json!(tally.number(word))))
            .collect();
        json!({
            "history": tally.name, "left_out": tally.left_out, "migrations": tally.outcomes.len(), "downs": counts,
            "skipped": tally.skipped, "emptied": tally.emptied, "with_rows": tally.with_rows, "row_problems": tally.row_problems, "replays": tally.replays, "replay_differences": tally.replay_differences,
            "seconds": tally.seconds, "library_seconds": tally.library_seconds,
        })
    };
    let downs = |tally: &Tally| -> Vec<serde_json::Value> {
        let list = tally.outcomes.iter();
        list.map(
            |(name, outcome)| json!({ "migration": name, "outcome": outcome.word(), "reasons": outcome.reasons() }),
        )
        .collect()
    };
    let histories: Vec<_> =
        tallies.iter().map(|tally| json!({ "summary": one(tally), "downs": downs(tally) })).collect();
    format!("{:#}\n", json!({ "histories": histories, "total": one(total) }))
}
