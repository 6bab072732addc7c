//! What a statement of a script can touch when it is not run, told from its text and what it calls.

use crate::js::{self, Called, Callee, Given};
use crate::sql::postgres;
use crate::threads;
use regex::{Regex, RegexSet};
use std::cell::LazyCell;
use std::ops::Range;
use std::sync::OnceLock;

/// Methods of the tools that change a schema, and SQL that does.
const CHANGES: [&str; 9] = [
    // Knex's schema builder, Sequelize's queryInterface, TypeORM's QueryRunner.
    r"\b(schema|alterTable|table|createTable\w*|dropTable\w*|dropAll\w*|renameTable|createSchema\w*|dropSchema\w*|createView\w*|dropView\w*|createMaterializedView\w*|refreshMaterializedView\w*|createExtension\w*|dropExtension\w*|createFunction|dropFunction|renameFunction|createDatabase|dropDatabase|createType|clearDatabase|synchronize|sync|runMigrations)\s*\(",
    r"\.\s*schema\b",
    r"\b(add|remove|change|rename|drop|create|update)(Column|Columns|Index|Indices|Constraint|Constraints|ForeignKey|ForeignKeys|PrimaryKey|PrimaryKeys|UniqueConstraint|UniqueConstraints|CheckConstraint|CheckConstraints|ExclusionConstraint|ExclusionConstraints|Trigger|Enum)\s*\(",
    // SQL, in whatever string it stands.
    r"(?i)\b(create|alter|drop|rename|comment\s+on|grant|revoke|truncate|reindex|cluster|refresh|security\s+label|reassign|import\s+foreign|call)\b",
    r"(?i)\bselect\s+(setval|create_|add_|drop_)",
    r"(?i)\b(set_config|search_path|session_replication_role)\b",
    r#"(?i)\bdo\s+([eu]?&?['$]|language\b)"#,
    // Statements about the session, and any that a value begins. Before a quote that begins a text stands no name.
    r#"(?i)((^|[(\[,=+:?&|>]|\breturn)\s*["'`]|;)\s*(set|reset|execute|prepare|load|declare|start|savepoint|release|discard)\s+["\w$]"#,
    r#"(?i)["'`;]\s*(begin|commit|rollback|abort)\s*["'`;]|;\s*\$\{"#,
];

/// Names that tools give their users, which may be called or handed on.
const HANDLES: &str = r"\b(this|knex|trx|queryInterface|queryRunner|qi|sequelize|context|runner|db|tx|transaction|manager|connection|dataSource)\b";

/// Functions that reach no database. `knex('users')` begins a query.
const FUNCTIONS: &str = r"^(knex|trx|db|tx|Boolean|Number|String|BigInt|Date|Symbol|isNaN|isFinite|parseFloat|parseInt|(en|de)codeURI(Component)?)$";

/// What is made without reaching a database.
const CLASSES: &str = r"^(Array|Date|Error|Map|RangeError|RegExp|Set|TypeError|URL|WeakMap|WeakSet)$";

/// Methods that are given SQL.
const SQL: &str = r"^(query|raw|literal|whereRaw|orWhereRaw|havingRaw|joinRaw|orderByRaw|groupByRaw|fromRaw)$";

