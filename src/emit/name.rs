//! What a migration is called: the time and the words in the name that one tool gave it.

use crate::ir::Tool;
use regex::Regex;
use std::sync::OnceLock;
use time::{Date, Month, OffsetDateTime, Time};

/// The longest name without its stamp, in characters: with what tools put around it a file's name stays below 255.
const LONGEST: usize = 120;

/// The first moment that is taken for a stamp, in milliseconds since 1970; what lies before is a counter.
const EARLIEST: i64 = 631_152_000_000; // 1990-01-01
/// The latest moment that is taken for a stamp: what follows has room in 13 digits of milliseconds.
const LATEST: i64 = 7_258_118_400_000; // 2200-01-01

/// What a name says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The moment in its stamp, in milliseconds since 1970; `None` when it has none, or a counter.
    pub moment: Option<i64>,
    /// The rest, in ASCII: letters, digits and single underscores; never empty.
    pub slug: String,
}

/// Takes the name of a migration apart, as its tool knows it.
pub fn told(tool: Tool, name: &str) -> Told {
    match tool {
        Tool::Typeorm => class(name),
        Tool::Prisma => prefixed(name),
        Tool::Knex | Tool::Sequelize => prefixed(stem(name)),
    }
}

/// A class's name, which ends in milliseconds.
fn class(name: &str) -> Told {
    let digits = name.len() - name.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (words, stamp) = name.split_at(name.len() - digits.min(13));
    let moment = Some(stamp).filter(|stamp| stamp.len() == 13).and_then(|stamp| stamp.parse().ok());
    match moment.filter(|moment| (EARLIEST..LATEST).contains(moment)) {
        Some(moment) => Told { moment: Some(moment), slug: slug(&snake(words)) },
        None => Told { moment: None, slug: slug(&snake(name)) },
    }
}

/// A file's name without what says its language.
fn stem(name: &str) -> &str {
    const ENDS: [&str; 12] =
        [".js", ".ts", ".cjs", ".mjs", ".cts", ".mts", ".coffee", ".ls", ".eg", ".litcoffee", ".iced", ".co"];
    ENDS.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name)
}

/// A name that begins with a stamp.
fn prefixed(name: &str) -> Told {
    match stamp(name) {
        Some((moment, length)) => Told { moment: Some(moment), slug: slug(&name[length..]) },
        None => Told { moment: None, slug: slug(name) },
    }
}

/// The stamp that a name begins with, and its length in bytes.
fn stamp(name: &str) -> Option<(i64, usize)> {
    static PATTERN: OnceLock<Option<Regex>> = OnceLock::new();
    let parts = r"^(\d{4})[-_.:]?(\d{2})[-_.:]?(\d{2})(?:[-_.:T]?(\d{2})[-_.:]?(\d{2})(?:[-_.:]?(\d{2})(?:[-_.:]?(\d{3}))?)?)?(?:\D|$)";
    let pattern = PATTERN.get_or_init(|| Regex::new(parts).ok()).as_ref()?;
    let digits = name.len() - name.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let plain = |factor: i64| {
        let moment = name[..digits].parse::<i64>().ok()?.checked_mul(factor)?;
        (EARLIEST..LATEST).contains(&moment).then_some((moment, digits))
    };
    match digits {
        13 => return plain(1),
        10 => return plain(1000),
        _ => {}
    }
    let found = pattern.captures(name)?;
    let part = |at: usize| found.get(at).map_or(Some(0), |part| part.as_str().parse::<u16>().ok());
    let small = |at: usize| part(at).and_then(|part| u8::try_from(part).ok());
    let date = Date::from_calendar_date(i32::from(part(1)?), Month::try_from(small(2)?).ok()?, small(3)?).ok()?;
    let time = Time::from_hms_milli(small(4)?, small(5)?, small(6)?, part(7)?).ok()?;
    let moment = date.with_time(time).assume_utc().unix_timestamp_nanos() / 1_000_000;
    let moment = i64::try_from(moment).ok().filter(|moment| (EARLIEST..LATEST).contains(moment))?;
    let end = (1..=7).filter_map(|at| found.get(at)).map(|part| part.end()).max()?;
    Some((moment, end))
}

/// `CreateUsersTable` as `create_users_table`; capitals in a row are one word.
fn snake(name: &str) -> String {
    let characters: Vec<char> = name.chars().collect();
    let mut out = String::with_capacity(name.len() + 8);
    for (at, c) in characters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| characters.get(at));
        let starts = c.is_uppercase()
            && before.is_some_and(|before| {
                let next_is_lower = characters.get(at + 1).is_some_and(|next| next.is_lowercase());
                before.is_lowercase() || before.is_ascii_digit() || (before.is_uppercase() && next_is_lower)
            });
        if starts {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}

