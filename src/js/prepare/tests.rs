//! What comes out of making scripts ready can be parsed again, whatever their shape.

use super::*;

/// The syntax that migrations and what they import are written in.
#[test]
fn instrumented_scripts_can_be_parsed() {
    let scripts = [
        "@Entity()\nexport class A {\n  @PrimaryColumn({ a: 1 })\n  id: string\n  @Column() @Index() b?: number = 1\n  @Get() async run(@Param() x: string) {}\n}",
        "@Entity('x') export default class A extends B<C> { constructor(private readonly a: string, public b = 2) { super() } }",
        "export abstract class A { abstract b(): void; static { this.c = 1 } declare d: string; #e = 1; get f() { return this.#e } }",
        "export default class { }\nexport const a = 1, { b, c: [d] } = e\nexport let f\nf = 2",
        "export enum A { B = 'b', C = 'c' }\nexport const enum D { E }\ndeclare enum F { G }\nenum H { I = 1 << 2, J = I | 4 }",
        "export namespace N { export const a = 1 }\nexport type T = A | B\nexport interface I<T> { a?: T }\nexport { a as b } from './c'\nexport * from './d'\nexport * as e from './f'\nexport type { G } from './g'",
        "import a, { b as c, type D } from 'x'\nimport * as e from 'y'\nimport 'z'\nimport type F from 'f'\nimport g = require('g')\nexport = a",
        "const a = <T,>(x: T): x is T => x!\nconst b = (c as any) satisfies D\nlet d: typeof a = <E>f\nfunction g(this: H, i?: number, ...j: string[]): asserts i {}",
        "label: for (const a of b) { if (c) continue label; else break label }\nfor (let i = 0, n = 2; i < n; i++) d(i)\nfor (const k in l) m(k)\ndo x++\nwhile (x < 3)\nwhile (y) y--",
        "switch (a) { case 1: b(); break; case c ? 2 : 3: { d() } default: e() }\ntry { f() } catch { g() } finally { h() }",
        "const a = b ? c : (d ?? e) || f && g\nconst h = !i && -j + +k - (~l) ** 2\nm ||= n; o ??= p\nq = `x${r}${`y${s}`}`\nt?.u?.[v]?.(w)",
        "const a = async function* () { yield* b; await c }\nconst d = async e => await e ?? f\nconst g = () => ({ h, [i]: j, ...k, l() {}, get m() { return 1 }, 'n': async () => {} })",
        "if (a) b(); else if (c) d()\nelse e()\nif (f) var g = 1\n;(async () => { await h() })()\n;[1, 2].forEach(i => j(i))",
        "x = typeof y === 'undefined' ? void 0 : delete z.a\nw = a in b && c instanceof d\nv = new E(...f, g)\nu = import('./h')\nt = import.meta.url",
        "exports.up = knex => knex.schema.createTable('a', t => { t.increments() })\nexports.down = async (knex) => { return knex.schema.dropTable('a') }",
        "export const a = () => ({})\nexport const b = (c) => d(c)\nexport default () => ({})",
        "module.exports = {\n  up: async ({ context: q }) => q.sequelize.transaction(async (transaction) => {\n    await q.addColumn('a', 'b', {}, { transaction })\n  }),\n  async down(q, S) { throw new Error('no') },\n}",
    ];
    let mut wrong = Vec::new();
    for script in scripts {
        let allocator = Allocator::default();
        let code = match prepare("a.ts", script, &BTreeMap::new()) {
            Ok(prepared) => prepared.code,
            Err(unreadable) => {
                wrong.push(format!("{unreadable:?}\n{script}"));
                continue;
            }
        };
        let parsed = Parser::new(&allocator, &code, SourceType::cjs()).parse();
        if let Some(error) = parsed.diagnostics.iter().next() {
            wrong.push(format!("{error:?}\n{script}\n{code}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// What is exported of a script as it was made ready, by its names.
fn exported(text: &str) -> Vec<String> {
    let code = prepare("a.ts", text, &BTreeMap::new()).map(|prepared| prepared.code).unwrap_or_default();
    let name = |rest: &str| {
        let is_plain = |c: &char| c.is_alphanumeric() || "_.[]\"".contains(*c);
        rest.chars().take_while(is_plain).filter(|c| c.is_alphanumeric() || *c == '_').collect::<String>()
    };
    code.split("exports").skip(1).map(name).filter(|name| !["", "__esModule"].contains(&name.as_str())).collect()
}

#[test]
fn types_are_nothing_that_is_exported() {
    let text = "import type { T } from './t'\nimport { type U, v } from './u'\nenum E { A = 'a' }\ninterface Foo { x: 1 }\ntype Bar = Foo | T\nexport { Foo, E, Bar, T, U, v }";
    assert_eq!(exported(text), ["E", "v"]);
    // An interface may go with a value of its name.
    let text = "class A { x = 1 }\ninterface A { y: 2 }\nfunction f() {}\nexport interface f { z: 3 }\nexport { A, f as g, type A as B }";
    assert_eq!(exported(text), ["A", "g"]);
    assert_eq!(exported("interface A {}\nexport default A\nexport const b = 1"), ["b"]);
    assert_eq!(exported("interface A {}\nconst A = 1\nexport default A"), ["default"]);
}

#[test]
fn a_carried_statement_leaves_holes_behind() {
    let text = "exports.up = async (k) => {\n  const a = await k.x(); const b = [];\n  for (const c of a) { b.push(c); d = 1 }\n  let { e, f: [g] } = a;\n};";
    let start = text.find("for").map_or(0, |at| at as u32);
    let carried = BTreeMap::from([(start, CarriedUnit::Left { rest: false })]);
    let code = prepare("a.js", text, &carried).map(|prepared| prepared.code).unwrap_or_default();
    assert!(code.contains(&format!("__tm.c({start},")) && code.contains("b=__tm.x(b,\"b\",false);"), "{code}");
    assert!(!code.contains("b.push"), "{code}");
}

#[test]
fn a_followed_statement_says_what_it_changes() {
    let text = "exports.up = async (k) => {\n  const rows = await k.x(); let n = 0;\n  rows.forEach((row) => { n++; n += 2; k.make(n) });\n  await k.last(n);\n};";
    let start = text.find("rows.f").map_or(0, |at| at as u32);
    let carried = BTreeMap::from([(start, CarriedUnit::Followed)]);
    let code = prepare("a.js", text, &carried).map(|prepared| prepared.code).unwrap_or_default();
    let parts = ["__tm.g(", "if(__tm.r()){n=__tm.x(n,\"n\",true,1);}", ";await __tm.z();n=__tm.x(n,\"n\",true,1);"];
    for part in parts {
        assert!(code.contains(part), "{code}");
    }
}

/// What is known of a script from before changes nothing of what it is made.
#[test]
fn a_script_is_made_ready_again_as_for_the_first_time() {
    let script = "let n = 0\nconst seen = []\nconst note = (row) => { seen.push(row); n++ }\nexports.up = async (knex) => {\n  for (const row of await knex('a')) { note(row); await knex('b').insert({ n }) }\n  let m = 0\n  for (const row of await knex('c')) { m++; if (row.x) await knex('d').insert({ m, seen }) }\n  if (n) await knex.raw(`select ${m}`)\n}";
    let first = prepare("a.js", script, &BTreeMap::new()).expect("it can be parsed");
    let units: Vec<u32> = first.followable.values().map(|(unit, _)| *unit).collect();
    assert!(units.len() > 3, "{units:?}");
    let shown = |prepared: Result<Prepared, Unreadable>| format!("{prepared:?}");
    for unit in units {
        for how in [CarriedUnit::Followed, CarriedUnit::Left { rest: false }, CarriedUnit::Left { rest: true }] {
            let carried = BTreeMap::from([(unit, how)]);
            let again = prepare_again(&first, "a.js", script, &carried);
            assert_eq!(shown(again), shown(prepare("a.js", script, &carried)), "{unit} {how:?}");
        }
    }
}
