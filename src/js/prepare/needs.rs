//! What of the guards (`guest/guards.js`) has to stand before a script may run. They cost more than most scripts, and most
//! need none: a guard is about a function that is called by its name, so the name is in the text, and there neither in a
//! comment nor in a string that is no name, unless the text can make names.

use oxc::ast::ast::*;
use oxc::ast_visit::{Visit, walk};
use oxc::span::Span;

/// The groups of guards: the name, and the words in a text that ask for it. The last is asked for by what could change the
/// language, as well; where it stands nothing can be changed, so it comes with all others.
const GROUPS: [(&str, &[&str]); 10] = [
    (
        "lists",
        &[
            "isArray",
            "from",
            "includes",
            "indexOf",
            "lastIndexOf",
            "every",
            "filter",
            "find",
            "findIndex",
            "findLast",
            "findLastIndex",
            "some",
            "concat",
            "flat",
            "flatMap",
            "sort",
            "toSorted",
        ],
    ),
    (
        "texts",
        &[
            "at",
            "charAt",
            "charCodeAt",
            "codePointAt",
            "concat",
            "endsWith",
            "includes",
            "indexOf",
            "lastIndexOf",
            "localeCompare",
            "match",
            "matchAll",
            "normalize",
            "padEnd",
            "padStart",
            "replace",
            "replaceAll",
            "search",
            "slice",
            "split",
            "startsWith",
            "substr",
            "substring",
            "toLowerCase",
            "toUpperCase",
            "toLocaleLowerCase",
            "toLocaleUpperCase",
            "test",
            "exec",
        ],
    ),
    ("objects", &["keys", "values", "entries", "getOwnPropertyNames", "fromEntries", "JSON"]),
    (
        "numbers",
        &[
            "Number",
            "Math",
            "Boolean",
            "BigInt",
            "parseInt",
            "parseFloat",
            "isNaN",
            "isFinite",
            "encodeURIComponent",
            "encodeURI",
            "decodeURIComponent",
            "decodeURI",
            "escape",
            "unescape",
        ],
    ),
    ("sets", &["Set", "Map", "WeakSet", "WeakMap"]),
    ("promises", &["all", "allSettled", "any", "race"]),
    ("clock", &["Date", "Math"]),
    (
        "surroundings",
        &[
            "Buffer",
            "URL",
            "URLSearchParams",
            "TextEncoder",
            "TextDecoder",
            "fetch",
            "crypto",
            "Intl",
            "setInterval",
            "structuredClone",
            "performance",
            "AbortController",
            "process",
        ],
    ),
    (
        SELDOM,
        &[
            "ArrayBuffer",
            "SharedArrayBuffer",
            "DataView",
            "Atomics",
            "Int8Array",
            "Uint8Array",
            "Uint8ClampedArray",
            "Int16Array",
            "Uint16Array",
            "Int32Array",
            "Uint32Array",
            "BigInt64Array",
            "BigUint64Array",
            "Float16Array",
            "Float32Array",
            "Float64Array",
            "WeakRef",
            "FinalizationRegistry",
            "atob",
            "btoa",
            "DOMException",
        ],
    ),
    (
        "language",
        &[
            "prototype",
            "__proto__",
            "constructor",
            "eval",
            "Function",
            "Reflect",
            "assign",
            "defineProperty",
            "defineProperties",
            "setPrototypeOf",
            "getPrototypeOf",
            "getOwnPropertyDescriptor",
            "getOwnPropertyDescriptors",
            "__defineGetter__",
            "__defineSetter__",
            "__lookupGetter__",
            "__lookupSetter__",
            "prepareStackTrace",
            "globalThis",
            "global",
        ],
    ),
];

/// What an engine has only where a script names it.
pub(in crate::js) const SELDOM: &str = "seldom";

/// Names that are global, for which a script may put something of its own; functions of ours keep what they stood for.
pub(in crate::js) const BUILT_IN: [&str; 21] = [
    "Array", "BigInt", "Boolean", "Date", "Error", "Function", "JSON", "Map", "Math", "Number", "Object", "Promise",
    "Proxy", "RegExp", "Set", "String", "Symbol", "WeakMap", "WeakSet", "Reflect", "parseInt",
];

/// The groups that a script needs, in one order, with a space between them.
pub(super) fn needs(text: &str, program: &Program<'_>) -> String {
    let mut look = Look::default();
    look.visit_program(program);
    let may_spell =
        text.as_bytes().windows(2).any(|pair| pair[0] == b'\\' && matches!(pair[1], b'u' | b'x' | b'0'..=b'9'));
    let mut needed = [false; GROUPS.len()];
    let comments = program.comments.iter().map(|comment| comment.span).filter(|span| {
        // What starts as in HTML is not for each engine a comment.
        text.get(span.start as usize..span.end as usize).is_some_and(|text| text.starts_with(['/']))
    });
    look.mute.extend(comments);
    for word in pieces(text, std::mem::take(&mut look.mute)).flat_map(words) {
        for ((_, words), needed) in GROUPS.iter().zip(&mut needed) {
            *needed = *needed || words.contains(&word);
        }
    }
    let all = look.computes || look.spells || look.changes() || may_spell || needed.last() == Some(&true);
    let names = GROUPS.iter().zip(needed).filter(|(_, needed)| all || *needed).map(|((name, _), _)| *name);
    names.collect::<Vec<_>>().join(" ")
}

