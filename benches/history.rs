//! How long a history takes against how many migrations it has: `cargo bench`. Prints a table; the time a migration must
//! stay level. The histories are made here, with the mix of statements that public ones have.

use mimalloc::MiMalloc;
use std::fmt::Write;
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

/// Writes histories: always the same ones.
struct Author {
    state: u64,
    tables: Vec<Table>,
    enums: usize,
    views: usize,
}

struct Table {
    name: String,
    columns: Vec<String>,
    added: usize,
}

impl Author {
    fn new() -> Self {
        Author { state: 0x9E37_79B9_7F4A_7C15, tables: Vec::new(), enums: 0, views: 0 }
    }

    fn history(mut self, size: usize) -> Vec<String> {
        (0..size).map(|at| self.migration(at)).collect()
    }

    /// A number below `limit`, by a linear congruential generator.
    fn below(&mut self, limit: usize) -> usize {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) as usize % limit.max(1)
    }

    fn migration(&mut self, at: usize) -> String {
        let mut text = String::new();
        for _ in 0..1 + self.below(4) {
            match if at == 0 { 0 } else { self.below(16) } {
                0..=2 => self.create_table(&mut text),
                3..=7 => self.add_column(&mut text),
                8 => self.drop_column(&mut text),
                9 | 10 => self.create_index(&mut text),
                11 => self.change_type(&mut text),
                12 => self.create_enum(&mut text),
                13 => self.create_view(&mut text),
                14 => self.set_default(&mut text),
                _ => self.update(&mut text),
            }
        }
        text
    }

    fn table(&mut self) -> usize {
        let count = self.tables.len();
        self.below(count)
    }

    fn create_table(&mut self, text: &mut String) {
        let name = format!("Table{}", self.tables.len());
        let columns: Vec<String> = (0..3 + self.below(8)).map(|at| format!("column{at}")).collect();
        let _ = write!(text, "-- CreateTable\nCREATE TABLE \"{name}\" (\n    \"id\" SERIAL NOT NULL,\n");
        for column in &columns {
            let kind = ["TEXT NOT NULL", "INTEGER", "TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP", "JSONB"];
            let _ = writeln!(text, "    \"{column}\" {},", kind[self.below(4)]);
        }
        let _ =
            write!(text, "    \"parentId\" INTEGER,\n\n    CONSTRAINT \"{name}_pkey\" PRIMARY KEY (\"id\")\n);\n\n");
        if !self.tables.is_empty() {
            let parent = self.table();
            let parent = &self.tables[parent].name;
            let _ = write!(
                text,
                "-- AddForeignKey\nALTER TABLE \"{name}\" ADD CONSTRAINT \"{name}_parentId_fkey\" FOREIGN KEY (\"parentId\") REFERENCES \"{parent}\"(\"id\") ON DELETE CASCADE ON UPDATE CASCADE;\n\n"
            );
        }
        self.tables.push(Table { name, columns, added: 0 });
    }

    fn add_column(&mut self, text: &mut String) {
        let at = self.table();
        let table = &mut self.tables[at];
        table.added += 1;
        let column = format!("added{}", table.added);
        let _ = write!(
            text,
            "-- AlterTable\nALTER TABLE \"{}\" ADD COLUMN \"{column}\" TEXT DEFAULT 'none';\n\n",
            table.name
        );
        table.columns.push(column);
    }

    fn drop_column(&mut self, text: &mut String) {
        let at = self.table();
        let table = &mut self.tables[at];
        let Some(last) = table.columns.pop_if(|column| column.starts_with("added")) else { return };
        let _ = write!(text, "-- AlterTable\nALTER TABLE \"{}\" DROP COLUMN \"{last}\";\n\n", table.name);
    }

    fn create_index(&mut self, text: &mut String) {
        let at = self.table();
        let table = &mut self.tables[at];
        table.added += 1;
        let (name, number) = (&table.name, table.added);
        let _ = write!(
            text,
            "-- CreateIndex\nCREATE INDEX \"{name}_{number}_idx\" ON \"{name}\"(\"column0\", \"id\" DESC);\n\n"
        );
    }

    fn change_type(&mut self, text: &mut String) {
        let at = self.table();
        let name = &self.tables[at].name;
        let _ =
            write!(text, "-- AlterTable\nALTER TABLE \"{name}\" ALTER COLUMN \"parentId\" SET DATA TYPE BIGINT;\n\n");
    }

    fn create_enum(&mut self, text: &mut String) {
        self.enums += 1;
        let (number, at) = (self.enums, self.table());
        let name = &self.tables[at].name;
        let _ = write!(
            text,
            "-- CreateEnum\nCREATE TYPE \"Enum{number}\" AS ENUM ('A', 'B', 'C');\n\n-- AlterTable\nALTER TABLE \"{name}\" ADD COLUMN \"enum{number}\" \"Enum{number}\" NOT NULL DEFAULT 'A';\n\n"
        );
    }

    fn create_view(&mut self, text: &mut String) {
        self.views += 1;
        let (number, at) = (self.views, self.table());
        let name = &self.tables[at].name;
        let _ = write!(
            text,
            "CREATE VIEW \"View{number}\" AS SELECT t.\"id\", count(*) AS n FROM \"{name}\" t WHERE t.\"column1\" IS NOT NULL GROUP BY t.\"id\";\n\n"
        );
    }

    fn set_default(&mut self, text: &mut String) {
        let at = self.table();
        let name = &self.tables[at].name;
        let _ = write!(text, "-- AlterTable\nALTER TABLE \"{name}\" ALTER COLUMN \"parentId\" SET DEFAULT 1;\n\n");
    }

    fn update(&mut self, text: &mut String) {
        let at = self.table();
        let name = &self.tables[at].name;
        let _ = write!(text, "UPDATE \"{name}\" SET \"parentId\" = NULL WHERE \"parentId\" = 0;\n\n");
    }
}
