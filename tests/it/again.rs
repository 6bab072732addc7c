//! Both directions of a script, one after the other: they come out as in two engines, and plain ones take but one.

use std::path::PathBuf;
use transmigrate::js::{self, Answer, Call, End, Event, Found, Host, Module, Script, Shim, Worker};

/// A shim of one object, `db`, of which every method is a call; `db.create(…)` gives what it is given, as with an entity manager,
/// `db.wrap(…)` something that holds it, and `db.transaction(…)` calls it.
pub(super) const SHIM: Shim = Shim {
    parts: &[],
    main: "(function ($, host) {
  const run = (exports, direction) => {
    const db = $.object('db', { asks: { ask: true }, special: { create: (...args) => args[0], wrap: (inner) => ({ inner }), transaction: (build) => build(db) } });
    host.tell('module', [{ hasUp: typeof exports.up, hasDown: typeof exports.down, config: exports.config }]);
    return exports[direction] && exports[direction](db, 'library');
  };
  return { modules: { db: () => $.object('package') }, run };
})",
};

#[derive(Default)]
pub(super) struct Tape {
    pub events: Vec<Event>,
    files: Vec<(&'static str, &'static str)>,
}

impl Host for Tape {
    fn import(&mut self, _: u32, specifier: &str) -> Found {
        let found = self.files.iter().enumerate().find(|(_, (name, _))| *name == specifier);
        found.map_or(Found::Nothing, |(at, (name, text))| {
            Found::Module(Module { id: 10 + at as u32, path: format!("{name}.js"), text: (*text).to_owned() })
        })
    }

    fn read(&mut self, _: &str) -> Option<String> {
        None
    }

    fn tell(&mut self, events: Vec<Event>) {
        self.events.extend(events);
    }

    fn ask(&mut self, question: &Call) -> Answer {
        if question.args.is_empty() { Answer::NotYet } else { Answer::Unknown }
    }

    fn restart(&mut self) {
        self.events.clear();
    }
}

/// Runs both directions together and each by itself, and asserts that they come out alike; whether the engine was shared.
fn is_shared(path: &str, text: &str, files: &[(&'static str, &'static str)]) -> bool {
    js::use_program(PathBuf::from(env!("CARGO_BIN_EXE_transmigrate")));
    let module = Module { id: 1, path: path.into(), text: text.into() };
    let script = |direction| Script { shim: SHIM, dialect: "postgres", module: &module, direction, part: "" };
    let tape = || Tape { files: files.to_vec(), ..Tape::default() };
    let said = |tape: Tape, end: Option<End>| (tape.events, end.map(|end| (end.unreached, end.failure)));
    let alone = |direction| {
        let mut tape = tape();
        let end = Worker::new().run(script(direction), &mut tape);
        said(tape, end.ok())
    };
    let (mut up, mut down) = (tape(), tape());
    let mut worker = Worker::new();
    let (up_end, down_end) = worker.run_both(script("up"), &mut up, "down", &mut down);
    let shared = down_end.as_ref().is_some_and(|end| end.shared);
    assert_eq!(said(up, up_end.ok()), alone("up"), "{text}");
    assert_eq!(said(down, down_end), alone("down"), "{text}");
    // The worker is as good as before.
    let mut after = tape();
    let end = worker.run(script("down"), &mut after);
    assert_eq!(said(after, end.ok()), alone("down"), "{text}");
    shared
}

#[test]
fn plain_scripts_are_run_in_one_engine() {
    for text in [
        "exports.up = async (db) => { await db.a('x'); };\nexports.down = async (db) => { await db.b(`y${1 + 1}`); };",
        "'use strict';\nconst names = ['a', 'b'];\nmodule.exports = { async up(db) { for (const n of names) await db.a(n); }, async down(db) { if (names.length > 1) await db.b(names); } };",
        "const { table } = require('db');\nexports.config = { transaction: false };\nexports.up = (db) => db.a(table);\nexports.down = (db) => { if (false) db.never(); return db.b(); };",
        "const make = (db, name) => db.a(name);\nexports.up = (db) => make(db, 'x');\nexports.down = (db) => make(db, 'y');",
        "exports.up = async (db) => { const all = []; all.push('x'); await db.a(all); let n = 0; n += 1; await db.a(n); };\nexports.down = (db) => db.b([2, 1].sort());",
        "exports.up = (db) => db.transaction(async (t) => { await t.a('x'); await t.delete('y'); });\nexports.down = (db) => db.delete('x');",
        "exports.up = (db) => db.a(new Date(), process.env.A);\nexports.down = (db) => db.b(`${process.env.B}`);",
        "const all = Object.values({ a: 1 });\nexports.up = (db) => db.a(all);\nexports.down = (db) => db.b(all);",
        "exports.up = (db) => db.a();",
    ] {
        assert!(is_shared("a.js", text, &[]), "{text}");
    }
    let class = "import { MigrationInterface } from 'db'\nenum Kind { A = 'a' }\nexport async function up(db: any): Promise<void> { await db.a(Kind.A) }\nexport async function down(db: any) { await db.b(Kind.A as string) }";
    assert!(is_shared("a.ts", class, &[]));
    let files = [("./names", "module.exports = { names: ['x'], each: (names, call) => names.map(call) };")];
    let importing = "const { names, each } = require('./names');\nexports.up = (db) => each(names, (n) => db.a(n));\nexports.down = (db) => each(names, (n) => db.b(n));";
    assert!(is_shared("a.js", importing, &files));
}

