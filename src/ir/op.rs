//! The operations. Each holds only what it changes *to*; what was there before comes from replay.

use super::*;

/// What becomes of dependants when something is dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Behaviour {
    /// `RESTRICT`, the default: dependants stop it.
    #[default]
    Restrict,
    /// `CASCADE`: dependants go too.
    Cascade,
}

use serde::{Deserialize, Serialize};

/// The table of an `ALTER TABLE`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The table (or view, materialized view, foreign table: PostgreSQL's `ALTER TABLE` takes them all).
    pub table: Name,
    /// `IF EXISTS`.
    #[serde(default)]
    pub if_exists: bool,
    /// `ONLY`.
    #[serde(default)]
    pub only: bool,
}

impl Place {
    /// A table that must be there, with its descendants.
    pub fn new(table: Name) -> Self {
        Place { table, if_exists: false, only: false }
    }
}

/// One thing that a migration does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case")]
#[allow(missing_docs)] // fields are what their types and names say
pub enum Op {
    CreateTable {
        table: Table,
        #[serde(default)]
        if_not_exists: bool,
    },
    /// What `ALTER TABLE` does to the table itself.
    AlterTable {
        on: Place,
        change: TableChange,
    },
    AddColumn {
        on: Place,
        column: Column,
        #[serde(default)]
        if_not_exists: bool,
        /// Where it goes; `None`: behind all others.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        position: Option<ColumnPosition>,
    },
    AlterColumn {
        on: Place,
        column: String,
        change: ColumnChange,
    },
    DropColumn {
        on: Place,
        column: String,
        #[serde(default)]
        if_exists: bool,
        #[serde(default)]
        behaviour: Behaviour,
    },
    RenameColumn {
        on: Place,
        from: String,
        to: String,
    },
    AddConstraint {
        on: Place,
        constraint: Constraint,
    },
    ValidateConstraint {
        on: Place,
        name: String,
    },
    /// `ALTER CONSTRAINT name DEFERRABLE …`.
    AlterConstraint {
        on: Place,
        name: String,
        deferrable: Deferrable,
    },
    DropConstraint {
        on: Place,
        name: String,
        #[serde(default)]
        if_exists: bool,
        #[serde(default)]
        behaviour: Behaviour,
        /// `DROP FOREIGN KEY` and the like; `None`: `DROP CONSTRAINT`, whichever has the name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kind: Option<ConstraintWord>,
    },
    RenameConstraint {
        on: Place,
        from: String,
        to: String,
    },
    CreateIndex {
        index: Index,
        #[serde(default)]
        if_not_exists: bool,
        #[serde(default)]
        concurrently: bool,
    },
    /// `ALTER INDEX name SET (…)` and the like; an empty value resets the parameter.
    AlterIndex {
        name: Name,
        set: Vec<(String, String)>,
        #[serde(default)]
        if_exists: bool,
    },
    /// `ALTER INDEX name ATTACH PARTITION child`.
    AttachIndex {
        name: Name,
        child: Name,
    },
    CreateView {
        view: View,
        #[serde(default)]
        or_replace: bool,
        #[serde(default)]
        if_not_exists: bool,
    },
    RefreshView {
        name: Name,
        #[serde(default)]
        concurrently: bool,
        #[serde(default)]
        with_no_data: bool,
    },
    CreateEnum {
        definition: Enum,
    },
    AddEnumValue {
        name: Name,
        value: String,
        /// The value that it comes before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<String>,
        /// The value that it comes after; with neither, it comes last.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<String>,
        #[serde(default)]
        if_not_exists: bool,
    },
    RenameEnumValue {
        name: Name,
        from: String,
        to: String,
    },
    CreateDomain {
        domain: Domain,
    },
    AlterDomain {
        name: Name,
        change: DomainChange,
    },
    CreateComposite {
        composite: Composite,
    },
    AlterComposite {
        name: Name,
        change: AttributeChange,
    },
    CreateSequence {
        sequence: Sequence,
        #[serde(default)]
        if_not_exists: bool,
    },
    AlterSequence {
        name: Name,
        change: SequenceChange,
        #[serde(default)]
        if_exists: bool,
    },
    CreateRoutine {
        routine: Routine,
        #[serde(default)]
        or_replace: bool,
    },
    /// `ALTER FUNCTION f(…) <attributes>`: the text behind the argument list.
    AlterRoutine {
        object: ObjectRef,
        attributes: String,
    },
    CreateTrigger {
        trigger: Trigger,
        #[serde(default)]
        or_replace: bool,
    },
    CreatePolicy {
        policy: Policy,
    },
    AlterPolicy {
        policy: Policy,
    },
    CreateSchema {
        name: String,
        #[serde(default)]
        if_not_exists: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        owner: Option<String>,
    },
    CreateExtension {
        extension: Extension,
        #[serde(default)]
        if_not_exists: bool,
    },
    /// `ALTER EXTENSION name …`: the text behind the name.
    AlterExtension {
        name: String,
        change: String,
    },
    CreatePublication {
        publication: Publication,
    },
    /// `ALTER PUBLICATION name ADD|SET|DROP …` as the publication holding just what is added, set or dropped; `action`
    /// in upper case.
    AlterPublication {
        action: String,
        publication: Publication,
    },
    /// An object of a rarer kind, made by the statement that it is kept as.
    Define {
        definition: Definition,
        #[serde(default)]
        or_replace: bool,
        #[serde(default)]
        if_not_exists: bool,
    },
    /// A change to an object of a rarer kind: the whole statement.
    AlterDefinition {
        object: ObjectRef,
        sql: String,
    },
    /// Drops one object of any kind but a column or constraint.
    Drop {
        object: ObjectRef,
        #[serde(default)]
        if_exists: bool,
        #[serde(default)]
        behaviour: Behaviour,
        #[serde(default)]
        concurrently: bool,
    },
    /// Renames one object of any kind but a column or constraint (`to` is bare), type attributes with [`Op::AlterComposite`].
    Rename {
        object: ObjectRef,
        to: String,
        #[serde(default)]
        if_exists: bool,
    },
    SetSchema {
        object: ObjectRef,
        schema: String,
        #[serde(default)]
        if_exists: bool,
    },
    SetOwner {
        object: ObjectRef,
        owner: String,
    },
    /// `COMMENT ON`; `None` removes it.
    Comment {
        object: ObjectRef,
        text: Option<String>,
    },
    Grant {
        grant: Grant,
    },
    Revoke {
        grant: Grant,
        #[serde(default)]
        behaviour: Behaviour,
    },
    Insert {
        insert: Insert,
    },
    Update {
        write: Writes,
    },
    Delete {
        write: Writes,
    },
    Truncate {
        tables: Vec<Name>,
        sql: String,
    },
    /// Any other statement that changes rows and nothing else; also a `DO` block or function call of which that is
    /// known.
    Write {
        write: Writes,
    },
    /// A `SELECT` that changes nothing but perhaps a sequence's value (`setval`) or a setting (`set_config`).
    Query {
        sql: String,
    },
    /// `SET`, `RESET`: a setting of the session or transaction. `search_path` is one.
    SetParameter {
        name: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value: Option<String>,
        #[serde(default)]
        local: bool,
        sql: String,
    },
    /// `BEGIN`, `COMMIT`, `ROLLBACK`, `SAVEPOINT` and the like: the first word, upper case.
    Transaction {
        verb: String,
        sql: String,
    },
    /// Statements that leave no trace in schema or rows: `LOCK`, `ANALYZE`, `VACUUM`, `REINDEX`, `CLUSTER`, `NOTIFY`, `DISCARD`.
    Maintenance {
        sql: String,
    },
    /// Steps under a question to the catalogue; the answer comes from replay.
    When {
        condition: Condition,
        then: Vec<Step>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        otherwise: Vec<Step>,
    },
    /// Steps of which errors of one kind are swallowed: `BEGIN … EXCEPTION WHEN duplicate_object THEN NULL; END`.
    Attempt {
        steps: Vec<Step>,
        /// The condition names, lower case: `duplicate_object`, `others`.
        unless: Vec<String>,
    },
    /// A statement that calls functions of the history's own: what these do comes from replay.
    Call {
        /// The functions.
        functions: Vec<Name>,
        /// What the statement does beside.
        then: Vec<Step>,
        /// The whole statement as written.
        sql: String,
    },
    /// A statement of a script that only a real run can carry out: it depends on rows, the environment, the clock.
    Code {
        /// The statement as written, in the script's own language.
        source: String,
        /// The imports of the file that it stands in, as written, one an entry.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        imports: Vec<String>,
        /// What it depends on; lower case.
        why: String,
        /// Whether it is certain to change rows and nothing else.
        #[serde(default)]
        rows_only: bool,
        /// What it may change of the schema beside what its text names.
        #[serde(default, skip_serializing_if = "Extent::is_empty")]
        extent: Extent,
    },
    /// A statement of a script that goes by rows or the like and changes rows and nothing else: what it does is known, but
    /// not how often, whether at all, and with which values. It may also end the migration where what it goes by is not as
    /// it should be.
    ByRows {
        /// What it does: each of them a change of rows or a question.
        steps: Vec<Step>,
        /// The statement as written, in the script's own language.
        source: String,
        /// The imports of the file that it stands in, as written, one an entry.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        imports: Vec<String>,
        /// What it depends on; lower case.
        why: String,
    },
    /// Carried whole, not understood.
    Sql {
        /// The statement as written.
        sql: String,
        /// Why it was not understood; lower case.
        why: String,
    },
}

