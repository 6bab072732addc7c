//! Calls that are made for what they do. Where what is called is not known, only a real run knows what that is, and the
//! statement is carried: nothing that a script does may go without a trace.

use super::instrument::Instrument;
use oxc::ast::ast::*;
use oxc::span::{GetSpan, Span};

/// Methods by which models and clients change what they hold.
const WRITES: [&str; 36] = [
    "bulkCreate",
    "bulkInsert",
    "create",
    "createMany",
    "decrement",
    "del",
    "delete",
    "deleteMany",
    "deleteOne",
    "destroy",
    "exec",
    "execSync",
    "execute",
    "findOrCreate",
    "increment",
    "insert",
    "insertGraph",
    "insertMany",
    "insertOne",
    "patch",
    "patchAndFetchById",
    "query",
    "remove",
    "restore",
    "runMigrations",
    "save",
    "softDelete",
    "sync",
    "truncate",
    "update",
    "updateAndFetchById",
    "updateMany",
    "updateOne",
    "upsert",
    "upsertGraph",
    "upsertMany",
];

/// Functions that run a program.
const PROGRAMS: [&str; 7] = ["exec", "execFile", "execFileSync", "execSync", "fork", "spawn", "spawnSync"];

/// The call that an expression is, or by which it ends, whether it is waited for or not.
fn called<'e, 'a>(expression: &'e Expression<'a>) -> Option<&'e Expression<'a>> {
    let mut at = expression;
    let mut awaited = false;
    loop {
        at = match at {
            Expression::AwaitExpression(inner) => {
                awaited = true;
                &inner.argument
            }
            // What is waited for may be a query that is not known any more.
            Expression::Identifier(_) if awaited => return Some(at),
            Expression::ParenthesizedExpression(inner) => &inner.expression,
            Expression::TSAsExpression(inner) => &inner.expression,
            Expression::TSNonNullExpression(inner) => &inner.expression,
            Expression::CallExpression(_)
            | Expression::ChainExpression(_)
            | Expression::TaggedTemplateExpression(_)
            | Expression::NewExpression(_)
            | Expression::LogicalExpression(_)
            | Expression::ConditionalExpression(_) => return Some(at),
            Expression::UnaryExpression(unary) => &unary.argument,
            Expression::SequenceExpression(sequence) => sequence.expressions.last()?,
            _ => return None,
        };
    }
}

/// Whether one of the methods in a chain of calls is one that changes something.
fn writes(expression: &Expression<'_>) -> bool {
    let mut at = expression;
    loop {
        let callee = match at {
            Expression::CallExpression(call) => &call.callee,
            Expression::ChainExpression(chain) => match &chain.expression {
                ChainElement::CallExpression(call) => &call.callee,
                _ => return false,
            },
            Expression::StaticMemberExpression(member) => {
                at = &member.object;
                continue;
            }
            Expression::ParenthesizedExpression(inner) => {
                at = &inner.expression;
                continue;
            }
            _ => return false,
        };
        let member = match callee {
            Expression::StaticMemberExpression(member) => member,
            Expression::Identifier(name) => return PROGRAMS.contains(&name.name.as_str()),
            _ => return false,
        };
        if WRITES.contains(&member.property.name.as_str()) {
            return true;
        }
        at = &member.object;
    }
}

impl Instrument<'_, '_> {
    /// An expression that is there for what it does; where it is one call, what that gives is looked at.
    pub fn told(&mut self, expression: &Expression<'_>, visit: impl FnOnce(&mut Self)) {
        let Some(span) = called(expression).map(GetSpan::span) else { return visit(self) };
        self.looked_at(span, visit);
    }

    /// The same for one of which what it gives may be used, if it is called like something that changes rows.
    pub fn told_if_it_writes(&mut self, expression: &Expression<'_>, visit: impl FnOnce(&mut Self)) {
        let Some(call) = called(expression).filter(|call| writes(call)) else { return visit(self) };
        self.looked_at(call.span(), visit);
    }

    fn looked_at(&mut self, span: Span, visit: impl FnOnce(&mut Self)) {
        let unit = self.unit();
        self.edits.open(span.start as usize, "__tm.v(");
        visit(self);
        self.edits.close(span.end as usize, format!(",{unit})"));
    }

    /// Whether what is being visited stands in an entry itself, and in no function in it.
    pub fn is_entrys_own(&self) -> bool {
        self.entry.is_some_and(|entry| entry == self.functions)
    }
}
