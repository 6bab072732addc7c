//! A user's script made ready to run: types stripped, `import` and `export` in the terms of CommonJS, instrumented. The
//! only place that knows oxc, whose syntax tree changes often.

mod acting;
mod aliases;
mod calls;
mod declared;
mod edit;
mod effects;
mod follow;
mod fork;
mod free;
mod functions;
mod handed;
mod instrument;
mod lasting;
mod look;
mod loops;
mod modules;
mod needs;
mod outline;
mod purity;
#[cfg(test)]
mod tests;
mod told;

use effects::Effects;
use instrument::Instrument;
use oxc::allocator::Allocator;
use oxc::ast::ast::{Declaration, Program, Statement};
use oxc::ast_visit::Visit;
use oxc::codegen::Codegen;
use oxc::parser::Parser;
use oxc::semantic::SemanticBuilder;
use oxc::span::SourceType;
use oxc::transformer::{TransformOptions, Transformer};
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

pub use aliases::{Vocabulary, aliases};
pub use calls::{Called, Callee, Calls, Given, UNKNOWN, calls};
pub(super) use follow::Runs;
pub(super) use needs::{BUILT_IN, SELDOM};
pub use outline::{Body, Entry, Form, Formless, Function, Import, Outline, Parameter, Style, outline};

/// How the names begin under which a script's own text reports.
const INSTRUMENTS: &str = "__tm";

/// What becomes of a statement that goes by what only a real run can know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CarriedUnit {
    /// It is not run.
    Left {
        /// Whether all that follows it in its list goes with it, because it may end the function.
        rest: bool,
    },
    /// It is run, each loop in it once, and what it changes is not known afterwards (`follow.rs`).
    Followed,
}

/// A script that can be run.
#[derive(Clone, Debug, Default)]
pub(super) struct Prepared {
    /// A function of `exports`, `require`, `module`, `__filename`, `__dirname` and the instruments.
    pub code: String,
    /// The statements of the entries that call something: start and end, in order.
    pub calling: Vec<(u32, u32)>,
    /// The module's own statements, and whether each may be left out by itself.
    pub tops: Vec<(u32, u32, bool)>,
    /// The statements that are carried together with all that follows them.
    pub whole: Vec<u32>,
    /// The statements that can be followed: by the first byte of each statement the unit that it belongs to, and the
    /// statement to follow in its place.
    pub followable: BTreeMap<u32, (u32, u32)>,
    /// The bodies of the functions that a tool calls: where the first statement starts, and where the body ends.
    pub bodies: Vec<(u32, u32)>,
    /// What each statement runs that is followed, by its first byte.
    pub runs: BTreeMap<u32, Runs>,
    /// Whether it goes by values anywhere: a condition, a comparison, a loop (`guest/instruments.js`).
    pub goes_by_values: bool,
    /// The groups of guards that have to stand before it runs, with spaces between them.
    pub needs: String,
    /// Whether something that its functions do may last until the next call of one of them.
    pub lasting: bool,
    /// What its statements may change, once that was asked for.
    known: Known,
}

/// What is found out about a text only once, whichever of its statements are carried.
#[derive(Clone, Default)]
struct Known(Rc<OnceCell<Rc<Effects>>>);

impl std::fmt::Debug for Known {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Known").finish_non_exhaustive()
    }
}

/// Why a script cannot be made ready.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unreadable {
    /// In words.
    pub message: String,
    /// The first byte that it is about.
    pub at: u32,
}

/// Makes a script ready; `carried` are the statements not to run, by their first byte.
pub(super) fn prepare(path: &str, text: &str, carried: &BTreeMap<u32, CarriedUnit>) -> Result<Prepared, Unreadable> {
    ready(path, text, carried, None)
}

/// The same for the same script, with other statements.
pub(super) fn prepare_again(
    before: &Prepared,
    path: &str,
    text: &str,
    carried: &BTreeMap<u32, CarriedUnit>,
) -> Result<Prepared, Unreadable> {
    ready(path, text, carried, Some(before))
}

