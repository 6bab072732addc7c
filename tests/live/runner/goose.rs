//! A stand-in for goose: how it reads a file and what it sends. Written from `internal/sqlparser/parser.go` of goose 3.27.3;
//! annotations for variables of the environment, which nothing of ours has, are refused.

use super::{Direction, Script};

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    /// In the part of a direction.
    In(Direction),
    /// Between the annotations around a statement.
    Statement(Direction),
    /// Behind the one that ends it.
    Ended(Direction),
}

/// Reads one direction of a file.
pub fn read(text: &str, direction: Direction) -> Result<Script, String> {
    let mut script = Script { queries: Vec::new(), in_transaction: true };
    let mut state = State::Start;
    let mut buffer = String::new();
    // Its scanner takes lines without `\n` and without a `\r` before it.
    for line in text.lines() {
        if state == State::Start && line.trim().is_empty() {
            continue;
        }
        if line.trim().starts_with("--") && line.contains("+goose") {
            state = match (annotation(line)?.as_str(), state) {
                ("up", State::Start) => State::In(Direction::Up),
                ("down", State::In(Direction::Up) | State::Ended(Direction::Up)) => match buffer.trim() {
                    "" => State::In(Direction::Down),
                    rest => return Err(format!("unfinished: {rest}")),
                },
                ("statementbegin", State::In(of) | State::Ended(of)) => State::Statement(of),
                ("statementend", State::Statement(of)) => State::Ended(of),
                ("no transaction", state) => {
                    script.in_transaction = false;
                    state
                }
                (other, _) => return Err(format!("annotation {other} is misplaced or not known")),
            };
            if !matches!(state, State::Ended(_)) {
                continue;
            }
        }
        if buffer.is_empty() && (line.trim().starts_with("--") || line.is_empty()) {
            continue;
        }
        if !matches!(state, State::Ended(_)) {
            buffer.push_str(line);
            buffer.push('\n');
        }
        let (State::In(of) | State::Statement(of) | State::Ended(of)) = state else {
            return Err(format!("unexpected: {line}"));
        };
        if of != direction {
            buffer.clear();
            continue;
        }
        let is_whole = match state {
            State::In(_) => ends_with_semicolon(line),
            State::Ended(_) => true,
            State::Start | State::Statement(_) => false,
        };
        if is_whole {
            script.queries.push(buffer.trim().to_owned());
            buffer.clear();
            state = State::In(of);
        }
    }
    match state {
        State::Start => Err("there is no annotation Up".into()),
        State::Statement(_) => Err("an annotation StatementEnd is missing".into()),
        State::In(_) | State::Ended(_) if !buffer.trim().is_empty() => Err(format!("unfinished: {buffer}")),
        State::In(_) | State::Ended(_) => Ok(script),
    }
}

fn annotation(line: &str) -> Result<String, String> {
    let word = line.replace("--", "").replacen("+goose", "", 1);
    match line.starts_with([' ', '\t']) || word.contains("+goose") {
        true => Err(format!("invalid annotation: {line}")),
        false => Ok(word.trim().to_lowercase()),
    }
}

/// Whether the last word before a comment ends with a semicolon.
fn ends_with_semicolon(line: &str) -> bool {
    let words = line.split_whitespace().take_while(|word| !word.starts_with("--"));
    words.last().is_some_and(|word| word.ends_with(';'))
}

#[test]
fn files_are_read_as_goose_reads_them() {
    let text = "-- +goose NO TRANSACTION\n-- +goose Up\n-- a\n\nCREATE TABLE t ();\n\n-- +goose StatementBegin\nDO $$\nBEGIN;\n-- b\nEND $$;\n-- +goose StatementEnd\n\n-- +goose Down\nDROP TABLE\n  t; -- c\n";
    let up = read(text, Direction::Up);
    let queries = vec!["CREATE TABLE t ();".into(), "DO $$\nBEGIN;\n-- b\nEND $$;".into()];
    assert_eq!(up, Ok(Script { queries, in_transaction: false }));
    let down = read(text, Direction::Down).map(|script| script.queries);
    assert_eq!(down, Ok(vec!["DROP TABLE\n  t; -- c".into()]));
    let cut = "-- +goose Up\n-- +goose StatementBegin\nSELECT '\n-- +goose Down\n';\n-- +goose StatementEnd\n";
    assert!(read(cut, Direction::Up).is_err());
}
