//! The real tools in a Node process: `tests/judge/run.mjs` at the other end of a pipe, and projects of ours below its
//! folder.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use transmigrate::source::Out;

/// Where the tools are installed.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judge")
}

/// Whether they are installed.
pub fn is_installed() -> bool {
    folder().join("node_modules/tsx/package.json").is_file()
}

/// The process; it ends with the value.
pub struct Node {
    child: Child,
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Node {
    /// Starts it. `Err` when there is no Node.
    pub fn start() -> Result<Self, String> {
        let mut command = Command::new("node");
        command.args(["--import", "tsx", "start.cjs"]).current_dir(folder());
        let loud = std::env::var_os("JUDGE_LOUD").is_some();
        let errors = if loud { Stdio::inherit() } else { Stdio::null() };
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(errors).spawn();
        let mut child = child.map_err(|error| format!("node cannot be started: {error}"))?;
        let questions = child.stdin.take();
        let answers = child.stdout.take().ok_or("node has no output")?;
        Ok(Node { child, questions, answers: BufReader::new(answers) })
    }

    /// Opens a project on a database and gives the names of its migrations in the tool's order.
    pub fn open(&mut self, tool: &str, project: &Path, database: &Value) -> Result<Vec<String>, String> {
        let answer = self.ask(&json!({"do": "open", "tool": tool, "dir": project, "database": database}))?;
        let names = answer["names"].as_array().ok_or("the tool gave no names")?;
        Ok(names.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    }

    /// Runs the next migration and gives its name; `None` when there is none.
    pub fn up(&mut self) -> Result<Option<String>, String> {
        self.name("up")
    }

    /// Undoes the last migration and gives its name; `None` when there was none.
    pub fn down(&mut self) -> Result<Option<String>, String> {
        self.name("down")
    }

    /// Runs all that is pending in one transaction.
    pub fn all(&mut self) -> Result<(), String> {
        self.ask(&json!({"do": "all"})).map(drop)
    }

    /// Closes the project; harmless when none is open.
    pub fn close(&mut self) -> Result<(), String> {
        self.name("close").map(drop)
    }

    /// What Prisma says of a `schema.prisma` and a database, in which bare names mean the schema `home`, and of whose
    /// tables some are nobody's business.
    pub fn datamodel(
        &mut self,
        database: &Value,
        text: &str,
        home: &str,
        external: &[String],
    ) -> Result<Datamodel, String> {
        let answer = self.ask(&json!({
            "do": "datamodel", "database": database, "text": text, "home": home, "external": external,
        }))?;
        let told = |key: &str| answer[key].as_str().map(str::to_owned);
        Ok(Datamodel {
            invalid: told("invalid"),
            formatted: told("formatted").ok_or("it was not formatted")?,
            drift: told("drift"),
            pulled: told("pulled").ok_or("nothing was pulled")?,
            pulled_drift: told("pulledDrift"),
        })
    }

    fn name(&mut self, verb: &str) -> Result<Option<String>, String> {
        Ok(self.ask(&json!({"do": verb}))?["name"].as_str().map(str::to_owned))
    }

    /// One question and its answer. `Err` with the tool's words when it failed.
    fn ask(&mut self, question: &Value) -> Result<Value, String> {
        let questions = self.questions.as_mut().ok_or("node is gone")?;
        writeln!(questions, "{question}").and_then(|()| questions.flush()).map_err(|error| error.to_string())?;
        let mut line = String::new();
        self.answers.read_line(&mut line).map_err(|error| error.to_string())?;
        let answer: Value =
            serde_json::from_str(&line).map_err(|_| format!("node gave no answer to {}", question["do"]))?;
        if answer["ok"] == json!(true) {
            return Ok(answer);
        }
        Err(answer["error"].as_str().unwrap_or("without words").split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // It ends when nobody asks any more.
        drop(self.questions.take());
        let _ = self.child.wait();
    }
}

/// What Prisma says of a `schema.prisma` and a database.
pub struct Datamodel {
    /// What is wrong with the text, if anything.
    pub invalid: Option<String>,
    /// The text as `prisma format` leaves it.
    pub formatted: String,
    /// The statements that lead from the database to the text, empty when there are none; `None` when it is not valid.
    pub drift: Option<String>,
    /// What `prisma db pull` makes of the database.
    pub pulled: String,
    /// The statements that lead from the database to that; `None` when Prisma does not take what it pulled itself.
    pub pulled_drift: Option<String>,
}

/// A copy of a project, where its scripts find the tools' packages; removed with the value.
pub struct Project {
    /// Its folder.
    pub folder: PathBuf,
}

impl Project {
    fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!(".work/{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        Project { folder: folder().join(name) }
    }

    /// Writes files by path.
    pub fn write(files: &BTreeMap<String, String>) -> Result<Self, String> {
        let project = Project::new();
        let out = Out::new(&project.folder, false).map_err(|error| error.to_string())?;
        out.write(files).map_err(|error| error.to_string())?;
        Ok(project)
    }

    /// Copies a folder.
    pub fn copy(from: &Path) -> Result<Self, String> {
        let project = Project::new();
        for entry in walkdir::WalkDir::new(from).into_iter().flatten() {
            let Ok(path) = entry.path().strip_prefix(from) else { continue };
            let to = project.folder.join(path);
            let copied = match entry.file_type().is_dir() {
                true => std::fs::create_dir_all(&to),
                false => std::fs::copy(entry.path(), &to).map(drop),
            };
            copied.map_err(|error| format!("{}: {error}", to.display()))?;
        }
        Ok(project)
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            eprintln!("{} was left behind: {error}", self.folder.display());
        }
    }
}
