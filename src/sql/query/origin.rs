//! Where an output column has its value from, as far as its type follows from that: a column, a cast, an aggregate, a
//! literal. Knows no types itself; what it says nothing about may be anything.

use super::read::Reading;
use super::scope::{self, Column, Found, Kind, Slot};
use super::{Catalogue, read_query};
use crate::ir::Name;
use sqlparser::ast::{
    CastKind, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArgumentList, FunctionArguments, Value,
};

/// What an output column's type follows from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A column of a relation, as it is.
    Column(Name, String),
    /// A cast to a type, which is kept as text; with what is cast, if that is known.
    Cast(String, Option<Box<Origin>>),
    /// A function without a schema, called with one argument or with `*`; with the argument, if it is known.
    Call(String, Option<Box<Origin>>),
    /// An integer that fits `integer`.
    Integer,
    /// A string or NULL, which becomes `text`.
    Text,
    /// A truth value.
    Boolean,
}

/// The output columns of a query with what their types follow from; `None` where that cannot be told.
pub fn output_origins(query: &str, catalogue: &dyn Catalogue) -> Option<Vec<Option<Origin>>> {
    let (_, outputs) = read_query(query, catalogue).ok()?;
    Some(outputs.into_iter().map(|output| output.origin).collect())
}

impl Reading<'_> {
    /// What an expression's type follows from, at the level that is being read.
    pub(super) fn origin(&self, expr: &Expr) -> Option<Origin> {
        match expr {
            Expr::Nested(inner) => self.origin(inner),
            Expr::Identifier(ident) => {
                let spot = self.name_spot(ident).ok()?;
                match scope::bare(&self.sources, &self.levels, &spot.name) {
                    Found::Column(column) => self.column_origin(&column),
                    Found::Row(_) | Found::Other | Found::Ambiguous | Found::Unknown => None,
                }
            }
            Expr::CompoundIdentifier(parts) => {
                let spots = parts.iter().map(|part| self.text.spot(part)).collect::<Result<Vec<_>, _>>().ok()?;
                let (column, qualifier) = spots.split_last()?;
                let source = scope::qualifier(&self.sources, &self.levels, qualifier)?;
                self.column_origin(&scope::column_of(&self.sources, source, &column.name)?)
            }
            Expr::Cast { kind: CastKind::Cast | CastKind::DoubleColon, expr, data_type, format: None } => {
                Some(Origin::Cast(data_type.to_string(), self.origin(expr).map(Box::new)))
            }
            Expr::Function(function) => self.call_origin(function),
            Expr::Value(value) => match &value.value {
                Value::Number(text, _) => text.parse::<i32>().is_ok().then_some(Origin::Integer),
                Value::SingleQuotedString(_) | Value::Null => Some(Origin::Text),
                Value::Boolean(_) => Some(Origin::Boolean),
                _ => None,
            },
            _ => None,
        }
    }

    /// What a column stands for, when that is one column of a relation.
    pub(super) fn column_origin(&self, column: &Column) -> Option<Origin> {
        let [(source, Slot::At(at))] = column.ids.as_slice() else { return None };
        match &self.sources.get(*source)?.kind {
            Kind::Relation { name, own, .. } => Some(Origin::Column(name.clone(), own.get(*at)?.clone())),
            Kind::Function | Kind::Query | Kind::Over => None,
        }
    }

    fn call_origin(&self, function: &Function) -> Option<Origin> {
        let [name] = function.name.0.as_slice() else { return None };
        let name = self.text.spot(name.as_ident()?).ok()?.name;
        if !function.within_group.is_empty() {
            return None;
        }
        let FunctionArguments::List(FunctionArgumentList { args, .. }) = &function.args else { return None };
        match args.as_slice() {
            [FunctionArg::Unnamed(FunctionArgExpr::Wildcard)] | [] => Some(Origin::Call(name, None)),
            [FunctionArg::Unnamed(FunctionArgExpr::Expr(argument))] => {
                Some(Origin::Call(name, self.origin(argument).map(Box::new)))
            }
            _ => None,
        }
    }
}
