//! What replay knows of one object: its definition as it stands now, what it uses, and what hangs on it.

use super::cause::Cause;
use super::id::Id;
use crate::ir::{
    Composite, Definition, Domain, Enum, Extension, Index, ObjectKind, Policy, Publication, Routine, Sequence, Table,
    Trigger, View,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// An object's definition as it stands now. Names inside it are kept as they were written, and follow renamings.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // each holds the object of that kind
pub enum Object {
    Schema(String),
    Extension(Extension),
    Enum(Enum),
    Domain(Domain),
    Composite(Composite),
    Routine(RoutineState),
    Table(Box<TableState>),
    View(ViewState),
    Sequence(Sequence),
    Index(IndexState),
    Trigger(TriggerState),
    Policy(Policy),
    Publication(Publication),
    /// Default privileges, which are its grants.
    Defaults {
        /// Table, sequence, function, type or schema.
        kind: ObjectKind,
        /// Whether they are for all schemas: only these can take away what everyone has.
        everywhere: bool,
    },
    Defined(DefinedState),
}

/// A table, with what `CREATE TABLE` cannot say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableState {
    /// Its definition; every constraint has a name, no column has a serial type, no `LIKE` is left.
    pub table: Table,
    /// `ENABLE ROW LEVEL SECURITY`.
    pub row_security: bool,
    /// `FORCE ROW LEVEL SECURITY`.
    pub force_row_security: bool,
    /// `REPLICA IDENTITY`: the mode and its index; `None` is the default. `USING INDEX` without an index is what dropping
    /// the index leaves.
    pub replica_identity: Option<(String, Option<String>)>,
    /// `CLUSTER ON`.
    pub cluster_on: Option<String>,
    /// Whether the columns are known: those of a `CREATE TABLE … AS` may not be, nor those of a `LIKE` of such a table.
    pub columns_known: bool,
    /// The columns and constraints that it has from its parents: the partitioned table, or those it inherits from.
    pub inherited: BTreeMap<Part, Inherited>,
    /// For a table whose columns only its query tells: what the query read when the table was made, each with what the
    /// types of the columns follow from; `None` when that cannot be told.
    pub reads: Option<Vec<(Id, String)>>,
}

impl TableState {
    /// A table with known columns of its own, and nothing that `CREATE TABLE` does not say.
    pub fn new(table: Table) -> Self {
        TableState {
            table,
            row_security: false,
            force_row_security: false,
            replica_identity: None,
            cluster_on: None,
            columns_known: true,
            inherited: BTreeMap::new(),
            reads: None,
        }
    }
}

/// How a table has a column or constraint that its parents have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inherited {
    /// From them alone: it goes when theirs goes.
    Only,
    /// It was its own too.
    AndLocal,
}

/// A view, with what `CREATE VIEW` cannot say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewState {
    /// Its definition; `with_no_data` is whether a materialized view holds nothing yet, as the last refresh left it.
    pub view: View,
    /// The names of its columns, if they could be told.
    pub columns: Option<Vec<String>>,
    /// `ALTER VIEW … ALTER COLUMN … SET DEFAULT`.
    pub defaults: BTreeMap<String, crate::ir::Expr>,
}

/// A routine, with what `ALTER FUNCTION` added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoutineState {
    /// Its definition.
    pub routine: Routine,
    /// `ALTER FUNCTION` attribute lists since, in order.
    pub altered: Vec<String>,
}

/// An index, with what `CREATE INDEX` cannot say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexState {
    /// Its definition; it has a name.
    pub index: Index,
    /// The partitioned index that it was attached to.
    pub attached_to: Option<crate::ir::Name>,
}

/// A trigger, with its state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TriggerState {
    /// Its definition.
    pub trigger: Trigger,
    /// `DISABLE`, `ENABLE REPLICA`, `ENABLE ALWAYS`; `None` is enabled as usual.
    pub state: Option<String>,
}

/// An object of a rarer kind, with the statements that changed it since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefinedState {
    /// Its definition.
    pub definition: Definition,
    /// Later changes in order, whole statements.
    pub altered: Vec<String>,
}

/// A part of an object that uses something by itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The object as a whole.
    Whole,
    /// A column, through its type, collation or generation expression; or an attribute of a composite type.
    Column(String),
    /// A column's default; or a schema whose tables a publication publishes.
    Default(String),
    /// A constraint; or a table that a publication publishes.
    Constraint(String),
}

/// Something that an object uses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    /// The part that uses it.
    pub part: Part,
    /// What is used.
    pub id: Id,
    /// The column of it that is used; `None` is the object as such.
    pub column: Option<String>,
}

/// An object with everything that hangs on it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its definition.
    pub object: Object,
    /// What it uses, sorted. Worked out from the definition, so it takes no part in comparisons.
    pub uses: Arc<Vec<Use>>,
    /// Its comment.
    pub comment: Option<String>,
    /// Comments on its columns (and a composite's attributes) and constraints; that on the index behind a constraint is under
    /// [`Part::Default`] of the constraint's name.
    pub comments: BTreeMap<Part, String>,
    /// Privileges by grantee, privilege and column (empty: the whole object).
    pub grants: BTreeMap<GrantKey, Granted>,
    /// Its owner; `None`: the role that runs the migrations.
    pub owner: Option<String>,
    /// Why its definition is not known for certain.
    pub doubt: Option<Arc<str>>,
    /// The statement that made it doubtful, where that is on record. Takes no part in comparisons.
    pub cause: Option<Cause>,
    /// When the indexes of a table's key constraints came about, by name, or under the empty name the index or extension
    /// that it is: the smaller, the earlier. Takes no part in comparisons.
    pub ages: BTreeMap<String, u64>,
    /// What it was to replay before the history did anything to it, when the history did not make it; see `outside`. Takes
    /// no part in comparisons.
    pub outside: Option<Arc<Entry>>,
}

/// Whom a privilege concerns, and what.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GrantKey {
    /// The role.
    pub grantee: String,
    /// The privilege in upper case; never `ALL`.
    pub privilege: String,
    /// The column, or empty.
    pub column: String,
}

/// What was said last of a privilege.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Granted {
    /// Granted.
    Yes,
    /// Granted `WITH GRANT OPTION`.
    WithOption,
    /// Revoked, though it had not been granted before: it was a default privilege, if anything.
    Revoked,
    /// Granted if the role that runs the migrations is the one whose objects get it by default.
    Perhaps,
}

impl Entry {
    /// An object that nothing hangs on.
    pub fn new(object: Object) -> Self {
        Entry {
            object,
            uses: Arc::default(),
            comment: None,
            comments: BTreeMap::new(),
            grants: BTreeMap::new(),
            owner: None,
            doubt: None,
            cause: None,
            ages: BTreeMap::new(),
            outside: None,
        }
    }

    /// The ids of what it uses, each once.
    pub fn used_ids(&self) -> BTreeSet<&Id> {
        self.uses.iter().map(|used| &used.id).collect()
    }
}

/// Two entries are equal when their definitions and all that hangs on them are.
impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.object == other.object
            && self.comment == other.comment
            && self.comments == other.comments
            && self.grants == other.grants
            && self.owner == other.owner
            && self.doubt == other.doubt
    }
}

impl Object {
    /// The table, if it is one.
    pub fn as_table(&self) -> Option<&TableState> {
        match self {
            Object::Table(table) => Some(table),
            _ => None,
        }
    }
}
