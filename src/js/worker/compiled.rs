//! Functions of ours in the engine's own code: parsed once a process, and only read by each run's fresh engine.

use rquickjs::loader::Loader;
use rquickjs::loader::bundle::{Bundle, ScaBundleData};
use rquickjs::module::WriteOptions;
use rquickjs::{Context, Ctx, Function, Module, Result, Runtime};
use std::cell::OnceCell;

/// What each function is called in the engine; nothing can import it.
const NAME: &str = "ours";

/// A function of the names that are global.
#[derive(Clone, Copy)]
struct Compiled(Bundle<ScaBundleData<&'static [u8]>>);

impl Compiled {
    /// Compiles the text of a function. What it gives is never freed: a process has but a handful of these.
    fn new(function: &str) -> Result<Self> {
        let runtime = Runtime::new()?;
        let context = Context::full(&runtime)?;
        let source = format!("export default {function}\n;");
        let options = WriteOptions { strip_source: true, strip_debug: true, ..WriteOptions::default() };
        let code = context.with(|ctx| Module::declare(ctx, NAME, source)?.write(options))?;
        let code: &'static [u8] = Box::leak(code.into_boxed_slice());
        Ok(Compiled(Bundle(Box::leak(Box::new([(NAME, code)])))))
    }

    /// The function in a fresh engine, or in one that has others of ours.
    fn function<'js>(mut self, ctx: &Ctx<'js>) -> Result<Function<'js>> {
        let (module, _) = self.0.load(ctx, NAME, None)?.eval()?;
        module.get("default")
    }
}

/// The text of a function, compiled when it is first asked for.
pub(super) struct Text {
    text: String,
    compiled: OnceCell<Compiled>,
}

impl Text {
    pub fn new(text: String) -> Self {
        Text { text, compiled: OnceCell::new() }
    }

    /// The function in an engine.
    pub fn function<'js>(&self, ctx: &Ctx<'js>) -> Result<Function<'js>> {
        if let Some(compiled) = self.compiled.get() {
            return compiled.function(ctx);
        }
        let compiled = Compiled::new(&self.text)?;
        self.compiled.get_or_init(|| compiled).function(ctx)
    }
}
