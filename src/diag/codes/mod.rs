//! The table of codes: every kind of finding, what it means and what to do. `explain` prints from it; a test checks
//! that each code that is used stands here. A new code is one entry in the list of its group.

mod convert;
mod downs;
mod reading;
mod replay;
mod script;
mod verify;

use super::Level;

/// One kind of finding.
#[derive(Clone, Copy, Debug)]
pub struct Code {
    /// Its code: a letter for the group (R reading, S the state that replay builds, D downs, C conversion,
    /// V trial on a database) and three digits.
    pub code: &'static str,
    /// Its name, in words joined by hyphens.
    pub name: &'static str,
    /// How much a finding of this kind usually weighs.
    pub level: Level,
    /// What it says, in one line.
    pub title: &'static str,
    /// When it is found, in a sentence or two.
    pub what: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// What to do about it.
    pub help: &'static str,
    /// An example of input that has it.
    pub bad: &'static str,
    /// The same input without it.
    pub good: &'static str,
}

/// Every code, group by group, each group in the order of its numbers.
pub static CODES: [&[Code]; 6] =
    [reading::CODES, script::CODES, replay::CODES, downs::CODES, convert::CODES, verify::CODES];

/// The entry of a code or name, in any case; `None` when there is none.
pub fn lookup(code: &str) -> Option<&'static Code> {
    let wanted = |entry: &&Code| entry.code.eq_ignore_ascii_case(code) || entry.name.eq_ignore_ascii_case(code);
    CODES.iter().flat_map(|group| group.iter()).find(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_are_unique_and_in_order() {
        let all: Vec<&Code> = CODES.iter().flat_map(|group| group.iter()).collect();
        for group in CODES {
            assert!(group.windows(2).all(|pair| pair[0].code < pair[1].code));
        }
        for (at, code) in all.iter().enumerate() {
            assert!(code.code.len() == 4 && code.code[1..].bytes().all(|byte| byte.is_ascii_digit()), "{}", code.code);
            assert!(all[..at].iter().all(|other| other.code != code.code && other.name != code.name), "{}", code.code);
        }
    }

    #[test]
    fn every_entry_is_filled_in() {
        for code in CODES.iter().flat_map(|group| group.iter()) {
            for text in [code.name, code.title, code.what, code.why, code.help, code.bad, code.good] {
                assert!(!text.trim().is_empty(), "{} has an empty field", code.code);
            }
            assert!(!code.title.ends_with('.') && code.title.len() <= 80, "{}", code.code);
        }
    }

    #[test]
    fn a_code_is_found_by_code_and_by_name() {
        assert_eq!(lookup("r001").map(|code| code.name), Some("unclosed-text"));
        assert_eq!(lookup("unclosed-text").map(|code| code.code), Some("R001"));
        assert!(lookup("R999").is_none());
    }
}
