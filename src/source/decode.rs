//! Bytes to text. Knows byte-order marks; guesses no encoding.

/// Why bytes are not text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotText {
    /// Offset in the file of the first byte that does not fit, counted from 0.
    pub offset: usize,
    /// What is wrong there: `a zero byte`, `invalid UTF-8`, `half a UTF-16 pair`.
    pub what: &'static str,
}

/// Decodes UTF-8 (with or without a byte-order mark) and UTF-16 with a byte-order mark; the mark is not part of the
/// text. A zero character is refused: no SQL text holds one, PostgreSQL cannot even store it.
pub fn decode(bytes: Vec<u8>) -> Result<String, NotText> {
    let text = match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest.to_vec(), 3)?,
        _ => utf8(bytes, 0)?,
    };
    Ok(text)
}

fn utf8(bytes: Vec<u8>, skipped: usize) -> Result<String, NotText> {
    let text = String::from_utf8(bytes)
        .map_err(|error| NotText { offset: skipped + error.utf8_error().valid_up_to(), what: "invalid UTF-8" })?;
    match text.bytes().position(|byte| byte == 0) {
        Some(at) => Err(NotText { offset: skipped + at, what: "a zero byte" }),
        None => Ok(text),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, NotText> {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    let mut offset = 2;
    for decoded in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        match decoded {
            Ok('\0') => return Err(NotText { offset, what: "a zero character" }),
            Ok(character) => {
                offset += 2 * character.len_utf16();
                text.push(character);
            }
            Err(_) => return Err(NotText { offset, what: "half a UTF-16 pair" }),
        }
    }
    if odd.is_empty() { Ok(text) } else { Err(NotText { offset, what: "half a UTF-16 unit" }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn byte_order_marks_are_not_part_of_the_text() {
        assert_eq!(decode(b"\xEF\xBB\xBFSELECT 1".to_vec()).as_deref(), Ok("SELECT 1"));
        assert_eq!(decode(b"\xFF\xFES\0\xE9\0".to_vec()).as_deref(), Ok("Sé"));
        assert_eq!(decode(b"\xFE\xFF\0S\0\xE9".to_vec()).as_deref(), Ok("Sé"));
        assert_eq!(decode(Vec::new()).as_deref(), Ok(""));
    }

    #[test]
    fn what_is_not_text_is_refused_with_the_place() {
        let at = |bytes: &[u8]| decode(bytes.to_vec()).map_err(|error| error.offset);
        assert_eq!(at(b"ab\xFFc"), Err(2));
        assert_eq!(at(b"\xEF\xBB\xBFab\xFFc"), Err(5));
        assert_eq!(at(b"abc\0"), Err(3));
        assert_eq!(at(b"\xFF\xFEa\0\x00\xD8"), Err(4));
        assert_eq!(at(b"\xFF\xFEa\0b"), Err(4));
    }
}
