//! The process that runs scripts: this program started again. It has no business with the disk or the network: the files
//! that a script consists of come through standard input, and what it did goes out through standard output.

mod again;
mod compiled;
mod encode;
mod engine;
mod following;
mod host;
mod loading;
mod units;

use super::message::{Report, Request, receive, send};
use std::io::{BufReader, Stdin, Stdout};
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// The argument that makes this program a worker.
pub const ARGUMENT: &str = "__run-scripts";

/// Stack of the thread that parses and runs, in bytes: deep nesting is the user's.
const STACK: usize = 256 << 20;

/// How long a direction of a script may take with all its attempts, in wall-clock time, before the process ends itself.
const PATIENCE: Duration = Duration::from_secs(6);

/// When the process has to end itself.
static DEADLINE: Mutex<Option<Instant>> = Mutex::new(None);

/// Both ends of the line to the program.
struct Wire {
    input: BufReader<Stdin>,
    output: Stdout,
}

impl Wire {
    /// Says something that needs no reply.
    fn say(&mut self, report: &Report) -> std::io::Result<()> {
        send(&mut self.output, report)
    }

    /// Says something and waits for the reply; waiting does not count as running.
    fn ask(&mut self, report: &Report) -> std::io::Result<Request> {
        self.say(report)?;
        let left = set_deadline(None).map(|deadline| deadline.saturating_duration_since(Instant::now()));
        let reply = receive(&mut self.input);
        set_deadline(left.map(|left| Instant::now() + left));
        reply
    }
}

fn set_deadline(deadline: Option<Instant>) -> Option<Instant> {
    let mut guard = DEADLINE.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    std::mem::replace(&mut guard, deadline)
}

/// A direction of a script begins.
fn be_patient() {
    set_deadline(Some(Instant::now() + PATIENCE));
}

/// The process that started this one; where the system does not say, the end of standard input is the only sign of its end.
fn parent() -> Option<u32> {
    #[cfg(unix)]
    return Some(std::os::unix::process::parent_id());
    #[cfg(not(unix))]
    return None;
}

/// Serves until standard input ends.
pub fn serve() -> ExitCode {
    // A loop inside the engine's own C code sees no interrupt: this thread ends the process whatever it is doing. So it
    // does when the program that started it is gone.
    let parent = parent();
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_millis(100));
            let deadline = *DEADLINE.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
            if deadline.is_some_and(|deadline| Instant::now() > deadline) || self::parent() != parent {
                std::process::exit(3);
            }
        }
    });
    let worker = std::thread::Builder::new().stack_size(STACK).spawn(|| {
        let mut wire = Wire { input: BufReader::new(std::io::stdin()), output: std::io::stdout() };
        let mut engine = engine::Engine::default();
        while let Ok(request) = receive::<Request>(&mut wire.input) {
            let Request::Run(run) = request else { continue };
            let sent = engine.run(&run, wire);
            set_deadline(None);
            match sent {
                Ok(back) => wire = back,
                Err(_) => return,
            }
        }
    });
    match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        _ => ExitCode::from(3),
    }
}
