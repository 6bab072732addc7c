//! Tries every down of real Prisma histories on a real PostgreSQL and prints what came of it. It never stops: what goes
//! wrong is counted, and listed by reason at the end.

#[allow(dead_code)] // shared with the live tests, which use more of it
#[path = "../live/cluster.rs"]
mod cluster;
#[allow(dead_code)] // likewise
#[path = "../live/past.rs"]
mod past;
mod prelude;
#[path = "../live/rows.rs"]
mod rows;
mod tally;
mod walk;

use clap::Parser;
use cluster::Server;
use prelude::Preludes;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tally::Tally;
use transmigrate::ir::Tool;
use transmigrate::source::SourceTree;
use transmigrate::tools::{self, Place};
use walk::Options;

/// Tries every down of Prisma histories on the server that TRANSMIGRATE_PG_URL names.
#[derive(Parser)]
struct Arguments {
    /// Migrations folders, or folders above several.
    #[arg(required = true)]
    folders: Vec<PathBuf>,
    /// What each history needs before it applies, by its path's end.
    #[arg(long)]
    preludes: Option<PathBuf>,
    /// Write everything here as JSON.
    #[arg(long)]
    json: Option<PathBuf>,
    /// List every difference of every migration.
    #[arg(long)]
    verbose: bool,
    /// Hold the replayed schema against the server every so many migrations too, not only at the end.
    #[arg(long, value_name = "N")]
    replay_each: Option<usize>,
    /// Try every down with a few rows in every table too, and see whether they come back or are named as lost.
    #[arg(long)]
    rows: bool,
    /// Only histories whose path contains this.
    #[arg(long, default_value = "")]
    only: String,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

/// Whether no down was wrong and none failed. `Err` when nothing could be measured.
fn run(arguments: &Arguments) -> Result<bool, String> {
    let Some(server) = Server::from_environment() else { return Err("no server to measure on".into()) };
    let preludes = arguments.preludes.as_deref().map_or(Ok(Preludes::default()), Preludes::open)?;
    let options = Options { replay_each: arguments.replay_each, with_rows: arguments.rows };
    let mut tallies = Vec::new();
    for folder in &arguments.folders {
        for (name, tree, place) in histories(folder)? {
            if !name.contains(&arguments.only) {
                continue;
            }
            let tally = walk::measure(&server, &name, &tree, &place, preludes.of(&name), options);
            println!("{}", tally.line());
            tallies.push(tally);
        }
    }
    let total = Tally::total(&tallies);
    println!("\n{}", tally::problems(&tallies, arguments.verbose));
    println!("{}", total.line());
    if let Some(path) = &arguments.json {
        let document = tally::document(&tallies, &total);
        std::fs::write(path, document).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(total.clean())
}

/// Every history at or below a folder, with its path and the tree it stands in.
fn histories(folder: &Path) -> Result<Vec<(String, SourceTree, Place)>, String> {
    let tool = tools::lookup(Tool::Prisma).ok_or("Prisma is not supported")?;
    let open = || tools::open(folder).map_err(|error| format!("{}: {error}", folder.display()));
    let places = tool.find(&open()?).value;
    if places.is_empty() {
        eprintln!("{}: no history found", folder.display());
    }
    let with_tree = |place: Place| {
        let tree = open()?;
        Ok((tree.shown(&place.folder), tree, place))
    };
    places.into_iter().map(with_tree).collect()
}
