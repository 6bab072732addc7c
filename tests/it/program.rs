//! Histories in temporary folders, and the program run on them.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A project with a Prisma history, removed when it goes out of scope.
pub struct Project {
    folder: TempDir,
}

/// What a run came to.
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
    pub took: Duration,
}

impl Project {
    /// A project for PostgreSQL with these migrations: each a name with the text of its `migration.sql`.
    pub fn new(migrations: &[(&str, &str)]) -> Self {
        let project = Project::empty();
        project.put("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n");
        for (name, sql) in migrations {
            project.put(&format!("prisma/migrations/{name}/migration.sql"), sql);
        }
        project
    }

    /// A folder with nothing in it.
    pub fn empty() -> Self {
        Project { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// Writes a file, with the folders above it.
    pub fn put(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("folders");
        std::fs::write(path, text).expect("a file");
    }

    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// The program, run in the project's root.
    pub fn run(&self, arguments: &[&str]) -> Run {
        run_in(self.root(), arguments)
    }

    /// Every file and link below the root with what it holds: to see that nothing was written.
    pub fn contents(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let entries = walkdir::WalkDir::new(self.root()).sort_by_file_name().into_iter().flatten();
        let held = |path: &Path| match std::fs::read_link(path) {
            Ok(target) => target.as_os_str().as_encoded_bytes().to_vec(),
            Err(_) => std::fs::read(path).unwrap_or_default(),
        };
        entries.map(|entry| (entry.path().to_path_buf(), held(entry.path()))).collect()
    }
}

impl Run {
    /// Standard output as JSON; it must be one document and nothing else.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}\n{}\n{}", self.stdout, self.stderr))
    }

    /// Asserts the exit code.
    #[track_caller]
    pub fn exits(&self, code: i32) -> &Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// Asserts that standard error holds each of the texts.
    #[track_caller]
    pub fn says(&self, texts: &[&str]) -> &Self {
        for text in texts {
            assert!(self.stderr.contains(text), "{text:?} is missing in:\n{}", self.stderr);
        }
        self
    }
}

/// The program, run in a folder, without the environment's wish about colours.
pub fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    let began = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_transmigrate"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        took: began.elapsed(),
    }
}