fn ready(
    path: &str,
    text: &str,
    carried: &BTreeMap<u32, CarriedUnit>,
    before: Option<&Prepared>,
) -> Result<Prepared, Unreadable> {
    if let Some(at) = text.find(INSTRUMENTS) {
        let message = format!("it names {INSTRUMENTS}, which is what says where it stands");
        return Err(Unreadable { message, at: u32::try_from(at).unwrap_or(0) });
    }
    let typed = is_typescript(path);
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, text, source_type(path)).parse();
    if parsed.panicked || !parsed.diagnostics.is_empty() {
        let first = parsed.diagnostics.iter().next();
        let at = first.and_then(|error| error.labels.first()).map_or(0, |label| label.offset());
        let message = first.map_or_else(|| "cannot be parsed".to_owned(), |error| error.message.to_string());
        return Err(Unreadable { message, at });
    }
    let module = parsed.program.source_type.is_module();
    let known = before.map(|before| before.known.clone()).unwrap_or_default();
    let mut instrument = Instrument::new(text, carried);
    if !carried.is_empty() {
        instrument.effects = Some(Rc::clone(known.0.get_or_init(|| Rc::new(Effects::of(&parsed.program)))));
    }
    instrument.visit_program(&parsed.program);
    let Instrument {
        mut edits, head, tail, calling, whole, used, tops, followable, following, bodies, unclear, ..
    } = instrument;
    if following.unclear || unclear {
        let message = "what a statement changes that is not run cannot be told".to_owned();
        return Err(Unreadable { message, at: 0 });
    }
    let head = head.code(typed.then_some(&used));
    if !carried.is_empty() {
        let mut constants = Constants::default();
        constants.visit_program(&parsed.program);
        for at in constants.0 {
            edits.replace(at, at + "const".len(), "let");
        }
    }
    let needs = before.map_or_else(|| needs::needs(text, &parsed.program), |before| before.needs.clone());
    let lasting = !carried.is_empty() || lasting::is_lasting(&parsed.program, &needs);
    let mark = if module { "exports.__esModule=true;" } else { "" };
    let body = edits.apply(text);
    let body = body.strip_prefix("#!").map_or(body.clone(), |rest| format!("//{rest}"));
    let body = if typed { strip(path, &body)? } else { body };
    // What is the module's own starts on a line of its own, behind everything that a comment might swallow.
    let strict = if module { "'use strict';" } else { "" };
    let (head, open, close) = match module && declares_what_commonjs_gives(&parsed.program) {
        true => own_block(&parsed.program, head),
        false => (head, String::new(), ""),
    };
    let code = format!(
        "(function(exports,require,module,__filename,__dirname,__tm,__tm_meta){{{strict}{mark}{head}{open}\n{body}\n{tail}\n{close}}})"
    );
    let reports = code.match_indices("__tm.").filter_map(|(at, name)| code.get(at + name.len()..)?.chars().next());
    let goes_by_values = reports.into_iter().any(|name| "tbulikpxwsforyngzjFEBLRTWGK".contains(name));
    Ok(Prepared {
        code,
        calling,
        whole,
        tops,
        followable,
        bodies,
        runs: following.runs,
        goes_by_values,
        needs,
        lasting,
        known,
    })
}

/// What a file is parsed as.
pub(super) fn source_type(path: &str) -> SourceType {
    if is_typescript(path) { SourceType::ts() } else { SourceType::unambiguous().with_jsx(true) }
}

/// Whether a module declares a name that CommonJS gives, as in `const __dirname = …`.
fn declares_what_commonjs_gives(program: &Program<'_>) -> bool {
    let mut names = Vec::new();
    for statement in &program.body {
        let variables = match statement {
            Statement::VariableDeclaration(variables) => variables,
            Statement::ExportDeclaration(export) => match &export.declaration {
                Declaration::VariableDeclaration(variables) => variables,
                _ => continue,
            },
            _ => continue,
        };
        variables.declarations.iter().for_each(|declarator| declared::bound(&declarator.id, &mut names));
    }
    names.iter().any(|name| ["require", "module", "exports", "__filename", "__dirname"].contains(&name.as_str()))
}

/// The head of such a module, and what opens and closes the block that its body then is. Its functions are exported
/// where they can be seen.
fn own_block(program: &Program<'_>, mut head: String) -> (String, String, &'static str) {
    let mut open = String::from("{");
    for statement in &program.body {
        if let Statement::ExportDeclaration(export) = statement
            && let Declaration::FunctionDeclaration(function) = &export.declaration
            && let Some(id) = &function.id
        {
            let export = format!("exports.{0}={0};", id.name);
            head = head.replace(&export, "");
            open.push_str(&export);
        }
    }
    (head, open, "}")
}

/// Whether a file holds TypeScript.
pub(super) fn is_typescript(path: &str) -> bool {
    [".ts", ".mts", ".cts", ".tsx"].iter().any(|extension| path.ends_with(extension))
}

/// TypeScript as JavaScript.
fn strip(path: &str, text: &str) -> Result<String, Unreadable> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, text, SourceType::ts()).parse();
    if parsed.panicked {
        let first = parsed.diagnostics.iter().next().map(|error| error.message.to_string()).unwrap_or_default();
        return Err(Unreadable { message: format!("cannot be parsed once it is instrumented: {first}"), at: 0 });
    }
    let mut program = parsed.program;
    let scoping = SemanticBuilder::new_compiler().with_enum_eval(true).build(&program).semantic.into_scoping();
    let mut options = TransformOptions::default();
    options.typescript.only_remove_type_imports = true;
    options.typescript.remove_class_fields_without_initializer = true;
    options.decorator.legacy = true;
    let transformed = Transformer::new(&allocator, Path::new(path), &options).build_with_scoping(scoping, &mut program);
    if let Some(error) = transformed.diagnostics.first() {
        return Err(Unreadable { message: error.message.to_string(), at: 0 });
    }
    Ok(Codegen::new().build(&program).code)
}

/// Where the word `const` stands in declarations.
#[derive(Default)]
struct Constants(Vec<usize>);

impl<'a> Visit<'a> for Constants {
    fn visit_variable_declaration(&mut self, it: &oxc::ast::ast::VariableDeclaration<'a>) {
        if it.kind == oxc::ast::ast::VariableDeclarationKind::Const && !it.declare {
            self.0.push(it.span.start as usize);
        }
        oxc::ast_visit::walk::walk_variable_declaration(self, it);
    }
}

/// A stretch of a script as a JavaScript string, on one line and not long.
fn short(text: &str, start: u32, end: u32) -> String {
    let text = text.get(start as usize..end as usize).unwrap_or_default();
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(120).collect();
    serde_json::to_string(&line).unwrap_or_else(|_| "\"\"".to_owned())
}
