//! Functions and procedures, triggers, policies.

use super::constraint::deferrability;
use super::text::{ident, idents, join, name, parens, role, sealed, statement};
use crate::ir::{Argument, ArgumentMode, Deferrable, Policy, Routine, RoutineKind, Trigger};

/// `CREATE FUNCTION …`, `CREATE PROCEDURE …`: the argument list from its parts, what is behind it as written.
pub(super) fn create(routine: &Routine, or_replace: bool) -> String {
    let guard = if or_replace { "OR REPLACE " } else { "" };
    let kind = match routine.kind {
        RoutineKind::Function => "FUNCTION",
        RoutineKind::Procedure => "PROCEDURE",
    };
    let blank = if routine.rest.starts_with(|c: char| c.is_ascii_whitespace()) { "" } else { " " };
    let rest = statement(&routine.rest);
    format!("CREATE {guard}{kind} {}({}){blank}{rest}", name(&routine.name), join(&routine.arguments, argument))
}

/// One argument; `IN` is what no mode means.
fn argument(argument: &Argument) -> String {
    let mut out = String::from(match argument.mode {
        ArgumentMode::In => "",
        ArgumentMode::Out => "OUT ",
        ArgumentMode::InOut => "INOUT ",
        ArgumentMode::Variadic => "VARIADIC ",
    });
    if let Some(name) = &argument.name {
        out += &format!("{} ", ident(name));
    }
    out += &argument.type_text;
    if let Some(default) = &argument.default {
        out += &format!(" DEFAULT {}", sealed(&default.0));
    }
    out
}

/// `CREATE TRIGGER …`.
pub(super) fn trigger(trigger: &Trigger, or_replace: bool) -> String {
    let event = |(event, columns): &(String, Vec<String>)| match columns.as_slice() {
        [] => event.clone(),
        columns => format!("{event} OF {}", idents(columns)),
    };
    let events = trigger.events.iter().map(event).collect::<Vec<_>>().join(" OR ");
    let mut out = format!(
        "CREATE {}{}TRIGGER {}\n    {} {events} ON {}",
        if or_replace { "OR REPLACE " } else { "" },
        if trigger.constraint { "CONSTRAINT " } else { "" },
        ident(&trigger.name),
        trigger.timing,
        name(&trigger.table)
    );
    if let Some(from) = &trigger.from {
        out += &format!("\n    FROM {}", name(from));
    }
    if trigger.deferrable != Deferrable::No {
        out += &format!("\n    {}", deferrability(trigger.deferrable));
    }
    if let Some(tables) = &trigger.referencing {
        out += &format!("\n    REFERENCING {}", sealed(tables));
    }
    out += if trigger.each_row { "\n    FOR EACH ROW" } else { "\n    FOR EACH STATEMENT" };
    if let Some(when) = &trigger.when {
        out += &format!("\n    WHEN {}", parens(&when.0));
    }
    let function = trigger.function.as_ref().map(name).unwrap_or_default();
    out + &format!("\n    EXECUTE FUNCTION {function}({})", trigger.arguments.join(", "))
}

/// `CREATE POLICY …`.
pub(super) fn create_policy(policy: &Policy) -> String {
    let mut out = format!("CREATE POLICY {} ON {}", ident(&policy.name), name(&policy.table));
    if policy.restrictive {
        out += " AS RESTRICTIVE";
    }
    if let Some(command) = &policy.command {
        out += &format!(" FOR {command}");
    }
    out + &clauses(policy)
}

/// `ALTER POLICY …`.
pub(super) fn alter_policy(policy: &Policy) -> String {
    format!("ALTER POLICY {} ON {}{}", ident(&policy.name), name(&policy.table), clauses(policy))
}

/// What both say of a policy, each on a line.
fn clauses(policy: &Policy) -> String {
    let mut out = String::new();
    if !policy.roles.is_empty() {
        out += &format!("\n    TO {}", join(&policy.roles, |name| role(name)));
    }
    if let Some(using) = &policy.using {
        out += &format!("\n    USING {}", parens(&using.0));
    }
    if let Some(check) = &policy.check {
        out += &format!("\n    WITH CHECK {}", parens(&check.0));
    }
    out
}
