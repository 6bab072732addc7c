//! Engines, and when one serves for the next script as well, because making one takes longer than most scripts do.
//!
//! An engine that serves several is **sealed** before anything is run in it (`guest/seal.js`): nothing that the language has
//! can be changed, and what is global is looked at before each script. Each has a shim and a record of its own, and the
//! kernel keeps nothing of the one before (`renew`). Only a script that certainly leaves nothing behind
//! (`prepare/lasting.rs`) and needs no guards comes there, in its first attempt. What else than a good end it comes to is
//! void, a module that may leave something ends it, and then the script is run in an engine of its own.

use super::super::prepare::Prepared;
use super::compiled::Text;
use super::engine::{MEMORY, Ours};
use super::host::{Shared, State};
use rquickjs::{Context, Ctx, Function, Object, Persistent, Result, Runtime};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

/// Stack of one attempt in bytes.
const STACK: usize = 4 << 20;
/// How much an attempt may allocate in bytes before rubbish is looked for: hardly any comes to that, and looking costs
/// more than the run.
const GARBAGE: usize = 32 << 20;

/// How much time of the processor scripts may have taken in an engine when another one comes there: too little for them to
/// leave much in use, of which most is rubbish that is looked for. For how much that one may take, see `limits.rs`.
const LIFE: Duration = Duration::from_millis(50);

/// What puts an engine beyond change.
const SEAL: &str = include_str!("../guest/seal.js");

/// Functions of ours as an engine has them.
type Functions = RefCell<HashMap<String, Persistent<Function<'static>>>>;

/// An engine.
pub(super) struct Engine {
    functions: Rc<Functions>,
    /// Tells whether what is global is as it was; only where the engine is sealed.
    look: Option<Persistent<Function<'static>>>,
    /// What the kernel of one that is sealed is given, and the kernel.
    kernel: RefCell<Option<[Persistent<Object<'static>>; 2]>>,
    /// What the functions of the host record in; empty while no script is run.
    pub record: Shared,
    pub context: Context,
    pub runtime: Runtime,
    /// How much time of the processor scripts have taken in it.
    taken: Duration,
    /// How many scripts have been run in it.
    pub served: u32,
}

impl Drop for Engine {
    fn drop(&mut self) {
        // Functions of the host hold this too, and are there until the engine ends.
        self.functions.borrow_mut().clear();
        self.kernel.borrow_mut().take();
    }
}

impl Engine {
    /// A fresh one for one attempt, with what scripts seldom use where they do.
    pub fn new(record: &Shared) -> Result<Self> {
        let whole = record.borrow().whole;
        Engine::with_memory(whole, MEMORY, record)
    }

    /// A fresh one that is sealed. As others may have left something in use, it may take more.
    pub fn sealed(seal: &Text, record: State) -> Result<Self> {
        let mut engine = Engine::with_memory(false, 2 * MEMORY, &Rc::new(RefCell::new(record)))?;
        let look = engine.context.with(|ctx| {
            let look: Function<'_> = seal.function(&ctx)?.call(())?;
            Ok::<_, rquickjs::Error>(Persistent::save(&ctx, look))
        })?;
        engine.look = Some(look);
        Ok(engine)
    }

    fn with_memory(whole: bool, memory: usize, record: &Shared) -> Result<Self> {
        let runtime = Runtime::new()?;
        runtime.set_memory_limit(memory);
        runtime.set_max_stack_size(STACK);
        runtime.set_gc_threshold(GARBAGE);
        let context = context(&runtime, whole)?;
        let (functions, record) = (Rc::default(), Rc::clone(record));
        let (kernel, taken) = (RefCell::new(None), Duration::ZERO);
        Ok(Engine { functions, look: None, kernel, record, context, runtime, taken, served: 0 })
    }

    /// The kernel, with what it is given; made where there is none yet.
    pub fn kernel<'js>(
        &self,
        ctx: &Ctx<'js>,
        make: impl FnOnce() -> Result<[Object<'js>; 2]>,
    ) -> Result<[Object<'js>; 2]> {
        let Some(look) = &self.look else { return make() };
        let known = self.kernel.borrow().clone();
        if let Some([host, kernel]) = known {
            let kernel = kernel.restore(ctx)?;
            kernel.get::<_, Function<'js>>("renew")?.call::<_, ()>(())?;
            return Ok([host.restore(ctx)?, kernel]);
        }
        let made = make()?;
        look.clone().restore(ctx)?.call::<_, bool>(())?;
        *self.kernel.borrow_mut() = Some(made.clone().map(|object| Persistent::save(ctx, object)));
        Ok(made)
    }

    /// Whether it is for a script as a fresh one would be.
    pub fn is_as_new(&self) -> bool {
        let look = |look: &Persistent<Function<'static>>| {
            self.context.with(|ctx| look.clone().restore(&ctx).and_then(|look| look.call(())).unwrap_or(false))
        };
        self.served == 0 || !self.runtime.is_job_pending() && self.look.as_ref().is_some_and(look)
    }

    /// A script has come to a good end that took so long; whether there is to be another one.
    pub fn serves_on(&mut self, took: Duration) -> bool {
        self.taken += took;
        self.served += 1;
        self.taken <= LIFE && !self.runtime.is_job_pending()
    }

    /// Functions of ours in it.
    pub fn reader(&self, ours: &Rc<Ours>) -> Reader {
        Reader { functions: Rc::clone(&self.functions), ours: Rc::clone(ours) }
    }
}

/// Reads each function of ours only once an engine.
#[derive(Clone)]
pub(super) struct Reader {
    functions: Rc<Functions>,
    ours: Rc<Ours>,
}

impl Reader {
    /// The function of that name; `None` where there is none.
    pub fn function<'js>(&self, ctx: &Ctx<'js>, name: &str) -> Option<Result<Function<'js>>> {
        let known = self.functions.borrow().get(name).cloned();
        if let Some(known) = known {
            return Some(known.restore(ctx));
        }
        let read = self.ours.text(name)?.function(ctx);
        if let Ok(function) = &read {
            self.functions.borrow_mut().insert(name.to_owned(), Persistent::save(ctx, function.clone()));
        }
        Some(read)
    }
}

/// A fresh context. What scripts seldom use takes a third of the time, and is left out of one that is not whole.
fn context(runtime: &Runtime, whole: bool) -> Result<Context> {
    use rquickjs::context::intrinsic::{Date, Eval, Json, MapSet, Promise, Proxy, RegExp, RegExpCompiler};
    match whole {
        true => Context::full(runtime),
        false => Context::custom::<(Date, Eval, RegExpCompiler, RegExp, Json, Proxy, MapSet, Promise)>(runtime),
    }
}

/// What seals engines.
pub(super) fn seal() -> Text {
    Text::new(SEAL.to_owned())
}

/// Whether a script may be run where others were and will be.
pub(super) fn is_plain(prepared: &Prepared) -> bool {
    !prepared.lasting && prepared.needs.is_empty()
}
