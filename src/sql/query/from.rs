//! The `FROM` of a query: its sources, and the columns that joins make of theirs.

use super::event::Event;
use super::place::Spot;
use super::read::Reading;
use super::scope::{Column, Kind, Namespace, Slot, Source};
use super::{Lost, Sure};
use sqlparser::ast::{
    Expr, FunctionArg, JoinConstraint, JoinOperator, ObjectName, TableAlias, TableFactor, TableSampleKind,
    TableWithJoins,
};
use std::collections::BTreeMap;

/// The single columns of functions whose result is known to be no row of a type: the name, `None` when it is the
/// alias's or else the function's. PostgreSQL 15.
const FUNCTIONS: &[(&str, &[Option<&str>])] = &[
    ("generate_series", &[None]),
    ("generate_subscripts", &[None]),
    ("json_array_elements", &[Some("value")]),
    ("json_array_elements_text", &[Some("value")]),
    ("json_each", &[Some("key"), Some("value")]),
    ("json_each_text", &[Some("key"), Some("value")]),
    ("json_object_keys", &[None]),
    ("jsonb_array_elements", &[Some("value")]),
    ("jsonb_array_elements_text", &[Some("value")]),
    ("jsonb_each", &[Some("key"), Some("value")]),
    ("jsonb_each_text", &[Some("key"), Some("value")]),
    ("jsonb_object_keys", &[None]),
    ("regexp_split_to_table", &[None]),
    ("string_to_table", &[None]),
];