/// Each `down` would see what `up` has left behind.
#[test]
fn what_lasts_is_read_as_by_two_engines() {
    let down = "exports.down = (db) => db.b(look());";
    for (state, up, look) in [
        ("let n = 0;", "n += 1", "n"),
        ("var n = 0;", "n++", "n"),
        ("let n = 0;", "[n] = [1]", "n"),
        ("let n = 0;", "({ n } = { n: 1 })", "n"),
        ("let n = 0;", "for (n of [1, 2]) ;", "n"),
        ("{ var n = 0; }", "n ||= 1", "n"),
        ("", "implicit = 1", "typeof implicit"),
        ("", "globalThis.a = 1", "globalThis.a"),
        ("", "global.a = 1", "global.a"),
        ("", "process.env.A = 'x'", "`${process.env.A}`"),
        ("", "exports.seen = 1", "exports.seen"),
        ("", "module.exports.seen = 1", "module.exports.seen"),
        ("", "exports.config = { transaction: false }", "1"),
        ("", "exports.down = (db) => db.c()", "1"),
        ("", "Array.prototype.extra = 1", "[].extra"),
        ("", "Array.prototype.map = () => []", "[1].map((x) => x)"),
        ("", "Object.prototype.extra = 1", "({}).extra"),
        ("", "Object.assign(exports, { seen: 1 })", "exports.seen"),
        ("", "Object.defineProperty(exports, 'seen', { value: 1 })", "exports.seen"),
        ("", "require.cache.a = 1", "require.cache.a"),
        ("const list = [];", "list.push(1)", "list"),
        ("const list = [];", "list['push'](1)", "list"),
        ("const list = [];", "list?.push(1)", "list"),
        ("const list = [];", "[].push.call(list, 1)", "list"),
        ("const list = [];", "const { push } = list; push.call(list, 1)", "list"),
        ("const list = [3, 1];", "list.sort()", "list"),
        ("const list = [3, 1];", "delete list[0]", "list"),
        ("const list = [3, 1];", "list[0] = 2", "list"),
        ("const list = [];", "const own = list; own.push(1)", "list"),
        ("const list = [];", "let own = []; own = list; own.push(1)", "list"),
        ("const list = [[]];", "for (const one of list) one.push(1)", "list"),
        ("const list = [[]];", "list.forEach((one) => one.push(1))", "list"),
        ("const list = []; const put = (to) => to.push(1);", "put(list)", "list"),
        ("const list = []; const get = () => list;", "get().push(1)", "list"),
        ("const list = [];", "db.create(list).push(1)", "list"),
        ("const list = [];", "db.wrap(list).inner.push(1)", "list"),
        ("const list = [];", "const own = { list }; own.list.push(1)", "list"),
        ("const list = [];", "exports.down(list)", "list"),
        ("const list = [1];", "Object.freeze(list)", "Object.isFrozen(list)"),
        ("const all = new Set();", "all.add(1)", "all.size"),
        ("const all = new Map();", "all.set(1, 2)", "all.size"),
        ("const on = new Date(2020, 1, 1);", "on.setFullYear(2021)", "on"),
        ("const one = {};", "one.a = 1", "one"),
        ("const one = {};", "one['a'] = 1", "one"),
        ("const one = { n: 0, up() { this.n += 1; } };", "one.n", "one.n"),
        ("const one = { n: 0, more() { this.n += 1; } };", "one.more()", "one.n"),
        ("class A { static n = 0; }", "A.n += 1", "A.n"),
        ("class A { static n = []; }", "A.n.push(1)", "A.n"),
        ("class A { static #n = 0; static more() { return ++A.#n; } }", "A.more()", "A.more()"),
        ("const more = (() => { let n = 0; return () => ++n; })();", "more()", "more()"),
        (
            "const once = (f) => { let r; return () => (r = r || f()); }; const id = once(() => ({ n: 0 }));",
            "id().n++",
            "id().n",
        ),
        ("const one = { get more() { let n = 0; return () => ++n; } }; const { more } = one;", "more()", "more()"),
        ("function* count() { yield 1; yield 2; } const it = count();", "it.next()", "it.next().value"),
        ("const it = [1, 2, 3].values();", "for (const x of it) break", "[...it]"),
        ("const it = [1, 2, 3][Symbol.iterator]();", "const [x] = it", "[...it]"),
        ("const it = new Map([[1, 2]]).entries();", "it.next()", "[...it]"),
        ("const pattern = /a/g;", "pattern.test('aa')", "pattern.test('a')"),
        ("const pattern = /a/y;", "pattern.exec('aa')", "pattern.lastIndex"),
        ("const pattern = new RegExp('a', 'g');", "pattern.test('aa')", "pattern.test('a')"),
        ("", "eval('globalThis.a = 1')", "globalThis.a"),
        ("", "new Function('globalThis.a = 1')()", "globalThis.a"),
        ("", "setTimeout(() => { exports.seen = 1; }, 10)", "exports.seen"),
        ("const fn = () => 1;", "fn.n = 1", "fn.n"),
    ] {
        let text = format!(
            "{state}\nconst look = () => {look};\nexports.up = async (db) => {{ {up}; await db.a(look()); }};\n{down}\n"
        );
        assert!(!is_shared("a.js", &text, &[]), "{text}");
    }
}

