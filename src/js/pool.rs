//! The processes that run scripts, as seen from the program.

use super::message::{End, Event, Found, Module, Report, Request, Run, ShimText, receive, send};
use super::tape::{Call, Value};
use super::worker::ARGUMENT;
use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::OnceLock;

/// What a script may ask for while it runs, and what it did.
pub trait Host {
    /// What an import leads to.
    fn import(&mut self, from: u32, specifier: &str) -> Found;

    /// The text of a file that it reads: a path below the root.
    fn read(&mut self, path: &str) -> Option<String>;

    /// What happened since.
    fn tell(&mut self, events: Vec<Event>);

    /// A question, after everything that was told.
    fn ask(&mut self, question: &Call) -> Answer;

    /// Everything that was told is void; the run starts over.
    fn restart(&mut self);
}

/// What answers a question.
pub enum Answer {
    /// This value.
    Value(Value),
    /// It cannot be known.
    Unknown,
    /// Not yet: the run is given up.
    NotYet,
}

/// A tool's shim: JavaScript functions of the kernel, the host and the dialect (see `src/js/guest/kernel.js`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shim {
    /// What every script needs; gives the modules and how a script is run.
    pub main: &'static str,
    /// What some scripts need, each under the name by which `main` asks for it (`$.part`).
    pub parts: &'static [(&'static str, &'static str)],
}

/// A script to run.
#[derive(Clone, Copy)]
pub struct Script<'a> {
    /// The tool's shim.
    pub shim: Shim,
    /// The dialect that the script is told.
    pub dialect: &'a str,
    /// The migration.
    pub module: &'a Module,
    /// `up` or `down`.
    pub direction: &'a str,
    /// Which of several migrations in the file; empty for the only one.
    pub part: &'a str,
}

/// Why there is no result: the process could not be started, or ended in the middle of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// In words.
    pub message: String,
}

/// A process that runs scripts. It ends with the value.
pub struct Worker {
    process: Option<Process>,
}

struct Process {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    /// The shim that it has.
    shim: Option<Shim>,
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may be anywhere; there is nothing in it that is worth waiting for.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Says which program is started as a worker, for programs that use this library: one that calls [`super::serve`] when its
/// first argument is [`ARGUMENT`]. Without it, it is the program itself, or the one named `transmigrate` beside it.
pub fn use_program(path: PathBuf) {
    let _ = PROGRAM.set(path);
}

fn program() -> std::io::Result<PathBuf> {
    if let Some(path) = PROGRAM.get() {
        return Ok(path.clone());
    }
    let own = std::env::current_exe()?;
    let name = format!("transmigrate{}", std::env::consts::EXE_SUFFIX);
    if own.file_name().is_some_and(|own| own.to_string_lossy() == name) {
        return Ok(own);
    }
    // Tests, examples and benches stand one folder further down.
    let folders = own.ancestors().skip(1).take(2).map(Path::to_owned);
    Ok(folders.map(|folder| folder.join(&name)).find(|path| path.is_file()).unwrap_or(own))
}

impl Default for Worker {
    fn default() -> Self {
        Worker::new()
    }
}

impl Worker {
    /// A worker; its process starts with the first run.
    pub fn new() -> Self {
        Worker { process: None }
    }

    /// Runs a script to its end.
    pub fn run(&mut self, script: Script<'_>, host: &mut dyn Host) -> Result<End, Broken> {
        let (end, _) = self.runs(script, vec![script.direction.to_owned()], host, None);
        end
    }

    /// Runs a script to its end, and then another direction of it. That has no result where the process ended before it
    /// was over: then it is to be run by itself.
    pub fn run_both(
        &mut self,
        script: Script<'_>,
        host: &mut dyn Host,
        then: &str,
        other: &mut dyn Host,
    ) -> (Result<End, Broken>, Option<End>) {
        self.runs(script, vec![script.direction.to_owned(), then.to_owned()], host, Some(other))
    }

    fn runs(
        &mut self,
        script: Script<'_>,
        directions: Vec<String>,
        host: &mut dyn Host,
        other: Option<&mut dyn Host>,
    ) -> (Result<End, Broken>, Option<End>) {
        let mut process = match self.process.take().map_or_else(start, Ok) {
            Ok(process) => process,
            Err(error) => return (Err(Broken { message: format!("no process to run scripts: {error}") }), None),
        };
        let text = |shim: Shim| ShimText {
            main: shim.main.to_owned(),
            parts: shim.parts.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect(),
        };
        let known = process.shim.replace(script.shim) == Some(script.shim);
        let request = Request::Run(Run {
            shim: (!known).then(|| text(script.shim)),
            dialect: script.dialect.to_owned(),
            module: script.module.clone(),
            directions,
            part: script.part.to_owned(),
        });
        let said = send(&mut process.input, &request);
        let Ok(end) = said.and_then(|()| converse(&mut process.input, &mut process.output, host)) else {
            let message = "the process that runs it had to be ended: it takes too long or too much".into();
            return (Err(Broken { message }), None);
        };
        let next = other.map(|other| converse(&mut process.input, &mut process.output, other));
        if !matches!(next, Some(Err(_))) {
            self.process = Some(process);
        }
        (Ok(end), next.and_then(Result::ok))
    }
}

fn start() -> std::io::Result<Process> {
    let mut command = Command::new(program()?);
    command
        .arg(ARGUMENT)
        .env_clear()
        .env("TZ", "UTC")
        // With glibc: what a run has freed is kept for the next one and not given back to the system in between.
        .env("MALLOC_ARENA_MAX", "1")
        .env("MALLOC_TRIM_THRESHOLD_", "268435456")
        .env("MALLOC_MMAP_THRESHOLD_", "33554432")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut child = command.spawn()?;
    let missing = || std::io::Error::other("no pipe");
    let input = child.stdin.take().ok_or_else(missing)?;
    let output = BufReader::new(child.stdout.take().ok_or_else(missing)?);
    Ok(Process { child, input, output, shim: None })
}

/// Hears what a worker says, whatever it is, and what comes of it; for the fuzzer. The end of the run, if it comes to one.
pub fn hear(mut worker: &[u8], host: &mut dyn Host) -> Option<End> {
    converse(&mut std::io::sink(), &mut worker, host).ok()
}

fn converse(input: &mut impl Write, output: &mut impl Read, host: &mut dyn Host) -> std::io::Result<End> {
    loop {
        let reply = match receive::<Report>(output)? {
            Report::Import { from, specifier } => Request::Found(host.import(from, &specifier)),
            Report::Read { path } => Request::File(host.read(&path)),
            Report::Ask { events, question } => {
                host.tell(events);
                match host.ask(&question) {
                    Answer::Value(value) => Request::Answer(Some(value)),
                    Answer::Unknown => Request::Answer(None),
                    Answer::NotYet => Request::Abandon,
                }
            }
            Report::Restart => {
                host.restart();
                continue;
            }
            Report::Done { events, end } => {
                host.tell(events);
                return Ok(end);
            }
        };
        send(input, &reply)?;
    }
}
