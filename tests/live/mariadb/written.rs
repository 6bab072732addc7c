//! What `down` writes for the histories of the corpus, run as Prisma runs it: the file as it is.

use super::printed::same;
use super::replayed::definitions;
use super::server::Server;
use std::path::{Path, PathBuf};
use std::process::Command;

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().map(Result::unwrap) {
        let to = to.join(entry.path().strip_prefix(from).unwrap());
        match entry.file_type().is_dir() {
            true => std::fs::create_dir_all(to).unwrap(),
            false => drop(std::fs::copy(entry.path(), to).unwrap()),
        }
    }
}

fn folders(of: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(of).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.is_dir());
    found.sort();
    found
}

#[test]
fn mariadb_what_is_written_for_prisma_undoes_each_migration() {
    let Some(server) = Server::from_environment() else { return };
    for case in folders(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/prisma-mysql")) {
        for dialect in ["mysql", "mariadb"] {
            let place = tempfile::tempdir().unwrap();
            copy(&case, place.path());
            let program = Command::new(env!("CARGO_BIN_EXE_transmigrate"))
                .current_dir(place.path())
                .args(["down", "--write", "--dialect", dialect])
                .output()
                .unwrap();
            assert_eq!(program.status.code(), Some(0), "{}", String::from_utf8_lossy(&program.stderr));
            let mut live = server.database();
            for migration in folders(&place.path().join("prisma/migrations")) {
                let name = migration.file_name().unwrap().to_string_lossy().into_owned();
                let shown = format!("{}: {name} as {dialect}", case.display());
                if let Ok(rows) = std::fs::read_to_string(case.join(format!("rows/{name}.sql"))) {
                    live.run(&rows).unwrap_or_else(|error| panic!("{shown}: {error}"));
                }
                let read = |file: &str| std::fs::read_to_string(migration.join(file)).unwrap();
                let (up, down) = (read("migration.sql"), read("down.sql"));
                let (before, rows) = (definitions(&mut live), live.contents());
                live.run(&up).unwrap_or_else(|error| panic!("{shown}: {error}"));
                let after = definitions(&mut live);
                let ran = live.run(&down);
                if down.contains("-- Grade: refused") {
                    assert!(ran.is_err(), "{shown}");
                    same(&after, &definitions(&mut live), &shown);
                    continue;
                }
                ran.unwrap_or_else(|error| panic!("{shown}: {error}\n{down}"));
                same(&before, &definitions(&mut live), &format!("{shown}\n{down}"));
                if down.contains("-- Grade: exact") {
                    same(&rows, &live.contents(), &format!("{shown}\n{down}"));
                }
                live.run(&up).unwrap_or_else(|error| panic!("{shown}, once more: {error}"));
            }
        }
    }
}
