//! One spelling of a query or an expression, for comparing two that somebody may have put differently.

use super::parser;
use crate::ir::Dialect;
use sqlparser::ast::{CastKind, Expr, VisitMut, VisitorMut};
use sqlparser::tokenizer::Token;
use std::ops::ControlFlow;

/// An expression with a pair of parentheses around each operation and none besides; `None` when it cannot be read.
pub fn spell_expr(text: &str, dialect: Dialect) -> Option<String> {
    let mut parser = parser(text, dialect).ok()?;
    let mut expr = parser.parse_expr().ok()?;
    if parser.peek_token().token != Token::EOF {
        return None;
    }
    let _ = expr.visit(&mut Parentheses);
    Some(expr.to_string())
}

/// A query with a pair of parentheses around each operation and none besides; `None` when it cannot be read.
pub fn spell_query(text: &str, dialect: Dialect) -> Option<String> {
    let mut parser = parser(text, dialect).ok()?;
    let mut query = parser.parse_query().ok()?;
    while parser.consume_token(&Token::SemiColon) {}
    if parser.peek_token().token != Token::EOF {
        return None;
    }
    let _ = query.visit(&mut Parentheses);
    Some(query.to_string())
}

struct Parentheses;

impl VisitorMut for Parentheses {
    type Break = ();

    fn post_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<()> {
        let taken =
            std::mem::replace(expr, Expr::Wildcard(sqlparser::ast::helpers::attached_token::AttachedToken::empty()));
        *expr = match taken {
            Expr::Nested(inner) => *inner,
            Expr::Cast { kind: _, expr, data_type, format } => {
                Expr::Nested(Box::new(Expr::Cast { kind: CastKind::DoubleColon, expr, data_type, format }))
            }
            operation @ (Expr::BinaryOp { .. }
            | Expr::UnaryOp { .. }
            | Expr::Between { .. }
            | Expr::InList { .. }
            | Expr::InSubquery { .. }
            | Expr::Like { .. }
            | Expr::ILike { .. }
            | Expr::IsNull(_)
            | Expr::IsNotNull(_)
            | Expr::IsTrue(_)
            | Expr::IsNotTrue(_)
            | Expr::IsFalse(_)
            | Expr::IsNotFalse(_)
            | Expr::IsDistinctFrom(..)
            | Expr::IsNotDistinctFrom(..)
            | Expr::AnyOp { .. }
            | Expr::AllOp { .. }
            | Expr::AtTimeZone { .. }
            | Expr::Collate { .. }) => Expr::Nested(Box::new(operation)),
            other => other,
        };
        ControlFlow::Continue(())
    }
}
