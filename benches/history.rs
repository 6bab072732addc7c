//! How long a history takes against how many migrations it has: `cargo bench`. Prints a table; the time a migration must
//! stay level. The histories are made here, with the mix of statements that public ones have.

mod author;

use author::Author;
use mimalloc::MiMalloc;
use std::time::{Duration, Instant};
use transmigrate::invert::{Backfill, undo};
use transmigrate::ir::{Dialect, Down, History, Migration, Tool, TransactionMode};
use transmigrate::source::FileId;
use transmigrate::sql::postgres::{lower, print};

/// The program's own allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Runs of each size; the fastest counts.
const RUNS: usize = 3;

fn main() {
    println!("migrations  statements  tables    read ms    undo ms   print ms   total ms   us a migration");
    for size in [100, 200, 400, 700, 1400] {
        let texts = Author::new().history(size);
        let best = (0..RUNS).map(|_| measure(&texts)).min_by_key(Times::total);
        let Some(best) = best else { continue };
        let millis = |time: Duration| time.as_secs_f64() * 1e3;
        println!(
            "{size:>10}  {:>10}  {:>6}  {:>9.1}  {:>9.1}  {:>9.1}  {:>9.1}   {:>14.0}",
            best.statements,
            texts.iter().map(|text| text.matches("CREATE TABLE").count()).sum::<usize>(),
            millis(best.read),
            millis(best.undo),
            millis(best.print),
            millis(best.total()),
            best.total().as_secs_f64() * 1e6 / size as f64,
        );
    }
    if let Some(peak) = peak_memory() {
        println!("most memory at any time: {peak}");
    }
}

struct Times {
    statements: usize,
    read: Duration,
    undo: Duration,
    print: Duration,
}

impl Times {
    fn total(&self) -> Duration {
        self.read + self.undo + self.print
    }
}

fn measure(texts: &[String]) -> Times {
    let began = Instant::now();
    let migrations: Vec<Migration> = texts
        .iter()
        .enumerate()
        .map(|(at, text)| {
            let file = FileId(at as u32);
            let up = lower(text, file).value;
            Migration {
                name: at.to_string(),
                file,
                up,
                down: Down::Missing,
                transaction: TransactionMode::Implicit,
                down_transaction: TransactionMode::Implicit,
            }
        })
        .collect();
    let read = began.elapsed();
    let statements = migrations.iter().map(|migration| migration.up.steps.len()).sum();
    let history = History {
        tool: Tool::Prisma,
        dialect: Dialect::Postgres,
        default_schema: "public".into(),
        base: Vec::new(),
        migrations,
    };

    let began = Instant::now();
    let undone = undo(&history, Backfill::Refuse).value;
    let undo = began.elapsed();

    let began = Instant::now();
    let printed: usize = undone.iter().flat_map(|undo| &undo.made.ops).map(|op| print(op).len()).sum();
    let print = began.elapsed();
    std::hint::black_box(printed);
    Times { statements, read, undo, print }
}

/// The most memory that the process had, where the system tells.
fn peak_memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    Some(status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().to_owned())
}
