//! How a script is written: quotes, semicolons, indentation, line ends.

use super::{Entry, range};
use oxc::ast::ast::*;
use oxc::ast_visit::{Visit, walk};
use oxc::span::GetSpan;

/// How a script is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// What a level is indented by.
    pub indent: String,
    /// `"\n"` or `"\r\n"`.
    pub newline: &'static str,
    /// The quote around strings.
    pub quote: char,
    /// Whether statements end in semicolons.
    pub semicolons: bool,
}

impl Style {
    /// The style of a file, by what most of it does; `entry` is what shows the indentation best.
    pub(super) fn of(text: &str, program: &Program<'_>, entry: Option<&Entry>) -> Self {
        let mut look = Look { text, single: 0, double: 0, with: 0, without: 0 };
        look.visit_program(program);
        let crlf = text.matches("\r\n").count();
        let inside = entry.and_then(|entry| {
            let outer = indentation(text, entry.span.start);
            let lines = text.get(entry.span.clone())?.lines().skip(1).filter(|line| !line.trim().is_empty());
            // One space is the rest of a comment's frame.
            let deeper = lines.map(leading).filter_map(|inner| inner.strip_prefix(outer)).filter(|space| *space != " ");
            deeper.filter(|space| !space.is_empty()).min_by_key(|space| space.len())
        });
        let first = || text.lines().map(leading).find(|space| !space.is_empty() && *space != " ");
        let indent = inside.or_else(first).unwrap_or("  ");
        Style {
            indent: indent.to_owned(),
            newline: if crlf * 2 > text.matches('\n').count() { "\r\n" } else { "\n" },
            quote: if look.double > look.single { '"' } else { '\'' },
            semicolons: look.with >= look.without,
        }
    }
}

/// The space that a line starts with.
fn leading(line: &str) -> &str {
    let rest = line.trim_start_matches([' ', '\t']);
    &line[..line.len() - rest.len()]
}

/// The space that the line starts with on which something stands.
fn indentation(text: &str, at: usize) -> &str {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    text.get(start..).map_or("", leading)
}

/// What is counted.
struct Look<'t> {
    text: &'t str,
    single: usize,
    double: usize,
    with: usize,
    without: usize,
}

impl<'a> Visit<'a> for Look<'_> {
    fn visit_string_literal(&mut self, it: &StringLiteral<'a>) {
        match self.text.as_bytes().get(it.span.start as usize) {
            Some(b'\'') => self.single += 1,
            Some(b'"') => self.double += 1,
            _ => {}
        }
    }

    fn visit_statement(&mut self, it: &Statement<'a>) {
        let ends = matches!(
            it,
            Statement::ExpressionStatement(_)
                | Statement::ReturnStatement(_)
                | Statement::VariableDeclaration(_)
                | Statement::ImportDeclaration(_)
        );
        if ends {
            match self.text.get(range(it.span())).is_some_and(|text| text.ends_with(';')) {
                true => self.with += 1,
                false => self.without += 1,
            }
        }
        walk::walk_statement(self, it);
    }
}
