//! Questions to a script's syntax tree that the instrumentation asks.

use oxc::ast::ast::*;
use oxc::ast_visit::{Visit, walk};
use oxc::semantic::ScopeFlags;

/// Whether a statement is run in its place.
pub(super) fn is_run(statement: &Statement<'_>) -> bool {
    !matches!(
        statement,
        Statement::FunctionDeclaration(_)
            | Statement::EmptyStatement(_)
            | Statement::ImportDeclaration(_)
            | Statement::ExportAllDeclaration(_)
            | Statement::ExportNamedDeclaration(_)
            | Statement::ExportFromDeclaration(_)
            | Statement::TSTypeAliasDeclaration(_)
            | Statement::TSInterfaceDeclaration(_)
            | Statement::TSImportEqualsDeclaration(_)
            | Statement::LabeledStatement(_)
    )
}

/// Whether a statement calls something.
pub(super) fn may_call(statement: &Statement<'_>) -> bool {
    #[derive(Default)]
    struct Look(bool);
    impl<'a> Visit<'a> for Look {
        fn visit_call_expression(&mut self, _: &CallExpression<'a>) {
            self.0 = true;
        }
    }
    let mut look = Look::default();
    look.visit_statement(statement);
    look.0
}

/// Whether a statement may do something: it calls what is more than a note for people or the end of a transaction.
pub(super) fn may_do(statement: &Statement<'_>) -> bool {
    let mut look = Does(false);
    look.visit_statement(statement);
    look.0
}

/// The same of an expression.
pub(super) fn does(expression: &Expression<'_>) -> bool {
    let mut look = Does(false);
    look.visit_expression(expression);
    look.0
}

struct Does(bool);

impl<'a> Visit<'a> for Does {
    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        let noted = match &it.callee {
            Expression::StaticMemberExpression(member) => {
                matches!(member.property.name.as_str(), "log" | "info" | "warn" | "error" | "debug" | "rollback")
            }
            _ => false,
        };
        self.0 |= !noted;
        walk::walk_call_expression(self, it);
    }

    fn visit_await_expression(&mut self, it: &AwaitExpression<'a>) {
        self.0 |= !matches!(it.argument, Expression::CallExpression(_));
        walk::walk_await_expression(self, it);
    }
}

/// Whether a statement may leave the list that it stands in.
#[derive(Default)]
pub(super) struct Escapes {
    pub returns: bool,
    breaks: bool,
    loops: usize,
    switches: usize,
}

impl Escapes {
    pub fn leaves(&self) -> bool {
        self.returns || self.breaks
    }
}

impl<'a> Visit<'a> for Escapes {
    fn visit_function(&mut self, _: &Function<'a>, _: ScopeFlags) {}

    fn visit_arrow_function_expression(&mut self, _: &ArrowFunctionExpression<'a>) {}

    fn visit_class(&mut self, _: &Class<'a>) {}

    fn visit_return_statement(&mut self, _: &ReturnStatement<'a>) {
        self.returns = true;
    }

    fn visit_break_statement(&mut self, it: &BreakStatement<'a>) {
        self.breaks |= it.label.is_some() || self.loops + self.switches == 0;
    }

    fn visit_continue_statement(&mut self, it: &ContinueStatement<'a>) {
        self.breaks |= it.label.is_some() || self.loops == 0;
    }

    fn visit_for_statement(&mut self, it: &ForStatement<'a>) {
        self.loops += 1;
        walk::walk_for_statement(self, it);
        self.loops -= 1;
    }

    fn visit_for_in_statement(&mut self, it: &ForInStatement<'a>) {
        self.loops += 1;
        walk::walk_for_in_statement(self, it);
        self.loops -= 1;
    }

    fn visit_for_of_statement(&mut self, it: &ForOfStatement<'a>) {
        self.loops += 1;
        walk::walk_for_of_statement(self, it);
        self.loops -= 1;
    }

    fn visit_while_statement(&mut self, it: &WhileStatement<'a>) {
        self.loops += 1;
        walk::walk_while_statement(self, it);
        self.loops -= 1;
    }

    fn visit_do_while_statement(&mut self, it: &DoWhileStatement<'a>) {
        self.loops += 1;
        walk::walk_do_while_statement(self, it);
        self.loops -= 1;
    }

    fn visit_switch_statement(&mut self, it: &SwitchStatement<'a>) {
        self.switches += 1;
        walk::walk_switch_statement(self, it);
        self.switches -= 1;
    }
}

/// Whether an expression is certainly a string without being asked. A long sum is not looked through: it is asked of each
/// of its parts.
pub(super) fn is_text(expression: &Expression<'_>) -> bool {
    const LONG: usize = 50;
    is_text_within(expression, LONG)
}

fn is_text_within(expression: &Expression<'_>, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    match expression {
        Expression::StringLiteral(_) | Expression::TemplateLiteral(_) => true,
        Expression::ParenthesizedExpression(inner) => is_text_within(&inner.expression, depth),
        Expression::BinaryExpression(binary) => {
            let sums = binary.operator == BinaryOperator::Addition;
            sums && (is_text_within(&binary.left, depth) || is_text_within(&binary.right, depth))
        }
        _ => false,
    }
}

pub(super) fn is_literal(expression: &Expression<'_>) -> bool {
    matches!(
        expression,
        Expression::StringLiteral(_)
            | Expression::NumericLiteral(_)
            | Expression::BooleanLiteral(_)
            | Expression::NullLiteral(_)
            | Expression::BigIntLiteral(_)
    )
}

/// Whether an expression waits, so that it cannot be put into a function of its own.
pub(super) fn waits(expression: &Expression<'_>) -> bool {
    #[derive(Default)]
    struct Look(bool);
    impl<'a> Visit<'a> for Look {
        fn visit_await_expression(&mut self, _: &AwaitExpression<'a>) {
            self.0 = true;
        }
        fn visit_yield_expression(&mut self, _: &YieldExpression<'a>) {
            self.0 = true;
        }
        fn visit_function(&mut self, _: &Function<'a>, _: ScopeFlags) {}
        fn visit_arrow_function_expression(&mut self, _: &ArrowFunctionExpression<'a>) {}
    }
    let mut look = Look::default();
    look.visit_expression(expression);
    look.0
}
