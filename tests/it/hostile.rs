//! Scripts that mean harm, in the middle of a history, run by the program as users run it: each ends in a finding, the
//! rest of the history is read, no process stays behind, and nothing outside of the project is read.

use crate::program::{Project, Run};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What stands in files outside of the project, and must never be seen.
const CANARY: &str = "canary-5f1c";

/// The longest that a history with one hostile script may take, on a machine that has more to do than this.
const LONGEST: Duration = Duration::from_secs(60);

const SETTINGS: &str = "module.exports = { client: 'pg' };";

fn table(name: &str) -> String {
    format!(
        "exports.up = (knex) => knex.schema.createTable('{name}', (t) => {{ t.increments('id'); }});\n\
         exports.down = (knex) => knex.schema.dropTable('{name}');\n"
    )
}

/// A history of three migrations in a project inside of a folder that holds a canary; the second is the script.
fn history(script: impl AsRef<[u8]>) -> Project {
    let project = Project::empty();
    project.put("canary.js", format!("const name = '{CANARY}';\nexports.name = name;\n// import x from '{CANARY}';\n"));
    project.put("canary.json", format!("{{ \"name\": \"{CANARY}\" }}"));
    project.put("canary.txt", CANARY);
    project.put("project/package.json", "{}");
    project.put("project/knexfile.js", SETTINGS);
    project.put("project/migrations/1_first.js", table("first"));
    project.put("project/migrations/2_hostile.js", script);
    project.put("project/migrations/3_last.js", table("last"));
    project
}

/// A script whose up has this body.
fn up(body: &str) -> String {
    format!("exports.up = async (knex) => {{\n  {body}\n}};\nexports.down = async () => {{}};\n")
}

/// Reads the history and asserts what holds whatever a script does; gives the findings' codes for the second migration.
#[track_caller]
fn read(project: &Project, shown: &str) -> (Run, Vec<String>) {
    let shown: String = shown.chars().take(160).collect();
    let run = crate::program::run_in(&project.path("project"), &["show", "--format", "json"]);
    assert!(run.code == 0 || run.code == 1, "{shown}\nexit {}\n{}", run.code, run.stderr);
    assert!(run.took < LONGEST, "{shown}\ntook {:?}", run.took);
    let document = run.json();
    let migrations = document["migrations"].as_array().cloned().unwrap_or_default();
    assert_eq!(migrations.len(), 3, "{shown}\n{}", document["findings"]);
    for (at, name) in [(0, "first"), (2, "last")] {
        let step = &migrations[at]["up"]["steps"][0];
        let made = (&step["op"], &step["table"]["name"]["name"]);
        assert_eq!(made, (&"create_table".into(), &name.into()), "{shown}\n{}", document["findings"]);
    }
    for text in [&run.stdout, &run.stderr] {
        assert!(!text.contains(CANARY) && !text.contains("root:x:0"), "{shown}\nwhat is outside is shown:\n{text}");
    }
    let findings = document["findings"].as_array().cloned().unwrap_or_default();
    let of_it = |finding: &&serde_json::Value| finding["file"].as_str().is_some_and(|file| file.contains("2_hostile"));
    let codes = findings.iter().filter(of_it).filter_map(|finding| finding["code"].as_str().map(str::to_owned));
    (run, codes.collect())
}

