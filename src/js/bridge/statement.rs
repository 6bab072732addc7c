//! The statement around a place.

use super::file::{inside, range};
use oxc::allocator::Allocator;
use oxc::ast::ast::*;
use oxc::ast_visit::{Visit, walk};
use oxc::parser::Parser;
use oxc::span::GetSpan;
use std::ops::Range;

/// The innermost statement, block excepted, that each of some places lies in; `None` for one that lies in none, and for
/// all where the script cannot be parsed.
pub fn statements_around(path: &str, text: &str, places: &[Range<usize>]) -> Vec<Option<Range<usize>>> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, text, super::super::prepare::source_type(path)).parse();
    let mut around = Around { places, found: vec![None; places.len()] };
    if !parsed.panicked {
        around.visit_program(&parsed.program);
    }
    around.found
}

struct Around<'p> {
    places: &'p [Range<usize>],
    found: Vec<Option<Range<usize>>>,
}

impl<'a> Visit<'a> for Around<'_> {
    fn visit_statement(&mut self, statement: &Statement<'a>) {
        let at = range(statement.span());
        if !matches!(statement, Statement::BlockStatement(_)) {
            for (place, found) in self.places.iter().zip(&mut self.found) {
                if inside(place, &at) {
                    *found = Some(at.clone());
                }
            }
        }
        walk::walk_statement(self, statement);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_statement_is_found() {
        let text = "exports.up = async (knex) => {\n  if (a) { await knex('t').insert(b); }\n  return knex('u');\n};";
        let at = |part: &str| text.find(part).map(|at| at..at + part.len()).unwrap();
        let found = statements_around("a.js", text, &[at("knex('t')"), at("knex('u')")]);
        assert_eq!(found, [Some(at("await knex('t').insert(b);")), Some(at("return knex('u');"))]);
    }
}
