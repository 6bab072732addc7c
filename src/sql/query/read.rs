//! Queries: which names their parts see, and what each gives to the query around it.

use super::event::{Event, Output};
use super::label;
use super::place::{Spot, Text};
use super::scope::{self, Column, Found, Kind, Namespace, Slot, Source};
use super::{Catalogue, Lost, Sure, keyword};
use crate::ir::Name;
use sqlparser::ast::{
    Cte, Distinct, Expr, GroupByExpr, Ident, LimitClause, NamedWindowExpr, ObjectName, OrderBy, OrderByExpr,
    OrderByKind, Query, Select, SelectItem, SelectItemQualifiedWildcardKind, SetExpr, TableAlias, Value,
    WildcardAdditionalOptions,
};

/// One reading of one text.
pub(super) struct Reading<'a> {
    pub(super) text: Text<'a>,
    pub(super) catalogue: &'a dyn Catalogue,
    pub(super) events: Vec<Event>,
    pub(super) sources: Vec<Source>,
    /// What the place being read can see, the innermost last.
    pub(super) levels: Vec<Namespace>,
    /// The table that the whole text stands over, when it is an expression.
    pub(super) over: Option<usize>,
    /// Its name, where that was given.
    pub(super) over_name: Option<Name>,
    /// The common table expressions that can be named; the columns are `None` while that cannot be yet.
    pub(super) ctes: Vec<(String, Option<Vec<Option<String>>>)>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(text: &'a str, catalogue: &'a dyn Catalogue) -> Self {
        Reading {
            text: Text::new(text, catalogue.dialect()),
            catalogue,
            events: Vec::new(),
            sources: Vec::new(),
            levels: Vec::new(),
            over: None,
            over_name: None,
            ctes: Vec::new(),
        }
    }

    /// Whether the text is an expression over that relation.
    pub(super) fn stands_over(&self, relation: &Name) -> bool {
        self.over_name.as_ref().is_some_and(|over| self.catalogue.same(over, relation))
    }

    /// The identifiers of a name.
    pub(super) fn spots(&self, name: &ObjectName) -> Sure<Vec<Spot>> {
        name.0.iter().map(|part| self.text.spot(part.as_ident().ok_or(Lost)?)).collect()
    }

    /// An identifier that names a column, a relation or an alias, which a reserved word cannot.
    pub(super) fn name_spot(&self, ident: &Ident) -> Sure<Spot> {
        let spot = self.text.spot(ident)?;
        if spot.reserved { Err(Lost) } else { Ok(spot) }
    }

    /// A query's output columns.
    pub(super) fn query(&mut self, query: &Query, order: &[OrderByExpr]) -> Sure<Vec<Output>> {
        let plain = query.locks.is_empty()
            && query.for_clause.is_none()
            && query.settings.is_none()
            && query.format_clause.is_none()
            && query.pipe_operators.is_empty();
        if !plain {
            return Err(Lost);
        }
        let visible = self.ctes.len();
        if let Some(with) = &query.with {
            if with.recursive {
                let names: Vec<_> =
                    with.cte_tables.iter().map(|cte| self.name_spot(&cte.alias.name)).collect::<Sure<_>>()?;
                self.ctes.extend(names.into_iter().map(|spot| (spot.name, None)));
            }
            for cte in &with.cte_tables {
                self.cte(cte, with.recursive)?;
            }
        }
        let own: &[OrderByExpr] = match &query.order_by {
            None => &[],
            Some(OrderBy { kind: OrderByKind::Expressions(keys), interpolate: None }) => keys,
            Some(_) => return Err(Lost),
        };
        if !own.is_empty() && !order.is_empty() {
            return Err(Lost);
        }
        let outputs = self.set(&query.body, if own.is_empty() { order } else { own })?;
        match &query.limit_clause {
            None => {}
            Some(LimitClause::LimitOffset { limit, offset, limit_by }) if limit_by.is_empty() => {
                for expr in limit.iter().chain(offset.as_ref().map(|offset| &offset.value)) {
                    self.expr(expr)?;
                }
            }
            Some(_) => return Err(Lost),
        }
        if let Some(quantity) = query.fetch.as_ref().and_then(|fetch| fetch.quantity.as_ref()) {
            self.expr(quantity)?;
        }
        self.ctes.truncate(visible);
        Ok(outputs)
    }

    fn cte(&mut self, cte: &Cte, recursive: bool) -> Sure<()> {
        if cte.from.is_some() || cte.alias.at.is_some() {
            return Err(Lost);
        }
        let name = self.name_spot(&cte.alias.name)?.name;
        let aliases = self.alias_columns(&cte.alias)?;
        let define = |reading: &mut Self, outputs: &[Output]| {
            let columns = outputs.iter().enumerate().map(|(at, output)| match aliases.get(at) {
                Some(alias) => Some(alias.clone()),
                None => output.name.clone(),
            });
            let defined = (name.clone(), Some(columns.collect()));
            match reading.ctes.iter_mut().rev().find(|(known, columns)| *known == name && columns.is_none()) {
                Some(announced) => *announced = defined,
                None => reading.ctes.push(defined),
            }
        };
        match &*cte.query.body {
            // The first arm gives the names under which the second sees the whole.
            SetExpr::SetOperation { left, right, .. }
                if recursive && cte.query.with.is_none() && cte.query.order_by.is_none() =>
            {
                let outputs = self.set(left, &[])?;
                define(self, &outputs);
                self.set(right, &[])?;
                if cte.query.limit_clause.is_some() || cte.query.fetch.is_some() || !cte.query.locks.is_empty() {
                    return Err(Lost);
                }
            }
            _ => {
                let outputs = self.query(&cte.query, &[])?;
                define(self, &outputs);
            }
        }
        Ok(())
    }

    fn set(&mut self, body: &SetExpr, order: &[OrderByExpr]) -> Sure<Vec<Output>> {
        match body {
            SetExpr::Select(select) => self.select(select, order),
            SetExpr::Query(query) => self.query(query, order),
            SetExpr::SetOperation { left, right, .. } => {
                // A long chain hangs to the left; walking down it must not use the stack.
                let mut rights = vec![&**right];
                let mut first = &**left;
                while let SetExpr::SetOperation { left, right, .. } = first {
                    rights.push(right);
                    first = left;
                }
                let outputs = self.set(first, &[])?;
                for right in rights.into_iter().rev() {
                    self.set(right, &[])?;
                }
                self.output_keys(order, &outputs)?;
                // Their types are made to agree.
                Ok(outputs.into_iter().map(|output| Output { origin: None, ..output }).collect())
            }
            SetExpr::Values(values) => {
                for row in &values.rows {
                    for expr in &row.content {
                        self.expr(expr)?;
                    }
                }
                let width = values.rows.first().map_or(0, |row| row.content.len());
                let outputs: Vec<_> = (1..=width)
                    .map(|at| Output { name: Some(format!("column{at}")), named_by: None, end: 0, origin: None })
                    .collect();
                self.output_keys(order, &outputs)?;
                Ok(outputs)
            }
            SetExpr::Insert(_) | SetExpr::Update(_) | SetExpr::Delete(_) | SetExpr::Merge(_) | SetExpr::Table(_) => {
                Err(Lost)
            }
        }
    }

    /// The keys of an `ORDER BY` that sees output columns only.
    fn output_keys(&mut self, order: &[OrderByExpr], outputs: &[Output]) -> Sure<()> {
        for key in order {
            match &key.expr {
                Expr::Value(value) if matches!(value.value, Value::Number(..)) => {}
                Expr::Identifier(ident) => {
                    let spot = self.name_spot(ident)?;
                    let position = position(outputs, &spot.name).ok_or(Lost)?;
                    self.events.push(Event::Output { position });
                }
                _ => return Err(Lost),
            }
        }
        Ok(())
    }

    fn select(&mut self, select: &Select, order: &[OrderByExpr]) -> Sure<Vec<Output>> {
        let plain = select.top.is_none()
            && select.exclude.is_none()
            && select.into.is_none()
            && select.lateral_views.is_empty()
            && select.prewhere.is_none()
            && select.connect_by.is_empty()
            && select.cluster_by.is_empty()
            && select.distribute_by.is_empty()
            && select.sort_by.is_empty()
            && select.qualify.is_none()
            && select.value_table_mode.is_none()
            && select.select_modifiers.is_none()
            && matches!(select.flavor, sqlparser::ast::SelectFlavor::Standard);
        if !plain {
            return Err(Lost);
        }
        let namespace = self.from(&select.from)?;
        self.levels.push(namespace);
        let start = self.text.behind_select(self.text.offset(select.select_token.0.span.start)?);
        let items = self.text.items(start);
        if items.len() != select.projection.len() {
            return Err(Lost);
        }
        let mut outputs = Vec::new();
        for (item, range) in select.projection.iter().zip(&items) {
            self.item(item, range.end, &mut outputs)?;
        }
        if let Some(Distinct::On(keys)) = &select.distinct {
            for key in keys {
                self.sort_key(key, &outputs)?;
            }
        }
        if let Some(selection) = &select.selection {
            self.expr(selection)?;
        }
        match &select.group_by {
            GroupByExpr::Expressions(keys, modifiers) if modifiers.is_empty() => {
                for key in keys {
                    self.group_key(key, &outputs)?;
                }
            }
            _ => return Err(Lost),
        }
        if let Some(having) = &select.having {
            self.expr(having)?;
        }
        for window in &select.named_window {
            if let NamedWindowExpr::WindowSpec(window) = &window.1 {
                self.window(window)?;
            }
        }
        for key in order {
            self.sort_key(&key.expr, &outputs)?;
        }
        self.levels.pop();
        self.events.push(Event::Outputs(outputs.clone()));
        Ok(outputs)
    }

    /// One item of the output list.
    fn item(&mut self, item: &SelectItem, end: usize, outputs: &mut Vec<Output>) -> Sure<()> {
        match item {
            SelectItem::UnnamedExpr(expr) => {
                self.expr(expr)?;
                let label = label::label(&self.text, expr)?;
                let origin = self.origin(expr);
                outputs.push(Output { name: Some(label.name), named_by: label.named_by, end, origin });
            }
            SelectItem::ExprWithAlias { expr, alias } => {
                self.expr(expr)?;
                let spot = self.text.spot(alias)?;
                // Such a word without AS belongs to the expression (`a ISNULL`), whatever the parser made of it.
                if !spot.quoted && keyword::needs_as(&spot.name) && !self.text.follows(spot.range.start, "as") {
                    return Err(Lost);
                }
                let origin = self.origin(expr);
                outputs.push(Output { name: Some(spot.name), named_by: None, end, origin });
            }
            SelectItem::Wildcard(options) => {
                let star = self.star(options)?;
                let level = self.levels.last().cloned().unwrap_or_default();
                let open = level.sources.iter().any(|&id| self.sources[id].open);
                self.add_star(Vec::new(), star..star + 1, level.columns, level.sources, open, outputs);
            }
            SelectItem::QualifiedWildcard(SelectItemQualifiedWildcardKind::ObjectName(name), options) => {
                let star = self.star(options)?;
                let spots = self.spots(name)?;
                let source = scope::qualifier(&self.sources, &self.levels, &spots).ok_or(Lost)?;
                let start = spots.first().ok_or(Lost)?.range.start;
                let Source { columns, open, .. } = self.sources[source].clone();
                let columns = columns.into_iter().map(|column| Column { owner: Some(source), ..column }).collect();
                self.add_star(spots, start..star + 1, columns, vec![source], open, outputs);
            }
            SelectItem::QualifiedWildcard(SelectItemQualifiedWildcardKind::Expr(_), _)
            | SelectItem::ExprWithAliases { .. } => return Err(Lost),
        }
        Ok(())
    }

    fn add_star(
        &mut self,
        spots: Vec<Spot>,
        range: std::ops::Range<usize>,
        columns: Vec<Column>,
        sources: Vec<usize>,
        open: bool,
        outputs: &mut Vec<Output>,
    ) {
        let output = |name, origin| Output { name, named_by: None, end: range.end, origin };
        outputs.extend(columns.iter().map(|column| output(Some(column.name.clone()), self.column_origin(column))));
        if open {
            outputs.push(output(None, None));
        }
        self.events.push(Event::Star { spots, range, columns, sources, open });
    }

    /// Where the `*` of a wildcard stands.
    fn star(&self, options: &WildcardAdditionalOptions) -> Sure<usize> {
        let plain = options.opt_ilike.is_none()
            && options.opt_exclude.is_none()
            && options.opt_except.is_none()
            && options.opt_replace.is_none()
            && options.opt_rename.is_none()
            && options.opt_alias.is_none();
        let at = self.text.offset(options.wildcard_token.0.span.start)?;
        if plain && self.text.text[at..].starts_with('*') { Ok(at) } else { Err(Lost) }
    }

    /// A key of `ORDER BY` or `DISTINCT ON`: an output column's name, else an expression.
    fn sort_key(&mut self, key: &Expr, outputs: &[Output]) -> Sure<()> {
        if let Expr::Identifier(ident) = without_parens(key)
            && let Ok(spot) = self.name_spot(ident)
        {
            if let Some(position) = position(outputs, &spot.name) {
                self.events.push(Event::Output { position });
                return Ok(());
            }
            if outputs.iter().any(|output| output.name.is_none()) {
                self.events.push(Event::Unknown { spots: vec![spot] });
                return Ok(());
            }
        }
        self.expr(key)
    }

    /// A key of `GROUP BY`: a column of this level, else an output column's name, else an expression.
    fn group_key(&mut self, key: &Expr, outputs: &[Output]) -> Sure<()> {
        match without_parens(key) {
            Expr::GroupingSets(sets) | Expr::Cube(sets) | Expr::Rollup(sets) => {
                for key in sets.iter().flatten() {
                    self.group_key(key, outputs)?;
                }
                Ok(())
            }
            Expr::Tuple(keys) => keys.iter().try_for_each(|key| self.group_key(key, outputs)),
            Expr::Identifier(ident) => {
                let Ok(spot) = self.name_spot(ident) else { return self.expr(key) };
                let level = self.levels.last().cloned().unwrap_or_default();
                let is_open = level.sources.iter().any(|&id| self.sources[id].open);
                match (scope::local(&self.sources, &level, &spot.name), position(outputs, &spot.name)) {
                    (Found::Unknown, Some(_)) if is_open => self.events.push(Event::Unknown { spots: vec![spot] }),
                    (Found::Unknown, Some(position)) => self.events.push(Event::Output { position }),
                    _ => return self.expr(key),
                }
                Ok(())
            }
            _ => self.expr(key),
        }
    }

    /// Makes a source of output columns.
    pub(super) fn query_source(&mut self, alias: Option<&TableAlias>, outputs: &[Option<String>]) -> Sure<usize> {
        let names = match alias {
            Some(alias) => self.alias_columns(alias)?,
            None => Vec::new(),
        };
        let id = self.sources.len();
        // A column whose name cannot be told makes it impossible to say where those behind it stand.
        let known = outputs.iter().take_while(|name| name.is_some()).flatten();
        let columns: Vec<_> = known
            .enumerate()
            .map(|(at, name)| Column {
                name: names.get(at).unwrap_or(name).clone(),
                ids: vec![(id, Slot::At(at))],
                owner: alias.map(|_| id),
            })
            .collect();
        let open = columns.len() < outputs.len();
        if open && !names.is_empty() {
            return Err(Lost);
        }
        let alias = match alias {
            Some(alias) => self.name_spot(&alias.name)?.name,
            None => String::new(),
        };
        self.sources.push(Source { alias, kind: Kind::Query, columns, open });
        Ok(id)
    }

    /// The column names behind an alias.
    pub(super) fn alias_columns(&self, alias: &TableAlias) -> Sure<Vec<String>> {
        alias.columns.iter().map(|column| Ok(self.name_spot(&column.name)?.name)).collect()
    }

    /// A relation's name from its parts.
    pub(super) fn name(spots: &[Spot]) -> Sure<Name> {
        match spots {
            [name] => Ok(Name::bare(&name.name)),
            [schema, name] => Ok(Name::in_schema(&schema.name, &name.name)),
            _ => Err(Lost),
        }
    }
}

/// Where an output column of that name stands.
fn position(outputs: &[Output], name: &str) -> Option<usize> {
    outputs.iter().position(|output| output.name.as_deref() == Some(name))
}

fn without_parens(mut expr: &Expr) -> &Expr {
    while let Expr::Nested(inner) = expr {
        expr = inner;
    }
    expr
}
