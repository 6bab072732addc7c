//! The classes of a script that TypeORM takes for migrations, told from its text: it makes one migration of each class
//! that a file exports (`util/ImportUtils.js`, `migration/MigrationExecutor.js`, typeorm 0.3.31 and 1.1.1).

use super::find::{NAME, pattern, time_of};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static CLASS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bclass\s+([\w$]+)([^{};]*)\{"));

/// A class that is a migration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Class {
    /// Its name.
    pub name: String,
    /// When it was written, in milliseconds, by its `name` or its own; `None` when neither says.
    pub time: Option<u64>,
    /// Where it stands.
    pub at: Range<usize>,
}

/// The migrations in a text, in its order.
pub(super) fn classes(text: &str) -> Vec<Class> {
    if CLASS.find_iter(text).take(2).count() < 2 {
        return Vec::new(); // one class is the file's
    }
    let bare = without_comments(text);
    let found: Vec<(Range<usize>, &str, bool)> = CLASS
        .captures_iter(&bare)
        .filter_map(|class| {
            let (all, name, rest) = (class.get(0)?, class.get(1)?, class.get(2)?);
            let before = bare[..all.start()].trim_end();
            let is_abstract = before.ends_with("abstract");
            let exported = before.ends_with("export") || before.ends_with("default") || before.ends_with('=') || {
                let listed = format!(
                    r"\b(?:export\s*\{{[^}}]*|exports\b[^;{{\n]*|exports\s*=\s*\{{[^}}]*)\b{}\b",
                    regex::escape(name.as_str())
                );
                Regex::new(&listed).is_ok_and(|listed| listed.is_match(&bare))
            };
            let is_one = rest.as_str().contains("MigrationInterface") || time_of(name.as_str()).is_some();
            Some((all.range(), name.as_str(), is_one && exported && !is_abstract))
        })
        .collect();
    let end = |number: usize| found.get(number + 1).map_or(bare.len(), |(next, ..)| next.start);
    let class = |(number, (at, name, is_one)): (usize, &(Range<usize>, &str, bool))| {
        let at = at.start..end(number);
        let named = NAME.captures(&bare[at.clone()]).and_then(|named| time_of(&named[1]));
        is_one.then(|| Class { name: (*name).to_owned(), time: named.or_else(|| time_of(name)), at })
    };
    found.iter().enumerate().filter_map(class).collect()
}

/// The text with blanks in place of its comments; every other byte keeps its place.
fn without_comments(text: &str) -> String {
    let mut out = text.as_bytes().to_vec();
    let bytes = text.as_bytes();
    let mut quote = None;
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        match quote {
            Some(_) if byte == b'\\' => at += 1,
            Some(open) if byte == open || (byte == b'\n' && open != b'`') => quote = None,
            Some(_) => {}
            None if [b'"', b'\'', b'`'].contains(&byte) => quote = Some(byte),
            None => {
                let rest = &text.as_bytes()[at..];
                let length = if rest.starts_with(b"//") {
                    rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len())
                } else if rest.starts_with(b"/*") {
                    rest.windows(2).skip(2).position(|pair| pair == b"*/").map_or(rest.len(), |end| end + 4)
                } else {
                    0
                };
                out[at..at + length].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
                at += length.saturating_sub(1);
            }
        }
        at += 1;
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(text: &str) -> Vec<(String, Option<u64>)> {
        classes(text).into_iter().map(|class| (class.name, class.time)).collect()
    }

    #[test]
    fn each_class_is_a_migration() {
        let text = "export class A implements MigrationInterface {\n  name = 'A1700000000001';\n}\n\
            // export class Old1600000000000 implements MigrationInterface {}\n\
            class Helper {}\nexport default class B1700000000000 implements MigrationInterface { /* é */ }\n";
        let found = times(text);
        assert_eq!(found, [("A".into(), Some(1_700_000_000_001)), ("B1700000000000".into(), Some(1_700_000_000_000))]);
        assert!(classes(text).iter().all(|class| text[class.at.clone()].starts_with("class")));
    }

    #[test]
    fn classes_that_nobody_sees_are_none() {
        let text = "abstract class Base implements MigrationInterface {}\nexport abstract class More implements MigrationInterface {}\n\
            class A1700000000000 extends Base {}\nclass C1700000000002 extends Base {}\nexport { A1700000000000 };";
        assert_eq!(times(text), [("A1700000000000".into(), Some(1_700_000_000_000))]);
        assert_eq!(times("class A1700000000000 {}\nmodule.exports = { A1700000000000 };\nclass B {}").len(), 1);
    }

    #[test]
    fn a_comment_does_not_begin_in_a_text() {
        let text = "a = 'x//y'; // é\nb = `/* ${1} */`; /* c */ d";
        let bare = without_comments(text);
        assert_eq!(bare.len(), text.len());
        assert!(bare.starts_with("a = 'x//y';   ") && bare.ends_with("b = `/* ${1} */`;         d"), "{bare}");
    }
}
