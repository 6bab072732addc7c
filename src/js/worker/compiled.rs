//! Functions of ours in the engine's own code: parsed once a process, and only read by each run's fresh engine.

use rquickjs::loader::Loader;
use rquickjs::loader::bundle::{Bundle, ScaBundleData};
use rquickjs::module::WriteOptions;
use rquickjs::{Context, Ctx, Function, Module, Result, Runtime};
use std::collections::HashMap;

/// What each function is called in the engine; nothing can import it.
const NAME: &str = "ours";

/// A function of the names that are global.
#[derive(Clone, Copy)]
pub(super) struct Compiled(Bundle<ScaBundleData<&'static [u8]>>);

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
    pub fn function<'js>(mut self, ctx: &Ctx<'js>) -> Result<Function<'js>> {
        let (module, _) = self.0.load(ctx, NAME, None)?.eval()?;
        module.get("default")
    }
}

/// The functions that were compiled so far, by their text.
#[derive(Default)]
pub(super) struct Known(HashMap<String, Compiled>);

impl Known {
    /// The function with this text.
    pub fn get(&mut self, function: &str) -> Result<Compiled> {
        if let Some(known) = self.0.get(function) {
            return Ok(*known);
        }
        let compiled = Compiled::new(function)?;
        self.0.insert(function.to_owned(), compiled);
        Ok(compiled)
    }
}
