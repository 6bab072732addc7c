//! The names that PostgreSQL gives to output columns without an alias (`FigureColname` in `parse_target.c`, PostgreSQL
//! 15).

use super::place::Text;
use super::{Lost, Sure, keyword};
use sqlparser::ast::{AccessExpr, DataType, Expr, Ident, ObjectName, SetExpr, TimezoneInfo, TrimWhereField};

/// A name, how strongly the expression suggests it, and where the identifier stands that it comes from.
pub(super) struct Label {
    pub(super) name: String,
    pub(super) named_by: Option<usize>,
    strength: u8,
}

/// The name of an output column; `?column?` when nothing suggests one.
pub(super) fn label(text: &Text<'_>, expr: &Expr) -> Sure<Label> {
    Ok(suggestion(text, expr)?.unwrap_or_else(|| Label { name: "?column?".into(), named_by: None, strength: 0 }))
}

fn fixed(name: &str, strength: u8) -> Sure<Option<Label>> {
    Ok(Some(Label { name: name.to_owned(), named_by: None, strength }))
}

fn of(text: &Text<'_>, ident: &Ident, strength: u8) -> Sure<Option<Label>> {
    let spot = text.spot(ident)?;
    Ok(Some(Label { name: spot.name, named_by: Some(spot.range.start), strength }))
}

fn last(text: &Text<'_>, name: &ObjectName, strength: u8) -> Sure<Option<Label>> {
    of(text, name.0.last().and_then(|part| part.as_ident()).ok_or(Lost)?, strength)
}

fn suggestion(text: &Text<'_>, expr: &Expr) -> Sure<Option<Label>> {
    match expr {
        Expr::Identifier(ident)
            if ident.quote_style.is_none() && keyword::is_value(&ident.value.to_ascii_lowercase()) =>
        {
            fixed(&ident.value.to_ascii_lowercase(), 2)
        }
        Expr::Identifier(ident) => of(text, ident, 2),
        Expr::CompoundIdentifier(parts) => of(text, parts.last().ok_or(Lost)?, 2),
        Expr::CompoundFieldAccess { root, access_chain } => {
            let field = access_chain.iter().rev().find_map(|access| match access {
                AccessExpr::Dot(field) => Some(field),
                AccessExpr::Subscript(_) => None,
            });
            suggestion(text, field.unwrap_or(root))
        }
        Expr::Nested(inner) | Expr::Collate { expr: inner, .. } => suggestion(text, inner),
        Expr::Cast { expr: inner, data_type, .. } => over_type(text, suggestion(text, inner)?, data_type),
        Expr::TypedString(typed) => type_label(text, &typed.data_type),
        Expr::Interval(_) => fixed("interval", 1),
        Expr::Value(value) => match value.value {
            sqlparser::ast::Value::Boolean(_) => fixed("bool", 1),
            _ => Ok(None),
        },
        Expr::Function(function) => {
            let name = function.name.0.last().and_then(|part| part.as_ident()).ok_or(Lost)?;
            let word = name.value.to_ascii_lowercase();
            match (name.quote_style, word.as_str()) {
                (None, "nullif" | "coalesce" | "greatest" | "least" | "array" | "row" | "grouping") => fixed(&word, 2),
                (None, word) if keyword::is_value(word) => fixed(word, 2),
                _ => of(text, name, 2),
            }
        }
        Expr::Case { else_result, .. } => {
            let label = match else_result {
                Some(result) => suggestion(text, result)?,
                None => None,
            };
            match label {
                Some(label) if label.strength > 1 => Ok(Some(label)),
                _ => fixed("case", 1),
            }
        }
        Expr::Exists { negated: false, .. } => fixed("exists", 2),
        Expr::Subquery(query) => of_query(text, &query.body),
        Expr::Array(_) => fixed("array", 2),
        Expr::Tuple(_) => fixed("row", 2),
        Expr::AtTimeZone { .. } => fixed("timezone", 2),
        Expr::Extract { .. } => fixed("extract", 2),
        Expr::Ceil { .. } => fixed("ceil", 2),
        Expr::Floor { .. } => fixed("floor", 2),
        Expr::Position { .. } => fixed("position", 2),
        Expr::Substring { .. } => fixed("substring", 2),
        Expr::Overlay { .. } => fixed("overlay", 2),
        Expr::IsNormalized { negated: false, .. } => fixed("is_normalized", 2),
        Expr::Trim { trim_where, .. } => match trim_where {
            None | Some(TrimWhereField::Both) => fixed("btrim", 2),
            Some(TrimWhereField::Leading) => fixed("ltrim", 2),
            Some(TrimWhereField::Trailing) => fixed("rtrim", 2),
        },
        Expr::BinaryOp { op, .. } => match op {
            sqlparser::ast::BinaryOperator::Overlaps => fixed("overlaps", 2),
            _ => Ok(None),
        },
        Expr::UnaryOp { .. }
        | Expr::Exists { negated: true, .. }
        | Expr::IsFalse(_)
        | Expr::IsNotFalse(_)
        | Expr::IsTrue(_)
        | Expr::IsNotTrue(_)
        | Expr::IsNull(_)
        | Expr::IsNotNull(_)
        | Expr::IsUnknown(_)
        | Expr::IsNotUnknown(_)
        | Expr::IsDistinctFrom(..)
        | Expr::IsNotDistinctFrom(..)
        | Expr::InList { .. }
        | Expr::InSubquery { .. }
        | Expr::Between { .. }
        | Expr::Like { .. }
        | Expr::ILike { .. }
        | Expr::SimilarTo { .. }
        | Expr::AnyOp { .. }
        | Expr::AllOp { .. } => Ok(None),
        _ => Err(Lost),
    }
}

