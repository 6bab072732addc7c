//! Views, triggers, routines and events, and what is dropped.

use super::{alter, atom};
use crate::ir::{Behaviour, Deferrable, Definition, Name, ObjectKind, ObjectRef, Op, Trigger, View};
use crate::sql::cursor::{Cursor, Parse};
use crate::sql::lex::TokenKind;
use crate::sql::mysql::Server;

/// What may stand before the kind of an object that is made.
#[derive(Default)]
pub(super) struct Preface {
    pub or_replace: bool,
    /// `DEFINER = …`: the text behind it.
    pub definer: Option<String>,
    /// `ALGORITHM` and `SQL SECURITY` of a view.
    pub options: Vec<(String, String)>,
}

/// From behind `CREATE`.
pub(super) fn preface(c: &mut Cursor<'_>) -> Parse<Preface> {
    let mut preface = Preface { or_replace: c.eat("OR REPLACE"), ..Preface::default() };
    loop {
        if c.eat("ALGORITHM") {
            c.expect_mark("=")?;
            let word = c.expect_any(&["UNDEFINED", "MERGE", "TEMPTABLE"])?;
            preface.options.push(("ALGORITHM".to_owned(), word.to_owned()));
        } else if c.eat("DEFINER") {
            c.expect_mark("=")?;
            preface.definer = Some(user(c)?);
        } else if c.eat("SQL SECURITY") {
            let word = c.expect_any(&["DEFINER", "INVOKER"])?;
            preface.options.push(("SQL SECURITY".to_owned(), word.to_owned()));
        } else {
            return Ok(preface);
        }
    }
}

/// `user@host` or `CURRENT_USER`.
fn user(c: &mut Cursor<'_>) -> Parse<String> {
    let start = c.position();
    if c.eat("CURRENT_USER") {
        if c.is_mark(0, "(") {
            c.parens()?;
        }
        return Ok("CURRENT_USER".to_owned());
    }
    let is_word = |c: &Cursor<'_>| matches!(c.kind(0), Some(TokenKind::Word | TokenKind::Quoted | TokenKind::String));
    if !is_word(c) {
        return Err(c.stop("a user"));
    }
    c.skip(1);
    if c.kind(0) == Some(TokenKind::Param) && c.text(0).starts_with('@') {
        c.skip(1);
    } else if c.eat_mark("@") {
        if !is_word(c) {
            return Err(c.stop("a host"));
        }
        c.skip(1);
    }
    Ok(c.clean(start, c.position()))
}

/// From behind `VIEW`.
pub(super) fn view(c: &mut Cursor<'_>, preface: Preface) -> Parse<Op> {
    let if_not_exists = atom::unless_there(c);
    let name = atom::qualified(c)?;
    let columns = if c.is_mark(0, "(") { atom::names_in_parens(c)? } else { Vec::new() };
    c.expect("AS")?;
    if let Some(at) = (1..c.rest().tokens().len()).find(|at| is_star(&c.rest(), *at)) {
        return Err(
            c.refuse(format!("view of all columns ({}), which the server names when it is made", c.rest().text(at)))
        );
    }
    if !["SELECT", "VALUES", "WITH"].iter().any(|word| c.rest().unwrapped().is(word)) {
        return Err(c.stop("a query"));
    }
    let checks = ["WITH CHECK OPTION", "WITH CASCADED CHECK OPTION", "WITH LOCAL CHECK OPTION"];
    let query = c.until(|c| checks.iter().any(|words| c.are(words))).value()?;
    let check_option = match c.eat_any(&checks) {
        Some("WITH LOCAL CHECK OPTION") => Some("LOCAL".to_owned()),
        Some(_) => Some("CASCADED".to_owned()),
        None => None,
    };
    c.end()?;
    let mut with = preface.options;
    with.extend(preface.definer.map(|user| ("DEFINER".to_owned(), user)));
    let view = View {
        name,
        materialized: false,
        temporary: false,
        recursive: false,
        columns,
        with,
        query,
        check_option,
        with_no_data: false,
        method: None,
        tablespace: None,
    };
    Ok(Op::CreateView { view, or_replace: preface.or_replace, if_not_exists })
}

