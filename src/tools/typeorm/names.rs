//! The names that TypeORM's `DefaultNamingStrategy` gives (`naming-strategy/DefaultNamingStrategy.js`, typeorm 0.3.31 and
//! 1.1.1): a prefix and the start of a SHA-1 over the table, its columns or an expression.

use super::Version;
use sha1::{Digest, Sha1};

/// What a name is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    PrimaryKey,
    Unique,
    ForeignKey,
    Index,
    Check,
    Exclusion,
}

impl Named {
    /// The prefix, and how many digits of the hash are kept.
    fn shape(self) -> (&'static str, usize) {
        match self {
            Named::PrimaryKey => ("PK_", 27),
            Named::Unique => ("UQ_", 27),
            Named::ForeignKey => ("FK_", 27),
            Named::Index => ("IDX_", 26),
            Named::Check => ("CHK_", 26),
            Named::Exclusion => ("XCL_", 26),
        }
    }
}

/// The name of a constraint or index on columns; `filter` is a partial index's condition.
pub(super) fn of_columns<S: AsRef<str>>(
    version: Version,
    named: Named,
    table: &str,
    columns: &[S],
    filter: &str,
) -> String {
    let mut sorted: Vec<&str> = columns.iter().map(AsRef::as_ref).collect();
    sorted.sort_by(|one, other| one.encode_utf16().cmp(other.encode_utf16()));
    let mut key = format!("{}_{}", last_part(table), sorted.join("_"));
    if !filter.is_empty() {
        key.push('_');
        key.push_str(filter);
    }
    hashed(version, named, &key)
}

/// The name of a check or exclusion constraint.
pub(super) fn of_expression(version: Version, named: Named, table: &str, expression: &str) -> String {
    hashed(version, named, &format!("{}_{expression}", last_part(table)))
}

/// A table's name without its schema and database.
fn last_part(table: &str) -> &str {
    table.rsplit('.').next().unwrap_or(table)
}

fn hashed(version: Version, named: Named, key: &str) -> String {
    let (prefix, digits) = named.shape();
    let digest = match version {
        // `util/RandomGenerator.js` of 0.3 hashes what `encodeURIComponent` gives.
        Version::Zero => Sha1::digest(encode_uri_component(key)),
        Version::One => Sha1::digest(key),
    };
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{prefix}{}", &hex[..digits])
}

/// What JavaScript's function of that name gives.
fn encode_uri_component(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_keys_hash_alike_in_both_versions() {
        let zero = of_columns(Version::Zero, Named::PrimaryKey, "public.users", &["id"], "");
        assert_eq!(zero, of_columns(Version::One, Named::PrimaryKey, "users", &["id"], ""));
        assert!(zero.starts_with("PK_") && zero.len() == 30);
    }

    #[test]
    fn columns_are_sorted_and_filters_count() {
        let one = of_columns(Version::Zero, Named::Index, "t", &["b", "a"], "");
        assert_eq!(one, of_columns(Version::Zero, Named::Index, "t", &["a", "b"], ""));
        assert_ne!(one, of_columns(Version::Zero, Named::Index, "t", &["a", "b"], "a > 0"));
    }

    #[test]
    fn expressions_hash_differently_by_version() {
        let zero = of_expression(Version::Zero, Named::Check, "t", "a > 0");
        assert_ne!(zero, of_expression(Version::One, Named::Check, "t", "a > 0"));
    }
}