/// A question to the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// All hold; empty is true.
    All(Vec<Condition>),
    /// One holds; empty is false.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// Something exists.
    Exists(Fact),
}

/// What a catalogue question asks for. `schema` is `None` when it does not limit the schema.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // fields are what their names say
pub enum Fact {
    /// A relation, of one of the kinds if any are given (table, view, materialized view, index, sequence, foreign table).
    Relation {
        schema: Option<String>,
        name: String,
        kinds: Vec<ObjectKind>,
    },
    Column {
        schema: Option<String>,
        table: String,
        column: String,
    },
    /// A constraint, on the table if one is given.
    Constraint {
        schema: Option<String>,
        table: Option<String>,
        name: String,
    },
    Type {
        schema: Option<String>,
        name: String,
    },
    EnumValue {
        schema: Option<String>,
        name: Option<String>,
        value: String,
    },
    Routine {
        schema: Option<String>,
        name: String,
    },
    Trigger {
        table: Option<String>,
        name: String,
    },
    Policy {
        table: Option<String>,
        name: String,
    },
    Schema {
        name: String,
    },
    Extension {
        name: String,
    },
    Publication {
        name: String,
    },
    /// A table in a publication.
    PublicationTable {
        publication: String,
        schema: Option<String>,
        table: String,
    },
    Role {
        name: String,
    },
}

