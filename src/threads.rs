//! Threads for the work. Their stacks are deep, because expressions are read recursively and their depth is the user's.

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{OnceLock, mpsc};
use std::thread;

/// Stack of each thread in bytes; only what is used of it takes memory.
const STACK: usize = 256 * 1024 * 1024;

/// The threads that do the work, as many as there are processors, started at the first call. `None` when the system
/// has none to give.
pub fn pool() -> Option<&'static ThreadPool> {
    static POOL: OnceLock<Option<ThreadPool>> = OnceLock::new();
    POOL.get_or_init(|| {
        let start = |builder: ThreadPoolBuilder| builder.stack_size(STACK).build().ok();
        start(ThreadPoolBuilder::new()).or_else(|| start(ThreadPoolBuilder::new().num_threads(1)))
    })
    .as_ref()
}

/// Twice as many, for work that waits for other processes.
fn waiting() -> Option<&'static ThreadPool> {
    static POOL: OnceLock<Option<ThreadPool>> = OnceLock::new();
    let threads = 2 * pool()?.current_num_threads();
    POOL.get_or_init(|| ThreadPoolBuilder::new().stack_size(STACK).num_threads(threads).build().ok())
        .as_ref()
        .or_else(pool)
}

/// What `work` makes of each item, in their order, where the work is mostly that of other processes: as many of them as
/// there are processors have something to do.
pub fn map_waiting<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    match waiting() {
        Some(pool) => pool.install(|| items.par_iter().map(work).collect()),
        None => items.iter().map(work).collect(),
    }
}

/// What `work` makes of each item, in their order.
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    match pool() {
        Some(pool) => pool.install(|| items.par_iter().map(work).collect()),
        None => items.iter().map(work).collect(),
    }
}

/// Hands `consume` what `work` makes of each item, in their order, while the work goes on on all processors.
pub fn ahead<T: Sync, R: Send, O>(
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
    consume: impl FnOnce(&mut dyn Iterator<Item = R>) -> O,
) -> O {
    let count = thread::available_parallelism().map_or(1, usize::from).min(items.len());
    // Waking another thread takes as long as some of the work: where there is much, several items are handed over at once.
    let batches: Vec<&[T]> = items.chunks((items.len() / (64 * count.max(1))).clamp(1, 8)).collect();
    let next = AtomicUsize::new(0);
    let (send, receive) = mpsc::channel();
    let take = |send: &mpsc::Sender<(usize, Vec<R>)>| {
        let at = next.fetch_add(1, Ordering::Relaxed);
        let done = |batch: &&[T]| send.send((at, batch.iter().map(&work).collect())).is_ok();
        batches.get(at).is_some_and(done)
    };
    thread::scope(|scope| {
        let started = (0..count).filter(|_| {
            let send = send.clone();
            let take = &take;
            let all = move || while take(&send) {};
            thread::Builder::new().stack_size(STACK).spawn_scoped(scope, all).is_ok()
        });
        // Where the system has no threads to give, the work is done when it is asked for.
        let own = (started.count() == 0).then(|| send.clone());
        // Once no thread can send anything, nothing is waited for.
        drop(send);
        let mut early = BTreeMap::new();
        let batches = (0..batches.len()).map_while(|wanted| {
            loop {
                if let Some(results) = early.remove(&wanted) {
                    return Some(results);
                }
                if let Some(send) = &own {
                    take(send);
                }
                let (done, results) = receive.recv().ok()?;
                early.insert(done, results);
            }
        });
        consume(&mut batches.flatten())
    })
}

#[cfg(test)]
mod tests {
    use super::ahead;

    #[test]
    fn results_come_in_order() {
        let items: Vec<u32> = (0..500).collect();
        let doubled = ahead(&items, |item| item * 2, |results| results.collect::<Vec<_>>());
        assert_eq!(doubled, items.iter().map(|item| item * 2).collect::<Vec<_>>());
        assert_eq!(ahead(&items, |item| *item, |results| results.take(3).count()), 3);
        assert_eq!(ahead(&[], |item: &u32| *item, |results| results.count()), 0);
    }
}
