//! How long a history takes to be written for another tool: `cargo bench --bench convert`. Runs the program on projects on
//! the disk, a history of Prisma and the same one as Knex's, and prints seconds and the most memory at a time (`VmHWM`, Linux) for each target.

mod author;

use author::Author;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How many migrations the histories have.
const SIZES: [usize; 2] = [700, 10_000];

/// The targets, each with the style that is asked for.
const TARGETS: [(&str, &str); 6] = [
    ("prisma", "sql"),
    ("sql", "sql"),
    ("knex", "builder"),
    ("sequelize", "builder"),
    ("typeorm", "sql"),
    ("typeorm", "builder"),
];

fn main() {
    println!("migrations  from    to         style     seconds   memory");
    for size in SIZES {
        let place = tempfile::tempdir().expect("a temporary folder");
        let prisma = place.path().join("of-prisma");
        write(&prisma, size);
        let knex = place.path().join("as-knex");
        convert(&prisma, "knex", "builder", &knex);
        for (name, source) in [("prisma", &prisma), ("knex", &knex)] {
            for (target, style) in TARGETS {
                // A folder of its own: a file system may take its time for files after others were removed. What the one
                // before wrote is on the disk.
                let out = place.path().join(format!("{name}-{target}-{style}"));
                settle();
                let (seconds, memory) = convert(source, target, style, &out);
                println!("{size:>10}  {name:<6}  {target:<9}  {style:<8}  {seconds:>7.2}  {memory:>4} MiB");
            }
        }
    }
}

/// Writes a history of Prisma's.
fn write(root: &Path, size: usize) {
    let folder = root.join("prisma/migrations");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("migration_lock.toml"), "provider = \"postgresql\"\n").expect("a file");
    for (at, text) in Author::new().history(size).into_iter().enumerate() {
        let own = folder.join(format!("{}_step", 20_200_101_000_000_u64 + at as u64));
        std::fs::create_dir_all(&own).expect("a folder");
        std::fs::write(own.join("migration.sql"), text).expect("a file");
    }
}

/// Waits until the disk has all that was written, so that no conversion pays for the one before.
fn settle() {
    let done = Command::new("sync").status();
    assert!(done.is_ok_and(|status| status.success()), "sync");
}

/// Runs the program; how many seconds it took, and how many MiB.
fn convert(from: &Path, target: &str, style: &str, out: &Path) -> (f64, u64) {
    let began = Instant::now();
    let mut run = Command::new(env!("CARGO_BIN_EXE_transmigrate"))
        .arg("convert")
        .arg(from)
        .args(["--to", target, "--style", style, "--out"])
        .arg(out)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    let status = format!("/proc/{}/status", run.id());
    let mut memory = 0;
    let ended = loop {
        if let Some(ended) = run.try_wait().expect("it can be waited for") {
            break ended;
        }
        memory = most(&status).unwrap_or(memory);
        std::thread::sleep(Duration::from_millis(5));
    };
    assert!(ended.code().is_some_and(|code| code < 2), "{ended}");
    (began.elapsed().as_secs_f64(), memory)
}

/// The most memory that a process has had at a time, in MiB.
fn most(status: &str) -> Option<u64> {
    let text = std::fs::read_to_string(status).ok()?;
    let size = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().trim_end_matches(" kB");
    Some(size.parse::<u64>().ok()?.div_ceil(1024))
}
