//! The `datasource` block of a Prisma schema, as far as a history needs it.

/// What a `datasource` block says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Datasource {
    /// `provider`, when it is plain text.
    pub provider: Option<String>,
    /// The `schema` parameter of the `url`, when that is plain text and has one.
    pub schema: Option<String>,
}

/// The first `datasource` block of a schema file; `None` when there is none.
pub(super) fn datasource(text: &str) -> Option<Datasource> {
    let mut lines = text.lines().map(code);
    lines.find(|line| line.strip_prefix("datasource").is_some_and(|rest| rest.starts_with([' ', '\t'])))?;
    let mut found = Datasource::default();
    for line in lines {
        if line.starts_with('}') {
            break;
        }
        let Some((key, value)) = line.split_once('=') else { continue };
        let value = value.trim().strip_prefix('"').and_then(|value| value.strip_suffix('"'));
        match (key.trim(), value) {
            ("provider", Some(value)) => found.provider = Some(value.to_owned()),
            ("url", Some(value)) => found.schema = schema_parameter(value),
            _ => {}
        }
    }
    Some(found)
}

/// The `schema` parameter of a connection string.
fn schema_parameter(url: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    let value = query.split('&').find_map(|pair| pair.strip_prefix("schema="))?;
    // An escaped value is not worth a decoder: it is not taken, and the history's own statements decide.
    (!value.is_empty() && !value.contains(['%', '+'])).then(|| value.to_owned())
}

/// A line without its comment and outer blanks. A `//` inside a string is not a comment.
fn code(line: &str) -> &str {
    let mut quoted = false;
    let mut previous = ' ';
    for (at, c) in line.char_indices() {
        match c {
            '"' if previous != '\\' => quoted = !quoted,
            '/' if previous == '/' && !quoted => return line[..at - 1].trim(),
            _ => {}
        }
        previous = c;
    }
    line.trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn provider_and_schema_are_read() {
        let text = "generator client {\n  provider = \"prisma-client-js\"\n}\n\n// datasource no {\ndatasource db {\n  provider = \"postgresql\" // here\n  url = \"postgres://u:p@h/d?x=1&schema=app\"\n}\n";
        let found = datasource(text).unwrap();
        assert_eq!(found, Datasource { provider: Some("postgresql".into()), schema: Some("app".into()) });
    }

    #[test]
    fn what_comes_from_the_environment_is_unknown() {
        let found = datasource("datasource db {\n  provider = env(\"P\")\n  url = env(\"U\")\n}").unwrap();
        assert_eq!(found, Datasource::default());
        assert_eq!(datasource("model datasource {\n}"), None);
    }
}
