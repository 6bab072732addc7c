//! Running scripts: what a script does is on its tape, what only a real run can know is carried as code, and nothing that
//! a script does harms anything but its own run.

use std::path::PathBuf;
use std::time::{Duration, Instant};
use transmigrate::js::{self, Answer, Call, End, Event, FailureKind, Found, Host, Module, Script, Shim, Value, Worker};

/// A shim of one object, `db`, of which every method is a call; `db.ask` is answered with `true`.
const SHIM: Shim = Shim {
    parts: &[],
    main: "(function ($, host) {
  const db = $.object('db', { asks: { ask: true }, special: { table: (name, build) => {
    const chain = $.start({ body: true, inner: {} }, 'table', [name, build]);
    host.tell('run', [chain]);
    return $.resolved();
  } }, given: (key) => (key === 'rows' ? $.resolved($.hole('rows')) : $.resolved()) });
  return { modules: { db: () => db }, run: (exports, direction) => exports[direction] && exports[direction](db) };
})",
};

#[derive(Default)]
struct Tape {
    events: Vec<Event>,
    restarts: usize,
    files: Vec<(String, String)>,
}

impl Host for Tape {
    fn import(&mut self, _: u32, specifier: &str) -> Found {
        let found = self.files.iter().enumerate().find(|(_, (name, _))| name == specifier);
        found.map_or(Found::Nothing, |(at, (name, text))| {
            Found::Module(Module { id: 10 + at as u32, path: format!("{name}.ts"), text: text.clone() })
        })
    }

    fn read(&mut self, _: &str) -> Option<String> {
        None
    }

    fn tell(&mut self, events: Vec<Event>) {
        self.events.extend(events);
    }

    fn ask(&mut self, _: &Call) -> Answer {
        Answer::Value(Value::Bool(true))
    }

    fn restart(&mut self) {
        self.events.clear();
        self.restarts += 1;
    }
}

fn run_as(path: &str, text: &str, files: &[(&str, &str)]) -> (Tape, Result<End, js::Broken>) {
    js::use_program(PathBuf::from(env!("CARGO_BIN_EXE_transmigrate")));
    let files = files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let mut tape = Tape { files, ..Tape::default() };
    let module = Module { id: 1, path: path.into(), text: text.into() };
    let script = Script { shim: SHIM, dialect: "postgres", module: &module, direction: "up", part: "" };
    let end = Worker::new().run(script, &mut tape);
    (tape, end)
}

fn run(text: &str) -> (Tape, Result<End, js::Broken>) {
    run_as("a.js", text, &[])
}

