//! Where a script's `up` and `down` stand and in which style it is written, so that a down can be put into it and every
//! other byte stays. What cannot be said with certainty is an error, never a guess.

mod entries;
mod function;
mod imports;
mod named;
mod style;

use oxc::allocator::Allocator;
use oxc::parser::Parser;
use std::ops::Range;

pub use imports::Import;
pub use style::Style;

/// A script as far as its `up` and `down` go. All places are bytes of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Where it says what its up is.
    pub up: Option<Entry>,
    /// Where it says what its down is.
    pub down: Option<Entry>,
    /// Whether it names its down, or the function that it is, anywhere but there.
    pub is_named: bool,
    /// How it is written.
    pub style: Style,
    /// Whether it is TypeScript.
    pub typed: bool,
    /// What it takes from other modules.
    pub imports: Vec<Import>,
}

/// Where a script says what its `up`, or `down`, is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// In what it stands.
    pub form: Form,
    /// The statement, property or member, with its closing semicolon, without the comma.
    pub span: Range<usize>,
    /// Where the word itself (`up`) stands in it, in front of the function's body.
    pub names: Vec<Range<usize>>,
    /// Whether the function itself stands there, rather than its name.
    pub direct: bool,
    /// The function; `None` when it is no function, or one that is made by a call.
    pub function: Option<Function>,
}

/// In what an entry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A statement of the file: `exports.up = …;`, `export const up = …;`, `export function up() {…}`.
    Statement,
    /// One of several things that a statement says: `const up = …, down = …;`, `a = exports.up = …`.
    Part,
    /// What an object holds: `up: …` or `up() {…}`.
    Property,
    /// What a class holds.
    Member,
    /// `export { up }`; the span is that of the statement which declares it.
    Listed,
}

/// A function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// Where `async` would be put.
    pub start: usize,
    /// Whether it is `async`.
    pub is_async: bool,
    /// Whether it is an arrow function.
    pub is_arrow: bool,
    /// What stands between the parentheses of its parameters; without parentheses, the parameter.
    pub parameters: Range<usize>,
    /// The first of them.
    pub first: Parameter,
    /// The second, with where it stands.
    pub second: Option<(Parameter, Range<usize>)>,
    /// Its return type, without the colon.
    pub returns: Option<Range<usize>>,
    /// Its body.
    pub body: Body,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parameter {
    /// There is none.
    None,
    /// A name.
    Named(String),
    /// An object is taken apart: keys, and the names that they are given.
    Object(Vec<(String, String)>),
    /// Anything else.
    Other,
}

/// A function's body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// With its braces; without, the expression that it is.
    pub span: Range<usize>,
    /// Whether it has braces.
    pub is_block: bool,
    /// The statements in it that do nothing: `return;`, `return Promise.resolve();`.
    pub idle: Vec<Range<usize>>,
    /// Whether it holds anything else.
    pub is_busy: bool,
    /// The comments in it.
    pub comments: Vec<Range<usize>>,
    /// The end of the directives that it opens with.
    pub directives: Option<usize>,
}

/// Why no outline can be made, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formless {
    /// Lower case, without a full stop.
    pub why: String,
}

impl Formless {
    fn new(why: impl Into<String>) -> Self {
        Formless { why: why.into() }
    }
}

/// The outline of a script.
pub fn outline(path: &str, text: &str) -> Result<Outline, Formless> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, text, super::source_type(path)).parse();
    if parsed.panicked || !parsed.diagnostics.is_empty() {
        return Err(Formless::new("it cannot be parsed"));
    }
    let (up, down) = entries::find(text, &parsed.program)?;
    let style = Style::of(text, &parsed.program, up.as_ref().or(down.as_ref()));
    let is_named = named::is_named(&parsed.program, down.as_ref());
    Ok(Outline {
        up,
        down,
        is_named,
        style,
        typed: super::is_typescript(path),
        imports: imports::find(&parsed.program),
    })
}

