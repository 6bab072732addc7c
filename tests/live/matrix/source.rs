//! A case as its own tool runs it: what the database holds after each migration, and after each written down.

use super::stage::{Desk, Files, Means, Stage, Texts};
use super::state::State;
use crate::case;
use crate::corpus::tool_name;
use crate::past::{reasons, text};
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use transmigrate::invert::{self, Backfill, Undo};
use transmigrate::ir::{Dialect, Down, History, Tool};
use transmigrate::schema::{Replay, Schema};
use transmigrate::source::SourceTree;
use transmigrate::tools::{self, Given};
use transmigrate::verify::ColumnOrder;

/// A case of the corpus as the library reads it.
pub struct Source {
    /// `knex/blog`.
    pub name: String,
    /// What the database needs before the first migration, a script an entry.
    pub prelude: Vec<String>,
    /// Differences that are meant, each a part of its message.
    pub deviates: Vec<String>,
    folder: PathBuf,
    /// Its files.
    pub tree: SourceTree,
    /// Its history.
    pub history: History,
    /// The way back of each of its migrations.
    pub undos: Vec<Undo>,
    /// The state that it builds.
    pub last: Schema,
}

/// What its own tool does.
pub struct Seen {
    /// What the database holds before the first migration and after each.
    pub states: Vec<Arc<State>>,
    /// What it holds after each down that somebody wrote, run behind its migration. `Err` when that fails.
    pub downs: Vec<Option<Result<State, String>>>,
    /// The tables whose rows are others each time it is run, once that was asked for.
    chance: OnceCell<BTreeSet<String>>,
}

impl Source {
    /// Reads a case.
    pub fn open(tool: Tool, folder: &Path) -> Result<Self, String> {
        let (prelude, _) = case::keys(folder)?;
        Ok(Source { prelude, deviates: case::deviates(folder)?, ..Source::open_bare(tool, folder)? })
    }

    /// Reads a project.
    pub fn open_bare(tool: Tool, folder: &Path) -> Result<Self, String> {
        let (tree, history) = read(tool, folder)?;
        let undos = invert::undo(&history, Backfill::Refuse).value;
        let last = match undos.last() {
            Some(undo) => undo.made.from.clone(),
            None => Replay::on(&history).schema,
        };
        let case = folder.file_name().unwrap_or_default().to_string_lossy();
        let name = format!("{}/{case}", tool_name(tool));
        let (prelude, deviates) = (Vec::new(), Vec::new());
        Ok(Source { name, prelude, deviates, folder: folder.to_owned(), tree, history, undos, last })
    }

    /// Has its own tool run it.
    pub fn run(&self, desk: &mut Desk) -> Result<Seen, String> {
        let mut stage = Stage::open(desk, &self.prelude, self.means()?)?;
        let names: Vec<&String> = self.history.migrations.iter().map(|migration| &migration.name).collect();
        if stage.names.iter().ne(names.iter().copied()) {
            return Err(format!("the tool runs {:?}, we read {names:?}", stage.names));
        }
        let mut states = vec![Arc::new(stage.state()?)];
        for name in &names {
            stage.up().map_err(|error| format!("{name}: its own tool fails: {error}"))?;
            states.push(Arc::new(stage.state()?));
        }
        let downs = self.downs(&mut stage, &states)?;
        Ok(Seen { states, downs, chance: OnceCell::new() })
    }

    /// The tables whose rows are others each time its own tool runs it: of the time, of chance.
    pub fn chance<'s>(&self, seen: &'s Seen, desk: &mut Desk) -> Result<&'s BTreeSet<String>, String> {
        if let Some(chance) = seen.chance.get() {
            return Ok(chance);
        }
        let again = self.run(desk)?;
        let pairs = seen.states.iter().zip(&again.states);
        let tables = pairs.flat_map(|(before, after)| before.rows(after)).map(|(table, _)| table);
        Ok(seen.chance.get_or_init(|| tables.collect()))
    }

    fn downs(
        &self,
        stage: &mut Stage<'_>,
        states: &[Arc<State>],
    ) -> Result<Vec<Option<Result<State, String>>>, String> {
        let count = self.history.migrations.len();
        let mut downs: Vec<Option<Result<State, String>>> = (0..count).map(|_| None).collect();
        // Behind how many migrations the database stands, just as their ups left it.
        let mut at = count;
        for number in (0..count).rev() {
            if !matches!(self.history.migrations[number].down, Down::Written(..)) {
                continue;
            }
            if at != number + 1 {
                stage.rebuild(number + 1)?;
            }
            let ran = stage.down();
            let state = stage.state()?;
            at = if ran.is_ok() && state == *states[number] { number } else { usize::MAX };
            downs[number] = Some(ran.map(|()| state));
        }
        Ok(downs)
    }

    fn means(&self) -> Result<Means, String> {
        if self.history.tool != Tool::Prisma {
            return Ok(Means::Node(tool_name(self.history.tool), Files::Of(self.folder.clone())));
        }
        let texts = self.history.migrations.iter().map(|migration| {
            let down = match &migration.down {
                Down::Written(file, _) => Some(text(&self.tree, *file)?),
                Down::Missing | Down::Empty(_) => None,
            };
            Ok(Texts { name: migration.name.clone(), up: text(&self.tree, migration.file)?, down })
        });
        Ok(Means::Query(texts.collect::<Result<_, String>>()?))
    }
}

/// Reads the history of a folder; of several, the project's own.
pub fn read(tool: Tool, folder: &Path) -> Result<(SourceTree, History), String> {
    let entry = tools::lookup(tool).ok_or("its tool is not supported")?;
    let tree = tools::open(folder).map_err(|error| error.to_string())?;
    let places = entry.find(&tree).value;
    let place = places.iter().find(|place| place.own).or(places.first()).ok_or("no history found")?;
    let read = entry.read(&tree, place, Given { dialect: Some(Dialect::Postgres), base: None });
    let history = read.map_err(|findings| format!("cannot be read: {}", reasons(&findings)))?.value;
    Ok((tree, history))
}

/// Whether two states have the same objects, whatever the order of columns.
pub fn alike(a: &State, b: &State) -> bool {
    a.objects(b, ColumnOrder::Ignored).is_empty()
}
