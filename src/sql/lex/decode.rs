//! What quoted tokens stand for: names folded and cut as the server does it, strings without their quotes and escapes.

/// The longest name that PostgreSQL keeps, in bytes (`NAMEDATALEN` - 1).
const NAME_BYTES: usize = 63;

/// An unquoted name as the server keeps it: ASCII letters in lower case, cut to 63 bytes.
pub fn fold(name: &str) -> String {
    cut(name.to_ascii_lowercase())
}

/// A quoted name (`"…"`, `U&"…"`) as the server keeps it. `escape` is the character of a `UESCAPE` behind it. `None`
/// when it is empty or has an escape that stands for no character.
pub fn decode_name(token: &str, escape: Option<char>) -> Option<String> {
    let unicode = token.starts_with(['U', 'u']);
    let inner = token.get(if unicode { 3 } else { 1 }..token.len().checked_sub(1)?)?;
    let plain = inner.replace("\"\"", "\"");
    let name = if unicode { unescape_unicode(&plain, escape.unwrap_or('\\'))? } else { plain };
    if name.is_empty() { None } else { Some(cut(name)) }
}

/// A quoted name or string (`"…"`, `'…'`, `` `…` ``, `[…]`) without its quotes. `None` when it is empty or cut off.
pub fn unquote(token: &str) -> Option<String> {
    let mark = token.chars().next()?;
    let inner = token.get(1..token.len().checked_sub(1)?)?;
    let name = match mark {
        '[' => inner.to_owned(),
        mark => inner.replace(&format!("{mark}{mark}"), &mark.to_string()),
    };
    if name.is_empty() { None } else { Some(name) }
}

/// What a string token (`'…'`, `E'…'`, `U&'…'`, `N'…'`, `$tag$…$tag$`) stands for; bit strings give their digits.
/// `None` when it has an escape that stands for no character.
pub fn decode_string(token: &str, escape: Option<char>) -> Option<String> {
    if let Some(rest) = token.strip_prefix('$') {
        let tag = rest.find('$')? + 2;
        return token.get(tag..token.len().checked_sub(tag)?).map(str::to_string);
    }
    let open = token.find('\'')?;
    let prefix = token.as_bytes()[0].to_ascii_lowercase();
    let raw = pieces(token, open, prefix == b'e')?;
    match prefix {
        b'e' => unescape_c(&raw),
        b'u' => unescape_unicode(&raw, escape.unwrap_or('\\')),
        _ => Some(raw),
    }
}

/// The characters between the quotes of all pieces, doubled quotes made single; backslashes stay.
fn pieces(token: &str, open: usize, escapes: bool) -> Option<String> {
    let bytes = token.as_bytes();
    let mut text = String::with_capacity(token.len());
    let mut at = open + 1;
    let mut from = at;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if escapes => at += 2,
            b'\'' if bytes.get(at + 1) == Some(&b'\'') => {
                text.push_str(token.get(from..at)?);
                // In an escape string the doubled quote must not meet a backslash before it.
                text.push_str(if escapes { "\\'" } else { "'" });
                at += 2;
                from = at;
            }
            b'\'' => {
                text.push_str(token.get(from..at)?);
                match next_piece(bytes, at + 1) {
                    Some(next) => {
                        at = next;
                        from = at;
                    }
                    None => return Some(text),
                }
            }
            _ => at += 1,
        }
    }
    None
}

/// Behind the quote that opens the next piece; the scanner made sure that only blanks and comments stand before it.
fn next_piece(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match bytes.get(at)? {
            b'\'' => return Some(at + 1),
            b'-' => at += bytes[at..].iter().position(|b| matches!(b, b'\n' | b'\r'))?,
            _ => at += 1,
        }
    }
}

fn unescape_c(raw: &str) -> Option<String> {
    let mut bytes: Vec<u8> = Vec::with_capacity(raw.len());
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' {
            push(&mut bytes, c);
            continue;
        }
        let c = chars.next()?;
        match c {
            'b' => bytes.push(8),
            'f' => bytes.push(12),
            'n' => bytes.push(b'\n'),
            'r' => bytes.push(b'\r'),
            't' => bytes.push(b'\t'),
            'v' => bytes.push(11),
            '0'..='7' => {
                let mut value = c.to_digit(8)?;
                for _ in 0..2 {
                    match chars.peek().and_then(|c| c.to_digit(8)) {
                        Some(digit) => value = value * 8 + digit,
                        None => break,
                    }
                    chars.next();
                }
                bytes.push((value & 0xff) as u8);
            }
            'x' if chars.peek().is_some_and(char::is_ascii_hexdigit) => {
                let mut value = 0;
                for _ in 0..2 {
                    match chars.peek().and_then(|c| c.to_digit(16)) {
                        Some(digit) => value = value * 16 + digit,
                        None => break,
                    }
                    chars.next();
                }
                bytes.push((value & 0xff) as u8);
            }
            'u' | 'U' => {
                let first = hex(&mut chars, if c == 'u' { 4 } else { 8 })?;
                let code = if (0xd800..0xdc00).contains(&first) {
                    let (slash, letter) = (chars.next()?, chars.next()?);
                    if slash != '\\' || !matches!(letter, 'u' | 'U') {
                        return None;
                    }
                    pair(first, hex(&mut chars, if letter == 'u' { 4 } else { 8 })?)?
                } else {
                    first
                };
                push(&mut bytes, char::from_u32(code)?);
            }
            other => push(&mut bytes, other),
        }
    }
    // `\xC3\xA9` may build a character; what is no UTF-8 the server refuses too.
    String::from_utf8(bytes).ok()
}

fn unescape_unicode(raw: &str, escape: char) -> Option<String> {
    let mut text = String::with_capacity(raw.len());
    let mut chars = raw.chars().peekable();
    let mut high: Option<u32> = None;
    while let Some(c) = chars.next() {
        let code = if c != escape {
            u32::from(c)
        } else if chars.next_if_eq(&escape).is_some() {
            u32::from(escape)
        } else if chars.next_if_eq(&'+').is_some() {
            hex(&mut chars, 6)?
        } else {
            hex(&mut chars, 4)?
        };
        match high.take() {
            Some(first) => text.push(char::from_u32(pair(first, code)?)?),
            None if (0xd800..0xdc00).contains(&code) => high = Some(code),
            None => text.push(char::from_u32(code)?),
        }
    }
    if high.is_some() { None } else { Some(text) }
}

fn hex(chars: &mut std::iter::Peekable<std::str::Chars<'_>>, digits: usize) -> Option<u32> {
    let mut value: u32 = 0;
    for _ in 0..digits {
        value = value.checked_mul(16)?.checked_add(chars.next()?.to_digit(16)?)?;
    }
    Some(value)
}

fn pair(high: u32, low: u32) -> Option<u32> {
    if (0xdc00..0xe000).contains(&low) { Some(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00)) } else { None }
}

fn push(bytes: &mut Vec<u8>, c: char) {
    bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
}

/// Cut to the length that the server keeps, at a character's boundary.
fn cut(mut name: String) -> String {
    if name.len() > NAME_BYTES {
        let end = (0..=NAME_BYTES).rev().find(|n| name.is_char_boundary(*n)).unwrap_or(0);
        name.truncate(end);
    }
    name
}
