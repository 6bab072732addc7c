//! Laying files down all or nothing: every text goes to a temporary file beside its target and is synced, then all are
//! renamed into place; when one fails, the earlier ones are put back.

use std::fmt;
use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use tempfile::NamedTempFile;

/// Why nothing was written.
#[derive(Debug)]
pub enum WriteError {
    /// The path leads out of the folder that may be written to.
    Outside(PathBuf),
    /// There is something there that is not a file.
    NotAFile(PathBuf),
    /// The system refused.
    Io(PathBuf, io::Error),
    /// The system refused, and refused again when what was written already was to be put back: the files that are
    /// not as they were.
    NotRestored(Vec<PathBuf>, io::Error),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::Outside(path) => write!(f, "{} lies outside the folder that may be written to", path.display()),
            WriteError::NotAFile(path) => write!(f, "{} is there and is not a file", path.display()),
            WriteError::Io(path, error) => write!(f, "{} cannot be written: {error}", path.display()),
            WriteError::NotRestored(paths, error) => {
                let paths: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
                write!(f, "writing failed ({error}), and these could not be put back: {}", paths.join(", "))
            }
        }
    }
}

impl std::error::Error for WriteError {}

/// A place to write to, checked, with what is there now.
pub(super) struct Target {
    /// Where the bytes go, links resolved.
    path: PathBuf,
    /// The bytes that are there; `None` when there is no file.
    pub(super) before: Option<Vec<u8>>,
    permissions: Option<Permissions>,
}

impl Target {
    /// Checks that `path` stays below `root`, links included, and reads what is there.
    pub(super) fn new(root: &Path, path: &str) -> Result<Self, WriteError> {
        let relative = Path::new(path);
        let joined = root.join(relative);
        if relative.components().any(|part| !matches!(part, Component::Normal(_))) {
            return Err(WriteError::Outside(joined));
        }
        let io = |error| WriteError::Io(joined.clone(), error);
        let canonical_root = root.canonicalize().map_err(io)?;
        // The nearest folder that exists says where the file would come to lie.
        let nearest = joined.ancestors().skip(1).find(|folder| folder.symlink_metadata().is_ok()).unwrap_or(root);
        if !nearest.canonicalize().map_err(io)?.starts_with(&canonical_root) {
            return Err(WriteError::Outside(joined));
        }
        let Ok(metadata) = joined.symlink_metadata() else {
            return Ok(Target { path: joined, before: None, permissions: None });
        };
        let path = if metadata.is_symlink() { joined.canonicalize().map_err(io)? } else { joined.clone() };
        if metadata.is_symlink() && !path.starts_with(&canonical_root) {
            return Err(WriteError::Outside(joined));
        }
        let metadata = fs::metadata(&path).map_err(io)?;
        if !metadata.is_file() {
            return Err(WriteError::NotAFile(joined));
        }
        let before = fs::read(&path).map_err(io)?;
        Ok(Target { path, before: Some(before), permissions: Some(metadata.permissions()) })
    }
}

/// Writes every text to its target, or none.
pub(super) fn all(pending: &[(Target, &str)]) -> Result<(), WriteError> {
    all_by(pending, |file, path| file.persist(path).map(drop).map_err(|error| error.error))
}

/// As [`all`], with the renaming given: it is what a test makes fail.
fn all_by(
    pending: &[(Target, &str)],
    mut rename: impl FnMut(NamedTempFile, &Path) -> io::Result<()>,
) -> Result<(), WriteError> {
    let mut folders = Vec::new();
    let prepared: Result<Vec<_>, _> = pending
        .iter()
        .map(|(target, text)| {
            make_folders(&target.path, &mut folders)
                .and_then(|()| stage(&target.path, text.as_bytes(), target.permissions.as_ref()))
                .map_err(|error| WriteError::Io(target.path.clone(), error))
        })
        .collect();
    let outcome = prepared.and_then(|prepared| {
        for (done, (file, (target, _))) in prepared.into_iter().zip(pending).enumerate() {
            if let Err(error) = rename(file, &target.path) {
                return Err(put_back(&pending[..done], &target.path, error));
            }
        }
        Ok(())
    });
    if outcome.is_err() {
        for folder in folders.iter().rev() {
            let _ = fs::remove_dir(folder); // not empty: somebody else has put something there
        }
    }
    for (target, _) in pending {
        sync_folder(&target.path);
    }
    outcome
}