#[test]
fn what_an_imported_file_keeps_is_read_as_by_two_engines() {
    let files = [
        ("./count", "let n = 0;\nexports.next_one = () => ++n;"),
        ("./list", "exports.list = []; exports.put = (x) => exports.list.push(x);"),
        ("./late", "exports.n = 1;"),
    ];
    for text in [
        "const { next_one } = require('./count');\nexports.up = (db) => db.a(next_one());\nexports.down = (db) => db.b(next_one());",
        "const { list, put } = require('./list');\nexports.up = (db) => { put(1); return db.a(list); };\nexports.down = (db) => db.b(list);",
        "exports.up = (db) => db.a(require('./late').n);\nexports.down = (db) => db.b(require('./late').n);",
    ] {
        assert!(!is_shared("a.js", text, &files), "{text}");
    }
    let kept = "export namespace Kept { export let n = 0; export function more() { n += 1; return n } }\nexport const up = (db: any) => db.a(Kept.more())\nexport const down = (db: any) => db.b(Kept.more())";
    assert!(!is_shared("a.ts", kept, &[]));
}

/// Whatever one direction comes to, the other is what it would be by itself.
#[test]
fn what_does_not_end_well_is_not_shared() {
    for text in [
        "exports.up = async (db) => { throw new Error('no'); };\nexports.down = (db) => db.b();",
        "exports.up = (db) => db.a();\nexports.down = async (db) => { await db.b(); throw new Error('no'); };",
        "exports.up = (db) => db.a();\nexports.down = async (db) => { await db.b(); if (process.env.A) await db.c(); };",
        "exports.up = async (db) => { if (process.env.A) await db.a(); };\nexports.down = (db) => db.b();",
        "exports.up = async (db) => { await db.ask(); };\nexports.down = (db) => db.b();",
        "exports.up = (db) => db.a(missing);\nexports.down = (db) => db.b(missing);",
        "exports.up = (db) => db.a();\nexports.down = (db) => db.b(missing);",
        "exports.up = (db) => db.a(require('path').join('a', 'b'));\nexports.down = (db) => db.b();",
        "exports.up = (db) => db.a();\nexports.down = (db) => new Promise(() => {});",
        "const { a } = require('db');\na.b();\nrequire('db').call(1);\nexports.up = (db) => db.a();\nexports.down = (db) => db.b();",
    ] {
        assert!(!is_shared("a.js", text, &[]), "{text}");
    }
    let hostile =
        "exports.up = (db) => db.a(1);\nexports.down = async (db) => { try { for (;;) db.b(1); } catch (e) { } };";
    assert!(!is_shared("a.js", hostile, &[]));
}

/// A question about the state is asked again once that is known.
#[test]
fn a_down_that_asks_is_given_up() {
    assert!(is_shared("a.js", "exports.up = (db) => db.a();\nexports.down = async (db) => { await db.ask(); };", &[]));
}
