//! The relations between models, from foreign keys: a field on the side of the key, and one on the other side, which is one
//! row when the columns of the key are unique and many otherwise. Names are those that introspection gives
//! (schema-engine-wasm 8.1.0-2): the other model's, or, where two models have several relations, one that says by which columns.

use super::joins::Join;
use super::keys::Keys;
use super::names;
use super::print::{Field, Mark, text};
use super::state::{Shape, State};
use crate::ir::{ConstraintKind, Deferrable, ForeignKey, Match, ReferentialAction};
use std::collections::{BTreeMap, BTreeSet};

/// The relations of all models.
#[derive(Debug, Default)]
pub(super) struct Relations {
    /// The fields of each model, by the model's place among the tables, in order.
    pub fields: BTreeMap<usize, Vec<Field>>,
    /// What cannot be said of each model's foreign keys, a line each.
    pub unsaid: BTreeMap<usize, Vec<String>>,
}

/// A foreign key between two models.
struct Link<'a> {
    name: &'a str,
    key: &'a ForeignKey,
    from: usize,
    to: usize,
    /// The referenced columns, those of the primary key where none are named.
    referenced: Vec<String>,
}

impl Relations {
    /// Reads them off the foreign keys.
    pub fn of(state: &State<'_>, keys: &[Keys], joins: &BTreeMap<usize, Join>) -> Self {
        let mut found = Relations::default();
        let links = found.links(state, keys, joins);
        let mut taken: Vec<BTreeSet<String>> =
            state.shapes.iter().map(|shape| shape.fields.values().cloned().collect()).collect();
        let mut titles = BTreeSet::new();
        for link in &links {
            found.link(state, keys, &links, link, &mut taken, &mut titles);
        }
        for (at, join) in joins {
            let pair = (join.a.min(join.b), join.a.max(join.b));
            let several = links.iter().any(|link| (link.from.min(link.to), link.from.max(link.to)) == pair)
                || joins.iter().any(|(other, join)| other != at && (join.a.min(join.b), join.a.max(join.b)) == pair);
            found.join(state, &state.shapes[*at].key.name, join, several, &mut taken);
        }
        found
    }

    fn links<'a>(&mut self, state: &State<'a>, keys: &[Keys], joins: &BTreeMap<usize, Join>) -> Vec<Link<'a>> {
        let mut links = Vec::new();
        for (from, shape) in state.shapes.iter().enumerate().filter(|(from, _)| !joins.contains_key(from)) {
            let mut own: Vec<_> = shape.table.table.constraints.iter().collect();
            own.sort_by(|one, other| one.name.cmp(&other.name));
            for constraint in own {
                let (ConstraintKind::ForeignKey(key), Some(name)) = (&constraint.kind, &constraint.name) else {
                    continue;
                };
                let unsaid = self.unsaid.entry(from).or_default();
                let target = state.schema.relation(&key.references);
                let Some(to) = state.shapes.iter().position(|shape| Some(shape.id) == target.as_ref()) else {
                    unsaid.push(format!("foreign key {name} leads to {}, which is no model here", key.references));
                    continue;
                };
                if constraint.deferrable != Deferrable::No {
                    unsaid.push(format!("the check of {name} can be put off to the end of the transaction"));
                }
                if constraint.not_valid {
                    unsaid.push(format!("{name} holds for new rows only"));
                }
                if key.matching == Match::Full && key.columns.len() > 1 {
                    unsaid.push(format!("{name} is MATCH FULL"));
                }
                if let ReferentialAction::SetNull(columns) | ReferentialAction::SetDefault(columns) = &key.on_delete
                    && !columns.is_empty()
                {
                    unsaid.push(format!("{name} sets no more than {} on delete", columns.join(", ")));
                }
                let mut referenced = key.referenced.clone();
                if referenced.is_empty() {
                    let primary = keys[to].keys.first().map(|key| key.column_names()).unwrap_or_default();
                    referenced = primary.into_iter().map(str::to_owned).collect();
                }
                links.push(Link { name, key, from, to, referenced });
            }
        }
        links
    }

    /// Both fields of one relation.
    fn link(
        &mut self,
        state: &State<'_>,
        keys: &[Keys],
        links: &[Link<'_>],
        link: &Link<'_>,
        taken: &mut [BTreeSet<String>],
        titles: &mut BTreeSet<(usize, usize, String)>,
    ) {
        let (from, to) = (&state.shapes[link.from], &state.shapes[link.to]);
        let (own, other) = (state.block(from.key), state.block(to.key));
        let columns: Vec<&str> = link.key.columns.iter().map(|column| from.field(column)).collect();
        let own_side = if link.from == link.to { "other_" } else { "" };
        let (mut title, forward, back) = match is_ambiguous(state, links, link) {
            true => {
                let title = format!("{own}_{}To{other}", columns.join("_"));
                let (forward, back) = (format!("{other}_{title}"), format!("{own_side}{own}_{title}"));
                (title, forward, back)
            }
            false if link.from == link.to => (format!("{own}To{other}"), other.to_owned(), format!("{own_side}{own}")),
            false => (String::new(), other.to_owned(), own.to_owned()),
        };
        // Two keys on the same columns would give two relations of one name.
        if !title.is_empty() {
            let pair = (link.from.min(link.to), link.from.max(link.to));
            let mut n = 1;
            let first = title.clone();
            while !titles.insert((pair.0, pair.1, title.clone())) {
                n += 1;
                title = format!("{first}_{n}");
            }
        }
        let mut free = |of: usize, name: &str| {
            let name = names::free(name, &taken[of]);
            taken[of].insert(name.clone());
            name
        };
        let (forward, back) = (free(link.from, &forward), free(link.to, &back));
        let identified = |at: usize| keys[at].identify(|column| state.shapes[at].identifies(column));
        let both = identified(link.from) && identified(link.to);
        // A field of a model that is itself ignored need not be.
        let ignored = |at: usize| (!both && identified(at)).then(|| (Mark::Ignore, "@ignore".to_owned()));
        let optional = link.key.columns.iter().any(|column| !from.is_required(column));

        let kind = format!("{other}{}", if optional { "?" } else { "" });
        let relation = (Mark::Relation, attribute(link, from, to, &title));
        let attributes = std::iter::once(relation).chain(ignored(link.from)).collect();
        self.push(link.from, Field { docs: Vec::new(), name: forward, kind, attributes });

        let many = if keys[link.from].are_unique(&link.key.columns) { "?" } else { "[]" };
        let named = (!title.is_empty()).then(|| (Mark::Relation, format!("@relation({})", text(&title))));
        let attributes = named.into_iter().chain(ignored(link.to)).collect();
        self.push(link.to, Field { docs: Vec::new(), name: back, kind: format!("{own}{many}"), attributes });
    }

    /// Both lists of a relation by a table of its own; `several` when there are other relations between the two models.
    fn join(&mut self, state: &State<'_>, table: &str, join: &Join, several: bool, taken: &mut [BTreeSet<String>]) {
        let (a, b) = (state.block(state.shapes[join.a].key), state.block(state.shapes[join.b].key));
        let title = &table[1..]; // it begins with an underscore
        let named = several || join.a == join.b || title != format!("{a}To{b}");
        let mark = if several { table } else { "" };
        for (at, kind, side) in [(join.a, b, "_A"), (join.b, a, "_B")] {
            let side = if join.a == join.b { side } else { "" };
            let name = names::free(&format!("{kind}{mark}{side}"), &taken[at]);
            taken[at].insert(name.clone());
            let attributes = named.then(|| (Mark::Relation, format!("@relation({})", text(title))));
            let attributes = attributes.into_iter().collect();
            self.push(at, Field { docs: Vec::new(), name, kind: format!("{kind}[]"), attributes });
        }
    }

    fn push(&mut self, at: usize, field: Field) {
        self.fields.entry(at).or_default().push(field);
    }
}

