//! Whole scripts: how they are cut, what is said about what cannot be read, and that nothing makes them slow or panic.

use super::lower;
use crate::ir::{Op, Script};
use crate::source::FileId;
use proptest::prelude::*;

fn script(text: &str) -> Script {
    lower(text, FileId(0)).value
}

/// The codes of the findings, with the texts they point at.
fn codes(text: &str) -> Vec<(&'static str, String)> {
    let findings = lower(text, FileId(0)).findings;
    findings.iter().map(|f| (f.code, text[f.at.map_or(0..0, |at| at.range())].to_string())).collect()
}

/// Each statement's text.
fn pieces(text: &str) -> Vec<&str> {
    script(text).steps.iter().map(|step| &text[step.at.range()]).collect()
}

#[test]
fn statements_end_at_semicolons_outside_quotes() {
    let text = "\u{feff}select 'a;''b', E'\\';', U&'\\0061;', \"x;\"\"y\", $$;$$, $a$ $$;$b$ $a$, 1 /* ; /* ; */ ; */ -- ;\r\n;;\nselect 2";
    assert_eq!(pieces(text).len(), 2);
    let rule = "create rule r as on insert to t do (delete from a; delete from b); select 1";
    assert_eq!(pieces(rule).len(), 2);
    let body =
        "create function f() returns int begin atomic select case when true then 1 end; select 2; end; select 1;";
    assert_eq!(pieces(body).len(), 2);
    // A parenthesis that is not closed ends with its statement.
    assert_eq!(pieces("create table t (a int; create table u (b int);").len(), 2);
}

#[test]
fn comments_go_to_the_statement_they_stand_by() {
    let text = "/*\n  Warnings:\n\n  - You drop it.\n\n*/\n-- CreateTable\n/* two\n * three */\nselect 1; -- same line\n\n-- next\nselect 2;\n-- last";
    let script = script(text);
    assert_eq!(script.steps[0].notes, ["CreateTable", "two", "three", "same line"]);
    assert_eq!(script.steps[1].notes, ["next"]);
    let notes: Vec<_> = script.notes.iter().map(|(note, _)| note.as_str()).collect();
    assert_eq!(notes, ["Warnings:\n- You drop it.", "last"]);
}

#[test]
fn what_does_not_end_is_an_error_at_its_opening() {
    assert_eq!(codes("select 1; select 'abc; drop table t;"), [("R001", "'".to_string())]);
    assert_eq!(codes("select \"abc"), [("R001", "\"".to_string())]);
    assert_eq!(codes("do $x$ begin end $y$;"), [("R001", "$".to_string())]);
    assert_eq!(codes("select 1; /* /* */ select 2;"), [("R001", "/".to_string())]);
    assert_eq!(script("select 1; select 'abc; drop table t;").steps.len(), 2);
}

#[test]
fn commands_of_psql_are_errors() {
    assert_eq!(codes("\\connect db\ncreate table t (a int);"), [("R003", "\\connect db".to_string())]);
    let copy = "copy t (a) from stdin;\n1\tit's\n\\.\ncreate table u (a int);";
    assert_eq!(codes(copy), [("R003", "stdin".to_string())]);
    assert!(matches!(script(copy).steps[1].op, Op::CreateTable { .. }));
}

#[test]
fn statements_inside_blocks_stand_where_they_are_written() {
    let text = "do $$ begin if exists (select 1 from pg_class where relname = 'x') then drop table x; end if; end $$;";
    match &script(text).steps[0].op {
        Op::When { then, .. } => assert_eq!(&text[then[0].at.range()], "drop table x"),
        other => panic!("{other:?}"),
    }
    let text = "do $$ begin execute 'drop table x'; end $$;";
    assert_eq!(pieces(text), ["drop table x"]);
    let text = "do $$ begin execute 'drop table ' || 'x'; end $$;";
    assert_eq!(pieces(text), ["'drop table ' || 'x'"]);
}

#[test]
fn deep_nesting_is_refused() {
    let nested = |open: &str, close: &str, n: usize| format!("{}{}", open.repeat(n), close.repeat(n));
    for text in [
        format!(
            "do $$ begin {} end $$",
            nested("if exists (select 1 from pg_class where relname = 'a') then ", "end if; ", 500)
        ),
        format!("do $$ begin if {} then drop table a; end if; end $$", nested("(", ")", 500).replace("()", "(true)")),
        format!("with {} select 1", nested("a as (with ", "select 1) ", 500)),
    ] {
        let found = lower(&text, FileId(0));
        assert!(found.value.steps.iter().all(|step| matches!(step.op, Op::Sql { .. })), "{text}");
        assert!(found.findings.iter().all(|f| f.code == "R004" || f.code == "R002"), "{:?}", found.findings);
    }
}

#[test]
fn long_scripts_take_no_longer_than_their_length() {
    let started = std::time::Instant::now();
    for text in [
        "(".repeat(200_000),
        format!("create index i on t ({}a{})", "(".repeat(50_000), ")".repeat(50_000)),
        format!("select {}1{}", "f(1, ".repeat(50_000), ")".repeat(50_000)),
        format!("select {}", "'a'\n".repeat(100_000)),
        format!("insert into t values {}(1)", "(1, 'x', now()), ".repeat(50_000)),
        "copy t from stdin;\n".repeat(20_000),
        "/*".repeat(200_000),
        "$a$ ".repeat(100_001),
        "select 1; -- note\n".repeat(50_000),
        format!("create table t ({} z int)", "a int default (1), ".repeat(20_000)),
        format!("do $$ begin {} end $$", "perform 1; ".repeat(20_000)),
    ] {
        let _ = lower(&text, FileId(0));
    }
    // Generous: a debug build on a busy machine. What is quadratic takes minutes.
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

proptest! {
    #[test]
    fn nothing_panics(text in "\\PC*") {
        let _ = lower(&text, FileId(0));
    }

    #[test]
    fn nothing_panics_on_pieces_of_statements(words in proptest::collection::vec(word(), 0..40)) {
        let text = words.join(" ");
        for step in lower(&text, FileId(0)).value.steps {
            prop_assert!(text.get(step.at.range()).is_some());
        }
    }
}

fn word() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "create",
        "table",
        "alter",
        "drop",
        "index",
        "on",
        "type",
        "as",
        "enum",
        "column",
        "add",
        "constraint",
        "check",
        "default",
        "not",
        "null",
        "primary",
        "key",
        "references",
        "unique",
        "view",
        "select",
        "from",
        "where",
        "insert",
        "into",
        "values",
        "update",
        "set",
        "delete",
        "with",
        "function",
        "returns",
        "language",
        "begin",
        "end",
        "do",
        "$$",
        "$x$",
        "if",
        "exists",
        "then",
        "loop",
        "execute",
        "exception",
        "when",
        "trigger",
        "policy",
        "grant",
        "to",
        "revoke",
        "comment",
        "is",
        "sequence",
        "owned",
        "by",
        "domain",
        "extension",
        "schema",
        "publication",
        "for",
        "t",
        "\"T\"",
        "a",
        "int",
        "text",
        "(",
        ")",
        "[",
        "]",
        ",",
        ";",
        ".",
        "'",
        "'x'",
        "\"",
        "E'\\'",
        "1",
        "=",
        "::",
        "*",
        "--\n",
        "/*",
        "*/",
        "\\.",
        "$1",
        "case",
        "interval",
        "array",
        "generated",
        "always",
        "identity",
        "é",
        "using",
    ])
}
