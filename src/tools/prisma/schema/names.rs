//! What tables, columns, enums and their values are called in a Prisma schema, and what Prisma calls a key, index or
//! foreign key that it is not told the name of. The rules are those of introspection, `prisma db pull`
//! (schema-engine-wasm 8.1.0-2), which leaves a name as it is wherever the language takes it; where introspection comments a
//! column or value out, or gives two the same name, a name is made here.

use std::collections::{BTreeMap, BTreeSet};

/// The longest name that PostgreSQL keeps, in bytes.
const LONGEST: usize = 63;

/// Words that no model or enum is called: those of JavaScript that the generated client cannot use, and the language's own
/// types.
#[rustfmt::skip] // a table
const RESERVED: &[&str] = &[
    "BigInt", "Boolean", "Bytes", "DateTime", "Decimal", "Float", "Int", "Json", "PrismaClient", "String",
    "async", "await", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do",
    "else", "enum", "export", "extends", "false", "finally", "for", "function", "if", "implements", "import", "in",
    "instanceof", "interface", "let", "new", "null", "package", "private", "protected", "public", "return", "super",
    "switch", "this", "throw", "true", "try", "typeof", "using", "var", "void", "while", "with", "yield",
];

/// Names of one kind that have to differ: each original, a name for it.
pub(super) fn fields<'a>(originals: impl IntoIterator<Item = &'a str>) -> BTreeMap<String, String> {
    distinct(originals.into_iter().map(|name| (name.to_owned(), fit(name, "column"))))
}

/// The same for the values of an enum.
pub(super) fn values<'a>(originals: impl IntoIterator<Item = &'a str>) -> BTreeMap<String, String> {
    let fitted = |name: &str| if name.is_empty() { "EMPTY_ENUM_VALUE".to_owned() } else { fit(name, "value") };
    distinct(originals.into_iter().map(|name| (name.to_owned(), fitted(name))))
}

/// The same for models and enums, each known by its schema and name: one that two schemas have is called by both.
pub(super) fn blocks<'a>(
    originals: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> BTreeMap<(String, String), String> {
    let originals: Vec<(&str, &str)> = originals.into_iter().collect();
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for (_, name) in &originals {
        *count.entry(fit(name, "table")).or_default() += 1;
    }
    let named = |&(schema, name): &(&str, &str)| {
        let mut fitted = fit(name, "table");
        if count.get(&fitted).is_some_and(|many| *many > 1) {
            fitted = fit(&format!("{schema}_{name}"), "table");
        }
        if RESERVED.binary_search(&fitted.as_str()).is_ok() {
            fitted = format!("Renamed{fitted}");
        }
        ((schema.to_owned(), name.to_owned()), fitted)
    };
    distinct(originals.iter().map(named))
}

/// The first of `name`, `name_2`, `name_3` that is not taken.
pub(super) fn free(name: &str, taken: &BTreeSet<String>) -> String {
    let numbered = (2..).map(|n: usize| format!("{name}_{n}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|name| !taken.contains(name)).unwrap_or_default()
}

/// What is called as it is keeps its name before all others.
fn distinct<K: Ord + Clone + Plain>(wanted: impl IntoIterator<Item = (K, String)>) -> BTreeMap<K, String> {
    let wanted: Vec<(K, String)> = wanted.into_iter().collect();
    let (same, made): (Vec<_>, Vec<_>) = wanted.into_iter().partition(|(key, name)| key.plain() == name);
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut names = BTreeMap::new();
    for (key, name) in same.into_iter().chain(made) {
        let name = free(&name, &taken);
        taken.insert(name.clone());
        names.insert(key, name);
    }
    names
}

/// The name alone.
trait Plain {
    fn plain(&self) -> &str;
}

impl Plain for String {
    fn plain(&self) -> &str {
        self
    }
}

impl Plain for (String, String) {
    fn plain(&self) -> &str {
        &self.1
    }
}

/// A name as the language takes it: a letter, then letters, digits and `_`, all of ASCII. What nothing is left of is called
/// by its kind.
fn fit(name: &str, kind: &str) -> String {
    let word = |text: &str| -> String {
        text.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '_' }).collect()
    };
    let start = name.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    match start.is_empty() {
        false => word(start),
        true => format!("{kind}_{}", word(name).trim_matches('_')).trim_end_matches('_').to_owned(),
    }
}

/// What a primary key is called unless it is told.
pub(super) fn primary_key(table: &str) -> String {
    suffixed(table, "_pkey")
}

/// What a unique key is called unless it is told.
pub(super) fn unique(table: &str, columns: &[&str]) -> String {
    suffixed(&format!("{table}_{}", columns.join("_")), "_key")
}

/// What an index is called unless it is told.
pub(super) fn index(table: &str, columns: &[&str]) -> String {
    suffixed(&format!("{table}_{}", columns.join("_")), "_idx")
}

/// What a foreign key is called unless it is told.
pub(super) fn foreign_key(table: &str, columns: &[&str]) -> String {
    suffixed(&format!("{table}_{}", columns.join("_")), "_fkey")
}

/// The stem is cut where the whole would be too long.
fn suffixed(stem: &str, suffix: &str) -> String {
    let most = stem.len().min(LONGEST - suffix.len());
    let end = (0..=most).rev().find(|end| stem.is_char_boundary(*end)).unwrap_or(0);
    format!("{}{suffix}", &stem[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_words_are_sorted() {
        assert!(RESERVED.is_sorted());
    }

    #[test]
    fn names_are_made_fit_and_kept_apart() {
        let names = fields(["a_b", "a b", "1x", "_z", "éé", "$", "2"]);
        let name = |original: &str| names[original].as_str();
        assert_eq!((name("a_b"), name("a b"), name("1x"), name("_z")), ("a_b", "a_b_2", "x", "z"));
        assert_eq!((name("éé"), name("$"), name("2")), ("column", "column_2", "column_2_2"));
        assert_eq!(values(["", "1"])[""], "EMPTY_ENUM_VALUE");
    }

    #[test]
    fn models_are_called_by_their_schema_where_the_name_alone_is_not_enough() {
        let names = blocks([("app", "users"), ("public", "users"), ("public", "class"), ("public", "posts")]);
        let name = |schema: &str, name: &str| names[&(schema.to_owned(), name.to_owned())].clone();
        assert_eq!((name("app", "users"), name("public", "users")), ("app_users".into(), "public_users".into()));
        assert_eq!((name("public", "class"), name("public", "posts")), ("Renamedclass".into(), "posts".into()));
    }

    #[test]
    fn long_names_keep_their_suffix() {
        let long = "AReallyLongModelNameForTestingIdentifierLimitsXX";
        let columns = ["anotherQuiteLongColumnNameHereYes"];
        assert_eq!(unique(long, &columns), "AReallyLongModelNameForTestingIdentifierLimitsXX_anotherQui_key");
        assert_eq!(primary_key("posts_tbl"), "posts_tbl_pkey");
    }
}
