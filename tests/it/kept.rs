//! Scripts one after the other in one worker: plain ones share an engine, and each comes out as it would by itself.

use super::again::{SHIM, Tape};
use std::path::PathBuf;
use transmigrate::js::{self, End, Event, Module, Script, Shim, Worker};

type Said = (Vec<Event>, Option<End>);

fn run(worker: &mut Worker, shim: Shim, text: &str) -> Said {
    js::use_program(PathBuf::from(env!("CARGO_BIN_EXE_transmigrate")));
    let module = Module { id: 0, path: "a.js".into(), text: text.into() };
    let script = Script { shim, dialect: "postgres", module: &module, direction: "up", part: "" };
    let mut tape = Tape::default();
    let end = worker.run(script, &mut tape).ok();
    (tape.events, end)
}

/// Runs a script, and asserts that it comes out as in a worker of its own; how many scripts its engine had served.
fn served(worker: &mut Worker, shim: Shim, text: &str) -> u32 {
    let (events, end) = run(worker, shim, text);
    let (alone, alone_end) = run(&mut Worker::new(), shim, text);
    assert_eq!(events, alone, "{text}");
    let said = |end: &Option<End>| end.as_ref().map(|end| (end.unreached.clone(), end.failure.clone()));
    assert_eq!(said(&end), said(&alone_end), "{text}");
    assert_eq!(alone_end.map_or(0, |end| end.served), 0, "{text}");
    end.map_or(0, |end| end.served)
}

/// Runs a plain script until it finds an engine that has served others: what takes long by chance is run apart.
fn warm(worker: &mut Worker, shim: Shim, text: &str) {
    assert!((0..50).any(|_| served(worker, shim, text) > 1), "{text}");
}

/// Tells all that it can see of what others might have left, in a way that needs no guard.
const LOOK: &str = "const { a } = require('db');
exports.up = async (db) => {
  const names = []; for (const name in {}) names.push(name);
  for (const name in []) names.push(name);
  await db.a(names, `${{}}`, typeof left, typeof setTimeout, typeof console, 'x'.left, (1).left, [1].left, (() => 1).left);
  await db.b(a, [2, 1].map((x) => x + 1), [3].length, typeof Proxy, typeof require, typeof require.cache.left);
};";

#[test]
fn plain_scripts_share_an_engine() {
    let mut worker = Worker::new();
    warm(&mut worker, SHIM, LOOK);
    let other = Shim {
        main: "(function ($) { return { modules: {}, run: (exports) => exports.up($.object('other')) }; })",
        ..SHIM
    };
    assert_eq!(served(&mut worker, other, "exports.up = (db) => db.a();"), 0, "another shim");
    assert_eq!(served(&mut worker, SHIM, LOOK), 0);
}

/// What may leave something behind is run apart from the others, which see nothing of it.
#[test]
fn what_may_leave_something_has_an_engine_of_its_own() {
    for text in [
        "exports.up = (db) => { left = 1; return db.a(); };",
        "exports.up = (db) => { globalThis.left = 1; return db.a(); };",
        "(function () { this.left = 1; })(); exports.up = (db) => db.a();",
        "exports.up = (db) => { Array.prototype.left = 1; return db.a(); };",
        "exports.up = (db) => { [].map.left = 1; return db.a(); };",
        "Object.prototype.left = 1; exports.up = (db) => db.a();",
        "({}).__proto__.toString = () => 'left'; exports.up = (db) => db.a();",
        "String.prototype.left = 1; Number.prototype.left = 1; exports.up = (db) => db.a();",
        "Array.prototype.map = () => ['left']; exports.up = (db) => db.a();",
        "Array.prototype[Symbol.iterator] = function* () { yield 'left'; }; exports.up = (db) => db.a();",
        "Promise.prototype.then = function () {}; exports.up = (db) => db.a();",
        "console = 1; exports.up = (db) => db.a();",
        "setTimeout = 1; exports.up = (db) => db.a();",
        "require.cache.left = 1; exports.up = (db) => db.a();",
        "require('db').a.left = 1; exports.up = (db) => db.a();",
        "eval('var left = 1'); exports.up = (db) => db.a();",
        "new Function('left = 1')(); exports.up = (db) => db.a();",
        "with ({}) { left = 1 } exports.up = (db) => db.a();",
        "class A extends (function () { return Array.prototype; }) { left = 1 } new A(); exports.up = (db) => db.a();",
        "exports.up = (db) => { require('fs'); return db.a(); };",
        "exports.up = (db) => db.a(missing);",
        "exports.up = async (db) => { if (process.env.A) await db.a(); };",
        "exports.up = async (db) => { throw new Error('no'); };",
        "exports.up = (db) => new Promise(() => {});",
        "exports.up = (db) => { for (;;) ; };",
        "exports.up = (db) => { try { for (;;) db.a(1); } catch (e) { } };",
    ] {
        let mut worker = Worker::new();
        warm(&mut worker, SHIM, LOOK);
        assert_eq!(served(&mut worker, SHIM, text), 0, "{text}");
        served(&mut worker, SHIM, LOOK);
        served(&mut worker, SHIM, LOOK);
    }
}

