//! Scripts without their downs: what is written is taken out of a migration's file, in one of several ways, and nothing
//! else of it changes.

use transmigrate::js::{self, Entry, Form, Function};

/// A migration's file whose down says nothing.
pub struct Hollow {
    /// The file.
    pub text: String,
    /// The function in it that is the down, up to the end of its body; `None` when it was taken out whole.
    down: Option<std::ops::Range<usize>>,
}

impl Hollow {
    /// Whether everything but the down is in a text as it is here, to the byte.
    pub fn is_kept(&self, text: &str) -> bool {
        let (old, new) = (self.text.as_bytes(), text.as_bytes());
        match &self.down {
            Some(down) => {
                let (head, tail) = (&old[..down.start], &old[down.end..]);
                new.len() >= head.len() + tail.len() && new.starts_with(head) && new.ends_with(tail)
            }
            None => {
                let same = old.iter().zip(new).take_while(|(a, b)| a == b).count();
                let ends = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
                new.len() >= old.len() && same + ends >= old.len()
            }
        }
    }
}

/// Takes the down out of a file. `number` chooses how: its body is emptied, is left with a comment and a `return`, or all
/// of it goes, where that is simple. `Err` when it is no function that stands in the file.
pub fn hollow(path: &str, text: &str, number: usize) -> Result<Hollow, String> {
    let down = |text: &str| -> Result<(Entry, Function), String> {
        let outline = js::outline(path, text).map_err(|formless| formless.why)?;
        let mut entry = outline.down.ok_or("there is none")?;
        let function = entry.function.take().ok_or("it is not a function that stands in the file")?;
        Ok((entry, function))
    };
    let (entry, function) = down(text)?;
    let is_simple = entry.direct && matches!(entry.form, Form::Statement | Form::Member | Form::Property);
    if number % 3 == 2 && is_simple {
        let (head, tail) = (&text[..entry.span.start], &text[entry.span.end..]);
        let comma = tail.trim_start().strip_prefix(',').filter(|_| entry.form == Form::Property);
        let text = format!("{head}{}", comma.unwrap_or(tail));
        return Ok(Hollow { text, down: None });
    }
    let body = if number % 3 == 1 { "{\n    // Nothing yet.\n    return Promise.resolve();\n  }" } else { "{}" };
    let (head, tail) = (&text[..function.body.span.start], &text[function.body.span.end..]);
    let text = format!("{head}{body}{tail}");
    let (_, function) = down(&text)?;
    Ok(Hollow { text, down: Some(function.start..function.body.span.end) })
}
