//! Renaming inside a text: edits at the identifiers concerned, checked by reading the result.

use super::event::{Event, Role};
use super::place::{Edits, Spot};
use super::read::Reading;
use super::scope::{Column, Id, Kind, Slot};
use super::{Catalogue, Lost, Nothing, Renaming, Sure, keyword, literal, read_expr, read_query, trace};
use crate::ir::{Dialect, Name};

/// The query as it must be written after the renaming to mean what it meant before, its output columns' names included:
/// a renamed column that gave an output its name gets that as an alias, and a `*` over it is written out. `catalogue` is
/// the state before. `None` when it cannot be done with certainty.
pub fn rename_in_query(query: &str, renaming: &Renaming<'_>, catalogue: &dyn Catalogue) -> Option<String> {
    if cannot_concern(query, renaming) {
        return Some(query.to_owned());
    }
    let (reading, _) = read_query(query, catalogue).ok()?;
    let after = After { before: catalogue, renaming };
    let meant = trace::before(&reading, Some(renaming));
    let says_it = |text: &String| match read_query(text, &after) {
        Ok((reading, _)) => trace::agree(&meant, &trace::after(&reading)),
        Err(Lost) => false,
    };
    certain(&reading, renaming).ok()?;
    [direct, covered, qualified].into_iter().find_map(|edit| edit(&reading, renaming).ok().filter(says_it))
}

/// The expression as it must be written after the renaming. For a column the expression must stand over its relation;
/// if it has subqueries too, a bare name is not certain enough. `None` when it cannot be done with certainty.
pub fn rename_in_expr(expr: &str, renaming: &Renaming<'_>, dialect: Dialect) -> Option<String> {
    let over = match renaming {
        Renaming::Column { relation, .. } => Some(*relation),
        Renaming::Relation { .. } | Renaming::Type { .. } | Renaming::Function { .. } => None,
    };
    let is_sure = |reading: &Reading<'_>| {
        let has_subquery = reading.events.iter().any(|event| matches!(event, Event::Outputs(_)));
        let is_bare_target = |event: &Event| match (event, renaming) {
            (Event::Column { spots, ids, .. }, Renaming::Column { from, .. }) => {
                spots.len() == 1 && ids.contains(&(0, Slot::Named((*from).to_owned())))
            }
            // A row as a whole is written like a column.
            (Event::Column { spots, .. }, Renaming::Relation { from, .. }) => {
                matches!(spots.as_slice(), [spot] if spot.name == from.name)
            }
            _ => false,
        };
        let doubtful = match renaming {
            Renaming::Column { .. } => has_subquery,
            _ => true,
        };
        !(doubtful && reading.events.iter().any(is_bare_target))
    };
    in_expr(expr, over, renaming, &Nothing(dialect), is_sure)
}

/// The expression over `over`, in a state where its columns may be known.
pub fn rename_in_expr_over(
    expr: &str,
    over: &Name,
    renaming: &Renaming<'_>,
    catalogue: &dyn Catalogue,
) -> Option<String> {
    in_expr(expr, Some(over), renaming, catalogue, |_| true)
}

fn in_expr(
    expr: &str,
    over: Option<&Name>,
    renaming: &Renaming<'_>,
    catalogue: &dyn Catalogue,
    is_sure: impl Fn(&Reading<'_>) -> bool,
) -> Option<String> {
    if cannot_concern(expr, renaming) {
        return Some(expr.to_owned());
    }
    let reading = read_expr(expr, over, catalogue).ok()?;
    if !is_sure(&reading) {
        return None;
    }
    let after = After { before: catalogue, renaming };
    let meant = trace::before(&reading, Some(renaming));
    let over_after = over.map(|over| match renaming {
        Renaming::Relation { from, to } if catalogue.same(over, from) => (*to).clone(),
        _ => over.clone(),
    });
    let says_it = |text: &String| match read_expr(text, over_after.as_ref(), &after) {
        Ok(reading) => trace::agree(&meant, &trace::after(&reading)),
        Err(Lost) => false,
    };
    certain(&reading, renaming).ok()?;
    [direct, covered, qualified].into_iter().find_map(|edit| edit(&reading, renaming).ok().filter(says_it))
}

/// The query with every `*` among its output columns written out, so that it goes on meaning the columns of today.
/// `None` when the columns are not all known.
pub fn expand_stars(query: &str, catalogue: &dyn Catalogue) -> Option<String> {
    let (reading, _) = read_query(query, catalogue).ok()?;
    let mut edits = Edits::default();
    for event in &reading.events {
        if let Event::Star { spots, range, columns, open, .. } = event {
            let list = if *open { None } else { star_list(&reading, spots, columns, &|_| None).ok() };
            edits.replace(range.clone(), list?);
        }
    }
    let text = edits.apply(query).ok()?;
    let (expanded, _) = read_query(&text, catalogue).ok()?;
    trace::agree(&trace::after(&reading), &trace::after(&expanded)).then_some(text)
}

/// The catalogue after the renaming.
struct After<'a> {
    before: &'a dyn Catalogue,
    renaming: &'a Renaming<'a>,
}

