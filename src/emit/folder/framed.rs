//! A script that is sent as a single query has transactions that its text does not name.

use crate::ir::{Op, Step};
use crate::source::Span;

/// The steps of a script that a server takes as one query, as they have to be sent one by one: what stands outside of the
/// transactions that its text begins is a transaction all the same, which a `BEGIN` goes on with. Source: "Multiple
/// Statements in a Simple Query" in the manual of PostgreSQL 15.
pub(super) fn in_transactions(steps: &[Step]) -> Vec<Step> {
    let told = |verb: &str| Step::new(Op::Transaction { verb: verb.into(), sql: verb.into() }, Span::default());
    let mut out = Vec::with_capacity(steps.len() + 2);
    let (mut is_open, mut is_begun) = (false, false);
    for step in steps {
        match &step.op {
            Op::Transaction { verb, .. } if verb == "BEGIN" || verb == "START" => {
                is_begun = true;
                if std::mem::replace(&mut is_open, true) {
                    continue;
                }
            }
            Op::Transaction { verb, sql } if ends(verb, &sql.to_uppercase()) => {
                if !is_open {
                    continue;
                }
                let goes_on = sql.to_uppercase().contains("AND CHAIN");
                (is_open, is_begun) = (goes_on, goes_on);
            }
            _ if !is_open => {
                out.push(told("BEGIN"));
                is_open = true;
            }
            _ => {}
        }
        out.push(step.clone());
    }
    if is_open && !is_begun {
        out.push(told("COMMIT"));
    }
    out
}

/// Whether a statement ends a transaction, and is no way back to a savepoint.
fn ends(verb: &str, sql: &str) -> bool {
    ["COMMIT", "END", "ROLLBACK", "ABORT"].contains(&verb) && !sql.contains(" TO ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_outside_of_a_transaction_gets_one() {
        let of = |text: &str| {
            let step = |sql: &str| {
                let verb = sql.split(' ').next().unwrap_or_default().to_owned();
                let op = match verb.as_str() {
                    "SELECT" => Op::Query { sql: sql.into() },
                    _ => Op::Transaction { verb, sql: sql.into() },
                };
                Step::new(op, Span::default())
            };
            let steps: Vec<Step> = text.split("; ").map(step).collect();
            let said = in_transactions(&steps).into_iter().map(|step| match step.op {
                Op::Query { sql } | Op::Transaction { sql, .. } => sql,
                _ => String::new(),
            });
            said.collect::<Vec<_>>().join("; ")
        };
        assert_eq!(of("BEGIN; SELECT 1; COMMIT"), "BEGIN; SELECT 1; COMMIT");
        assert_eq!(of("SELECT 1; BEGIN; SELECT 2; COMMIT"), "BEGIN; SELECT 1; SELECT 2; COMMIT");
        assert_eq!(of("BEGIN; SELECT 1; COMMIT; SELECT 2"), "BEGIN; SELECT 1; COMMIT; BEGIN; SELECT 2; COMMIT");
        assert_eq!(of("SELECT 1; ROLLBACK; COMMIT; SELECT 2"), "BEGIN; SELECT 1; ROLLBACK; BEGIN; SELECT 2; COMMIT");
        assert_eq!(of("BEGIN; SAVEPOINT a; ROLLBACK TO a; COMMIT"), "BEGIN; SAVEPOINT a; ROLLBACK TO a; COMMIT");
    }
}