/// Whether a token is the `*` of `SELECT *` or `a.*`, and no multiplication.
fn is_star(c: &Cursor<'_>, at: usize) -> bool {
    let before = c.text(at - 1).to_ascii_uppercase();
    c.text(at) == "*"
        && ["SELECT", "DISTINCT", "DISTINCTROW", "ALL", "STRAIGHT_JOIN", ",", "."].contains(&before.as_str())
}

/// From behind `TRIGGER`.
pub(super) fn trigger(c: &mut Cursor<'_>, preface: Preface) -> Parse<Op> {
    if c.are("IF NOT EXISTS") {
        return Err(c.refuse("trigger that is made only if there is none of its name"));
    }
    let name = atom::qualified(c)?.name;
    let timing = c.expect_any(&["BEFORE", "AFTER"])?.to_owned();
    let event = c.expect_any(&["INSERT", "UPDATE", "DELETE"])?.to_owned();
    c.expect("ON")?;
    let table = atom::qualified(c)?;
    c.expect("FOR EACH ROW")?;
    let order = match c.eat_any(&["FOLLOWS", "PRECEDES"]) {
        Some(word) => Some((word.to_owned(), atom::name(c)?)),
        None => None,
    };
    let trigger = Trigger {
        name,
        table,
        constraint: false,
        timing,
        events: vec![(event, Vec::new())],
        from: None,
        deferrable: Deferrable::No,
        referencing: None,
        each_row: true,
        when: None,
        function: None,
        arguments: Vec::new(),
        body: Some(body(c)?),
        definer: preface.definer,
        order,
    };
    Ok(Op::CreateTrigger { trigger, or_replace: preface.or_replace })
}

/// A routine's statements, to the letter: a block that is closed, or one statement.
fn body(c: &mut Cursor<'_>) -> Parse<String> {
    let (start, count) = (c.position(), c.tokens().len());
    whole_body(&c.rest())?;
    c.seek(count);
    Ok(atom::letter(c, start, count))
}

/// A stop unless the tokens are all of a body. The statement was cut where nothing seemed to be open any more.
fn whole_body(c: &Cursor<'_>) -> Parse<()> {
    let is_label = c.is_mark(1, ":");
    let first = if is_label { c.slice(2, c.tokens().len()) } else { c.rest() };
    let compound = ["BEGIN", "IF", "CASE", "LOOP", "WHILE", "REPEAT"].into_iter().find(|word| first.is(word));
    let semicolons = (0..c.tokens().len()).any(|at| c.slice(at, at + 1).is_mark(0, ";"));
    let Some(word) = compound else {
        return if c.at_end() || semicolons { Err(c.stop("one statement")) } else { Ok(()) };
    };
    let count = c.tokens().len();
    let ends = |back: usize, words: &str| count >= back && c.slice(count - back, count).are(words);
    let closed = match word {
        "BEGIN" => ends(1, "END") || (is_label && count >= 2 && c.slice(count - 2, count).is("END")),
        word => {
            ends(2, &format!("END {word}"))
                || (is_label && count >= 3 && c.slice(count - 3, count).are(&format!("END {word}")))
        }
    };
    if closed { Ok(()) } else { Err(c.slice(count, count).stop("the end of the block")) }
}

/// The kinds of routines.
pub(super) const ROUTINES: &[&str] = &["PROCEDURE", "FUNCTION", "EVENT"];

fn kind(word: &str) -> ObjectKind {
    match word {
        "PROCEDURE" => ObjectKind::Procedure,
        "FUNCTION" => ObjectKind::Function,
        _ => ObjectKind::Event,
    }
}

/// From behind `PROCEDURE`, `FUNCTION` or `EVENT`: all of the statement is kept.
pub(super) fn routine(c: &mut Cursor<'_>, word: &str, preface: &Preface) -> Parse<Op> {
    if c.are("IF NOT EXISTS") {
        return Err(c.refuse(format!("{} that is made only if there is none of its name", word.to_lowercase())));
    }
    let object = ObjectRef::new(kind(word), atom::qualified(c)?);
    if word == "EVENT" {
        c.expect("ON SCHEDULE")?;
        let schedule = c.until(|c| c.is("DO")).sql().to_ascii_uppercase();
        if !schedule.contains("STARTS") && !schedule.starts_with("AT '")
            || schedule.contains("NOW(")
            || schedule.contains("CURRENT_")
        {
            return Err(c.refuse("event whose schedule begins when it is made"));
        }
        c.expect("DO")?;
    } else {
        c.parens()?;
        characteristics(c)?;
    }
    let rest = c.rest();
    whole_body(&rest)?;
    if rest.is("RETURNS") || rest.at_end() {
        return Err(c.stop("a body"));
    }
    let count = c.tokens().len();
    let from = if preface.or_replace { 3 } else { 1 };
    let sql = format!("CREATE {}", atom::letter(c, from, count));
    let definition = Definition { object, sql };
    Ok(Op::Define { definition, or_replace: preface.or_replace, if_not_exists: false })
}