/// The tape in short: names of calls with their first argument, `code(…)` for what is carried.
fn short(tape: &Tape, text: &str) -> Vec<String> {
    let value = |value: Option<&Value>| match value {
        Some(Value::Text(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(other) => format!("{other:?}"),
        None => String::new(),
    };
    let words = |event: &Event| match event {
        Event::Call(call) => format!("{}({})", call.name, value(call.args.first())),
        Event::Code { at, .. } => format!("code: {}", &text[at.start as usize..at.end as usize]),
        Event::Begin { at, .. } => format!("by rows: {}", &text[at.start as usize..at.end as usize]),
        Event::End { .. } => "end".to_owned(),
    };
    tape.events.iter().map(words).collect()
}

fn tape_of(text: &str) -> Vec<String> {
    let (tape, end) = run(text);
    assert_eq!(end.as_ref().map(|end| end.failure.clone()), Ok(None), "{text}");
    short(&tape, text)
}

#[test]
fn calls_are_on_the_tape_in_order() {
    let text = "exports.up = async (db) => { for (const n of ['a', 'b']) { await db.make(n); } if (await db.ask()) await db.drop(`x${1 + 1}`); };";
    assert_eq!(tape_of(text), ["db.make(a)", "db.make(b)", "db.drop(x2)"]);
}

#[test]
fn typescript_modules_are_run() {
    let text = "import * as other from 'db';\nimport type { Db } from 'db';\nimport names from './names';\nexport enum Kind { A = 'a' }\nexport async function up(db: Db): Promise<void> {\n  await (db as any).make(Kind.A satisfies string);\n  for (const name of names!) await other.make(name);\n}\n";
    let files = [("./names", "const names: string[] = ['x', 'y'];\nexport default names;\n")];
    let (tape, end) = run_as("a.ts", text, &files);
    assert_eq!(end.map(|end| end.failure), Ok(None));
    assert_eq!(short(&tape, text), ["db.make(a)", "db.make(x)", "db.make(y)"]);
}

#[test]
fn a_module_may_declare_what_commonjs_gives() {
    let text = "import { dirname } from 'path'\nconst __dirname = dirname('/a/b')\nconst require = 1\nexport const down = () => ({})\nexport function up(db) { return db.make(__dirname) }";
    let (tape, end) = run_as("a.mjs", text, &[]);
    assert_eq!(end.map(|end| end.failure), Ok(None));
    assert_eq!(short(&tape, text), ["db.make(/a)"]);
}

#[test]
fn an_async_function_that_waits_for_nothing_is_read() {
    let text = "exports.up = async (db) => { await db.table('t', async (t) => { t.text('a'); }); };";
    assert_eq!(tape_of(text).len(), 1);
}

#[test]
fn a_global_that_is_not_there_is_what_only_a_real_run_can_know() {
    let text = "const is = { my: APP.config.db.type === 'mysql' || APP.config.db.type === 'mariadb', pg: APP.config.db.type === 'postgres' };\nexports.up = async (db) => {\n  await db.make(is.my ? 'm' : is.pg ? 'p' : 'q');\n  if (APP.config.cloud) await db.make('c');\n  if (process.env.db.type === 'mysql') await db.make('d');\n};";
    let tape = tape_of(text);
    assert_eq!(tape[0], "db.make(p)");
    assert_eq!(tape[1..4], ["by rows: if (APP.config.cloud) await db.make('c');", "db.make(c)", "end"]);
    assert_eq!(tape.len(), 7);
}

#[test]
fn a_switch_on_the_kind_of_database_goes_the_way_of_the_one_that_is_asked_for() {
    let text = "const of = (type) => {\n  switch (type) {\n    case 'mysql': case 'mariadb': return 'm';\n    case 'postgres': return 'p';\n    default: return 'q';\n  }\n};\nexports.up = async (db) => {\n  await db.make(of(APP.config.db.type));\n  await db.make(of('sqlite'));\n  switch (APP.config.db.type) { case 'mssql': await db.make('s'); break; default: await db.make('d'); }\n  switch (APP.config.db.type) { case 'other': await db.make('o'); }\n  switch (process.env.db.type) { case 'mysql': await db.make('e'); }\n};";
    let tape = tape_of(text);
    assert_eq!(tape[..3], ["db.make(p)", "db.make(q)", "db.make(d)"]);
    assert_eq!(tape[3..].iter().filter(|call| call.starts_with("code: switch")).count(), 2);
}

#[test]
fn what_a_module_cannot_do_is_left_out_and_the_rest_is_known() {
    let text = "import { A, B, C, D } from './all';\nimport { late } from './circle';\nexport const up = async (db) => {\n  await db.make(A);\n  await db.make(B);\n  await db.make(C);\n  await db.make(D);\n  await db.make(late());\n};";
    let files = [
        ("./all", "export * from './a';\nexport * from './b';\nexport const D = 'd';\n"),
        ("./a", "export const A = 'a';\nexport const B = process.env.X === 'x' ? 'b' : undefined;\n"),
        ("./b", "export const C = ;"),
        ("./circle", "import { back } from './back';\nexport const name = 'n';\nexport const late = () => back;\n"),
        ("./back", "import { name } from './circle';\nexport const back = name;\n"),
    ];
    let (tape, end) = run_as("a.ts", text, &files);
    assert_eq!(end.map(|end| end.failure), Ok(None));
    let calls = short(&tape, text);
    assert_eq!([calls[0].as_str(), calls[3].as_str()], ["db.make(a)", "db.make(d)"]);
    for unknown in [&calls[1], &calls[2], &calls[4]] {
        assert!(unknown.starts_with("db.make(Hole"), "{unknown}");
    }
}

#[test]
fn what_depends_on_rows_is_not_known_afterwards() {
    let text = "exports.up = async (db) => {\n  await db.first(1);\n  const rows = await db.rows();\n  const ids = [];\n  for (const row of rows) { ids.push(row.id); }\n  await db.last(ids);\n};";
    let tape = tape_of(text);
    assert_eq!(tape[0], "db.first(1)");
    assert_eq!(tape[2..4], ["by rows: for (const row of rows) { ids.push(row.id); }", "end"]);
    assert!(tape[4].starts_with("db.last(Hole"), "what the loop may have changed is not known: {}", tape[4]);
}

/// How a hole is shown on the tape.
fn hole(source: &str) -> String {
    format!("Hole(Hole {{ source: \"{source}\" }})")
}

#[test]
fn a_loop_over_rows_is_followed_for_one_of_them() {
    let up = |body: &str| format!("exports.up = async (db) => {{ const rows = await db.rows(); {body} }};");
    let followed = [
        ("for (const row of rows) { await db.set(row.id); }", "db.set", "row.id"),
        ("for (const { id } of rows) await db.set(id);", "db.set", "id"),
        ("await Promise.all(rows.map(async (row) => { await db.set(row.id); }));", "db.set", "row.id"),
        ("rows.forEach(async (user) => { await db.set(user.id) })", "db.set", "user.id"),
        ("for (let i = 0; i < rows.length; i++) { const row = rows[i]; await db.set(i); }", "db.set", "i"),
        ("let n = 0; for (const row of rows) { n += 1; await db.set(n); }", "db.set", "n + 1"),
        ("let n = 0; for (const row of rows) { await db.set(n++); }", "db.set", "n + 1 - 1"),
        ("for (const row of rows) await db.set(row.a ? 'x' : 'y');", "db.set", "row.a ? 'x' : 'y'"),
        (
            "await rows.reduce((before, row) => before.then(() => db.set(row.id)), Promise.resolve());",
            "db.set",
            "row.id",
        ),
        ("await require('bluebird').map(rows, (row) => db.set(row.id));", "db.set", "row.id"),
        ("let n = 0; rows.forEach((row) => { n += 1; db.set(n); });", "db.set", "n + 1"),
        ("let n = 0; await Promise.all(rows.map(async ({ id }) => { n++; await db.set(n); }));", "db.set", "n + 1"),
        ("return Promise.all(rows.map((row) => db.set(row.id)));", "db.set", "row.id"),
    ];
    for (body, name, source) in followed {
        let tape = tape_of(&up(body));
        let statement = tape.iter().position(|line| line.starts_with("by rows: "));
        let said = statement.and_then(|at| tape.get(at + 1));
        assert_eq!(said, Some(&format!("{name}({})", hole(source))), "{body}: {tape:#?}");
        assert_eq!(tape.last().map(String::as_str), Some("end"), "{body}: {tape:#?}");
    }
    let collected = tape_of(&up("const ids = []; for (const row of rows) ids.push(row.id); await db.last(ids);"));
    assert_eq!(collected.last(), Some(&format!("db.last({})", hole("ids"))));
    let inside = tape_of(&up(
        "for (const row of rows) { const all = []; for (const a of row.a) all.push(a); await db.set(all); }",
    ));
    assert_eq!(inside[inside.len() - 2], format!("db.set({})", hole("all")));
    let left = [
        "for (const row of rows) await helper(db, row);",
        "for (const row of rows) await row.save();",
        "await Promise.all(rows.map((row) => row.save()));",
        "await Promise.all(rows.map(async (row) => { throw new Error('x'); }));",
        "[...rows].forEach((row) => db.set(row.id));",
        "const add = (row) => { this.n = 1; }; for (const row of rows) { add(row); this.set(row.id); }",
    ];
    for body in left {
        let tape = tape_of(&up(&format!("const helper = require('helper'); {body}")));
        assert!(tape.iter().any(|line| line.starts_with("code: ")), "{body}: {tape:#?}");
        assert!(!tape.iter().any(|line| line.starts_with("by rows: ")), "{body}: {tape:#?}");
    }
}

#[test]
fn what_only_a_real_run_knows_leaves_a_trace_where_it_is_called_for_what_it_does() {
    let up = |body: &str| format!("const User = require('models'); exports.up = async (db) => {{ {body} }};");
    let carried = [
        "await User.change({ a: 1 });",
        "User.change();",
        "const made = await User.create({ a: 1 });",
        "const [made] = await Promise.all([User.query().patch({ a: 1 }).where('id', 1)]);",
        "process.env.X && db.make('t');",
        "process.env.X && await User.change();",
        "await db.make('t').then(() => User.change());",
        "Promise.all([User.change()]);",
        "await Promise.all(['a'].map((x) => User.change(x)));",
        "['a'].forEach((x) => User.change(x));",
        "await new Promise((done) => done(User.change()));",
        "await ['a'].reduce((before, x) => before.then(() => User.change(x)), Promise.resolve());",
        "let made; made = User.change(); await made;",
        "const change = async () => User.change(); await change();",
        "await User.add('x');",
        "const made = await User.change(); console.log(made);",
        "const made = await User.change(); require('log').info('x', { made });",
        "const { rows } = await User.query('drop table x'); console.log(rows.length);",
        "const { execSync } = require('child_process'); const out = execSync('x').toString(); console.log(out);",
        "await redis.set('a', 1);",
        "setTimeout(() => User.change(), 10);",
        "const rows = await db.rows(); for (const row of rows) { const made = await User.change(row); await db.make(row); }",
        "const x = User.x || db.make('t');",
        "if (process.env.X || (User.x && User.y)) await db.make('t'); return User.destroy();",
    ];
    for body in carried {
        let tape = tape_of(&up(body));
        let is_there = |line: &String| line.starts_with("code: ") || line.starts_with("by rows: ");
        assert!(tape.last().is_some_and(|last| is_there(last) || last == "end"), "{body}: {tape:#?}");
        assert!(tape.iter().any(is_there), "{body}: {tape:#?}");
    }
    let plain = [
        "const all = await User.findAll(); const log = require('log'); log.info('x', all.length);",
        "const ids = []; ids.push(User.id); console.log(require('chalk').red('x'));",
        "const x = process.env.X || 'a'; const y = User.x && User.y;",
    ];
    for body in plain {
        assert_eq!(tape_of(&up(body)), Vec::<String>::new(), "{body}");
    }
}

#[test]
fn both_ways_of_a_condition_are_followed() {
    let up = |body: &str| format!("exports.up = async (db) => {{ const rows = await db.rows(); {body} }};");
    let said = |body: &str| {
        let tape = tape_of(&up(body));
        let begins = tape.iter().rposition(|line| line.starts_with("by rows: "));
        let begins = begins.unwrap_or_else(|| panic!("{body}: {tape:#?}"));
        assert_eq!(tape.last().map(String::as_str), Some("end"), "{body}: {tape:#?}");
        tape[begins + 1..tape.len() - 1].join(" ")
    };
    let name = |source: &str| format!("db.set({})", hole(source));
    assert_eq!(said("for (const row of rows) { if (row.a) await db.set(row.id); }"), name("row.id"));
    assert_eq!(said("if (rows.length) await db.a(1); else await db.b(2);"), "db.a(1) db.b(2)");
    assert_eq!(said("if (rows.length) await db.a(1); else if (rows.b) await db.b(2);"), "db.a(1) db.b(2)");
    assert_eq!(said("for (const row of rows) { if (!row.a) continue; await db.a(1); }"), "db.a(1)");
    assert_eq!(
        said("for (const row of rows) { if (!row.a) { await db.b(2); break; } await db.a(1); }"),
        "db.b(2) db.a(1)"
    );
    assert_eq!(said("if (!rows.length) { throw new Error('none'); }"), "");
    assert_eq!(said("if (!rows.length) return db.a(1); await db.b(2);"), "db.a(1) db.b(2)");
    assert_eq!(said("if (rows.a) { if (rows.b) return; await db.a(1); } await db.b(2);"), "db.a(1) db.b(2)");
    assert_eq!(said("let a = 1; if (rows.a) a = 2; if (rows.b) await db.set(a);"), name("a"));
    assert_eq!(said("await Promise.all([rows.length ? db.a(1) : null, rows.b && db.b(2)]);"), "db.a(1) db.b(2)");
    assert_eq!(
        said("for (const row of rows) { const a = row.a ? await db.a(1) : 'x'; await db.set(a); }"),
        format!("db.a(1) {}", name("row.a ? await db.a(1) : 'x'"))
    );
    assert_eq!(said("do { await db.a(1); } while ((await db.rows()).length);"), "db.a(1) db.rows()");
    assert_eq!(said("for (const key in rows) await db.set(key);"), name("key"));
    let left = [
        "if (rows.length) { for (const n of [1, 2]) { if (rows.a) continue; await db.a(n); } await require('helper')(db); }",
        "const q = db.table('t'); if (rows.length) q.text('a'); await q;",
        "await db.table('t', (t) => { if (rows.length) t.text('a'); });",
        "const f = (row) => { if (row.a) return 'a'; return 'b'; }; for (const row of rows) await db.set(f(row));",
        "for (const row of rows) { switch (row.a) { case 1: await db.a(1); } }",
    ];
    for body in left {
        let tape = tape_of(&up(body));
        assert!(tape.iter().any(|line| line.starts_with("code: ")), "{body}: {tape:#?}");
    }
}

/// What a statement changes that goes by rows is not known behind it, under whatever name: the last call is given something
/// that only a real run knows, or is carried.
#[test]
fn what_is_changed_is_not_known_under_any_name() {
    let changed = [
        ("const o = { n: 'x' }; const p = o; for (const r of rows) p.n = 'y';", "o.n"),
        ("const o = { n: 'x' }; for (const r of rows) { const p = o; p.n = 'y'; }", "o.n"),
        ("const a = ['x'], b = ['y']; for (const r of rows) { const c = r.a ? a : b; c.push('z'); }", "a.length"),
        ("const all = { a: ['x'] }; const { a } = all; for (const r of rows) a.push('z');", "all.a.length"),
        ("const by = new Map([['k', ['x']]]); for (const r of rows) by.get('k').push('z');", "by.get('k').length"),
        ("const a = ['x']; const by = {}; by.k = a; for (const r of rows) by.k.push('z');", "a.length"),
        ("const list = [{ n: 'x' }]; for (const r of rows) { for (const e of list) e.n = 'y'; }", "list[0].n"),
        ("const list = [{ n: 'x' }]; for (const r of rows) list.forEach((e) => { e.n = 'y'; });", "list[0].n"),
        (
            "const a = ['x'], b = []; const pick = (c) => (c ? a : b); for (const r of rows) pick(r.a).pop();",
            "a.length",
        ),
        ("const a = ['x']; const add = (to) => to.push('z'); for (const r of rows) add(a);", "a.length"),
        ("const a = ['x']; const add = (to) => { for (const r of rows) to.push('z'); }; add(a);", "a.length"),
        ("let n = 'x'; const set = (v = (n = 'y')) => v; for (const r of rows) if (r.a) set();", "n"),
        ("let n = 'x'; const sets = [() => { n = 'y'; }]; for (const r of rows) sets[0]();", "n"),
        ("let n = 'x'; const hooks = []; hooks.push(() => { n = 'y'; }); for (const r of rows) hooks[0]();", "n"),
        ("let n = 'x'; const make = () => () => { n = 'y'; }; const set = make(); for (const r of rows) set();", "n"),
        (
            "const make = () => { let c = 0; return { add() { c++; }, get() { return c; } }; }; const k = make(); for (const r of rows) k.add();",
            "k.get()",
        ),
        (
            "class C { #c = 0; add() { this.#c++; } get c() { return this.#c; } } const k = new C(); for (const r of rows) k.add();",
            "k.c",
        ),
        ("const o = { n: 'x', set(v) { this.n = v; } }; for (const r of rows) o.set('y');", "o.n"),
        ("const o = { n: 'x', set m(v) { this.n = v; } }; for (const r of rows) o.m = 'y';", "o.n"),
        ("const o = { n: 'x' }; for (const r of rows) Object.assign(o, { n: 'y' });", "o.n"),
        ("const o = { n: 'x' }; for (const r of rows) require('x').fill(o);", "o.n"),
        ("if (rows.length) { var n = 'y'; require('x')(); }", "n || 'x'"),
        ("if (rows.length) { var n = 'y'; }", "n || 'x'"),
        (
            "const kept = ['x']; const count = () => kept.length; const same = kept; for (const r of rows) same.pop();",
            "count()",
        ),
        (
            "const count = (of) => () => of.length; const a = ['x']; const c = count(a); for (const r of rows) a.pop();",
            "c()",
        ),
        ("for (const r of rows) later();", "last"),
        ("const ctx = { db, n: 0 }; for (const r of rows) ctx.n++;", "ctx.n"),
        ("const ctx = { rows, n: 0 }; if (rows.length) ctx.n = 1;", "ctx.n"),
        ("class C { static n = 0; static add() { C.n++; } } for (const r of rows) C.add();", "C.n"),
        ("class C { static n = 0; static add() { this.n++; } } for (const r of rows) C.add();", "C.n"),
        ("function add() { add.n = 1; } for (const r of rows) add();", "add.n || 'x'"),
        (
            "const make = () => { let c = 0; return { add() { c++; }, get() { return c; } }; }; const { add, get } = make(); for (const r of rows) add();",
            "get()",
        ),
        (
            "const make = () => { let c = 0; return () => c++; }; const next = make(); for (const r of rows) next();",
            "next()",
        ),
        ("const kid = { up: { n: 'x' } }; const up = kid.up; for (const r of rows) kid.up.n = 'y';", "up.n"),
        ("const d = new Date(0); for (const r of rows) d.setDate(2);", "d.getDate()"),
        ("let d = new Date(0); for (const r of rows) d = new Date(9e9);", "d.getTime()"),
        ("const a = ['x']; const push = a.push.bind(a); for (const r of rows) push('y');", "a.length"),
        (
            "const list = [{ n: 'x' }]; function touch(e) { e.n = 'y'; } for (const r of rows) list.forEach(touch);",
            "list[0].n",
        ),
        ("const o = { size: ['x'] }; for (const r of rows) o.size.push('y');", "o.size.length"),
        (
            "const hooks = [], same = hooks; let n = 'x'; same.push(() => { n = 'y'; }); for (const r of rows) hooks[0]();",
            "n",
        ),
        (
            "const api = {}; let n = 'x'; Object.assign(api, { set() { n = 'y'; } }); const { set } = api; for (const r of rows) set();",
            "n",
        ),
        (
            "class B { constructor() { made.push(1); } } class C extends B {} const made = []; for (const r of rows) new C();",
            "made.length",
        ),
        ("for (const r of rows) this.n = 'y';", "this.n"),
        ("const self = this; for (const r of rows) self.n = 'y';", "this.n"),
    ];
    for (body, value) in changed {
        // It is followed, or, where something is done with it of which nothing is known, carried.
        let carried = body.replace("for (const r of rows)", "for (const r of rows) if (require('x')(db))");
        for body in [body.to_owned(), carried] {
            let text = format!(
                "exports.up = async function (db) {{ this.n = 'x'; const rows = await db.rows(); {body} await db.last({value}); }}; const later = () => {{ last = 'y'; }}; let last = 'x';"
            );
            let tape = tape_of(&text);
            let last = tape.last().map(String::as_str).unwrap_or_default();
            assert!(last.starts_with("db.last(Hole") || last.starts_with("code: "), "{text}: {tape:#?}");
        }
    }
    let kept = [
        "let n = 'x'; for (const r of rows) { let n = 'y'; n = 'z'; }",
        "const n = 'x'; const names = []; for (const r of rows) names.push(n);",
        "const n = ['w', 'x', 'y'].filter((a) => a > 'w' && !['y'].includes(a))[0]; for (const r of rows) await db.set(r.id);",
        "const n = await Promise.reject(0).catch(() => db.set('a') && 'x'); for (const r of rows) await db.set(r.id);",
        "const n = 'x'; const add = async (to) => { const n = []; n.push(to); }; for (const r of rows) await add(r);",
    ];
    for body in kept {
        let tape = tape_of(&format!(
            "exports.up = async (db) => {{ const rows = await db.rows(); {body} await db.last(n); }};"
        ));
        assert_eq!(tape.last().map(String::as_str), Some("db.last(x)"), "{body}: {tape:#?}");
    }
}

/// What goes on at the same time as a statement that goes by rows is no part of it, and is not lost.
#[test]
fn what_goes_on_at_the_same_time_is_not_lost() {
    let work = "const work = async () => { const rows = await db.rows(); for (const r of rows) { await db.set(1); } };";
    for (body, calls) in [
        (
            "await Promise.all(['a', 'b'].map(async (t) => { const rows = await db.rows(); for (const r of rows) await db.set(1); await db.make(t); await db.last(t); }));",
            vec!["db.make(a)", "db.make(b)", "db.last(a)", "db.last(b)"],
        ),
        ("const p = work(); await db.make('a'); await db.last('b'); await p;", vec!["db.make(a)", "db.last(b)"]),
        ("work(); await db.make('a'); await db.last('b');", vec!["db.make(a)", "db.last(b)"]),
        (
            "const go = async () => { await db.make('a'); await db.last('b'); }; await Promise.all([work(), go()]);",
            vec!["db.make(a)", "db.last(b)"],
        ),
    ] {
        let tape = tape_of(&format!("exports.up = async (db) => {{ {work} {body} }};"));
        let mut inside = false;
        let mut outside = Vec::new();
        for line in &tape {
            inside = line.starts_with("by rows: ") || inside && line != "end";
            if !inside {
                outside.push(line.as_str());
            }
        }
        assert!(calls.iter().all(|call| outside.contains(call)), "{body}: {tape:#?}");
    }
}

#[test]
fn what_may_end_the_function_takes_all_that_follows_with_it() {
    let text = "exports.up = async (db) => {\n  await db.first(1);\n  const rows = await db.rows();\n  if (!rows.length) return;\n  await db.last(2);\n};";
    let rest = "if (!rows.length) return;\n  await db.last(2);";
    assert_eq!(tape_of(text)[2..], [format!("by rows: {rest}"), "db.last(2)".to_owned(), "end".to_owned()]);
    let left = text.replace("db.last", "require('helper')");
    assert_eq!(tape_of(&left)[2..], [format!("code: {}", rest.replace("db.last", "require('helper')"))]);
}

#[test]
fn a_hole_in_a_builder_carries_the_whole_call() {
    let text = "exports.up = async (db) => {\n  await db.table('t', (t) => { t.text('a'); if (process.env.X) t.text('b'); });\n  await db.last(2);\n};";
    let tape = tape_of(text);
    assert!(tape[0].starts_with("code: await db.table"), "{tape:?}");
    assert_eq!(tape[1..], ["db.last(2)"]);
}

#[test]
fn values_only_a_real_run_has_may_travel() {
    let text = "const hash = require('bcrypt');\nexports.up = async (db) => { await db.row({ at: new Date(), word: hash.sync('x', 12), id: `u-${Math.random()}` }); };";
    let (tape, _) = run(text);
    let Some(Event::Call(call)) = tape.events.first() else { panic!("{:?}", tape.events) };
    let sources =
        ["at", "word", "id"].map(|key| call.args[0].get(key).and_then(Value::hole).map(|hole| hole.source.clone()));
    assert_eq!(
        sources,
        ["new Date()", "require(\"bcrypt\").sync(\"x\", 12)", "Math.random()"].map(|source| Some(source.to_owned()))
    );
}

/// Scripts that mean harm, or are broken: each ends soon, with a reason, and the worker is good for the next one.
#[test]
fn a_function_that_only_works_out_a_value_is_left_unrun() {
    let text = "exports.up = async (db) => {
  const ids = (await db.rows()).filter(({ a }) => a !== 3).map((row) => row.id);
  await db.one(ids);
  await db.two((await db.rows()).map((row) => [1].map(db.three)));
};";
    let calls = tape_of(text);
    assert_eq!(calls.len(), 7, "{calls:?}");
    assert!(calls[1].starts_with("db.one(Hole"), "{calls:?}");
    assert!(calls[2].starts_with("by rows: await db.two"), "{calls:?}");
    assert_eq!(calls[4], "db.three(1)");
}

#[test]
fn what_rests_on_a_value_that_is_not_known_is_never_answered() {
    let conditions = [
        "Boolean(x)",
        "`a_${x}`.includes('prod')",
        "`a_${x}`.startsWith('b')",
        "`a_${x}`.split(',').length > 1",
        "['a'].includes(x)",
        "[x].includes('a')",
        "[x].indexOf('a') === -1",
        "[{ on: x }].filter((e) => e.on).length",
        "[1].filter(() => x).length",
        "['a'].some((e) => e === x)",
        "['a'].every((e) => e === x)",
        "['a'].find((e) => e === x) === undefined",
        "[x].filter(Boolean).length",
        "[].concat(x).length",
        "[x].flat().length",
        "[1].flatMap(() => x).length === 1",
        "new Set([x]).has('a')",
        "new Set(['a']).has(x)",
        "new Set(x).size",
        "new Map([['a', 1]]).get(x) === undefined",
        "/prod/.test(x)",
        "Object.keys(x).length",
        "Number(`1${x}`) > 3",
        "Math.max(1, x) > 3",
        "isFinite(x)",
        "Date.parse(x) > 3",
        "JSON.stringify(x) === '1'",
    ];
    for condition in conditions {
        let text = format!(
            "exports.up = async (db) => {{\n  const x = process.env.X;\n  if ({condition}) await db.one(1);\n}};"
        );
        let calls = tape_of(&text);
        let unknown = ["by rows: if (", "code: if ("].iter().any(|start| calls[0].starts_with(start));
        assert!(unknown, "{condition}: {calls:?}");
    }
}

#[test]
fn hostile_scripts_end_with_a_reason() {
    let up = |body: &str| format!("exports.up = async (db) => {{ await db.first(1); {body} }};");
    let hostile = [
        up("while (true) {}"),
        up("for (;;) await 1;"),
        up("const f = () => f() + 1; f();"),
        up("let s = 'x'; while (true) s += s;"),
        up("const a = []; while (true) a.push(new Array(1e6).fill(1));"),
        up("/^(a+)+$/.test('a'.repeat(50) + 'b');"),
        up("const p = () => Promise.resolve().then(p); await p();"),
        up("for (;;) db.more('x');"),
        up("await new Promise(() => {});"),
        up(
            "Object.prototype.then = 1; Array.prototype.push = () => { throw 1; }; Promise.prototype.then = () => {}; await db.second(2);",
        ),
        up(
            "globalThis.Reflect = undefined; Object.defineProperty(Array.prototype, 0, { set() { throw new Error('no'); } }); await db.second([2]);",
        ),
        up("throw { toString() { while (true) {} } };"),
        up("const o = {}; o.o = o; await db.second(o);"),
        up("await db.second(new Proxy({}, { ownKeys() { while (true) {} } }));"),
        up("let c = db; for (let i = 0; i < 1e5; i++) c = [c, c]; await db.second(c);"),
        "exports.up = (".to_owned(),
        format!("exports.up = () => {}1{};", "(".repeat(20_000), ")".repeat(20_000)),
        "while (true) {}".to_owned(),
        "throw new Error('no');".to_owned(),
        "\u{0}\u{1}".to_owned(),
        String::new(),
    ];
    js::use_program(PathBuf::from(env!("CARGO_BIN_EXE_transmigrate")));
    let mut worker = Worker::new();
    for text in &hostile {
        let began = Instant::now();
        let mut tape = Tape::default();
        let module = Module { id: 1, path: "a.js".into(), text: text.clone() };
        let script = Script { shim: SHIM, dialect: "postgres", module: &module, direction: "up", part: "" };
        let end = worker.run(script, &mut tape);
        let shown: String = text.chars().take(120).collect();
        assert!(began.elapsed() < Duration::from_secs(20), "{shown} took {:?}", began.elapsed());
        eprintln!(
            "{:>6} ms {:?} {} events | {shown}",
            began.elapsed().as_millis(),
            end.as_ref().map(|e| e.failure.as_ref().map(|f| (f.kind, f.message.clone()))),
            tape.events.len()
        );
        // The worker is as good as new, whatever happened.
        let mut tape = Tape::default();
        let text = "exports.up = async (db) => db.make('a');".to_owned();
        let module = Module { id: 2, path: "b.js".into(), text };
        let script = Script { shim: SHIM, dialect: "postgres", module: &module, direction: "up", part: "" };
        let end = worker.run(script, &mut tape);
        assert_eq!(end.map(|end| end.failure), Ok(None), "after {shown}");
        assert_eq!(tape.events.len(), 1, "after {shown}");
    }
}

#[test]
fn a_script_that_does_not_end_is_stopped() {
    let (_, end) = run("exports.up = async () => { while (true) {} };");
    assert_eq!(end.ok().and_then(|end| end.failure).map(|failure| failure.kind), Some(FailureKind::Limit));
}
