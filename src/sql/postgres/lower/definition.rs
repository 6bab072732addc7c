//! Where the texts of objects of rarer kinds name tables and hold expressions.

use crate::ir::Name;
use crate::source::FileId;
use crate::sql::cursor::{Cursor, Parse, Source};
use crate::sql::split::split;
use std::ops::Range;

/// The parts of a `CREATE STATISTICS`; ranges are bytes of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatisticsParts {
    /// What the statistics are on: columns and expressions.
    pub elements: Vec<Range<usize>>,
    /// The table, and where it is named.
    pub table: (Range<usize>, Name),
}

/// The parts of `CREATE STATISTICS name [(kinds)] ON … FROM table`; `None` when it cannot be read.
pub fn statistics_parts(sql: &str) -> Option<StatisticsParts> {
    read(sql, |c| {
        c.expect("CREATE STATISTICS")?;
        c.qualified()?;
        if c.is_mark(0, "(") {
            c.parens()?;
        }
        c.expect("ON")?;
        let list = c.until(|c| c.is("FROM"));
        let elements = list.commas().iter().filter_map(bytes).collect();
        c.expect("FROM")?;
        let table = named(c)?;
        c.end()?;
        Ok(StatisticsParts { elements, table })
    })
}

/// The parts of a `CREATE RULE`; ranges are bytes of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleParts {
    /// The relation that it is on, and where it is named.
    pub table: (Range<usize>, Name),
    /// The expression behind `WHERE`.
    pub condition: Option<Range<usize>>,
    /// Everything from `DO` on.
    pub action: Range<usize>,
}

/// The parts of `CREATE RULE name AS ON event TO table [WHERE …] DO …`; `None` when it cannot be read.
pub fn rule_parts(sql: &str) -> Option<RuleParts> {
    read(sql, |c| {
        c.expect("CREATE RULE")?;
        c.name()?;
        c.expect("AS ON")?;
        c.expect_any(&["SELECT", "UPDATE", "DELETE", "INSERT"])?;
        c.expect("TO")?;
        let table = named(c)?;
        let condition = if c.eat("WHERE") { bytes(&c.until(|c| c.is("DO"))) } else { None };
        let action = bytes(&c.rest()).ok_or_else(|| c.stop("DO"))?;
        Ok(RuleParts { table, condition, action })
    })
}

/// The table of an `ALTER TABLE`, and where it is named; `None` when it cannot be read.
pub fn altered_table(sql: &str) -> Option<(Range<usize>, Name)> {
    read(sql, |c| {
        c.expect("ALTER TABLE")?;
        named(c)
    })
}

fn read<T>(sql: &str, with: impl Fn(&mut Cursor<'_>) -> Parse<T>) -> Option<T> {
    let pieces = split(sql);
    let source = Source { text: sql, file: FileId(0), place: None, called: None };
    with(&mut Cursor::new(source, &pieces.statements.first()?.tokens, 0)).ok()
}

fn named(c: &mut Cursor<'_>) -> Parse<(Range<usize>, Name)> {
    let start = c.position();
    let name = c.qualified()?;
    let range = bytes(&c.slice(start, c.position())).ok_or_else(|| c.stop("a name"))?;
    Ok((range, name))
}

/// From the first token's first byte to behind the last one's last.
fn bytes(c: &Cursor<'_>) -> Option<Range<usize>> {
    Some(c.tokens().first()?.start..c.tokens().last()?.end)
}