/// What stands between a routine's arguments and its body.
fn characteristics(c: &mut Cursor<'_>) -> Parse<()> {
    if c.eat("RETURNS") {
        // A type, of which only the end matters.
        c.skip(1);
        if c.is_mark(0, "(") {
            c.parens()?;
        }
        while c.eat_any(&["UNSIGNED", "ZEROFILL", "PRECISION", "VARYING"]).is_some() {}
        for words in ["CHARACTER SET", "CHARSET", "COLLATE"] {
            if c.eat(words) {
                c.skip(1);
            }
        }
    }
    const WORDS: &[&str] = &[
        "LANGUAGE SQL",
        "NOT DETERMINISTIC",
        "DETERMINISTIC",
        "CONTAINS SQL",
        "NO SQL",
        "READS SQL DATA",
        "MODIFIES SQL DATA",
        "SQL SECURITY DEFINER",
        "SQL SECURITY INVOKER",
        "COMMENT",
    ];
    while let Some(word) = c.eat_any(WORDS) {
        if word == "COMMENT" {
            atom::string(c)?;
        }
    }
    Ok(())
}

/// From behind `DROP`.
pub(super) fn drop(c: &mut Cursor<'_>, server: &Server) -> Parse<Vec<Op>> {
    const KINDS: &[&str] = &["TABLE", "TABLES", "VIEW", "INDEX", "TRIGGER", "PROCEDURE", "FUNCTION", "EVENT"];
    let word = c.expect_any(KINDS)?;
    let if_exists = c.eat("IF EXISTS");
    let kind = match word {
        "TABLE" | "TABLES" => ObjectKind::Table,
        "VIEW" => ObjectKind::View,
        "INDEX" => ObjectKind::Index,
        "TRIGGER" => ObjectKind::Trigger,
        word => kind(word),
    };
    if kind == ObjectKind::Index {
        if if_exists && !server.guards_anywhere {
            return Err(c.refuse(format!("DROP INDEX IF EXISTS, which {} has not", server.name)));
        }
        let name = atom::name(c)?;
        c.expect("ON")?;
        let table = atom::qualified(c)?;
        let mut without = Vec::new();
        super::index::how(c, &mut without)?;
        if !without.is_empty() || name.eq_ignore_ascii_case("PRIMARY") {
            return Err(c.refuse("DROP INDEX of the primary key, or that says how it is carried out"));
        }
        c.end()?;
        return Ok(vec![alter::drop_index(ObjectRef::on(kind, name, table), if_exists)]);
    }
    let several = matches!(kind, ObjectKind::Table | ObjectKind::View);
    let names: Vec<Name> = if several { c.list(atom::qualified)? } else { vec![atom::qualified(c)?] };
    // They mean nothing.
    if several {
        c.eat_any(&["RESTRICT", "CASCADE"]);
    }
    c.end()?;
    let drop = |name| {
        let object = ObjectRef::new(kind, name);
        Op::Drop { object, if_exists, behaviour: Behaviour::Restrict, concurrently: false }
    };
    Ok(names.into_iter().map(drop).collect())
}

/// From behind `ALTER`: of a routine or event, which is kept as a statement.
pub(super) fn alter_routine(c: &mut Cursor<'_>, word: &str) -> Parse<Op> {
    let object = ObjectRef::new(kind(word), atom::qualified(c)?);
    let rest = c.rest();
    if (0..rest.tokens().len()).any(|at| rest.slice(at, at + 2).are("RENAME TO")) {
        return Err(c.refuse("event that is given another name"));
    }
    Ok(Op::AlterDefinition { object, sql: atom::whole(c) })
}