/// What `ALTER TABLE` does to the table itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // each is the action of that name
pub enum TableChange {
    RowSecurity {
        enabled: bool,
    },
    ForceRowSecurity {
        forced: bool,
    },
    /// `ENABLE|DISABLE [REPLICA|ALWAYS] TRIGGER name`; `state` is `ENABLE`, `DISABLE`, `ENABLE REPLICA`, `ENABLE ALWAYS`; `name` may be `ALL` or `USER`,
    /// then `every` is set.
    Trigger {
        state: String,
        name: String,
        every: bool,
    },
    /// The same for a rule.
    Rule {
        state: String,
        name: String,
    },
    /// `SET (…)`; what MySQL says of the table itself, as in [`Table::options`].
    SetOptions(Vec<(String, String)>),
    /// `RESET (…)`.
    ResetOptions(Vec<String>),
    Logged {
        logged: bool,
    },
    Inherit {
        parent: Name,
    },
    NoInherit {
        parent: Name,
    },
    /// `ATTACH PARTITION child FOR VALUES …`.
    AttachPartition {
        child: Name,
        bound: String,
    },
    DetachPartition {
        child: Name,
        concurrently: bool,
    },
    /// `REPLICA IDENTITY …`: `DEFAULT`, `FULL`, `NOTHING`, or `USING INDEX name` (then the name is in `index`).
    ReplicaIdentity {
        mode: String,
        index: Option<String>,
    },
    /// `CLUSTER ON index`, or `SET WITHOUT CLUSTER`.
    ClusterOn {
        index: Option<String>,
    },
    Tablespace {
        name: String,
    },
    AccessMethod {
        name: String,
    },
    OfType {
        data_type: Option<DataType>,
    },
    /// `CONVERT TO CHARACTER SET … [COLLATE …]`.
    Convert {
        charset: String,
        collation: Option<String>,
    },
}

/// One `ALTER TYPE … ATTRIBUTE` action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // each is the action of that name
pub enum AttributeChange {
    Add { attribute: Attribute, behaviour: Behaviour },
    Drop { name: String, if_exists: bool, behaviour: Behaviour },
    Alter { attribute: Attribute, behaviour: Behaviour },
    Rename { from: String, to: String, behaviour: Behaviour },
}

/// How far code reaches beyond the names in its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// Not at all.
    #[default]
    Named,
    /// To objects of these names, which stand in functions that it calls, or elsewhere in the files of the script.
    Also(Vec<String>),
    /// To anything: it takes names from the catalogue, or hands the connection to what is not known.
    Anything,
}

impl Extent {
    /// Whether it is what the code's text says by itself.
    pub fn is_empty(&self) -> bool {
        *self == Extent::Named
    }
}