/// What plain scripts do comes to its end with them.
#[test]
fn nothing_of_a_plain_script_is_left() {
    for text in [
        "exports.up = async (db) => { setTimeout(() => db.a('late'), 10); await db.a('soon'); };",
        "exports.up = async (db) => { const f = async () => { await db.a(1); await db.a(2); }; f(); await db.a(3); };",
        "exports.toString = () => 'left'; exports.valueOf = 1; exports.up = (db) => db.a();",
        "const left = 1; exports.up = (db) => db.a(left);",
        "exports.up = (db) => { var left = 1; return db.a(left); };",
        "exports.up = async (db) => { console.log('left'); await db.create({ left: 1 }); };",
        "exports.up = async (db) => { try { null.left; } catch (e) { await db.a('caught'); } };",
        "exports.up = async (db) => { try { ({}).toString.call(1).x.y; } catch (e) { await db.a('caught'); } };",
    ] {
        let mut worker = Worker::new();
        warm(&mut worker, SHIM, LOOK);
        warm(&mut worker, SHIM, text);
        served(&mut worker, SHIM, LOOK);
    }
}

/// Even what nobody looks through before it is run changes nothing for the next.
#[test]
fn the_seal_holds() {
    let shims = [
        ("globalThis.left = 1", "typeof globalThis.left"),
        ("globalThis.Map = 1", "typeof Map"),
        ("globalThis.setTimeout = 1", "typeof setTimeout"),
        ("Object.prototype.toString = () => 'left'", "`${{}}`"),
        ("Object.prototype.left = 1", "typeof {}.left"),
        ("Array.prototype.map = () => 'left'", "[1].map((x) => x)"),
        ("Array.prototype.map.left = 1", "typeof [].map.left"),
        ("Array.prototype.left = 1", "typeof [].left"),
        ("Object.getPrototypeOf([].values()).next = () => 1", "[...[1]]"),
        ("Object.getPrototypeOf(async function () {}).left = 1", "typeof (async () => 1).left"),
        (
            "Object.getPrototypeOf(Object.getPrototypeOf((function* () {})())).left = 1",
            "typeof (function* () {})().left",
        ),
        ("Promise.prototype.left = 1", "typeof Promise.prototype.left"),
        ("String.prototype.slice = () => 'left'", "'abc'.slice(1)"),
        ("RegExp.prototype.exec = () => null", "/a/.test('a')"),
        ("Math.left = 1", "typeof Math.left"),
        ("Reflect.left = 1", "typeof Reflect.left"),
    ];
    for (change, look) in shims {
        let main = format!(
            "(function ($, host) {{
  const run = (exports) => {{
    host.tell('look', [{look}]);
    if (exports.changes) (() => {{ 'use strict'; {change}; }})();
    return exports.up($.object('db'));
  }};
  return {{ modules: {{}}, run }};
}})"
        );
        let shim = Shim { main: Box::leak(main.into_boxed_str()), parts: &[] };
        let mut worker = Worker::new();
        warm(&mut worker, shim, "exports.up = (db) => db.a();");
        served(&mut worker, shim, "exports.changes = true; exports.up = (db) => db.a();");
        assert_eq!(served(&mut worker, shim, "exports.up = (db) => db.a();"), 0, "{change}");
    }
}

/// What takes long is run by itself, and comes out the same.
#[test]
fn what_takes_long_is_run_apart() {
    let mut worker = Worker::new();
    warm(&mut worker, SHIM, LOOK);
    let long = "exports.up = async (db) => { let text = ''; for (let n = 0; n < 3000000; n += 1) text = n % 7 + 'x'; await db.a(text); };";
    assert_eq!(served(&mut worker, SHIM, long), 0);
    assert_eq!(served(&mut worker, SHIM, LOOK), 0);
}
