//! Paths below a history's folder.

/// The path of a file below a folder; `None` when it is not in it.
pub(super) fn below<'p>(folder: &str, path: &'p str) -> Option<&'p str> {
    if path.starts_with("../") {
        return None;
    }
    if folder.is_empty() { Some(path) } else { path.strip_prefix(folder)?.strip_prefix('/') }
}
