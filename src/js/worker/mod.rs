//! The process that runs scripts: this program started again. It has no business with the disk or the network: the files
//! that a script consists of come through standard input, and what it did goes out through standard output.

mod again;
mod compiled;
mod encode;
mod engine;
mod following;
mod host;
mod kept;
mod limits;
mod loading;
mod units;

use super::message::{Report, Request, receive, send};
use std::cell::RefCell;
use std::io::{BufReader, Stdin, Stdout};
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// The argument that makes this program a worker.
pub const ARGUMENT: &str = "__run-scripts";

/// Stack of the thread that parses and runs, in bytes: deep nesting is the user's.
const STACK: usize = 256 << 20;

/// How much time of the processor an attempt may take before the process ends itself.
const PATIENCE: Duration = Duration::from_secs(6);

/// How much of it making a script ready for one may take: what is a long script's is not its fault.
const PATIENCE_IN_READING: Duration = Duration::from_secs(30);

/// How long it may take if the processor does something else: the last resort. Where many processes share one, each of
/// them waits many times as long as it works.
const WAITING: Duration = Duration::from_secs(120);

/// When the process has to end itself.
#[derive(Clone, Copy, Debug)]
struct Deadline {
    /// By the time of the processor that it has taken.
    taken: Duration,
    /// By the clock.
    at: Instant,
}

impl Deadline {
    /// From now on.
    fn after(patience: Duration) -> Self {
        Deadline { taken: limits::processor_time() + patience, at: Instant::now() + WAITING }
    }

    fn is_over(self) -> bool {
        limits::processor_time() > self.taken || Instant::now() > self.at
    }
}

/// The deadline that holds; `None` while nothing is run.
static DEADLINE: Mutex<Option<Deadline>> = Mutex::new(None);

/// The line to the program, shared by all that speak on it.
#[derive(Clone)]
struct Wire(Rc<RefCell<Ends>>);

/// Both ends of it.
struct Ends {
    input: BufReader<Stdin>,
    output: Stdout,
}

impl Wire {
    fn new() -> Self {
        Wire(Rc::new(RefCell::new(Ends { input: BufReader::new(std::io::stdin()), output: std::io::stdout() })))
    }

    /// Says something that needs no reply.
    fn say(&self, report: &Report) -> std::io::Result<()> {
        send(&mut self.0.borrow_mut().output, report)
    }

    /// Hears what the program says next.
    fn hear(&self) -> std::io::Result<Request> {
        receive(&mut self.0.borrow_mut().input)
    }

    /// Says something and waits for the reply; waiting does not count as running.
    fn ask(&self, report: &Report) -> std::io::Result<Request> {
        self.say(report)?;
        let deadline = set_deadline(None);
        let began = Instant::now();
        let reply = self.hear();
        let waited = began.elapsed();
        set_deadline(deadline.map(|deadline| Deadline { at: deadline.at + waited, ..deadline }));
        reply
    }
}

fn set_deadline(deadline: Option<Deadline>) -> Option<Deadline> {
    let mut guard = DEADLINE.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    std::mem::replace(&mut guard, deadline)
}

/// An attempt begins.
fn be_patient() {
    set_deadline(Some(Deadline::after(PATIENCE)));
}

/// A script is made ready from here on.
fn be_patient_in_reading() {
    set_deadline(Some(Deadline::after(PATIENCE_IN_READING)));
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
            if deadline.is_some_and(Deadline::is_over) || self::parent() != parent {
                std::process::exit(3);
            }
        }
    });
    let worker = std::thread::Builder::new().stack_size(STACK).spawn(|| {
        let wire = Wire::new();
        let mut runner = engine::Runner::default();
        while let Ok(request) = wire.hear() {
            let Request::Run(run) = request else { continue };
            let said = runner.run(&run, &wire);
            set_deadline(None);
            if said.is_err() {
                return;
            }
        }
    });
    match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        _ => ExitCode::from(3),
    }
}