/// Whether the names of the two models do not say which relation is meant: there is another between them, or a column of the
/// key is called as the other model.
fn is_ambiguous(state: &State<'_>, links: &[Link<'_>], link: &Link<'_>) -> bool {
    let between = |one: &Link<'_>| (one.from.min(one.to), one.from.max(one.to));
    let alike: Vec<&Link<'_>> = links.iter().filter(|other| between(other) == between(link)).collect();
    let clashes = |link: &&Link<'_>| {
        let other = state.block(state.shapes[link.to].key);
        link.key.columns.iter().any(|column| state.shapes[link.from].field(column) == other)
    };
    alike.len() > 1 || alike.iter().any(clashes)
}

/// `@relation(…)` on the side of the key.
fn attribute(link: &Link<'_>, from: &Shape<'_>, to: &Shape<'_>, title: &str) -> String {
    let listed = |shape: &Shape<'_>, columns: &[String]| -> String {
        columns.iter().map(|column| shape.field(column)).collect::<Vec<_>>().join(", ")
    };
    let mut arguments = Vec::new();
    if !title.is_empty() {
        arguments.push(text(title));
    }
    arguments.push(format!("fields: [{}]", listed(from, &link.key.columns)));
    arguments.push(format!("references: [{}]", listed(to, &link.referenced)));
    let required = link.key.columns.iter().any(|column| from.is_required(column));
    let usual = if required { "Restrict" } else { "SetNull" };
    for (argument, action, usual) in
        [("onDelete", &link.key.on_delete, usual), ("onUpdate", &link.key.on_update, "Cascade")]
    {
        let action = match action {
            ReferentialAction::NoAction => "NoAction",
            ReferentialAction::Restrict => "Restrict",
            ReferentialAction::Cascade => "Cascade",
            ReferentialAction::SetNull(_) => "SetNull",
            ReferentialAction::SetDefault(_) => "SetDefault",
        };
        if action != usual {
            arguments.push(format!("{argument}: {action}"));
        }
    }
    let columns: Vec<&str> = link.key.columns.iter().map(String::as_str).collect();
    if names::foreign_key(&from.key.name, &columns) != link.name {
        arguments.push(format!("map: {}", text(link.name)));
    }
    format!("@relation({})", arguments.join(", "))
}