/// Methods that change rows, ask for rows, or change and ask for nothing: of Knex's query builder, Sequelize's query
/// interface and models, TypeORM's query runner, entity manager, repositories and query builder, and of JavaScript itself.
const METHODS: [&str; 6] = [
    r"^(query|raw|literal|fn|col|cast|escape|quoteIdentifier|ref|transacting|transaction|(start|commit|rollback)Transaction|commit|rollback|getRepository|createQueryBuilder|subQuery|getQuery|getParameters|hasTable|hasColumn|getTable|describeTable|showAllTables|columnInfo)$",
    r"^(insert|update|del|delete|upsert|save|destroy|remove|softDelete|softRemove|restore|increment|decrement|bulk(Insert|Update|Delete|Create)|batchInsert|onConflict|merge|ignore|or(Update|Ignore)|returning|set|values|execute)$",
    r"^(select|rawSelect|addSelect|distinct|distinctOn|column|columns|from|into|first|pluck|as|with|withRecursive|union|unionAll|limit|offset|skip|take|count|countDistinct|min|max|sum|avg|forUpdate|forShare|clone|modify|setParameters?|find(All|One|ByPk|By|OneBy|AndCount|AndCountAll|OneOrFail)?|get(Many|One|Count|RawMany|RawOne|RawAndEntities|ManyAndCount|OneOrFail)|((and|or)?[wW]here|(and|or)?[hH]aving|(add)?[oO]rderBy|(add)?[gG]roupBy)\w*|((inner|left|right|fullOuter|cross|outer)J|j)oin\w*)$",
    r"^(at|charAt|charCodeAt|concat|endsWith|entries|every|filter|findIndex|findLast|flat|flatMap|forEach|get\w*Time|get(UTC)?(FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds)|has|get|includes|indexOf|isArray|isInteger|join|keys|lastIndexOf|localeCompare|map|match|matchAll|normalize|padEnd|padStart|pop|push|reduce|repeat|replace|replaceAll|reverse|shift|slice|some|sort|splice|split|startsWith|stringify|substr|substring|test|exec|to(Fixed|ISOString|JSON|LocaleString|LowerCase|String|UpperCase)|trim|trimEnd|trimStart|unshift|values|parse|hasOwnProperty|now|next)$",
    r"^(then|catch|finally|all|allSettled|race|resolve|reject|assign|fromEntries|of|freeze|log|warn|info|error|debug|time|timeEnd|randomUUID|randomBytes|exit)$",
    r"^(abs|ceil|floor|round|trunc|pow|random|sqrt)$",
];

/// Methods that call what they are given.
const CALLING: &str = r"^(every|filter|find|findIndex|findLast|flatMap|forEach|map|reduce|some|sort|replace|replaceAll|then|catch|finally|transaction|modify|from|((and|or)?[wW]here|(and|or)?[hH]aving)\w*|\w*[jJ]oin\w*)$";

/// Those of them that give what reaches the database, or hand it to what they call.
const HANDING: &str = r"^(transaction|startTransaction|getRepository|createQueryBuilder|subQuery|then)$";

/// Methods that hand out what builds one table or view, and reaches no other.
const BUILDING: &str = r"^(table|alterTable|createTable\w*|(alter|create)(Materialized)?View\w*)$";

/// What starts programs, which may do anything.
const PROGRAMS: [&str; 5] = ["child_process", "execa", "cross-spawn", "shelljs", "zx"];

/// Where the names of a database's objects are kept.
const CATALOGUE: &str = r"(?i)\binformation_schema\b|\bpg_(catalog|class|constraint|enum|index|indexes|namespace|proc|sequences?|stat\w*|tables|trigger|type|views|matviews)\b|\b(showAllTables|getTables|getViews)\b";

/// The longest script that is looked at, in bytes. Its syntax tree is walked recursively, and how deep it is, is the user's.
const LONGEST: usize = 64 << 10;

/// What a part of a script may change when a real run carries it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Touched<'t> {
    /// Rows, and nothing else: every call in it is known to, its SQL stands in it, and nothing names what changes a schema,
    /// neither there nor in the functions of the file that it calls.
    Rows,
    /// What these texts name; whether it hands the connection on to what stands in other files.
    Named { texts: Vec<&'t str>, handed_on: bool },
    /// Anything: it takes names from the catalogue.
    Anything,
}

/// What a part of a script may change.
pub(super) fn touched<'t>(path: &str, text: &'t str, part: Range<usize>) -> Touched<'t> {
    static PATTERNS: OnceLock<Option<Patterns>> = OnceLock::new();
    let all = Touched::Named { texts: vec![text], handed_on: true };
    let Some(patterns) = PATTERNS.get_or_init(|| Patterns::new().ok()) else { return all };
    if text.len() > LONGEST {
        return all;
    }
    let found = threads::pool().and_then(|pool| pool.install(|| js::calls(path, text, part.clone())));
    let Some(found) = found else { return all };
    let texts: Vec<&str> = found.texts.iter().map(|range| text.get(range.clone()).unwrap_or_default()).collect();
    let own = LazyCell::new(Box::new(|| own_handles(path, text, patterns)) as Box<dyn FnOnce() -> Option<Regex>>);
    let handles = Handles { usual: &patterns.handles, own };
    let is_harmless = |call: &Called| patterns.is_harmless(call, text, &handles);
    if texts.iter().all(|text| !patterns.changes.is_match(text) && !patterns.makes_a_table(text))
        && found.calls.iter().all(is_harmless)
    {
        return Touched::Rows;
    }
    if found.calls.iter().any(|call| matches!(call.callee, Callee::Own(_))) && part != (0..text.len()) {
        return match touched(path, text, 0..text.len()) {
            Touched::Rows => Touched::Named { texts: vec![text], handed_on: false },
            touched => touched,
        };
    }
    if texts.iter().any(|text| names_catalogue(text)) {
        return Touched::Anything;
    }
    let handed_on = found.calls.iter().any(|call| patterns.hands_on(call, text, &handles));
    // A name that is put together, or kept elsewhere, is made of what stands in the file.
    let elsewhere = handed_on
        || texts.iter().any(|text| text.contains("${"))
        || found.calls.iter().any(|call| !is_harmless(call) && !matches!(call.arguments.first(), Some(Given::Text(_))));
    match elsewhere {
        true => Touched::Named { texts: vec![text], handed_on },
        false => Touched::Named { texts, handed_on },
    }
}