/// Undoes what was renamed into place, and gives the error to report.
fn put_back(done: &[(Target, &str)], failed: &Path, error: io::Error) -> WriteError {
    let mut left = Vec::new();
    for (target, _) in done.iter().rev() {
        let restored = match &target.before {
            None => fs::remove_file(&target.path),
            Some(before) => stage(&target.path, before, target.permissions.as_ref())
                .and_then(|file| file.persist(&target.path).map(drop).map_err(|error| error.error)),
        };
        if restored.is_err() {
            left.push(target.path.clone());
        }
    }
    if left.is_empty() { WriteError::Io(failed.to_path_buf(), error) } else { WriteError::NotRestored(left, error) }
}

/// A synced temporary file in the target's folder.
fn stage(target: &Path, bytes: &[u8], permissions: Option<&Permissions>) -> io::Result<NamedTempFile> {
    let folder = target.parent().unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".transmigrate-");
    #[cfg(unix)]
    let mode = <Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o666); // less the user's umask
    #[cfg(unix)]
    builder.permissions(mode);
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions.clone())?;
    }
    file.as_file().sync_all()?;
    Ok(file)
}

/// Makes the folders above a target that are missing, and adds them to `made`, outermost first.
fn make_folders(target: &Path, made: &mut Vec<PathBuf>) -> io::Result<()> {
    let missing: Vec<_> = target.ancestors().skip(1).take_while(|folder| !folder.exists()).collect();
    for folder in missing.into_iter().rev() {
        fs::create_dir(folder)?;
        made.push(folder.to_path_buf());
    }
    Ok(())
}

/// Makes a rename last; not every system can, and the rename itself has happened.
fn sync_folder(target: &Path) {
    if let Some(folder) = target.parent()
        && let Ok(folder) = fs::File::open(folder)
    {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn when_one_fails_the_earlier_ones_are_put_back() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a"), "old").unwrap();
        let targets: Vec<_> = ["a", "b", "new/c"].map(|path| (Target::new(dir.path(), path).unwrap(), "new")).into();
        let mut calls = 0;
        let outcome = all_by(&targets, |file, path| {
            calls += 1;
            if calls == 3 {
                return Err(io::Error::other("disk full"));
            }
            file.persist(path).map(drop).map_err(|error| error.error)
        });
        assert!(matches!(outcome, Err(WriteError::Io(..))), "{outcome:?}");
        assert_eq!(fs::read_to_string(dir.path().join("a")).unwrap(), "old");
        let left: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["a"]);
    }

    #[test]
    fn a_path_outside_the_root_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        for path in ["../x", "/etc/x", "a/../../x"] {
            assert!(matches!(Target::new(dir.path(), path), Err(WriteError::Outside(_))), "{path}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_link_out_of_the_root_is_refused_and_one_inside_is_followed() {
        use std::os::unix::fs::symlink;
        let outside = tempfile::tempdir().unwrap();
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("real"), "old").unwrap();
        fs::write(outside.path().join("file"), "old").unwrap();
        symlink(outside.path(), dir.path().join("folder")).unwrap();
        symlink(outside.path().join("file"), dir.path().join("out")).unwrap();
        symlink("real", dir.path().join("in")).unwrap();
        for path in ["folder/x", "folder/new/x", "out"] {
            assert!(matches!(Target::new(dir.path(), path), Err(WriteError::Outside(_))), "{path}");
        }
        all(&[(Target::new(dir.path(), "in").unwrap(), "new")]).unwrap();
        assert_eq!(fs::read_to_string(dir.path().join("real")).unwrap(), "new");
        assert!(dir.path().join("in").symlink_metadata().unwrap().is_symlink());
    }

    #[test]
    #[cfg(unix)]
    fn a_file_that_is_there_keeps_its_mode() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
        all(&[(Target::new(dir.path(), "a").unwrap(), "new")]).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    }
}
