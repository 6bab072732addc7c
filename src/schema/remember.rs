//! Renaming there and back gives what was before to the letter. A text that followed a renaming says the same in other
//! words (`name` became `full_name AS name`), and following it back would not find the first words again.

use super::{Id, Object};
use imbl::OrdMap;
use std::sync::Arc;

/// For each object and the renaming that would take it back: what it is now, and what it was.
#[derive(Clone, Debug, Default)]
pub(super) struct Renamings {
    known: OrdMap<(Id, String), Arc<(Object, Object)>>,
}

impl Renamings {
    /// Notes that `now` becomes `was` when the renaming `back` is applied.
    pub(super) fn remember(&mut self, id: &Id, back: &str, now: &Object, was: &Object) {
        self.known.insert((id.clone(), back.to_owned()), Arc::new((now.clone(), was.clone())));
    }

    /// What `now` becomes under `renaming`, if that takes back an earlier one and nothing else has changed since.
    pub(super) fn recall(&self, id: &Id, renaming: &str, now: &Object) -> Option<Object> {
        let known = self.known.get(&(id.clone(), renaming.to_owned()))?;
        (known.0 == *now).then(|| known.1.clone())
    }
}
