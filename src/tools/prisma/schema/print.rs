//! The text of a Prisma schema, laid out as `prisma format` leaves it: two blanks before a line, the parts of fields in
//! columns, attributes in one order. Knows no database.

use std::fmt::Write;

/// A block with `name = value` in it: `generator`, `datasource`.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    /// The keyword and the name.
    pub head: &'static str,
    /// Each key with its value, as written.
    pub values: Vec<(&'static str, String)>,
}

/// A model.
#[derive(Clone, Debug)]
pub(super) struct Model {
    /// The lines of its documentation.
    pub docs: Vec<String>,
    pub name: String,
    pub fields: Vec<Field>,
    /// The attributes of the block, each with its place in the order.
    pub attributes: Vec<(Place, String)>,
}

/// A field of a model.
#[derive(Clone, Debug)]
pub(super) struct Field {
    /// The lines of its documentation.
    pub docs: Vec<String>,
    pub name: String,
    /// Its type with `?` or `[]`.
    pub kind: String,
    /// Its attributes, each with its place in the order.
    pub attributes: Vec<(Mark, String)>,
}

/// An enum.
#[derive(Clone, Debug)]
pub(super) struct Enum {
    /// The lines of its documentation.
    pub docs: Vec<String>,
    pub name: String,
    /// Its values, each with the name that the database has for it where that is another.
    pub values: Vec<(String, Option<String>)>,
    pub attributes: Vec<(Place, String)>,
}

/// Where an attribute of a field stands among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    Id,
    Unique,
    Default,
    Map,
    Relation,
    Native,
    Ignore,
}

/// Where an attribute of a block stands among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Id,
    Unique,
    Index,
    Map,
    Ignore,
    Schema,
}

/// A string literal of the schema language.
pub(super) fn text(value: &str) -> String {
    let mut out = String::from("\"");
    for c in value.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(c)); // writing to a String cannot fail
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

impl Settings {
    pub fn print(&self) -> String {
        let width = self.values.iter().map(|(key, _)| key.len()).max().unwrap_or(0);
        let lines = self.values.iter().map(|(key, value)| format!("  {key:width$} = {value}\n"));
        format!("{} {{\n{}}}\n", self.head, lines.collect::<String>())
    }
}

impl Model {
    pub fn print(&self) -> String {
        let rows = self.fields.iter().map(|field| {
            let mut attributes = field.attributes.clone();
            attributes.sort_by_key(|(mark, _)| *mark);
            let attributes = attributes.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(" ");
            (&field.docs, [field.name.clone(), field.kind.clone(), attributes])
        });
        let rows = rows.collect::<Vec<_>>();
        block(&self.docs, "model", &self.name, &rows, &self.attributes)
    }
}

impl Enum {
    pub fn print(&self) -> String {
        const NONE: &Vec<String> = &Vec::new();
        let map = |map: &Option<String>| map.as_ref().map(|name| format!("@map({})", text(name))).unwrap_or_default();
        let rows: Vec<_> = self.values.iter().map(|(name, mapped)| (NONE, [name.clone(), map(mapped)])).collect();
        block(&self.docs, "enum", &self.name, &rows, &self.attributes)
    }
}

/// A block: each row in columns, then the block's own attributes.
fn block<const COLUMNS: usize>(
    docs: &[String],
    keyword: &str,
    name: &str,
    rows: &[(&Vec<String>, [String; COLUMNS])],
    attributes: &[(Place, String)],
) -> String {
    let width = |column: usize| rows.iter().map(|(_, row)| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..COLUMNS).map(width).collect();
    let mut out: String = docs.iter().map(|line| documented("", line)).collect();
    out.push_str(&format!("{keyword} {name} {{\n"));
    for (docs, row) in rows {
        out.extend(docs.iter().map(|line| documented("  ", line)));
        let cells = row.iter().zip(&widths).map(|(cell, &width)| format!(" {cell:width$}"));
        out.push_str(&format!(" {}\n", cells.collect::<String>().trim_end()));
    }
    let mut attributes = attributes.to_vec();
    attributes.sort_by_key(|(place, _)| *place);
    if !attributes.is_empty() && !rows.is_empty() {
        out.push('\n');
    }
    out.extend(attributes.iter().map(|(_, text)| format!("  {text}\n")));
    out + "}\n"
}

/// A line of documentation.
fn documented(indent: &str, line: &str) -> String {
    let line: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("{indent}/// {}", line.trim()).trim_end().to_owned() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_in_columns_and_attributes_in_order() {
        let field = |name: &str, kind: &str, attributes: &[(Mark, &str)]| Field {
            docs: Vec::new(),
            name: name.into(),
            kind: kind.into(),
            attributes: attributes.iter().map(|(mark, text)| (*mark, (*text).to_owned())).collect(),
        };
        let model = Model {
            docs: vec!["what it is".into()],
            name: "User".into(),
            fields: vec![
                field("id", "Int", &[(Mark::Map, "@map(\"_id\")"), (Mark::Id, "@id")]),
                field("address", "String?", &[]),
            ],
            attributes: vec![(Place::Map, "@@map(\"users\")".into()), (Place::Index, "@@index([address])".into())],
        };
        let expected = "/// what it is\nmodel User {\n  id      Int     @id @map(\"_id\")\n  address String?\n\n  @@index([address])\n  @@map(\"users\")\n}\n";
        assert_eq!(model.print(), expected);
    }

    #[test]
    fn strings_are_escaped() {
        assert_eq!(text("a\"b\\c\n\u{1}"), "\"a\\\"b\\\\c\\n\\u0001\"");
    }
}