impl Catalogue for After<'_> {
    fn dialect(&self) -> Dialect {
        self.before.dialect()
    }

    fn columns(&self, relation: &Name) -> Option<Vec<String>> {
        match self.renaming {
            Renaming::Relation { from, to } if self.before.same(relation, to) => {
                // The name may have been some other relation's in another schema.
                self.before.columns(from)
            }
            Renaming::Column { relation: of, from, to } if self.before.same(relation, of) => {
                let rename = |column: String| if column == *from { (*to).to_owned() } else { column };
                Some(self.before.columns(relation)?.into_iter().map(rename).collect())
            }
            _ => self.before.columns(relation),
        }
    }

    fn same(&self, a: &Name, b: &Name) -> bool {
        self.before.same(a, b)
    }
}

/// Whether the text surely does not mention what is renamed.
fn cannot_concern(text: &str, renaming: &Renaming<'_>) -> bool {
    let text = text.to_lowercase();
    // An identifier with a quote in it is written otherwise, and so may be one in `U&"…"`.
    let lacks = |name: &str| !name.contains('"') && !text.contains("u&\"") && !text.contains(&name.to_lowercase());
    match renaming {
        Renaming::Relation { from, .. } | Renaming::Type { from, .. } | Renaming::Function { from, .. } => {
            lacks(&from.name)
        }
        Renaming::Column { from, to, .. } => lacks(from) && lacks(to) && lacks("*") && lacks("natural"),
    }
}

/// Refuses a text in which something that cannot be followed may be what is renamed.
fn certain(reading: &Reading<'_>, renaming: &Renaming<'_>) -> Sure<()> {
    let Renaming::Column { relation, from, .. } = renaming else { return Ok(()) };
    for event in &reading.events {
        let doubtful = match event {
            Event::Unknown { spots } => spots.last().is_some_and(|spot| spot.name == *from),
            Event::Field { name } => name == from,
            Event::Star { sources, open: true, .. } => sources.iter().any(|&source| {
                reading.sources[source].open
                    && matches!(&reading.sources[source].kind, Kind::Relation { name, .. } if reading.catalogue.same(name, relation))
            }),
            _ => false,
        };
        if doubtful {
            return Err(Lost);
        }
    }
    Ok(())
}

/// Edits at every mention.
fn direct(reading: &Reading<'_>, renaming: &Renaming<'_>) -> Sure<String> {
    let mut edits = Edits::default();
    for event in &reading.events {
        match renaming {
            Renaming::Column { .. } => column_edits(reading, event, renaming, &mut edits)?,
            Renaming::Relation { from, to } => relation_edits(reading, event, from, to, &mut edits),
            Renaming::Type { from, to } => match event {
                Event::Type { name, spots } if reading.catalogue.same(name, from) => write(spots, from, to, &mut edits),
                Event::Literal { role: Role::Type, name, range } if reading.catalogue.same(name, from) => {
                    edits.replace(range.clone(), literal::print(&written(name, from, to)));
                }
                _ => {}
            },
            Renaming::Function { from, to } => match event {
                Event::Function { name, spots } if reading.catalogue.same(name, from) => {
                    write(spots, from, to, &mut edits);
                }
                Event::Literal { role: Role::Function, name, range } if reading.catalogue.same(name, from) => {
                    edits.replace(range.clone(), literal::print(&written(name, from, to)));
                }
                _ => {}
            },
        }
    }
    keep_output_names(reading, &mut edits);
    edits.apply(reading.text.text)
}

