//! The cases of the corpus, and the threads that work through them.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use transmigrate::ir::Tool;

/// How many cases run at a time, each with a Node process.
const THREADS: usize = 2;

/// The tools that histories are read from.
pub const TOOLS: [Tool; 4] = [Tool::Prisma, Tool::Knex, Tool::Sequelize, Tool::Typeorm];

/// The tools whose migrations are programs.
pub const SCRIPT_TOOLS: [Tool; 3] = [Tool::Knex, Tool::Sequelize, Tool::Typeorm];

/// A case: its tool and its folder.
pub type CaseOf = (Tool, PathBuf);

/// A tool's name, as its folder and the target have it.
pub fn tool_name(tool: Tool) -> &'static str {
    match tool {
        Tool::Prisma => "prisma",
        Tool::Knex => "knex",
        Tool::Sequelize => "sequelize",
        Tool::Typeorm => "typeorm",
    }
}

/// Every case of some tools, those that `LIVE_CASE` names a part of if it is set.
pub fn cases(tools: &[Tool]) -> VecDeque<CaseOf> {
    let wanted = std::env::var("LIVE_CASE").unwrap_or_default();
    let of_tool = |tool: Tool| {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(tool_name(tool));
        let folders = walkdir::WalkDir::new(corpus).min_depth(1).max_depth(1).sort_by_file_name();
        folders.into_iter().flatten().map(move |entry| (tool, entry.into_path()))
    };
    let cases = tools.iter().copied().flat_map(of_tool);
    cases.filter(|(_, folder)| folder.to_string_lossy().contains(&wanted)).collect()
}

/// Has threads work through cases, each at a desk of its own, and tells what came of each, one at a time. A panic is an
/// error, and what lay on the desk is gone.
pub fn each<C: Send, D, T>(
    cases: VecDeque<C>,
    desk: impl Fn() -> D + Sync,
    work: impl Fn(&mut D, &C) -> Result<T, String> + Sync,
    tell: impl FnMut(&C, Result<T, String>) + Send,
) {
    let waiting = Mutex::new(cases);
    let tell = Mutex::new(tell);
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                let mut own = desk();
                // A panic inside a case is caught below, so no lock is ever poisoned.
                while let Some(case) = waiting.lock().ok().and_then(|mut cases| cases.pop_front()) {
                    let ended = catch_unwind(AssertUnwindSafe(|| work(&mut own, &case)));
                    let ended = ended.unwrap_or_else(|_| {
                        own = desk();
                        Err("panicked".into())
                    });
                    if let Ok(mut tell) = tell.lock() {
                        tell(&case, ended);
                    }
                }
            });
        }
    });
}