/// Whether a text names where the names of a database's objects are kept.
pub(super) fn names_catalogue(text: &str) -> bool {
    static CATALOGUE_NAMED: OnceLock<Option<Regex>> = OnceLock::new();
    CATALOGUE_NAMED.get_or_init(|| Regex::new(CATALOGUE).ok()).as_ref().is_none_or(|named| named.is_match(text))
}

/// The names that may reach the database.
struct Handles<'p> {
    usual: &'p Regex,
    /// What the script itself calls what it is given.
    own: LazyCell<Option<Regex>, Box<dyn FnOnce() -> Option<Regex> + 'p>>,
}

impl Handles<'_> {
    fn are_in(&self, text: &str) -> bool {
        self.usual.is_match(text) || self.own.as_ref().is_some_and(|own| own.is_match(text))
    }
}

fn own_handles(path: &str, text: &str, patterns: &Patterns) -> Option<Regex> {
    let known = js::Vocabulary {
        is_handle: &|name| patterns.handles.is_match(name),
        gives_nothing: &|name| {
            patterns.building.is_match(name) || patterns.methods.is_match(name) && !patterns.handing.is_match(name)
        },
    };
    let names = threads::pool().and_then(|pool| pool.install(|| js::aliases(path, text, &known)))?;
    let names: Vec<String> = names.iter().map(|name| regex::escape(name)).collect();
    (!names.is_empty()).then(|| Regex::new(&format!(r"(^|[^\w$])({})([^\w$]|$)", names.join("|"))).ok())?
}

struct Patterns {
    changes: RegexSet,
    into: Regex,
    select: Regex,
    methods: RegexSet,
    handles: Regex,
    functions: Regex,
    classes: Regex,
    sql: Regex,
    calling: Regex,
    handing: Regex,
    building: Regex,
}

impl Patterns {
    fn new() -> Result<Self, regex::Error> {
        Ok(Patterns {
            changes: RegexSet::new(CHANGES)?,
            into: Regex::new(r"(?i)(?:\b(insert|merge)\s+|\.\s*)?\binto\b")?,
            select: Regex::new(r"(?i)\bselect\b")?,
            methods: RegexSet::new(METHODS)?,
            handles: Regex::new(HANDLES)?,
            functions: Regex::new(FUNCTIONS)?,
            classes: Regex::new(CLASSES)?,
            sql: Regex::new(SQL)?,
            calling: Regex::new(CALLING)?,
            handing: Regex::new(HANDING)?,
            building: Regex::new(BUILDING)?,
        })
    }

    /// Whether there is a `SELECT … INTO` in it.
    fn makes_a_table(&self, text: &str) -> bool {
        self.into.find_iter(text).filter(|found| found.as_str().eq_ignore_ascii_case("into")).any(|found| {
            let before = &text[..found.start()];
            self.select.is_match(&before[before.rfind(';').unwrap_or_default()..])
        })
    }

    /// Whether a call hands the connection to what does not stand in the file.
    fn hands_on(&self, call: &Called, text: &str, handles: &Handles<'_>) -> bool {
        let named = |given: &Given| matches!(given, Given::Name(name) if handles.are_in(name));
        match &call.callee {
            Callee::Function { from: Some(from), .. } | Callee::Method { from: Some(from), .. } if is_program(from) => {
                true
            }
            Callee::Function { name, .. } => {
                !self.functions.is_match(name) && text.get(call.at.clone()).is_none_or(|text| handles.are_in(text))
            }
            Callee::Method { name, .. } => !self.methods.is_match(name) && call.arguments.iter().any(named),
            Callee::New(_) => call.arguments.iter().any(named),
            // It stands in the file, which is looked at as a whole then.
            Callee::Own(_) => false,
            Callee::Other => true,
        }
    }