/// An output column that was named by what is now written otherwise says its name.
fn keep_output_names(reading: &Reading<'_>, edits: &mut Edits) {
    let outputs = reading.events.iter().filter_map(|event| match event {
        Event::Outputs(outputs) => Some(outputs),
        _ => None,
    });
    for output in outputs.flatten() {
        if let (Some(name), Some(by)) = (&output.name, output.named_by)
            && edits.touch(by)
        {
            edits.insert(output.end, format!(" AS {}", keyword::ident(name)));
        }
    }
}

fn column_edits(reading: &Reading<'_>, event: &Event, renaming: &Renaming<'_>, edits: &mut Edits) -> Sure<()> {
    let Renaming::Column { from, to, .. } = renaming else { return Ok(()) };
    let is_target = |id: &Id| is_target(reading, renaming, id);
    match event {
        Event::Column { spots, ids, .. } if ids.iter().any(is_target) => match (ids.as_slice(), spots.last()) {
            // The column list of a join's alias hides the name.
            ([_], Some(spot)) if spot.name != *from => {}
            ([_], Some(spot)) => edits.replace(spot.range.clone(), keyword::ident(to)),
            // The merged column of USING has the name of both.
            _ => return Err(Lost),
        },
        Event::Joined { ids } if ids.iter().any(is_target) => return Err(Lost),
        Event::Star { spots, range, columns, .. } if columns.iter().flat_map(|column| &column.ids).any(is_target) => {
            let renamed = |column: &Column| column.ids.iter().any(is_target).then(|| (*to).to_owned());
            edits.replace(range.clone(), star_list(reading, spots, columns, &renamed)?);
        }
        _ => {}
    }
    Ok(())
}

/// Whether a column is the renamed one, under its own name.
fn is_target(reading: &Reading<'_>, renaming: &Renaming<'_>, (source, slot): &Id) -> bool {
    let Renaming::Column { relation, from, .. } = renaming else { return false };
    match (&reading.sources[*source].kind, slot) {
        (Kind::Relation { name, own, covered, .. }, Slot::At(at)) => {
            own.get(*at).is_some_and(|column| column == from) && at >= covered && reading.catalogue.same(name, relation)
        }
        (Kind::Relation { name, .. }, Slot::Named(column)) => column == from && reading.catalogue.same(name, relation),
        (Kind::Over, Slot::Named(column)) => column == from && reading.stands_over(relation),
        (Kind::Over, Slot::At(_)) | (Kind::Function | Kind::Query, _) => false,
    }
}

/// The columns of a star, written out; `renamed` gives the new name of those that have one.
fn star_list(
    reading: &Reading<'_>,
    spots: &[Spot],
    columns: &[Column],
    renamed: &dyn Fn(&Column) -> Option<String>,
) -> Sure<String> {
    let column = |column: &Column| {
        let written = match (spots.first(), spots.last(), column.owner) {
            (Some(first), Some(last), _) => format!("{}.", &reading.text.text[first.range.start..last.range.end]),
            (_, _, Some(owner)) if !reading.sources[owner].alias.is_empty() => {
                format!("{}.", keyword::ident(&reading.sources[owner].alias))
            }
            _ => String::new(),
        };
        match renamed(column) {
            Some(to) => format!("{written}{} AS {}", keyword::ident(&to), keyword::ident(&column.name)),
            None => format!("{written}{}", keyword::ident(&column.name)),
        }
    };
    if columns.is_empty() {
        return Err(Lost);
    }
    Ok(columns.iter().map(column).collect::<Vec<_>>().join(", "))
}