/// Reads a history with each script, and expects one of the findings.
#[track_caller]
fn found(scripts: &[String], codes: &[&str]) {
    let mut wrong = Vec::new();
    for script in scripts {
        let began = Instant::now();
        let (run, of_it) = read(&history(script), script);
        let shown: String = script.chars().take(160).collect();
        eprintln!("{:>6} ms {of_it:?} {}", began.elapsed().as_millis(), shown.replace('\n', " "));
        if !of_it.iter().any(|code| codes.contains(&code.as_str())) {
            wrong.push(format!("{shown}\n{of_it:?}\n{}", run.json()["findings"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// A script whose file is taken as it is when it is not run to its end.
const STOPPED: [&str; 1] = ["R032"];
/// A statement of it is carried, or all of it.
const CARRIED: [&str; 3] = ["R030", "R032", "R033"];

#[test]
fn endless_loops() {
    found(&[up("while (true) {}")], &STOPPED);
    found(&[up("for (;;) await 1;")], &STOPPED);
}

#[test]
fn endless_promises() {
    found(&[up("const p = () => Promise.resolve().then(p); await p();")], &STOPPED);
    found(
        &[up(
            "const f = () => { Promise.resolve().then(f); Promise.resolve().then(f); }; f(); await new Promise(() => {});",
        )],
        &STOPPED,
    );
    found(&[up("await new Promise(() => {});")], &STOPPED);
    found(&[up("await { then() {} };"), up("await new Promise((done) => setInterval(done, 1e9));")], &CARRIED);
}

#[test]
fn endless_calls() {
    found(&[up("for (;;) await knex.raw('select 1');")], &STOPPED);
    found(&[up("await knex.schema.createTable('t', (t) => { for (;;) t.text('a'); });")], &STOPPED);
}

#[test]
fn endless_work_in_the_engine_itself() {
    found(&[up("/^(a+)+$/.test('a'.repeat(50) + 'b');")], &STOPPED);
    found(&[up("Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);")], &STOPPED);
}

#[test]
fn endless_answers() {
    found(&[up("await knex('t').insert({ get a() { while (true) {} } });")], &STOPPED);
    found(&[up("throw { toString() { while (true) {} } };")], &CARRIED);
    found(&[up("await knex('t').insert(new Proxy({}, { ownKeys() { while (true) {} } }));")], &CARRIED);
}

#[test]
fn a_loop_that_waits_for_timers() {
    found(
        &[up(
            "const tick = () => setTimeout(tick, 1); tick(); for (;;) await new Promise((done) => setTimeout(done, 100));",
        )],
        &STOPPED,
    );
}

#[test]
fn too_much() {
    let scripts = [
        up("const f = () => f() + 1; f();"),
        up("let s = 'x'; while (true) s += s;"),
        up("const a = []; while (true) a.push(new Array(1e6).fill(1));"),
        up("await knex('t').insert('x'.repeat(2 ** 29));"),
        up("await knex('t').insert(new Array(4294967295));"),
        up("await knex('t').insert(new Proxy([], { get: (target, key) => (key === 'length' ? 'x' : target[key]) }));"),
        up("const o = {}; o.o = o; await knex('t').insert(o);"),
        up("let c = ['a']; for (let i = 0; i < 1e5; i++) c = [c, c]; await knex('t').insert({ c });"),
        up("await knex('t').insert({ get a() { return [this]; } });"),
        up("let k = knex('t'); for (let i = 0; i < 30; i++) k = knex('t').where(k).orWhere(k); await k;"),
    ];
    found(&scripts, &CARRIED);
}

#[test]
fn changes_to_what_all_programs_use() {
    let scripts = [
        up("Array.prototype.push = () => {}; await knex.schema.createTable('t', (t) => { t.text('a'); });"),
        up(
            "Array.prototype[Symbol.iterator] = function* () {}; await knex.schema.createTable('t', (t) => { t.text('a'); });",
        ),
        up("Object.defineProperty(Array.prototype, 'map', { value: () => [] });"),
        up("Promise.prototype.then = () => {}; await knex.schema.createTable('t', () => {});"),
        up("RegExp.prototype.test = () => true;"),
        up("String.prototype.replace = () => '';"),
        up("Function.prototype.call = () => undefined;"),
        up("Reflect.apply = () => undefined; eval('1');"),
        up("eval('1 + 1');"),
        up("new Function('return this')();"),
        up("(() => {}).constructor('return 1')();"),
        up("(async () => {}).constructor('return 1')();"),
        up("(function* () {}).constructor('return 1')();"),
        up("[].constructor.constructor('return process')().exit();"),
        up("process.exit(0);"),
        up("__tm.c(0, 4000000000);"),
    ];
    found(&scripts, &CARRIED);
}

/// What is recorded is the same whatever a script does to objects that ours might look into.
#[test]
fn calls_are_neither_lost_nor_forged() {
    let tampering = [
        "Object.prototype.inner = { text: () => ({}) };",
        "Object.prototype.special = { createTable: () => () => {}, text: () => () => {} }; Object.prototype.property = () => true;",
        "Object.prototype.apply = Object.prototype.get = Object.prototype.construct = () => () => {};",
        "Object.prototype.then = undefined; Object.prototype.toJSON = () => 1;",
        "Object.defineProperty(Array.prototype, 0, { set() {}, get() {} });",
        "globalThis.Proxy = function () { return {}; };",
        "globalThis.Reflect = undefined; globalThis.Promise = undefined; globalThis.Symbol = undefined; globalThis.Object = undefined; globalThis.Array = undefined;",
        "WeakMap.prototype.get = () => [1, 0]; WeakMap.prototype.set = () => {}; Map.prototype.get = () => undefined;",
        "JSON.stringify = () => 'x'; Number.prototype.toString = () => 'x';",
        "Error.prepareStackTrace = (error, calls) => { for (const call of calls) { const f = call.getFunction && call.getFunction(); if (f) f('forged'); } return ''; }; String(new Error().stack);",
        "(function () { const f = arguments.callee.caller; if (f) f('forged'); })();",
        "try { knex.schema.createTable.caller('forged'); } catch {}",
        "globalThis.host = globalThis.kernel = { tell() {} };",
    ];
    for tamper in tampering {
        let script = up(&format!(
            "{tamper}\n  await knex.schema.createTable('kept', (t) => {{ t.text('column_a'); t.integer('column_b'); }});\n  await knex.schema.dropTable('gone');"
        ));
        let (run, codes) = read(&history(&script), tamper);
        let has = |text: &str| run.stdout.contains(text);
        let kept = has("\"kept\"") && has("column_a") && has("column_b") && has("gone");
        let carried = codes.iter().any(|code| CARRIED.contains(&code.as_str()));
        assert!(kept || carried, "{tamper}\n{codes:?}\n{}", run.stdout);
        assert!(!has("forged") || carried, "{tamper}\n{}", run.stdout);
    }
}

#[test]
fn what_reaches_for_the_system_is_a_value_only_a_real_run_knows() {
    let reached = [
        "process.binding('fs').open('/etc/passwd')",
        "require('child_process').execSync('cat /etc/passwd')",
        "(await import('fs')).readFileSync('/etc/passwd', 'utf8')",
        "(await import('node:child_process')).execSync('id')",
        "globalThis.process.mainModule.require('fs').readFileSync('/etc/passwd')",
        "process.env.HOME",
        "require('os').hostname()",
        "require('vm').runInNewContext('1')",
        "new (require('worker_threads').Worker)('x')",
        "fetch('http://127.0.0.1/')",
        "new Date().toISOString()",
        "Math.random()",
        "crypto.randomUUID()",
    ];
    let scripts = reached.map(|value| up(&format!("await knex.raw(`create table ${{{value}}} (id int)`);")));
    found(&scripts, &CARRIED);
}

#[test]
fn what_the_engine_has_of_threads_does_not_stop_it() {
    let scripts = [
        "typeof WebAssembly === 'undefined' || new WebAssembly.Memory({ initial: 1 });",
        "Atomics.wait(new Int32Array(new SharedArrayBuffer(8)), 0, 0);",
        "new FinalizationRegistry(() => { while (true) {} }).register({}, 1); new WeakRef({});",
        "new SharedArrayBuffer(2 ** 31);",
    ];
    for script in scripts {
        read(&history(up(script)), script);
    }
}

#[test]
fn nothing_outside_of_the_project_is_imported() {
    let climbs = [
        "../../canary",
        "../../canary.js",
        "../../canary.json",
        "../../../../../../../../../../etc/passwd",
        "/etc/passwd",
        "file:///etc/passwd",
        "/project/../canary.json",
        "/project/../../canary",
        "./..%2f..%2fcanary.js",
        "..\\\\..\\\\canary.js",
        "../migrations/../../canary.js",
        ".//..//..//canary.js",
        "./\\u0000/../../canary.js",
    ];
    for climb in climbs {
        for call in [
            "require('SPECIFIER')",
            "await import('SPECIFIER')",
            "JSON.parse(require('fs').readFileSync('SPECIFIER', 'utf8'))",
        ] {
            let value = call.replace("SPECIFIER", climb);
            let script = up(&format!("const c = {value}; await knex.raw(`select '${{c.name}}' as ${{c.name}}`);"));
            let (run, codes) = read(&history(&script), &value);
            assert!(codes.iter().any(|code| CARRIED.contains(&code.as_str())), "{value}: {codes:?}\n{}", run.stdout);
        }
    }
    let esm = "import * as c from '../../canary.js';\nexport { name } from '../../canary.js';\nexport const up = (knex) => knex.raw(`select 1 as ${c.name}`);\nexport const down = () => {};\n";
    let (_, codes) = read(&history(esm), esm);
    assert!(codes.iter().any(|code| CARRIED.contains(&code.as_str())), "{codes:?}");
}

#[test]
fn no_file_outside_of_the_project_is_read_by_a_script() {
    let paths = [
        "/etc/passwd",
        "../canary.txt",
        "../../canary.txt",
        "/project/../canary.txt",
        "file:///etc/passwd",
        "migrations/../../canary.txt",
    ];
    for path in paths {
        for call in [
            "fs.readFileSync('PATH', 'utf8')",
            "fs.readFileSync('PATH').toString()",
            "await fs.promises.readFile('PATH', 'utf8')",
            "fs.readFileSync(require('path').join(__dirname, 'PATH'), 'utf8')",
            "fs.readFileSync(require('path').resolve('PATH'), 'utf8')",
        ] {
            let value = call.replace("PATH", path);
            let script = up(&format!("const fs = require('fs'); await knex.raw({value});"));
            let (_, codes) = read(&history(&script), &value);
            assert!(codes.iter().any(|code| CARRIED.contains(&code.as_str())), "{value}: {codes:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn links_that_lead_out_of_the_project_are_not_followed() {
    use std::os::unix::fs::symlink;
    let link = |project: &Project, to: &str, at: &str| {
        let _ = std::fs::remove_file(project.path(at));
        symlink(project.path(to), project.path(at)).expect("a link");
    };
    // The script itself; it would be a good one.
    let project = history("");
    project.put("outside/2_hostile.js", format!("const x = require('{CANARY}');\n{}", table(CANARY)));
    link(&project, "outside/2_hostile.js", "project/migrations/2_hostile.js");
    let (_, codes) = read(&project, "a linked script");
    assert!(codes.contains(&"R034".to_owned()), "{codes:?}");
    let shown = crate::program::run_in(&project.path("project"), &["show"]);
    assert!(!format!("{}{}", shown.stdout, shown.stderr).contains(CANARY), "{}\n{}", shown.stdout, shown.stderr);
    let down = crate::program::run_in(&project.path("project"), &["down"]);
    assert!(!format!("{}{}", down.stdout, down.stderr).contains(CANARY), "{}\n{}", down.stdout, down.stderr);
    // Helpers, folders of helpers, and what is read as a file.
    let uses = [
        ("canary.js", "project/helper.js", "require('../helper').name"),
        ("canary.json", "project/helper.json", "require('../helper.json').name"),
        ("canary.txt", "project/helper.txt", "require('fs').readFileSync('helper.txt', 'utf8')"),
        (".", "project/folder", "require('../folder/canary').name"),
        (".", "project/folder", "require('fs').readFileSync('folder/canary.txt', 'utf8')"),
    ];
    for (to, at, value) in uses {
        let project = history(up(&format!("await knex.raw({value});")));
        link(&project, to, at);
        let (_, codes) = read(&project, value);
        assert!(codes.iter().any(|code| CARRIED.contains(&code.as_str())), "{value}: {codes:?}");
    }
}

#[test]
fn what_cannot_be_parsed() {
    let deep = |open: &str, close: &str, times: usize| {
        format!("exports.up = () => {}1{};\n", open.repeat(times), close.repeat(times))
    };
    let scripts = [
        "exports.up = (".to_owned(),
        "exports.up = async (knex) => { await knex.schema.createTable('x' };".to_owned(),
        "export const up = () => {}; export const up = () => {};".to_owned(),
        "exports.up = () => { \u{202e} };\n".to_owned(),
        deep("(", ")", 100_000),
        deep("[", "]", 100_000),
        deep("a=>{", "}", 100_000),
        format!("exports.up = () => {{ {} }};", "if (1) ".repeat(100_000)),
    ];
    found(&scripts, &STOPPED);
    found(&[format!("exports.up = (knex) => knex{};", ".a()".repeat(100_000))], &CARRIED);
    found(&[format!("exports.up = (knex) => knex.raw(process.env.A{});", "+1".repeat(20_000))], &CARRIED);
}

#[test]
fn what_is_not_text() {
    let project = history("");
    let mut bytes = up("await knex.raw('caf").into_bytes();
    bytes.extend([0xE9, b'\'', b')', b';', 0xFF]);
    project.put("project/migrations/2_hostile.js", bytes);
    let (_, codes) = read(&project, "not UTF-8");
    assert!(codes.contains(&"R010".to_owned()), "{codes:?}");
}

/// Large, but nothing is wrong with it.
#[test]
fn large_scripts_are_read() {
    let row = "    { id: 1, name: 'some name or other', note: 'x' },\n";
    let rows = |bytes: usize| row.repeat(bytes / row.len());
    let comment = format!("/* {} */\n{}", "x".repeat(20 << 20), table("large"));
    let (run, _) = read(&history(&comment), "20 MB of comment");
    assert!(run.stdout.contains("\"large\""));
    let line = format!("const rows = '{}';\n{}", "x".repeat(5 << 20), table("large")).replace('\n', " ");
    let (run, _) = read(&history(&line), "one line of 5 MB");
    assert!(run.stdout.contains("\"large\""));
    let many = format!("const rows = [\n{}];\n{}", rows(1 << 20), table("large"));
    read(&history(&many), "1 MB of rows");
}

/// The children of a process, and what became of them.
#[cfg(target_os = "linux")]
fn workers_of(parent: u32) -> Vec<u32> {
    let stat = |id: u32| {
        let text = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        let rest = text.rsplit_once(')')?.1.to_owned();
        let mut parts = rest.split_whitespace();
        let state = parts.next()?.to_owned();
        Some((state, parts.next()?.parse::<u32>().ok()?))
    };
    let ids = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = ids.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    ids.filter(|id| stat(*id).is_some_and(|(state, of)| of == parent && state != "Z")).collect()
}

#[cfg(target_os = "linux")]
fn is_alive(id: u32) -> bool {
    let text = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    text.rsplit_once(')').is_some_and(|(_, rest)| !rest.trim_start().starts_with(['Z', 'X']))
}

#[cfg(target_os = "linux")]
fn wait_for(what: &str, longest: Duration, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < longest, "{what}: not after {longest:?}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Starts the program on a history and gives it with its workers, as soon as there are some.
#[cfg(target_os = "linux")]
fn started(project: &Project) -> (std::process::Child, Vec<u32>) {
    let child = Command::new(env!("CARGO_BIN_EXE_transmigrate"))
        .arg("show")
        .current_dir(project.path("project"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut workers = Vec::new();
    wait_for("a worker", LONGEST, || {
        workers = workers_of(child.id());
        !workers.is_empty()
    });
    // Long enough for the script to run, and for the others to start.
    std::thread::sleep(Duration::from_millis(200));
    workers.extend(workers_of(child.id()));
    (child, workers)
}

#[cfg(target_os = "linux")]
#[test]
fn no_process_stays_behind() {
    let (mut child, workers) = started(&history(up("while (true) {}")));
    child.wait().expect("it ends");
    assert!(!workers.is_empty() && workers.iter().all(|id| !is_alive(*id)), "{workers:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn no_process_stays_behind_when_the_program_is_killed() {
    for script in ["while (true) {}", "Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);"] {
        let (mut child, workers) = started(&history(up(script)));
        child.kill().expect("it is killed");
        child.wait().expect("it ends");
        wait_for("the end of the workers", Duration::from_secs(5), || !workers.iter().any(|id| is_alive(*id)));
    }
}

/// A worker whose lines are cut, whatever it is doing, ends.
#[cfg(target_os = "linux")]
#[test]
fn a_worker_ends_with_its_lines() {
    for closed in ["both", "output"] {
        let mut worker = Command::new(env!("CARGO_BIN_EXE_transmigrate"))
            .arg(transmigrate::js::ARGUMENT)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a worker");
        drop(worker.stdout.take());
        let mut input = worker.stdin.take();
        if closed == "both" {
            input = None;
        } else if let Some(input) = &mut input {
            // Something that is no message.
            use std::io::Write;
            let _ = input.write_all(&[3, 0, 0, 0, 1, 2, 3]);
        }
        wait_for(closed, Duration::from_secs(5), || worker.try_wait().is_ok_and(|ended| ended.is_some()));
        drop(input);
    }
}
