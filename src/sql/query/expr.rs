//! Expressions: every name in them and what it stands for.

use super::event::{Event, Role};
use super::place::Spot;
use super::read::Reading;
use super::scope::{self, Found};
use super::{Lost, Sure, keyword, literal};
use crate::ir::Name;
use sqlparser::ast::{
    AccessExpr, ArrayElemTypeDef, CastKind, DataType, Expr, Function, FunctionArg, FunctionArgExpr,
    FunctionArgumentClause, FunctionArguments, Ident, ObjectName, Subscript, WindowFrameBound, WindowSpec, WindowType,
};

impl Reading<'_> {
    /// Reads an expression.
    pub(super) fn expr(&mut self, expr: &Expr) -> Sure<()> {
        match expr {
            Expr::Identifier(ident) => self.bare(ident),
            Expr::CompoundIdentifier(parts) => self.qualified(&parts.iter().collect::<Vec<_>>()),
            Expr::CompoundFieldAccess { root, access_chain } => self.access(root, access_chain),
            Expr::Value(_) => Ok(()),
            Expr::BinaryOp { left, right, .. } => {
                // A long chain hangs to the left; walking down it must not use the stack.
                let mut rights = vec![&**right];
                let mut first = &**left;
                while let Expr::BinaryOp { left, right, .. } = first {
                    rights.push(right);
                    first = left;
                }
                self.expr(first)?;
                rights.into_iter().rev().try_for_each(|right| self.expr(right))
            }
            Expr::IsFalse(inner)
            | Expr::IsNotFalse(inner)
            | Expr::IsTrue(inner)
            | Expr::IsNotTrue(inner)
            | Expr::IsNull(inner)
            | Expr::IsNotNull(inner)
            | Expr::IsUnknown(inner)
            | Expr::IsNotUnknown(inner)
            | Expr::IsJson { expr: inner, .. }
            | Expr::IsNormalized { expr: inner, .. }
            | Expr::UnaryOp { expr: inner, .. }
            | Expr::Extract { expr: inner, .. }
            | Expr::Ceil { expr: inner, .. }
            | Expr::Floor { expr: inner, .. }
            | Expr::Nested(inner) => self.expr(inner),
            Expr::IsDistinctFrom(left, right)
            | Expr::IsNotDistinctFrom(left, right)
            | Expr::AnyOp { left, right, .. }
            | Expr::AllOp { left, right, .. }
            | Expr::AtTimeZone { timestamp: left, time_zone: right }
            | Expr::Position { expr: left, r#in: right } => self.exprs([&**left, right]),
            Expr::InList { expr, list, .. } => self.exprs([&**expr].into_iter().chain(list)),
            Expr::InSubquery { expr, subquery, .. } => {
                self.expr(expr)?;
                self.query(subquery, &[]).map(drop)
            }
            Expr::Exists { subquery, .. } | Expr::Subquery(subquery) => self.query(subquery, &[]).map(drop),
            Expr::Between { expr, low, high, .. } => self.exprs([&**expr, low, high]),
            Expr::Like { expr, pattern, escape_char, .. }
            | Expr::ILike { expr, pattern, escape_char, .. }
            | Expr::SimilarTo { expr, pattern, escape_char, .. } => {
                self.exprs([&**expr, pattern].into_iter().chain(escape_char.as_deref()))
            }
            Expr::Cast { kind: CastKind::Cast | CastKind::DoubleColon, expr, data_type, format: None } => {
                self.expr(expr)?;
                self.named_in_cast(expr, data_type)?;
                self.data_type(data_type)
            }
            Expr::TypedString(typed) => {
                let value = Expr::Value(typed.value.clone());
                self.named_in_cast(&value, &typed.data_type)?;
                self.data_type(&typed.data_type)
            }
            Expr::Interval(interval) => self.expr(&interval.value),
            Expr::Substring { expr, substring_from, substring_for, .. } => {
                self.exprs([&**expr].into_iter().chain(substring_from.as_deref()).chain(substring_for.as_deref()))
            }
            Expr::Trim { trim_what, expr, trim_characters, .. } => {
                self.exprs(trim_what.as_deref().into_iter().chain([&**expr]).chain(trim_characters.iter().flatten()))
            }
            Expr::Overlay { expr, overlay_what, overlay_from, overlay_for } => {
                self.exprs([&**expr, overlay_what, overlay_from].into_iter().chain(overlay_for.as_deref()))
            }
            Expr::Collate { expr, collation } => {
                self.expr(expr)?;
                let name = Self::name(&self.spots(collation)?)?;
                self.events.push(Event::Collation { name });
                Ok(())
            }
            Expr::Function(function) => self.function(function),
            Expr::Case { operand, conditions, else_result, .. } => {
                let arms = conditions.iter().flat_map(|when| [&when.condition, &when.result]);
                self.exprs(operand.as_deref().into_iter().chain(arms).chain(else_result.as_deref()))
            }
            Expr::Tuple(items) => self.exprs(items),
            Expr::Array(array) => self.exprs(&array.elem),
            _ => Err(Lost),
        }
    }

    fn exprs<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr>) -> Sure<()> {
        exprs.into_iter().try_for_each(|expr| self.expr(expr))
    }

    /// A name without a qualifier.
    fn bare(&mut self, ident: &Ident) -> Sure<()> {
        let spot = self.text.spot(ident)?;
        if !spot.quoted && keyword::is_value(&spot.name.to_ascii_lowercase()) {
            return Ok(());
        }
        if spot.reserved {
            return Err(Lost);
        }
        match scope::bare(&self.sources, &self.levels, &spot.name) {
            Found::Column(column) => {
                self.events.push(Event::Column { spots: vec![spot], ids: column.ids, owner: column.owner });
            }
            Found::Row(source) => self.events.push(Event::Row { spots: vec![spot], source }),
            Found::Other => {}
            Found::Unknown => self.events.push(Event::Unknown { spots: vec![spot] }),
            Found::Ambiguous => return Err(Lost),
        }
        Ok(())
    }

    /// `table.column`, `schema.table.column`.
    fn qualified(&mut self, parts: &[&Ident]) -> Sure<()> {
        let spots: Vec<_> = parts.iter().map(|part| self.text.spot(part)).collect::<Sure<_>>()?;
        let Some((column, qualifier)) = spots.split_last() else { return Err(Lost) };
        if qualifier.iter().any(|spot| spot.reserved) {
            return Err(Lost);
        }
        let source = scope::qualifier(&self.sources, &self.levels, qualifier).or_else(|| self.over(qualifier));
        let Some(source) = source else {
            self.events.push(Event::Unknown { spots });
            return Ok(());
        };
        match scope::column_of(&self.sources, source, &column.name) {
            Some(found) => {
                let owner = Some(source);
                self.events.push(Event::Column { ids: found.ids, owner, spots });
            }
            None if keyword::is_system_column(&column.name) => {
                self.events.push(Event::Qualifier { spots: qualifier.to_vec(), source });
            }
            None => {
                // PostgreSQL reads a column that the source surely lacks as a call: `t.f` is `f(t)`.
                let called = Name::bare(&column.name);
                self.events.push(Event::Unknown { spots: spots.clone() });
                self.events.push(Event::Function { name: called, spots: vec![column.clone()] });
            }
        }
        Ok(())
    }

    /// In an expression over one table, `NEW` and `OLD` are its rows.
    fn over(&self, qualifier: &[Spot]) -> Option<usize> {
        let [spot] = qualifier else { return None };
        self.over.filter(|_| ["new", "old"].iter().any(|row| spot.name.eq_ignore_ascii_case(row)))
    }

    /// Fields and subscripts behind a value.
    fn access(&mut self, root: &Expr, chain: &[AccessExpr]) -> Sure<()> {
        let mut rest = chain;
        match root {
            // `t.c[1]` comes from the parser as `t` with `.c` and `[1]`.
            Expr::Identifier(first) => {
                let mut parts = vec![first];
                while let Some((AccessExpr::Dot(Expr::Identifier(part)), behind)) = rest.split_first() {
                    parts.push(part);
                    rest = behind;
                }
                match parts.as_slice() {
                    [one] => self.bare(one)?,
                    parts => self.qualified(parts)?,
                }
            }
            // `(t).c` is the column, when t is a source.
            Expr::Nested(inner) => {
                let row = match &**inner {
                    Expr::Identifier(ident) => self.row_named(ident)?,
                    _ => None,
                };
                match (row, rest.split_first()) {
                    (Some((row, source)), Some((AccessExpr::Dot(Expr::Identifier(field)), behind))) => {
                        let field = self.text.spot(field)?;
                        let column = scope::column_of(&self.sources, source, &field.name).ok_or(Lost)?;
                        let owner = Some(source);
                        self.events.push(Event::Row { spots: vec![row], source });
                        // Alone, so that nobody takes the parentheses for a qualifier.
                        self.events.push(Event::Column { spots: vec![field], ids: column.ids, owner });
                        rest = behind;
                    }
                    _ => self.expr(root)?,
                }
            }
            _ => self.expr(root)?,
        }
        for access in rest {
            match access {
                AccessExpr::Dot(Expr::Identifier(field)) => {
                    let name = self.text.spot(field)?.name;
                    self.events.push(Event::Field { name });
                }
                AccessExpr::Subscript(Subscript::Index { index }) => self.expr(index)?,
                AccessExpr::Subscript(Subscript::Slice { lower_bound, upper_bound, stride: None }) => {
                    self.exprs(lower_bound.iter().chain(upper_bound))?;
                }
                _ => return Err(Lost),
            }
        }
        Ok(())
    }

    /// The source that an identifier names as a whole.
    fn row_named(&self, ident: &Ident) -> Sure<Option<(Spot, usize)>> {
        let spot = self.name_spot(ident)?;
        Ok(match scope::bare(&self.sources, &self.levels, &spot.name) {
            Found::Row(source) => Some((spot, source)),
            _ => None,
        })
    }

    fn function(&mut self, function: &Function) -> Sure<()> {
        if function.uses_odbc_syntax || !matches!(function.parameters, FunctionArguments::None) {
            return Err(Lost);
        }
        let spots = self.spots(&function.name)?;
        let name = Self::name(&spots)?;
        let is_word = |word: &str| matches!(spots.as_slice(), [spot] if !spot.quoted && spot.name == word);
        let is_grammar =
            ["array", "row", "coalesce", "nullif", "greatest", "least", "grouping"].into_iter().any(is_word)
                || matches!(spots.as_slice(), [spot] if !spot.quoted && keyword::is_value(&spot.name));
        if let FunctionArguments::List(list) = &function.args {
            self.sequence_named(&name, &list.args)?;
        }
        if !is_grammar {
            self.events.push(Event::Function { name, spots });
        }
        match &function.args {
            FunctionArguments::None => {}
            FunctionArguments::Subquery(query) => self.query(query, &[]).map(drop)?,
            FunctionArguments::List(list) => {
                list.args.iter().try_for_each(|arg| self.argument(arg))?;
                for clause in &list.clauses {
                    match clause {
                        FunctionArgumentClause::OrderBy(keys) => {
                            keys.iter().try_for_each(|key| self.expr(&key.expr))?;
                        }
                        _ => return Err(Lost),
                    }
                }
            }
        }
        function.within_group.iter().try_for_each(|key| self.expr(&key.expr))?;
        self.exprs(function.filter.as_deref())?;
        match &function.over {
            Some(WindowType::WindowSpec(window)) => self.window(window),
            Some(WindowType::NamedWindow(_)) | None => Ok(()),
        }
    }

    pub(super) fn argument(&mut self, argument: &FunctionArg) -> Sure<()> {
        let value = match argument {
            FunctionArg::Unnamed(value) | FunctionArg::Named { arg: value, .. } => value,
            // `name := value` and `name => value` name the argument by an identifier.
            FunctionArg::ExprNamed { name: Expr::Identifier(_), arg, .. } => arg,
            FunctionArg::ExprNamed { .. } => return Err(Lost),
        };
        match value {
            FunctionArgExpr::Expr(expr) => self.expr(expr),
            FunctionArgExpr::QualifiedWildcard(name) => self.row(name),
            FunctionArgExpr::Wildcard => Ok(()),
            FunctionArgExpr::WildcardWithOptions(_) => Err(Lost),
        }
    }

    /// `t.*` where a value is wanted.
    fn row(&mut self, name: &ObjectName) -> Sure<()> {
        let spots = self.spots(name)?;
        match scope::qualifier(&self.sources, &self.levels, &spots) {
            Some(source) => self.events.push(Event::Row { spots, source }),
            None => self.events.push(Event::Unknown { spots }),
        }
        Ok(())
    }

    /// The argument of `nextval` and its like is a sequence, when it is a string.
    fn sequence_named(&mut self, function: &Name, args: &[FunctionArg]) -> Sure<()> {
        let is_known = matches!(function.name.as_str(), "nextval" | "currval" | "setval")
            && function.schema.as_deref().is_none_or(|schema| schema == "pg_catalog");
        if let (true, Some(FunctionArg::Unnamed(FunctionArgExpr::Expr(value)))) = (is_known, args.first()) {
            self.literal(value, Role::Relation)?;
        }
        Ok(())
    }

    /// A string that a cast makes a reference.
    fn named_in_cast(&mut self, value: &Expr, to: &DataType) -> Sure<()> {
        let role = match to {
            DataType::Regclass => Role::Relation,
            DataType::Custom(name, _) => match name.0.last().and_then(|part| part.as_ident()) {
                Some(ident) => match ident.value.to_ascii_lowercase().as_str() {
                    "regclass" => Role::Relation,
                    "regtype" => Role::Type,
                    "regproc" | "regprocedure" => Role::Function,
                    _ => return Ok(()),
                },
                None => return Err(Lost),
            },
            _ => return Ok(()),
        };
        self.literal(value, role)
    }

    fn literal(&mut self, value: &Expr, role: Role) -> Sure<()> {
        let Expr::Value(value) = value else { return Ok(()) };
        let sqlparser::ast::Value::SingleQuotedString(string) = &value.value else { return Ok(()) };
        let start = self.text.offset(value.span.start)?;
        if let Some(name) = literal::parse(string) {
            let range = literal::range(self.text.text, start, string)?;
            self.events.push(Event::Literal { role, name, range });
        }
        Ok(())
    }

    pub(super) fn window(&mut self, window: &WindowSpec) -> Sure<()> {
        self.exprs(&window.partition_by)?;
        window.order_by.iter().try_for_each(|key| self.expr(&key.expr))?;
        let Some(frame) = &window.window_frame else { return Ok(()) };
        for bound in [Some(&frame.start_bound), frame.end_bound.as_ref()].into_iter().flatten() {
            if let WindowFrameBound::Preceding(Some(distance)) | WindowFrameBound::Following(Some(distance)) = bound {
                self.expr(distance)?;
            }
        }
        Ok(())
    }

    pub(super) fn data_type(&mut self, data_type: &DataType) -> Sure<()> {
        match data_type {
            DataType::Array(ArrayElemTypeDef::SquareBracket(element, _)) => self.data_type(element),
            DataType::Custom(name, _) => {
                let spots = self.spots(name)?;
                let name = Self::name(&spots)?;
                let is_builtin = match spots.as_slice() {
                    [spot] => keyword::is_builtin_type(&spot.name),
                    [schema, ..] => schema.name == "pg_catalog",
                    [] => true,
                };
                if !is_builtin {
                    self.events.push(Event::Type { name, spots });
                }
                Ok(())
            }
            DataType::Table(_)
            | DataType::NamedTable { .. }
            | DataType::Array(_)
            | DataType::Map(..)
            | DataType::Tuple(_)
            | DataType::Nested(_)
            | DataType::Enum(..)
            | DataType::Set(_)
            | DataType::Struct(..)
            | DataType::Union(_)
            | DataType::Nullable(_)
            | DataType::LowCardinality(_)
            | DataType::Unspecified => Err(Lost),
            _ => Ok(()),
        }
    }
}