    fn is_harmless(&self, call: &Called, text: &str, handles: &Handles<'_>) -> bool {
        let handed = || call.arguments.iter().any(|given| matches!(given, Given::Name(name) if handles.are_in(name)));
        match &call.callee {
            Callee::Function { from: Some(from), .. } | Callee::Method { from: Some(from), .. } if is_program(from) => {
                false
            }
            // It reaches the migration's connection only with what it is handed. What is called for what it does may have
            // a connection of its own.
            Callee::Function { from: Some(_), .. } => {
                !call.acts && text.get(call.at.clone()).is_some_and(|text| !handles.are_in(text))
            }
            Callee::Function { name, from: None } => self.functions.is_match(name),
            Callee::New(name) => self.classes.is_match(name),
            Callee::Method { name, .. } => {
                let is_text = || matches!(call.arguments.first(), Some(Given::Text(sql)) if !calls_unknown(sql));
                let is_plain = |given: &Given| match given {
                    Given::Name(name) => self.functions.is_match(name),
                    Given::Member { name, from } => from.is_none() && self.methods.is_match(name),
                    Given::Chosen => false,
                    Given::Text(_) | Given::Function | Given::Value => true,
                };
                // It may stand behind options.
                let of_transaction = || name == "transaction" && !call.arguments.iter().all(is_plain);
                // A name may be that of a function, but what is looked for is compared.
                let called =
                    || !self.calling.is_match(name) || call.arguments.first().is_none_or(is_plain) || !is_called(name);
                self.methods.is_match(name)
                    && (!self.sql.is_match(name) || is_text())
                    && (name != "execute" || call.arguments.is_empty() || is_text())
                    && (name == "transacting" || !handed())
                    && !of_transaction()
                    && called()
            }
            Callee::Own(_) | Callee::Other => false,
        }
    }
}

/// Whether a module starts programs.
fn is_program(module: &str) -> bool {
    PROGRAMS.contains(&module.trim_start_matches("node:"))
}

/// Whether a query, or a part of one, calls a function that may do anything, or one whose name is not known.
fn calls_unknown(sql: &str) -> bool {
    let sql = sql.replace("??", js::UNKNOWN);
    let first = sql.trim_start_matches(|c: char| c.is_whitespace() || c == '(').split_whitespace().next();
    let is_about_rows =
        first.is_some_and(|first| ["insert", "update", "delete", "merge"].contains(&first.to_lowercase().as_str()));
    !is_about_rows && postgres::calls_unknown(&sql)
}

/// Whether what a method of this name is given first is called if it is a name: conditions are most often columns.
fn is_called(name: &str) -> bool {
    !["where", "Where", "having", "Having", "join", "Join", "replace", "from"].iter().any(|part| name.contains(part))
}

#[cfg(test)]
mod tests {
    fn is_about_rows(source: &str) -> bool {
        let text = format!(
            "import uuid, {{ v4 }} from 'uuid';\nimport {{ spawn }} from 'node:child_process';\nconst cp = require('child_process');\nconst add = (t) => k.schema.table(t);\nconst low = (t) => t.toLowerCase();\nasync function fill(trx, rows) {{ await trx('a').insert(rows); }}\nasync function each(rows, go) {{ for (const row of rows) await go(row); }}\nconst every = (rows, fn) => {{ fn = rows.pop(); return fn(rows); }};\nconst twice = (rows, fn) => rows.map((fn) => fn(1));\nasync function up() {{ {source} }}"
        );
        let start = text.rfind(source).unwrap();
        super::touched("m.ts", &text, start..start + source.len()) == super::Touched::Rows
    }