/// Words in ASCII, joined by single underscores.
fn slug(text: &str) -> String {
    let ascii = deunicode::deunicode(text);
    let words = ascii.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = String::new();
    for word in words {
        if !slug.is_empty() {
            slug.push('_');
        }
        slug.push_str(word);
    }
    slug.truncate(LONGEST);
    let slug = slug.trim_end_matches('_');
    if slug.is_empty() { "migration".to_owned() } else { slug.to_owned() }
}

/// What a migration is called from now on. No two of one history have the same stamp.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewName {
    /// Milliseconds since 1970; those of a later migration are more.
    pub moment: i64,
    /// Words in ASCII, joined by underscores.
    pub slug: String,
}

impl NewName {
    /// Year, month, day, hour, minute and second, in UTC: 14 digits.
    pub fn seconds(&self) -> String {
        let Ok(at) = OffsetDateTime::from_unix_timestamp(self.moment.div_euclid(1000)) else {
            return format!("{:014}", self.moment / 1000);
        };
        let (year, month, day) = at.to_calendar_date();
        let (hour, minute, second) = at.to_hms();
        format!("{year:04}{:02}{day:02}{hour:02}{minute:02}{second:02}", u8::from(month))
    }

    /// Milliseconds since 1970: 13 digits.
    pub fn milliseconds(&self) -> String {
        format!("{:013}", self.moment)
    }

    /// `create-users`.
    pub fn kebab(&self) -> String {
        self.slug.replace('_', "-")
    }

    /// `CreateUsers`, which is no name yet when it begins with a digit.
    pub fn pascal(&self) -> String {
        let capital = |word: &str| {
            let (first, rest) = word.split_at(1); // words are ASCII and not empty
            format!("{}{rest}", first.to_ascii_uppercase())
        };
        self.slug.split('_').map(capital).collect()
    }

    /// The name of a class: `CreateUsers1700000000000`.
    pub fn class(&self) -> String {
        let words = self.pascal();
        let start = if words.starts_with(|c: char| c.is_ascii_digit()) { "Migration" } else { "" };
        format!("{start}{words}{}", self.milliseconds())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new_name(tool: Tool, name: &str) -> (String, String) {
        let Told { moment, slug } = told(tool, name);
        let stamp = moment.map(|moment| NewName { moment, slug: String::new() }.seconds()).unwrap_or_default();
        (stamp, slug)
    }

    #[test]
    fn stamps_of_all_kinds_are_known() {
        let cases = [
            (Tool::Prisma, "20260103120000_initial_schema", "20260103120000", "initial_schema"),
            (Tool::Prisma, "0_init", "", "0_init"),
            (Tool::Prisma, "20260103_init", "20260103000000", "init"),
            (Tool::Knex, "20230101120000_a.b.ts", "20230101120000", "a_b"),
            (Tool::Knex, "20230101120000123_a.js", "20230101120000", "a"),
            (Tool::Knex, "2023-01-01-create users.js", "20230101000000", "create_users"),
            (Tool::Knex, "20231301_a.js", "", "20231301_a"),
            (Tool::Knex, "1700000000_a.js", "20231114221320", "a"),
            (Tool::Knex, "1.2.3-beta.js", "", "1_2_3_beta"),
            (Tool::Sequelize, "20230101120000-create-users.js", "20230101120000", "create_users"),
            (Tool::Sequelize, "2023.01.01T10.20.30.create.ts", "20230101102030", "create"),
            (Tool::Sequelize, "20230101120000-.js", "20230101120000", "migration"),
            (Tool::Sequelize, "20230101120000-créer-été.js", "20230101120000", "creer_ete"),
            (Tool::Typeorm, "CreateUsersTable1700000000000", "20231114221320", "create_users_table"),
            (Tool::Typeorm, "AddURLTo2FA1700000000000", "20231114221320", "add_url_to2_fa"),
            (Tool::Typeorm, "Init", "", "init"),
        ];
        for (tool, name, stamp, slug) in cases {
            assert_eq!(new_name(tool, name), (stamp.to_owned(), slug.to_owned()), "{name}");
        }
    }

    #[test]
    fn names_are_spelled_for_every_tool() {
        let name = NewName { moment: 1_700_000_000_000, slug: "2_create_users".into() };
        assert_eq!(name.class(), "Migration2CreateUsers1700000000000");
        assert_eq!(name.kebab(), "2-create-users");
        assert_eq!(name.seconds(), "20231114221320");
    }
}