/// Whether a text as it is written may come out with other letters: an escape that stands for none of what ends a line or a
/// text hides a letter, or nothing.
fn spells(raw: &str) -> bool {
    let mut rest = raw;
    while let Some((_, escape)) = rest.split_once('\\') {
        let Some(letter) = escape.chars().next().filter(|letter| "nrtbfv'\"`\\$/".contains(*letter)) else {
            return true;
        };
        rest = &escape[letter.len_utf8()..];
    }
    false
}

/// A text without some of its stretches.
fn pieces(text: &str, mut without: Vec<Span>) -> impl Iterator<Item = &str> {
    without.sort_by_key(|span| span.start);
    let mut at = 0;
    let end = text.len();
    let ends = without.into_iter().map(|span| (span.start as usize, span.end as usize)).chain([(end, end)]);
    ends.map(move |(start, end)| {
        let piece = text.get(at..start).unwrap_or_default();
        at = at.max(end);
        piece
    })
}

/// The words of a text, wherever they stand.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')).filter(|word| !word.is_empty())
}

/// What the syntax shows of a script's ways to reach a function otherwise than by its name, or to put something in its
/// place.
#[derive(Default)]
struct Look {
    /// A member is looked up by a name that is worked out.
    computes: bool,
    /// A text is written with escapes that may hide a name.
    spells: bool,
    /// Something is changed that may be the language's.
    changes: bool,
    /// `module.exports` is given something.
    exports_anew: bool,
    /// A member of `module.exports` is.
    exports_member: bool,
    /// Where strings stand that name nothing.
    mute: Vec<Span>,
}

impl Look {
    /// A name is given something.
    fn assigned(&mut self, name: &str) {
        self.changes |= BUILT_IN.contains(&name) || name == "exports" || name == "module";
    }

    /// A text that names a member.
    fn named(&mut self, name: &StringLiteral<'_>) {
        self.spells |= name.raw.as_ref().is_none_or(|raw| spells(raw));
    }

    fn changes(&self) -> bool {
        self.changes || (self.exports_anew && self.exports_member)
    }
}

impl<'a> Visit<'a> for Look {
    fn visit_computed_member_expression(&mut self, it: &ComputedMemberExpression<'a>) {
        self.computes |= !matches!(it.expression, Expression::NumericLiteral(_) | Expression::StringLiteral(_));
        match &it.expression {
            Expression::StringLiteral(name) => {
                self.named(name);
                self.visit_expression(&it.object);
            }
            _ => walk::walk_computed_member_expression(self, it),
        }
    }

    fn visit_property_key(&mut self, it: &PropertyKey<'a>) {
        match it {
            PropertyKey::StringLiteral(name) => self.named(name),
            it => walk::walk_property_key(self, it),
        }
    }

    fn visit_module_export_name(&mut self, it: &ModuleExportName<'a>) {
        match it {
            ModuleExportName::StringLiteral(name) => self.named(name),
            it => walk::walk_module_export_name(self, it),
        }
    }

    fn visit_binding_property(&mut self, it: &BindingProperty<'a>) {
        self.computes |= it.computed;
        walk::walk_binding_property(self, it);
    }

    fn visit_assignment_target_property_property(&mut self, it: &AssignmentTargetPropertyProperty<'a>) {
        self.computes |= it.computed;
        walk::walk_assignment_target_property_property(self, it);
    }

    fn visit_string_literal(&mut self, it: &StringLiteral<'a>) {
        self.named(it);
        self.mute.push(it.span);
    }

    fn visit_template_element(&mut self, it: &TemplateElement<'a>) {
        self.spells |= spells(&it.value.raw);
        self.mute.push(it.span);
    }

    fn visit_binding_identifier(&mut self, it: &BindingIdentifier<'a>) {
        // What CommonJS gives is known; something else of the name may be anything.
        self.changes |= it.name == "exports" || it.name == "module";
    }

    fn visit_assignment_target_property_identifier(&mut self, it: &AssignmentTargetPropertyIdentifier<'a>) {
        self.assigned(&it.binding.name);
        walk::walk_assignment_target_property_identifier(self, it);
    }

