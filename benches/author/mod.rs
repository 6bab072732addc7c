//! Writes histories with the mix of statements that public ones have.

use std::fmt::Write;

/// Writes histories: always the same ones.
pub struct Author {
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
    /// One that has written nothing yet.
    pub fn new() -> Self {
        Author { state: 0x9E37_79B9_7F4A_7C15, tables: Vec::new(), enums: 0, views: 0 }
    }

    /// The texts of so many migrations.
    pub fn history(mut self, size: usize) -> Vec<String> {
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