/// A type names the column unless the value under it does so better.
fn over_type(text: &Text<'_>, inner: Option<Label>, data_type: &DataType) -> Sure<Option<Label>> {
    match inner {
        Some(label) if label.strength > 1 => Ok(Some(label)),
        _ => type_label(text, data_type),
    }
}

/// A scalar subquery's column is named like the first column of the query.
fn of_query(text: &Text<'_>, body: &SetExpr) -> Sure<Option<Label>> {
    use sqlparser::ast::SelectItem;
    match body {
        SetExpr::Select(select) => match select.projection.first() {
            Some(SelectItem::ExprWithAlias { alias, .. }) => {
                let spot = text.spot(alias)?;
                Ok(Some(Label { name: spot.name, named_by: None, strength: 2 }))
            }
            Some(SelectItem::UnnamedExpr(expr)) => {
                let label = label(text, expr)?;
                // The column inside gets an alias of its own when it is renamed, so this name does not follow it.
                Ok(Some(Label { named_by: None, strength: 2, ..label }))
            }
            _ => Err(Lost),
        },
        SetExpr::Query(query) => of_query(text, &query.body),
        SetExpr::SetOperation { left, .. } => of_query(text, left),
        SetExpr::Values(_) => fixed("column1", 2),
        _ => Err(Lost),
    }
}

/// The name of a type as the catalogue has it, without its schema and dimensions.
fn type_label(text: &Text<'_>, data_type: &DataType) -> Sure<Option<Label>> {
    use sqlparser::ast::ArrayElemTypeDef;
    let name = match data_type {
        DataType::Custom(name, _) => return last(text, name, 1),
        DataType::Array(ArrayElemTypeDef::SquareBracket(element, _)) => return type_label(text, element),
        DataType::Int(_) | DataType::Integer(_) | DataType::Int4(_) => "int4",
        DataType::SmallInt(_) | DataType::Int2(_) => "int2",
        DataType::BigInt(_) | DataType::Int8(_) => "int8",
        DataType::Numeric(_) | DataType::Decimal(_) | DataType::Dec(_) => "numeric",
        DataType::Real | DataType::Float4 => "float4",
        DataType::DoublePrecision | DataType::Float8 => "float8",
        DataType::Bool | DataType::Boolean => "bool",
        DataType::CharacterVarying(_) | DataType::CharVarying(_) | DataType::Varchar(_) => "varchar",
        DataType::Character(_) | DataType::Char(_) => "bpchar",
        DataType::Text => "text",
        DataType::Uuid => "uuid",
        DataType::JSON => "json",
        DataType::JSONB => "jsonb",
        DataType::Bytea => "bytea",
        DataType::Date => "date",
        DataType::Interval { .. } => "interval",
        DataType::Regclass => "regclass",
        DataType::Bit(_) => "bit",
        DataType::BitVarying(_) | DataType::VarBit(_) => "varbit",
        DataType::TsVector => "tsvector",
        DataType::TsQuery => "tsquery",
        DataType::Timestamp(_, TimezoneInfo::None | TimezoneInfo::WithoutTimeZone) => "timestamp",
        DataType::Timestamp(_, _) => "timestamptz",
        DataType::Time(_, TimezoneInfo::None | TimezoneInfo::WithoutTimeZone) => "time",
        DataType::Time(_, _) => "timetz",
        _ => return Err(Lost),
    };
    fixed(name, 1)
}
