//! How much a run may take. What counts is what is done, so that a run comes out the same however busy or fast the machine
//! is: steps of the engine, things on record, bytes that are made ready. Time is only a limit for what the engine does
//! without counting steps, and then it is that of the processor: waiting for one takes nothing.

use std::cell::Cell;
use std::time::Duration;

/// How often the engine may look during an attempt whether it is to go on: it does so every 10,000 calls and turns of
/// loops (quickjs.c, `JS_INTERRUPT_COUNTER_INIT`), and the host every 1,000 jobs.
const LOOKS: u64 = 600;
/// How much time of the processor an attempt may take.
const TIME: Duration = Duration::from_secs(3);
/// How much one may take in an engine that serves several scripts: so little that none can come near the memory that one may
/// take, and none notices what the others have left in use.
const SHORT: Duration = Duration::from_millis(10);
/// After how many jobs the host looks.
const JOBS_TO_A_LOOK: u64 = 1_000;

/// How many attempts a run may take.
const ATTEMPTS: usize = 1_000;
/// How often the engine may look in all of them.
const LOOKS_OF_ALL: u64 = 2 * LOOKS;
/// How many calls, holes, chains and values in them all of them may make.
const RECORDS_OF_ALL: usize = 10_000_000;
/// How many bytes may be made ready for them.
const BYTES_OF_ALL: usize = 64 << 20;
/// How much time of the processor they may take; making scripts ready is not part of it.
const TIME_OF_ALL: Duration = Duration::from_secs(20);

/// The time of the processor that this process has taken so far.
#[cfg(unix)]
pub(super) fn processor_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(u64::try_from(time.tv_sec).unwrap_or(0), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// Where the system is not asked for it: the time since it was asked first.
#[cfg(not(unix))]
pub(super) fn processor_time() -> Duration {
    static FIRST: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    FIRST.get_or_init(std::time::Instant::now).elapsed()
}

thread_local! {
    /// How much of it was taken by making scripts ready.
    static READING: Cell<Duration> = const { Cell::new(Duration::ZERO) };
}

/// Makes something ready, in the midst of an attempt or not: that is no part of what an attempt takes.
pub(super) fn making_ready<T>(work: impl FnOnce() -> T) -> T {
    let began = processor_time();
    let made = work();
    READING.set(READING.get() + processor_time().saturating_sub(began));
    made
}

/// The time of the processor that was taken by anything else.
fn running_time() -> Duration {
    processor_time().saturating_sub(READING.get())
}

/// What an attempt has taken.
pub(super) struct Budget {
    looks: Cell<u64>,
    jobs: Cell<u64>,
    over: Cell<bool>,
    began: Duration,
    /// How much time of the processor it may take.
    time: Duration,
}

impl Budget {
    /// Nothing yet.
    pub fn new() -> Self {
        Budget { looks: Cell::new(0), jobs: Cell::new(0), over: Cell::new(false), began: running_time(), time: TIME }
    }

    /// Nothing yet, of an attempt in an engine that serves several scripts.
    pub fn short() -> Self {
        Budget { time: SHORT, ..Budget::new() }
    }

    /// Whether the attempt has taken no more time than it may.
    pub fn is_short(&self) -> bool {
        running_time().saturating_sub(self.began) <= self.time
    }

    /// The engine looks whether it is to stop.
    pub fn look(&self) -> bool {
        self.looks.set(self.looks.get() + 1);
        if self.looks.get() > LOOKS || !self.is_short() {
            self.over.set(true);
        }
        self.over.get()
    }

    /// One more job; whether it may be done.
    pub fn admits_job(&self) -> bool {
        self.jobs.set(self.jobs.get() + 1);
        if self.jobs.get().is_multiple_of(JOBS_TO_A_LOOK) {
            self.look();
        }
        !self.over.get()
    }

    /// Whether it has taken too long.
    pub fn is_over(&self) -> bool {
        self.over.get()
    }
}

/// What all attempts of a run have taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Taken {
    attempts: usize,
    looks: u64,
    records: usize,
    bytes: usize,
    time: Duration,
}

impl Taken {
    /// An attempt has been made, with so much on record.
    pub fn attempt(&mut self, budget: &Budget, records: usize) {
        self.attempts += 1;
        self.looks += budget.looks.get();
        self.records += records;
        self.time += running_time().saturating_sub(budget.began);
    }

    /// So many bytes have been made ready.
    pub fn made_ready(&mut self, bytes: usize) {
        self.bytes += bytes;
    }

    /// Whether there is to be no further attempt.
    pub fn is_too_much(&self) -> bool {
        self.attempts > ATTEMPTS
            || self.looks > LOOKS_OF_ALL
            || self.records > RECORDS_OF_ALL
            || self.bytes > BYTES_OF_ALL
            || self.time > TIME_OF_ALL
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A process that does nothing takes nothing, as one does that others keep from the processor.
    #[cfg(unix)]
    #[test]
    fn waiting_is_not_counted() {
        let (began, before) = (std::time::Instant::now(), processor_time());
        // Other tests run beside this one: they may take the time of all processors, not more.
        let processors = u32::try_from(std::thread::available_parallelism().map_or(1, usize::from)).unwrap_or(1);
        std::thread::sleep(Duration::from_millis(20));
        let others = began.elapsed() * processors;
        assert!(processor_time() - before <= others + Duration::from_millis(20));
    }

    #[test]
    fn an_attempt_ends_by_what_it_does() {
        let budget = Budget::new();
        assert_eq!((0..).take_while(|_| !budget.look()).count() as u64, LOOKS);
        assert!(budget.is_over() && !budget.admits_job());
        let budget = Budget::new();
        let jobs = (0..).take_while(|_| budget.admits_job()).count() as u64;
        assert_eq!(jobs, (LOOKS + 1) * JOBS_TO_A_LOOK - 1);
    }

    #[test]
    fn what_is_made_ready_is_no_part_of_an_attempt() {
        let budget = Budget { time: Duration::from_secs(1), ..Budget::new() };
        let busy = |time: Duration| {
            let began = processor_time();
            while processor_time() - began < time {}
        };
        making_ready(|| busy(Duration::from_millis(1_100)));
        assert!(budget.is_short());
        busy(Duration::from_millis(1_100));
        assert!(!budget.is_short());
    }

    #[test]
    fn a_run_ends_by_what_its_attempts_do() {
        let idle = Budget::new();
        let mut taken = Taken::default();
        (0..ATTEMPTS).for_each(|_| taken.attempt(&idle, 1_000));
        assert!(!taken.is_too_much());
        let mut more = taken.clone();
        more.attempt(&idle, 1_000);
        assert!(more.is_too_much());
        let mut more = taken.clone();
        more.made_ready(BYTES_OF_ALL + 1);
        assert!(more.is_too_much());
        taken.records = RECORDS_OF_ALL + 1;
        assert!(taken.is_too_much());
    }
}
