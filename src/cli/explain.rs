//! `explain`: what the table of codes says.

use super::Outcome;
use super::arguments::{Format, Global};
use super::console::Console;
use super::exit::{Done, Failure};
use crate::diag::{CODES, Code, lookup};

pub(super) fn run(console: &mut Console, global: &Global, code: Option<&str>) -> Outcome {
    if matches!(global.format, Format::Sql | Format::Mermaid) {
        return Err(Failure::Message("--format sql and mermaid are for show; explain knows text and json".into()));
    }
    let Some(code) = code else {
        if global.format == Format::Json {
            let entries: Vec<_> = CODES.iter().flat_map(|group| group.iter()).map(json).collect();
            console.document(&serde_json::json!({ "format": 1, "codes": entries }));
        } else {
            let lines = CODES.iter().flat_map(|group| group.iter());
            let lines: Vec<String> =
                lines.map(|code| format!("{}  {:<26}{}\n", code.code, code.name, code.title)).collect();
            console.answer(&lines.concat());
        }
        return Ok(Done::default());
    };
    let Some(entry) = lookup(code) else {
        return Err(Failure::Message(format!("there is no code {code}; `transmigrate explain` lists them all")));
    };
    if global.format == Format::Json {
        let mut document = json(entry);
        document["format"] = 1.into();
        console.document(&document);
    } else {
        console.answer(&text(entry));
    }
    Ok(Done::default())
}

fn text(code: &Code) -> String {
    format!(
        "{} {} ({})\n{}\n\n{}\n\nwhy: {}\n\nhelp: {}\n\nbad:\n{}\n\ngood:\n{}\n",
        code.code,
        code.name,
        format!("{:?}", code.level).to_lowercase(),
        code.title,
        wrap(code.what, 0),
        wrap(code.why, 5),
        wrap(code.help, 6),
        indent(code.bad),
        indent(code.good),
    )
}

fn json(code: &Code) -> serde_json::Value {
    serde_json::json!({
        "code": code.code, "name": code.name, "level": code.level, "title": code.title, "what": code.what,
        "why": code.why, "help": code.help, "bad": code.bad, "good": code.good,
    })
}

/// Breaks a text into lines of at most a hundred characters; the first begins at `column`.
fn wrap(text: &str, column: usize) -> String {
    let mut out = String::new();
    let mut width = column;
    for word in text.split(' ') {
        let length = word.chars().count();
        if !out.is_empty() && width + 1 + length > 100 {
            out.push('\n');
            width = 0;
        } else if !out.is_empty() {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += length;
    }
    out
}

fn indent(text: &str) -> String {
    text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}