fn relation_edits(reading: &Reading<'_>, event: &Event, from: &Name, to: &Name, edits: &mut Edits) {
    // Without an alias the relation's name is the qualifier too.
    let is_it = |source: usize| match &reading.sources[source].kind {
        Kind::Relation { name, aliased: false, .. } => reading.catalogue.same(name, from),
        Kind::Over => reading.stands_over(from),
        _ => false,
    };
    let mut qualifier = |spots: &[Spot]| {
        if spots.last().is_some_and(|spot| spot.name == from.name) {
            match spots {
                [spot] => edits.replace(spot.range.clone(), keyword::ident(&to.name)),
                spots => write(spots, from, to, edits),
            }
        }
    };
    match event {
        Event::Relation { name, spots, .. } if reading.catalogue.same(name, from) => write(spots, from, to, edits),
        Event::Type { name, spots } if reading.catalogue.same(name, from) => write(spots, from, to, edits),
        Event::Column { spots, owner: Some(owner), .. } if is_it(*owner) => {
            qualifier(spots.split_last().map_or(&[], |(_, before)| before));
        }
        Event::Row { spots, source } | Event::Qualifier { spots, source } if is_it(*source) => qualifier(spots),
        Event::Star { spots, sources, .. } if sources.iter().any(|&source| is_it(source)) => qualifier(spots),
        Event::Unknown { spots } if reading.over.is_some() && spots.len() > 1 => {
            qualifier(spots.split_last().map_or(&[], |(_, before)| before));
        }
        Event::Literal { role: Role::Relation | Role::Type, name, range } if reading.catalogue.same(name, from) => {
            edits.replace(range.clone(), literal::print(&written(name, from, to)));
        }
        _ => {}
    }
}

/// Writes the new name where the old one stands. A schema is written when there was one, or when it changes.
fn write(spots: &[Spot], from: &Name, to: &Name, edits: &mut Edits) {
    let Some((last, before)) = spots.split_last() else { return };
    let moved = to.schema.as_ref().filter(|_| to.schema != from.schema).map(|schema| keyword::ident(schema));
    edits.replace(
        last.range.clone(),
        match (&moved, before) {
            (Some(schema), []) => format!("{schema}.{}", keyword::ident(&to.name)),
            _ => keyword::ident(&to.name),
        },
    );
    if let (Some(schema), Some(spot)) = (moved, before.last()) {
        edits.replace(spot.range.clone(), schema);
    }
}

/// The new name as it is written in the place of `name`.
fn written(name: &Name, from: &Name, to: &Name) -> Name {
    match &to.schema {
        Some(schema) if to.schema != from.schema => Name::in_schema(schema, &to.name),
        _ => name.sibling(&to.name),
    }
}

/// The other way, when edits at every mention do not do: the renamed relation under its old name, or the relation with
/// its columns' old names as a list behind its alias, and no other change. PostgreSQL itself writes such lists for
/// columns of `USING`.
fn covered(reading: &Reading<'_>, renaming: &Renaming<'_>) -> Sure<String> {
    under_old_names(reading, renaming, Schema::AsWritten)
}

/// As `covered`, with the schema before a relation's new name, which a common table expression may have too.
fn qualified(reading: &Reading<'_>, renaming: &Renaming<'_>) -> Sure<String> {
    under_old_names(reading, renaming, Schema::Always)
}

/// Whether a relation's schema is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Schema {
    AsWritten,
    Always,
}

fn under_old_names(reading: &Reading<'_>, renaming: &Renaming<'_>, schema: Schema) -> Sure<String> {
    let mut edits = Edits::default();
    for event in &reading.events {
        let Event::Relation { source, name, spots, alias } = event else { continue };
        let (Kind::Relation { own, covered, .. }, Some(last)) = (&reading.sources[*source].kind, spots.last()) else {
            return Err(Lost);
        };
        let label = keyword::ident(&last.name);
        match renaming {
            Renaming::Relation { from, to } if reading.catalogue.same(name, from) => {
                let known = to.schema.as_ref().or(from.schema.as_ref());
                match (schema, known) {
                    (Schema::AsWritten, _) => write(spots, from, to, &mut edits),
                    // As if it came from no schema, so that the new one is written.
                    (Schema::Always, Some(known)) => {
                        write(spots, &Name::bare(&from.name), &Name::in_schema(known, &to.name), &mut edits);
                    }
                    (Schema::Always, None) => return Err(Lost),
                }
                if alias.is_none() {
                    edits.insert(last.range.end, format!(" AS {label}"));
                }
            }
            Renaming::Column { relation, from, .. } if reading.catalogue.same(name, relation) => {
                let Some(at) = own.iter().position(|column| column == from) else { return Err(Lost) };
                if at < *covered {
                    continue;
                }
                let list = own.iter().map(|column| keyword::ident(column)).collect::<Vec<_>>().join(", ");
                match alias {
                    None => edits.insert(last.range.end, format!(" AS {label}({list})")),
                    Some(alias) if *covered == 0 => edits.insert(alias.range.end, format!("({list})")),
                    Some(_) => return Err(Lost),
                }
            }
            _ => {}
        }
    }
    edits.apply(reading.text.text)
}
