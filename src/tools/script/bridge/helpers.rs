//! Functions of ours that carried code may call: what a tool does with values that are known only when it runs. They stand
//! in `helpers.js`, each behind those that it calls.

use super::super::mentions;

const FILE: &str = include_str!("helpers.js");

/// Each with its name and its text.
fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILE.split("\n\n").filter_map(|text| {
        let (_, rest) = text.split_once("const ")?;
        Some((rest.split(' ').next()?, text.trim_end()))
    })
}

/// The names of all.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    all().map(|(name, _)| name)
}

/// The texts of those that are called, in the order in which they can stand.
pub(super) fn called(texts: &[&str]) -> Vec<&'static str> {
    let mut called: Vec<&'static str> = Vec::new();
    let mut backwards: Vec<_> = all().collect();
    backwards.reverse();
    for (name, text) in backwards {
        if texts.iter().any(|text| mentions(text, name)) || called.iter().any(|text| mentions(text, name)) {
            called.push(text);
        }
    }
    called.reverse();
    called
}

#[cfg(test)]
mod tests {
    #[test]
    fn each_comes_with_what_it_calls() {
        let starts = |text: &str| {
            let texts = super::called(&[text]);
            let names = super::all().filter(|(_, text)| texts.contains(text)).map(|(name, _)| name);
            names.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(starts("asRows(rows)"), "asConstant asRows");
        assert_eq!(starts("asTuples(rows)"), "asLocal asSent asTuples");
        assert_eq!(starts("asTextual(x.asRows)"), "");
        assert_eq!(super::names().count(), 11);
    }
}