/// A place as bytes.
fn range(span: oxc::span::Span) -> Range<usize> {
    span.start as usize..span.end as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Outline {
        outline("m.ts", text).unwrap_or_else(|error| panic!("{text}: {}", error.why))
    }

    fn part<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
        &text[range.clone()]
    }

    #[test]
    fn every_shape_of_a_migration_is_known() {
        let statement = Form::Statement;
        for (text, form, direct) in [
            ("exports.up = function (k) {};\nexports.down = function (k) {};", statement, true),
            ("module.exports.up = async k => {};\nmodule.exports.down = async k => {};", statement, true),
            ("exports.up = up;\nexports.down = down;\nfunction up(k) {}\nfunction down(k) {}", statement, false),
            (
                "exports.down = exports.up = void 0;\nexports.up = (k) => {};\nexports.down = (k) => {};",
                statement,
                true,
            ),
            ("export async function up(k: K): Promise<void> {}\nexport async function down(k) {}", statement, true),
            ("export const up: M = async (k) => {};\nexport const down: M = async (k) => {};", statement, true),
            ("const up = (k) => {};\nconst down = (k) => {};\nexport { up, down };", Form::Listed, true),
            ("module.exports = { up: (k) => {}, down: (k) => {} };", Form::Property, true),
            ("module.exports = { async up(k) {}, async down(k) {} };", Form::Property, true),
            ("const up = (k) => {};\nconst down = (k) => {};\nmodule.exports = { up, down };", Form::Property, false),
            ("export default { up(k) {}, down(k) {} } satisfies M;", Form::Property, true),
            ("const m = { up(k) {}, down(k) {} };\nexport default m;", Form::Property, true),
            ("export = { up(k) {}, down(k) {} };", Form::Property, true),
            (
                "export class A1 implements M { public async up(k: Q) {} public async down(k: Q) {} }",
                Form::Member,
                true,
            ),
            ("export default class { up = async (k) => {}; down = async (k) => {}; }", Form::Member, true),
            ("module.exports = class A1 { name = 'A1'; async up(k) {} async down(k) {} };", Form::Member, true),
            ("class A1 { async up(k) {} async down(k) {} }\nexports.A1 = A1;", Form::Member, true),
        ] {
            let outline = of(text);
            for (entry, name) in [(outline.up, "up"), (outline.down, "down")] {
                let entry = entry.unwrap_or_else(|| panic!("{text}: no {name}"));
                assert_eq!((entry.form, entry.direct), (form, direct), "{text}");
                assert!(!entry.names.is_empty() && entry.names.iter().all(|range| part(text, range) == name), "{text}");
                let function = entry.function.unwrap_or_else(|| panic!("{text}: no function"));
                assert_eq!(part(text, &function.body.span), "{}", "{text}");
                assert_eq!(function.first, Parameter::Named("k".into()), "{text}");
            }
        }
    }

    #[test]
    fn what_is_not_certain_is_an_error() {
        for text in [
            "exports.up = () => {};\nexports.up = (k) => {};",
            "export class A { up(k) {} }\nexport class B { up(k) {} }",
            "module.exports = { up() {} };\nexports.up = () => {};",
            "exports.up = (",
        ] {
            assert!(outline("m.js", text).is_err(), "{text}");
        }
        let made = of("exports.up = wrap((k) => {});\nmodule.exports.down = null;");
        assert_eq!(made.up.map(|entry| entry.function), Some(None));
        assert_eq!(made.down.map(|entry| entry.function), Some(None));
    }

    #[test]
    fn a_body_that_does_nothing_is_told_from_one_that_does_something() {
        let body = |text: &str| {
            let text = format!("exports.down = {text};");
            let entry = outline("m.js", &text).unwrap_or_else(|error| panic!("{}", error.why)).down;
            entry.and_then(|entry| entry.function).map(|function| function.body).unwrap_or_else(|| panic!("{text}"))
        };
        for text in [
            "() => {}",
            "() => null",
            "async () => undefined",
            "() => Promise.resolve()",
            "function () { return; }",
            "function (knex, Promise) { return Promise.resolve(null); }",
            "async function () { await Promise.resolve(); }",
            "function () { 'use strict'; /* nothing */ ; }",
            "function () { return Promise.all([]); }",
        ] {
            assert!(!body(text).is_busy, "{text}");
        }
        for text in [
            "() => knex.schema",
            "() => { console.log('x'); }",
            "() => { if (a) return; }",
            "() => { throw new Error('x'); }",
            "() => { return Promise.resolve(f()); }",
        ] {
            assert!(body(text).is_busy, "{text}");
        }
        assert_eq!(body("() => { /* a */ return; // b\n }").comments.len(), 2);
    }

    #[test]
    fn a_down_that_something_else_may_call_is_told() {
        for text in [
            "exports.up = f;\nexports.down = g;\nfunction f(k) {}\nfunction g(k) {}",
            "exports.down = exports.up = void 0;\nexports.up = (k) => {};\nexports.down = function down(k) {};",
            "const up = (k) => {};\nconst down = (k) => {};\nexport { up, down };",
            "const up = (k) => {};\nconst down = (k) => {};\nmodule.exports = { up, down };",
            "export const up = (k) => { k.rows('down'); };\nexport const down = (k) => {};",
            "export class A1 { async up(k) { await k.a(); } async down(k) {} }",
            "exports.up = (k) => {};",
        ] {
            assert!(!of(text).is_named, "{text}");
        }
        for text in [
            "const g = (k) => {};\nexports.up = (k) => g(k);\nexports.down = g;",
            "exports.up = (k) => exports.down(k);\nexports.down = (k) => {};",
            "exports.up = (k) => exports['down'](k);\nexports.down = (k) => {};",
            "exports.up = (k) => { const { down } = module.exports; down(k); };\nexports.down = (k) => {};",
            "exports.up = (k) => exports.g(k);\nexports.g = exports.down = (k) => {};",
            "const g = exports.down = (k) => {};\nexports.up = (k) => g(k);",
            "export function down(k) {}\nexport const up = (k) => down(k);",
            "module.exports = { up(k) { this.down(k); }, down(k) {} };",
            "export class A1 { async up(k) { await this.down(k); } async down(k) {} }",
            "const g = (k) => {};\nmodule.exports = { up: g, down: g };",
            "exports.up = (k) => exports.down?.(k);",
        ] {
            assert!(of(text).is_named, "{text}");
        }
    }

    #[test]
    fn imports_are_known_by_their_names_here() {
        let text = "import type { A } from 'a';\nimport B, { C as D, type E } from 'b';\nimport * as F from 'f';\n\
            import G = require('g');\nconst H = require('h');\nconst { I, J: K } = require('i');\n\
            const L = require('l').M;\nconst N = load('n');";
        let found = of(text).imports;
        let found: Vec<_> =
            found.iter().map(|one| (one.module.as_str(), one.what.as_str(), one.name.as_str())).collect();
        let expected = [
            ("b", "default", "B"),
            ("b", "C", "D"),
            ("f", "*", "F"),
            ("g", "*", "G"),
            ("h", "*", "H"),
            ("i", "I", "I"),
            ("i", "J", "K"),
            ("l", "M", "L"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_file_s_style_is_seen() {
        let style = of("exports.up = function (k) {\r\n\treturn k(\"a\")\r\n}\r\n").style;
        assert_eq!((style.indent.as_str(), style.newline, style.quote, style.semicolons), ("\t", "\r\n", '"', false));
        let style = of("module.exports = {\n    up(k) {\n        return k('a');\n    },\n};\n").style;
        assert_eq!((style.indent.as_str(), style.newline, style.quote, style.semicolons), ("    ", "\n", '\'', true));
    }
}