    fn visit_class(&mut self, it: &Class<'a>) {
        // The fields of a derived class are put on whatever its base gives.
        let puts = |element: &ClassElement<'_>| match element {
            ClassElement::PropertyDefinition(field) => !field.r#static,
            ClassElement::AccessorProperty(field) => !field.r#static,
            ClassElement::MethodDefinition(method) => method.kind == MethodDefinitionKind::Constructor,
            _ => false,
        };
        self.changes |= it.heritage.is_some() && it.body.body.iter().any(puts);
        walk::walk_class(self, it);
    }

    fn visit_simple_assignment_target(&mut self, it: &SimpleAssignmentTarget<'a>) {
        match it {
            SimpleAssignmentTarget::AssignmentTargetIdentifier(name) => {
                self.assigned(&name.name);
            }
            SimpleAssignmentTarget::StaticMemberExpression(member) => match &member.object {
                Expression::Identifier(object) if object.name == "exports" => {}
                Expression::Identifier(object) if object.name == "module" && member.property.name == "exports" => {
                    self.exports_anew = true;
                }
                object if is_module_exports(object) => self.exports_member = true,
                _ => self.changes = true,
            },
            _ => self.changes = true,
        }
        walk::walk_simple_assignment_target(self, it);
    }

    fn visit_unary_expression(&mut self, it: &UnaryExpression<'a>) {
        self.changes |= it.operator == UnaryOperator::Delete;
        walk::walk_unary_expression(self, it);
    }

    fn visit_with_statement(&mut self, _: &WithStatement<'a>) {
        self.changes = true;
    }
}

fn is_module_exports(expression: &Expression<'_>) -> bool {
    matches!(expression, Expression::StaticMemberExpression(member)
        if member.property.name == "exports" && matches!(&member.object, Expression::Identifier(name) if name.name == "module"))
}

#[cfg(test)]
mod tests {
    use super::super::prepare;
    use std::collections::BTreeMap;

    fn needs(text: &str) -> String {
        prepare("a.js", text, &BTreeMap::new()).map(|prepared| prepared.needs).unwrap_or_else(|why| why.message)
    }

    #[test]
    fn most_scripts_need_no_guards() {
        assert_eq!(needs("exports.up = (knex) => knex.schema.createTable('t', (t) => { t.increments(); });"), "");
        assert_eq!(needs("module.exports = { up: (q) => q.addColumn('t', 'c', {}) };"), "");
    }

    #[test]
    fn a_name_asks_for_its_group() {
        assert_eq!(needs("exports.up = () => Promise.all([])"), "promises");
        assert_eq!(needs("exports.up = (x) => x['split'](',')"), "texts");
        assert_eq!(needs("const now =\u{a0}Date.now()"), "clock");
        assert_eq!(needs("[x].\u{feff}includes('a\\n')"), "lists texts");
        assert_eq!(needs("const { 'split': cut } = x"), "texts");
        assert_eq!(needs("x?.['keys']()"), "objects");
    }

    #[test]
    fn what_names_nothing_asks_for_nothing() {
        for text in [
            "exports.up = (knex) => { /* all values */ return knex.raw('select keys from a'); // Date\n};",
            "exports.up = (knex) => knex.raw(`insert into ${'a'} values (1) -- all from Map`);",
            "exports.up = (knex) => knex('values').insert({ a: 'split' });",
        ] {
            assert_eq!(needs(text), "", "{text}");
        }
        assert_eq!(needs("x = `${a.split(' ')} keys`"), "texts");
        assert!(needs("exports.a = { '__proto__': x }").contains("language"));
    }

    #[test]
    fn what_may_change_the_language_asks_for_its_locks() {
        for text in [
            "Object.keys = 1",
            "const a = [].__proto__; a.push = 1",
            "Array = 1",
            "module.exports = Object; module.exports.keys = 1",
            "[x.y] = [1]",
            "for (x.y of []) ;",
            "delete x.y",
            "x.y++",
            "with (Object) { keys = 1 }",
            "const f = (exports) => { exports.keys = () => []; }; f(Object);",
            "const go = (module) => { module.exports.keys = 1; };",
            "({ Promise } = x)",
            "function B() { return Object } class A extends B { keys = () => [] }",
        ] {
            assert!(needs(text).contains("language"), "{text}");
        }
    }

    #[test]
    fn what_can_make_names_asks_for_all() {
        for text in [
            "x[y]",
            "const { [y]: z } = x",
            "x['\\x61']",
            "x.\\u0061",
            "({ [y]: z } = x)",
            "x['spl\\it']",
            "x['sp\\\nlit']",
            "x[`spl\\it`]",
        ] {
            assert_eq!(needs(text).split(' ').count(), super::GROUPS.len(), "{text}");
        }
    }

    #[test]
    fn every_group_is_there() {
        let guards = include_str!("../guest/guards.js");
        for (name, _) in super::GROUPS.into_iter().filter(|(name, _)| *name != super::SELDOM) {
            assert!(guards.contains(&format!("\n    {name}() {{\n")), "{name}");
        }
    }
}
