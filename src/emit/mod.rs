//! What all writers of histories share: new names and stamps, migrations as they are to be written, templates, and
//! statements of SQL. Which tools there are is not known here, nor how any of them spells what it writes.

mod around;
mod draft;
mod folder;
pub(crate) mod heading;
mod lasting;
mod name;
mod now;
mod prepare;
mod session;
mod sql;
pub mod sqlite;
mod stage;
mod stamp;
pub(crate) mod statement;
mod target;
mod template;
pub(crate) mod words;

pub use around::Around;
pub use draft::{Direction, Draft, Mode};
pub use folder::FolderTarget;
pub use name::{NewName, Told, told};
pub use prepare::{Prepared, prepared};
pub use sql::{Left, Lost, SqlStatement, SqlView, sql};
pub use stage::{Between, Stage, staged, stages};
pub use stamp::{Unit, names};
pub use target::{Job, Language, Options, Rendered, Style, Tally, Target};
pub use template::{TEMPLATES, Templates};
