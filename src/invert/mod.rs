//! Downs: what undoes each migration, worked out from the states before and after every step; and the judgement of
//! downs that somebody wrote. Knows no tool and prints nothing.

mod aftermath;
mod births;
mod concurrent;
mod enum_swap;
mod judge;
mod leaf;
mod loss;
mod migration;
mod mysql;
mod note;
mod plan;
mod publication;
mod restore;
mod rows;
mod shared;
mod simplify;
mod sqlite;
mod step;
mod table;
mod trial;
mod values;
mod zone;

use crate::diag::Outcome;
use crate::ir::{Down, Grade, History, Migration, Op, Tool, TransactionMode};
use crate::schema::{EnumSwap, Replay, Schema};
use crate::threads;
use births::Born;
use loss::Loss;
use migration::Played;
use std::sync::OnceLock;

/// What to do when a column comes back `NOT NULL` without a default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Backfill {
    /// Let it fail on a table that has rows, as the database itself does.
    #[default]
    Refuse,
    /// Fill it with the type's zero value.
    Zero,
}

/// A down that was worked out for one migration.
#[derive(Clone, Debug)]
pub struct MadeDown {
    /// How sure it is, with what is lost or why it is refused.
    pub grade: Grade,
    /// The operations that undo the migration, in order; empty when refused or when there is nothing to undo.
    pub ops: Vec<Op>,
    /// What running the down throws away that came into being after the up: `table posts with its rows`.
    pub discards: Vec<String>,
    /// Things to know before running it, one sentence an entry.
    pub notes: Vec<String>,
    /// Whether it must run outside a transaction (it is then a single statement).
    pub outside_transaction: bool,
    /// The state that it starts from: the one after the migration.
    pub from: Schema,
    /// The state that it leads back to: the one before the migration.
    pub before: Schema,
}

/// What a written down was found to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It restores the schema before the up.
    Undoes,
    /// It does not; each difference is one entry.
    Differs(Vec<String>),
    /// That cannot be told; why.
    Unknown(String),
}

/// What is known of one migration's way back.
#[derive(Clone, Debug)]
pub struct Undo {
    /// The down that we would write.
    pub made: MadeDown,
    /// The judgement of the written down, if there is one.
    pub written: Option<Verdict>,
    /// The enums that the up gives other values by way of a second type.
    pub enum_swaps: Vec<EnumSwap>,
}

/// Which ways back are worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// All.
    All,
    /// Those of migrations whose down nobody wrote. All others are refused without a reason.
    Missing,
    /// These, and those of migrations whose written down does not undo its up.
    Wrong,
}

impl Asked {
    /// Whether one may be asked for, for a migration with this down.
    fn may_want(self, down: &Down) -> bool {
        self != Asked::Missing || !matches!(down, Down::Written(..))
    }

    /// Whether it is asked for, where the written down was found to do that.
    fn wants(self, written: Option<&Verdict>) -> bool {
        match (self, written) {
            (Asked::All, _) | (_, None) | (Asked::Wrong, Some(Verdict::Differs(_))) => true,
            (Asked::Missing, Some(_)) | (Asked::Wrong, Some(Verdict::Undoes | Verdict::Unknown(_))) => false,
        }
    }
}

/// Works out the way back of every migration; as many entries as the history has migrations, in its order. The
/// findings are those of replay, of judging written downs, and one for each refusal.
pub fn undo(history: &History, backfill: Backfill) -> Outcome<Vec<Undo>> {
    undo_asked(history, backfill, Asked::All)
}

/// The same, where not every way back is needed: judging a written down is less work than finding one.
pub fn undo_asked(history: &History, backfill: Backfill, asked: Asked) -> Outcome<Vec<Undo>> {
    let mut replay = Replay::on(history);
    let findings = std::mem::take(&mut replay.findings);
    let undone: Vec<OnceLock<Outcome<Undo>>> = history.migrations.iter().map(|_| OnceLock::new()).collect();
    // TypeORM turns them off before it begins the transaction of an up, if it begins one (`migration/MigrationExecutor.js` of
    // typeorm 0.3.31 and 1.1.1, `beforeMigration`).
    let keys = |migration: &Migration| match (history.tool, migration.transaction) {
        (Tool::Typeorm, TransactionMode::Wrapped) => sqlite::Keys::Off,
        _ => sqlite::Keys::default(),
    };
    let play = |migration| Played::new(&mut replay, migration, keys(migration), backfill, asked);
    let played = history.migrations.iter().map(play).zip(&undone);
    // Undoing a migration needs no more than the states on its way, so replay goes on meanwhile.
    let finish = |played: Played<'_>, place: &OnceLock<_>| {
        let _ = place.set(played.undo(backfill, asked)); // each place is filled once
    };
    match threads::pool() {
        Some(pool) => pool.scope(|scope| {
            played.for_each(|(played, place)| scope.spawn(move |_| finish(played, place)));
        }),
        None => played.for_each(|(played, place)| finish(played, place)),
    }
    let mut outcome = Outcome { value: Vec::with_capacity(undone.len()), findings };
    for mut undone in undone.into_iter().filter_map(OnceLock::into_inner) {
        outcome.value.push(undone.value);
        outcome.findings.append(&mut undone.findings);
    }
    outcome
}