    #[test]
    fn what_changes_a_schema_is_told_from_what_changes_rows() {
        for source in [
            "for (const row of rows) await knex('users').where('id', row.id).update({ a: 1 });",
            "for (const row of rows) await knex('users').where({ id: row.id }).whereIn(name, ids).update({ a: low(row.a), b: v4() });",
            "await queryInterface.sequelize.query(`UPDATE users SET a = ${x}`);",
            "await Promise.all(rows.map(async (row) => { await queryRunner.query('DELETE FROM a WHERE b = $1', [row.b]); }));",
            "await fill(knex, rows);",
            "await each(rows, async (row) => { await knex('users').where('id', row.id).update({ a: 1 }); });",
            "const mark = (row) => knex('a').insert(row); await each(rows, mark); await each(rows, function (row) { return row; });",
            "await trx('a').transacting(trx).update({ a: knex.raw('now()') }).then(trx.commit).catch(trx.rollback);",
            "await knex.raw(`UPDATE \"a\" SET \"${x}\" = 1`);",
            "await knex.raw(`INSERT INTO a SELECT ${x} FROM b ON CONFLICT DO NOTHING`);",
            "await knex.select('id').from('b'); await knex.raw(`WITH q AS (SELECT ${x}) INSERT INTO a SELECT * FROM q`);",
            "await knex.insert(knex.select('id').from('b')).into('a');",
            "await knex.raw(`SELECT count(*), ${x} FROM ${t} AS a (b, c) WHERE a.b IN (${x}) AND lower(a.c) = 'go(1)'`);",
            "await knex('a').update({ b: knex.raw('coalesce(??, ?)', [x, 1]) });",
        ] {
            assert!(is_about_rows(source), "{source}");
        }
        for source in [
            "if (x) await knex.schema.alterTable('t', () => {});",
            "await queryInterface.addColumn('t', 'c', type);",
            "await queryRunner.query(`alter table t add c text`);",
            "await backfill(knex, rows);",
            "await queryRunner.dropForeignKey('t', key);",
            "for (const { name } of rows) add(name);",
            "rows.forEach(add);",
            "rows.forEach(go);",
            "for (const go of work) await go();",
            "for (const statement of statements) await queryRunner.query(statement);",
            "await this.go();",
            "await each(rows, (row) => knex.schema.dropTable(row.name));",
            "const mark = (row) => knex.schema.dropTable(row.name); await each(rows, mark);",
            "await each(rows, work.go);",
            "await each(rows, work);",
            "await each(rows);",
            "await each(...rows, (row) => row);",
            "await each(rows, (row) => row); work(each);",
            "await every(rows, (row) => row);",
            "await twice(rows, (row) => row);",
            "rows.forEach(({ name }) => work.add(name));",
            "await queryRunner.query(`${statement}`);",
            "await knex[method](rows);",
            "await v4(knex);",
            "await helper.update(knex, rows);",
            "await v4({ knex, rows });",
            "await v4(rows, () => this.run);",
            "await knex.raw(`SELECT ${x} AS n INTO z FROM a`);",
            "await knex.raw(`SET LOCAL search_path = ${x}`);",
            "await knex.raw(`set role ${x}`);",
            "await knex.raw(`SELECT 1, set_config('role', '${x}', false)`);",
            "await knex.raw(`DO $$ BEGIN PERFORM go('${x}'); END $$`);",
            "await knex.raw(`DO LANGUAGE plpgsql '${x}'`);",
            "await knex.raw(`EXECUTE ${x}`);",
            "await knex.raw(`DELETE FROM a; ${x}`);",
            "await knex.raw('COMMIT');",
            "await uuid.execute(x);",
            "const made = v4(1); await made;",
            "await knex.transaction(work.run);",
            "rows.forEach(uuid.update);",
            "exports.up = work.up;",
            "module.exports = { up: work.up };",
            "await knex.raw(`SELECT ${x}.go()`);",
            "await knex.raw(`SELECT audit_${x}(1)`);",
            "await knex.raw('SELECT ' + x + '(1)');",
            "await knex.raw('SELECT ??(1)', [x]);",
            "await knex.raw(`WITH q AS (SELECT ${x}(1)) SELECT * FROM q`);",
            "await knex.select(knex.raw(`go(${x})`));",
            "await v4();",
            "v4(rows);",
            "spawn(`psql ${x}`);",
            "const done = cp.execSync(`psql ${x}`);",
        ] {
            assert!(!is_about_rows(source), "{source}");
        }
    }

