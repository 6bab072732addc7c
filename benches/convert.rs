//! How long a history takes to be written for another tool: `cargo bench --bench convert`. Runs the program on projects on
//! the disk, a history of Prisma and the same one as Knex's, and prints seconds and the most memory for each target.

mod author;

use author::Author;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

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
    println!("migrations  from    to         style     seconds");
    for size in SIZES {
        let place = tempfile::tempdir().expect("a temporary folder");
        let prisma = place.path().join("of-prisma");
        write(&prisma, size);
        let knex = place.path().join("as-knex");
        convert(&prisma, "knex", "builder", &knex);
        for (name, source) in [("prisma", &prisma), ("knex", &knex)] {
            for (target, style) in TARGETS {
                let out = place.path().join("out");
                let seconds = convert(source, target, style, &out);
                println!("{size:>10}  {name:<6}  {target:<9}  {style:<8}  {seconds:>7.2}");
                std::fs::remove_dir_all(&out).expect("what was written can be removed");
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

/// Runs the program; how many seconds it took.
fn convert(from: &Path, target: &str, style: &str, out: &Path) -> f64 {
    let began = Instant::now();
    let run = Command::new(env!("CARGO_BIN_EXE_transmigrate"))
        .arg("convert")
        .arg(from)
        .args(["--to", target, "--style", style, "--out"])
        .arg(out)
        .output()
        .expect("the program runs");
    let seconds = began.elapsed().as_secs_f64();
    assert!(run.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&run.stderr));
    seconds
}