impl Reading<'_> {
    /// The whole clause.
    pub(super) fn from(&mut self, items: &[TableWithJoins]) -> Sure<Namespace> {
        let mut total = Namespace::default();
        for item in items {
            let joined = self.joined(item, &total)?;
            total = total.and(&joined);
        }
        self.distinct(&total)?;
        Ok(total)
    }

    /// No two sources of one level have the same name, but for relations of two schemas.
    fn distinct(&self, namespace: &Namespace) -> Sure<()> {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for &id in namespace.sources.iter().filter(|&&id| !self.sources[id].alias.is_empty()) {
            let Some(other) = seen.insert(&self.sources[id].alias, id) else { continue };
            match (&self.sources[id].kind, &self.sources[other].kind) {
                (Kind::Relation { name: a, aliased: false, .. }, Kind::Relation { name: b, aliased: false, .. })
                    if a.schema != b.schema => {}
                _ => return Err(Lost),
            }
        }
        Ok(())
    }

    /// One item with its joins; `before` is what `LATERAL` sees of the items before it.
    fn joined(&mut self, item: &TableWithJoins, before: &Namespace) -> Sure<Namespace> {
        let mut left = self.factor(&item.relation, before)?;
        for join in &item.joins {
            let right = self.factor(&join.relation, &before.and(&left))?;
            let constraint = match &join.join_operator {
                JoinOperator::Join(constraint)
                | JoinOperator::Inner(constraint)
                | JoinOperator::Left(constraint)
                | JoinOperator::LeftOuter(constraint)
                | JoinOperator::Right(constraint)
                | JoinOperator::RightOuter(constraint)
                | JoinOperator::FullOuter(constraint)
                | JoinOperator::CrossJoin(constraint) => constraint,
                _ => return Err(Lost),
            };
            if join.global {
                return Err(Lost);
            }
            left = self.join(&left, &right, constraint)?;
        }
        Ok(left)
    }

    fn join(&mut self, left: &Namespace, right: &Namespace, constraint: &JoinConstraint) -> Sure<Namespace> {
        let both = left.and(right);
        let names = match constraint {
            JoinConstraint::None => return Ok(both),
            JoinConstraint::On(condition) => {
                self.levels.push(both.clone());
                self.expr(condition)?;
                self.levels.pop();
                return Ok(both);
            }
            JoinConstraint::Using(columns) => {
                let single = |column: &ObjectName| match self.spots(column)?.as_slice() {
                    [spot] => Ok(spot.name.clone()),
                    _ => Err(Lost),
                };
                columns.iter().map(single).collect::<Sure<Vec<_>>>()?
            }
            JoinConstraint::Natural => {
                if both.sources.iter().any(|&id| self.sources[id].open) {
                    return Err(Lost);
                }
                let in_right = |name: &str| right.columns.iter().any(|column| column.name == name);
                left.columns.iter().map(|column| column.name.clone()).filter(|name| in_right(name)).collect()
            }
        };
        let mut merged = Vec::new();
        for name in &names {
            let mut ids = Vec::new();
            for side in [left, right] {
                let mut hits = side.columns.iter().filter(|column| column.name == *name);
                match (hits.next(), hits.next()) {
                    (Some(column), None) => ids.extend(column.ids.clone()),
                    (None, _) => match side.sources.iter().filter(|&&id| self.sources[id].open).collect::<Vec<_>>()[..]
                    {
                        [&id] => ids.push((id, Slot::Named(name.clone()))),
                        _ => return Err(Lost),
                    },
                    (Some(_), Some(_)) => return Err(Lost),
                }
            }
            self.events.push(Event::Joined { ids: ids.clone() });
            merged.push(Column { name: name.clone(), ids, owner: None });
        }
        merged.extend(both.columns.into_iter().filter(|column| !names.contains(&column.name)));
        Ok(Namespace { sources: both.sources, columns: merged })
    }

    fn factor(&mut self, factor: &TableFactor, before: &Namespace) -> Sure<Namespace> {
        let id = match factor {
            TableFactor::Table {
                name,
                alias,
                args,
                with_hints,
                version: None,
                with_ordinality,
                partitions,
                json_path: None,
                sample,
                index_hints,
            } if with_hints.is_empty() && partitions.is_empty() && index_hints.is_empty() => match args {
                Some(args) if args.settings.is_none() && sample.is_none() => {
                    self.function_source(name, &args.args, alias.as_ref(), *with_ordinality, before)?
                }
                None if !with_ordinality => {
                    self.sample(sample.as_ref())?;
                    self.relation(name, alias.as_ref())?
                }
                _ => return Err(Lost),
            },
            TableFactor::Function { name, args, with_ordinality, alias, lateral: _ } => {
                self.function_source(name, args, alias.as_ref(), *with_ordinality, before)?
            }
            TableFactor::UNNEST {
                alias,
                array_exprs,
                with_offset: false,
                with_offset_alias: None,
                with_ordinality,
            } => {
                self.levels.push(before.clone());
                array_exprs.iter().try_for_each(|array| self.expr(array))?;
                self.levels.pop();
                // An array of rows gives their columns.
                self.open_function("unnest", alias.as_ref(), *with_ordinality)?
            }
            TableFactor::Derived { lateral, subquery, alias, sample: None } => {
                if *lateral {
                    self.levels.push(before.clone());
                }
                let outputs = self.query(subquery, &[])?;
                if *lateral {
                    self.levels.pop();
                }
                let names: Vec<_> = outputs.into_iter().map(|output| output.name).collect();
                self.query_source(alias.as_ref(), &names)?
            }
            TableFactor::NestedJoin { table_with_joins, alias } => {
                let inner = self.joined(table_with_joins, before)?;
                let Some(alias) = alias else { return Ok(inner) };
                self.join_source(&inner, alias)?
            }
            _ => return Err(Lost),
        };
        Ok(Namespace { sources: vec![id], columns: self.sources[id].columns.clone() })
    }

    /// A table, a view or a common table expression.
    fn relation(&mut self, name: &ObjectName, alias: Option<&TableAlias>) -> Sure<usize> {
        let spots = self.spots(name)?;
        let relation = Self::name(&spots)?;
        // `FROM ONLY t` is read by the parser as a table `only` with an alias.
        if spots.iter().any(|spot| spot.reserved) {
            return Err(Lost);
        }
        if relation.schema.is_none()
            && let Some((_, columns)) = self.ctes.iter().rev().find(|(known, _)| *known == relation.name)
        {
            // Named before it is defined, which `WITH RECURSIVE` allows.
            let columns = columns.clone().ok_or(Lost)?;
            let id = self.query_source(alias, &columns)?;
            if alias.is_none() {
                self.sources[id].alias.clone_from(&relation.name);
                for column in &mut self.sources[id].columns {
                    column.owner = Some(id);
                }
            }
            return Ok(id);
        }
        let id = self.sources.len();
        let names = alias.map_or(Ok(Vec::new()), |alias| self.alias_columns(alias))?;
        let alias_spot = alias.map(|alias| self.name_spot(&alias.name)).transpose()?;
        if alias.is_some_and(|alias| alias.at.is_some()) {
            return Err(Lost);
        }
        let own = self.catalogue.columns(&relation);
        let (open, own) = (own.is_none(), own.unwrap_or_default());
        if open && !names.is_empty() {
            return Err(Lost);
        }
        let columns = own.iter().enumerate().map(|(at, column)| Column {
            name: names.get(at).unwrap_or(column).clone(),
            ids: vec![(id, Slot::At(at))],
            owner: Some(id),
        });
        self.sources.push(Source {
            alias: alias_spot.as_ref().map_or(&relation.name, |spot| &spot.name).clone(),
            columns: columns.collect(),
            kind: Kind::Relation { name: relation.clone(), own, aliased: alias.is_some(), covered: names.len() },
            open,
        });
        self.events.push(Event::Relation { source: id, name: relation, spots, alias: alias_spot });
        Ok(id)
    }

    /// A function's rows. Its arguments see the items before it, with `LATERAL` or without.
    fn function_source(
        &mut self,
        name: &ObjectName,
        args: &[FunctionArg],
        alias: Option<&TableAlias>,
        with_ordinality: bool,
        before: &Namespace,
    ) -> Sure<usize> {
        let spots = self.spots(name)?;
        let function = Self::name(&spots)?;
        if spots.iter().any(|spot| spot.reserved) {
            return Err(Lost);
        }
        self.events.push(Event::Function { name: function.clone(), spots });
        self.levels.push(before.clone());
        args.iter().try_for_each(|arg| self.argument(arg))?;
        self.levels.pop();
        let known = FUNCTIONS.iter().find(|(known, _)| {
            *known == function.name && function.schema.as_deref().is_none_or(|schema| schema == "pg_catalog")
        });
        let Some((_, columns)) = known else {
            return self.open_function(&function.name, alias, with_ordinality);
        };
        let own = alias.map_or(Ok(function.name.clone()), |alias| Ok(self.name_spot(&alias.name)?.name))?;
        let mut columns: Vec<_> =
            columns.iter().map(|column| Some(column.map_or(own.clone(), str::to_owned))).collect();
        if with_ordinality {
            columns.push(Some("ordinality".into()));
        }
        let id = self.query_source(alias, &columns)?;
        self.sources[id].kind = Kind::Function;
        if alias.is_none() {
            self.sources[id].alias = own;
        }
        Ok(id)
    }

    /// A function whose columns are known only as far as the alias says.
    fn open_function(&mut self, name: &str, alias: Option<&TableAlias>, with_ordinality: bool) -> Sure<usize> {
        let names = alias.map_or(Ok(Vec::new()), |alias| self.alias_columns(alias))?;
        // A list with types says all there is.
        let mut typed = !names.is_empty() && !with_ordinality;
        for column in alias.iter().flat_map(|alias| &alias.columns) {
            match &column.data_type {
                Some(data_type) => self.data_type(data_type)?,
                None => typed = false,
            }
        }
        let id = self.sources.len();
        let column = |(at, name)| Column { name, ids: vec![(id, Slot::At(at))], owner: Some(id) };
        let columns = names.into_iter().enumerate().map(column).collect();
        let alias = alias.map_or(Ok(name.to_owned()), |alias| Ok(self.name_spot(&alias.name)?.name))?;
        self.sources.push(Source { alias, kind: Kind::Function, columns, open: !typed });
        Ok(id)
    }

    /// A join in parentheses with an alias, behind which its own sources cannot be seen.
    fn join_source(&mut self, inner: &Namespace, alias: &TableAlias) -> Sure<usize> {
        if inner.sources.iter().any(|&id| self.sources[id].open) {
            return Err(Lost);
        }
        let names = self.alias_columns(alias)?;
        let id = self.sources.len();
        let columns = inner.columns.iter().enumerate().map(|(at, column)| Column {
            name: names.get(at).unwrap_or(&column.name).clone(),
            ids: column.ids.clone(),
            owner: Some(id),
        });
        let columns = columns.collect();
        let alias: Spot = self.name_spot(&alias.name)?;
        self.sources.push(Source { alias: alias.name, kind: Kind::Query, columns, open: false });
        Ok(id)
    }

    fn sample(&mut self, sample: Option<&TableSampleKind>) -> Sure<()> {
        let Some(TableSampleKind::BeforeTableAlias(sample) | TableSampleKind::AfterTableAlias(sample)) = sample else {
            return Ok(());
        };
        match (&sample.quantity, &sample.offset) {
            (Some(quantity), None) if matches!(quantity.value, Expr::Value(_)) => Ok(()),
            _ => Err(Lost),
        }
    }
}