    #[test]
    fn what_is_given_to_the_migration_may_reach_the_database_under_any_name() {
        let rows_only = |script: &str, source: &str| {
            let text = format!("const build = require('acme');\n{script}");
            let start = text.rfind(source).unwrap();
            super::touched("m.js", &text, start..start + source.len()) == super::Touched::Rows
        };
        assert!(!rows_only("exports.up = (k) => build(k);", "build(k)"));
        assert!(!rows_only("exports.up = (k) => build();", "build()"));
        assert!(!rows_only("exports.up = (k) => { return build(1); };", "return build(1);"));
        assert!(!rows_only(
            "module.exports = { up: async (q, S) => { const x = build(q, S); await q.bulkInsert('a', x); } };",
            "const x = build(q, S); await q.bulkInsert('a', x);"
        ));
        for source in [
            "const z = k; await z('a').insert(build(z));",
            "const { client: c } = k; const n = build(c);",
            "let z; z = k; const n = build(z);",
            "const o = {}; o.z = k; const n = build(o);",
            "const n = build(k('a'));",
            "const q = k('a').where('b', 1); const n = build(q);",
            "const n = build(() => k);",
            "const get = () => k; const n = build(get);",
            "const get = () => k; const z = get(); const n = build(z);",
            "const n = (await k.transaction(async (t) => { const n = build(t); }));",
            "const t = await k.transaction(); const n = build(t);",
            "const go = (z) => { const n = build(z); }; go(k);",
            "for (const z of [k]) { const n = build(z); }",
            "return (build(1));",
            "return build(1).then(() => 1);",
            "return Promise.all([build(1)]);",
            "void build(1);",
            "k && build(1);",
            "[1, 2].forEach((n) => (build(n)));",
            "await Promise.all([1].map((n) => { return build(n); }));",
            "await k.transaction((build));",
            "await k.transaction({}, build);",
            "await k.transaction(flag && build);",
            "await k.transaction([build][0]);",
            "const go = () => build(1); await go();",
            "const go = () => (build(1)); return go();",
        ] {
            assert!(!rows_only(&format!("exports.up = async (k) => {{ {source} }};"), source), "{source}");
        }
        assert!(!rows_only("exports.up = (k) => (build(1));", "(build(1))"));
        for source in [
            "const rows = await knex('a').select(); const n = build(rows); await knex('a').insert({ n });",
            "const rows = await knex('a').select().then((all) => all.map((one) => build(one)));",
            "const load = async () => { return knex('a').select(); }; const rows = await load(); await knex('a').insert(build(rows));",
            "for (const row of await knex('a').select()) await knex('a').where({ id: row.id }).update({ b: build(row.b) });",
            "const rows = [1]; await Promise.all(rows.filter((one) => build(one)).map((one) => knex('a').insert({ one })));",
            "const rows = [1]; for (const one of rows) await Promise.all(rows.map((one) => build(one)).map((x) => knex('a').insert({ x })));",
            "const make = (row) => ({ b: build(row) }); await knex('a').insert(make(1));",
        ] {
            assert!(rows_only(&format!("exports.up = async (knex) => {{ {source} }};"), source), "{source}");
        }
        assert!(rows_only(
            "module.exports = { up: async (q, S) => { const x = build(1); await q.bulkInsert('a', x); } };",
            "const x = build(1); await q.bulkInsert('a', x);"
        ));
    }

    #[test]
    fn how_far_code_reaches_is_told_from_its_calls() {
        let text = |source: &str| {
            format!(
                "const h = require('./h');\nconst T = ['users'];\nasync function go(k) {{ await k.schema.dropTable('t'); }}\nexports.up = async (knex) => {{ {source} }};"
            )
        };
        let named = |source: &str| {
            let text = text(source);
            let start = text.rfind(source).unwrap();
            match super::touched("m.js", &text, start..start + source.len()) {
                super::Touched::Named { texts, handed_on } => Some((texts.concat(), handed_on)),
                _ => None,
            }
        };
        let (texts, handed_on) = named("if (x) await knex.schema.dropTable('q');").unwrap();
        assert!(!texts.contains("dropTable('t')") && !texts.contains("users") && !handed_on);
        let (texts, handed_on) = named("if (x) await go(knex);").unwrap();
        assert!(texts.contains("dropTable('t')") && !texts.contains("users") && !handed_on);
        let (texts, _) = named("for (const t of T) await knex.schema.dropTable(t);").unwrap();
        assert!(texts.contains("users"));
        assert!(named("await h.run(knex);").unwrap().1);
        assert!(named("await h(knex);").unwrap().1);
        assert!(
            named("for (const t of await knex.raw('select * from pg_tables')) await knex.raw(`drop table ${t}`);")
                .is_none()
        );
    }
}
