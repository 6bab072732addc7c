//! Threads for the work. Their stacks are deep, because expressions are read recursively and their depth is the user's.

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::sync::OnceLock;

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

/// What `work` makes of each item, in their order.
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    match pool() {
        Some(pool) => pool.install(|| items.par_iter().map(work).collect()),
        None => items.iter().map(work).collect(),
    }
}
