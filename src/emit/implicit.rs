//! The transactions of a script that is one query. What stands in such a query outside of a transaction of its own is one
//! all the same, up to the next end of one; what sends statement by statement has to be told so.

use crate::ir::{Op, Step};

/// The same steps with every transaction opened and ended in words.
pub fn explicit(steps: &[Step]) -> Vec<Step> {
    let mut said: Vec<Step> = Vec::with_capacity(steps.len() + 4);
    let mut open = Open::None;
    for step in steps {
        let verb = match &step.op {
            Op::Transaction { verb, sql } => Some((verb.as_str(), sql.to_ascii_uppercase())),
            _ => None,
        };
        match verb {
            Some(("BEGIN" | "START", _)) => {
                // The one that is open goes on as this one.
                if open != Open::None {
                    open = Open::Said;
                    continue;
                }
                open = Open::Said;
            }
            Some(("COMMIT" | "END" | "ROLLBACK" | "ABORT" | "PREPARE", sql)) if !sql.contains(" TO ") => {
                open = if sql.ends_with("AND CHAIN") && open == Open::Said { Open::Said } else { Open::None };
            }
            _ if open == Open::None && !step.joined => {
                said.push(transaction(step, "BEGIN"));
                open = Open::Implied;
            }
            _ => {}
        }
        said.push(step.clone());
    }
    if let (Open::Implied, Some(last)) = (open, said.last()) {
        let end = transaction(last, "COMMIT");
        said.push(end);
    }
    said
}

/// The transaction that a step stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    None,
    /// One that no statement has opened.
    Implied,
    /// One that a statement has opened.
    Said,
}

fn transaction(beside: &Step, verb: &str) -> Step {
    Step::new(Op::Transaction { verb: verb.to_owned(), sql: verb.to_owned() }, beside.at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn said(script: &[&str]) -> Vec<String> {
        let step = |sql: &&str| {
            let verb = sql.split(' ').next().unwrap_or_default().to_owned();
            let sql = (*sql).to_owned();
            let op = if verb == "SELECT" { Op::Query { sql } } else { Op::Transaction { verb, sql } };
            Step::new(op, Span::default())
        };
        let steps: Vec<Step> = script.iter().map(step).collect();
        let text = |step: Step| match step.op {
            Op::Query { sql } | Op::Transaction { sql, .. } => sql,
            _ => String::new(),
        };
        explicit(&steps).into_iter().map(text).collect()
    }

    #[test]
    fn what_stands_outside_is_one_transaction_up_to_the_next_end() {
        assert_eq!(
            said(&["SELECT 1", "COMMIT", "SELECT 2"]),
            ["BEGIN", "SELECT 1", "COMMIT", "BEGIN", "SELECT 2", "COMMIT"]
        );
        assert_eq!(said(&["SELECT 1", "BEGIN", "SELECT 2", "ROLLBACK"]), ["BEGIN", "SELECT 1", "SELECT 2", "ROLLBACK"]);
        let chained = ["BEGIN", "SELECT 1", "ROLLBACK TO a", "COMMIT AND CHAIN", "SELECT 2", "ROLLBACK"];
        assert_eq!(said(&chained), chained);
    }
}
