//! What a migration says, with no tool, no dialect and no input or output: names, types, the objects that a
//! migration defines, the operations on them, and the history as a whole. Expressions and bodies are kept as the
//! text that was written.

mod column;
mod constraint;
mod history;
mod hole;
mod index;
mod kind;
mod name;
mod object;
mod op;
mod routine;
mod rows;
mod table;
mod transaction;

pub use column::{Column, ColumnChange, ColumnPosition, DataType, Expr, Identity, SequenceOptions, TypeName};
pub use constraint::{
    Constraint, ConstraintKind, ConstraintWord, Deferrable, Exclusion, ForeignKey, KeyColumns, Match, ReferentialAction,
};
pub use history::{Down, Grade, History, Migration, Script, Step, Tool, TransactionMode};
pub use hole::{HOLE, is_open, open_values, readable};
pub use index::{Index, IndexKey, KeyPart, NullsOrder, SortOrder};
pub use name::{Dialect, Name};
pub use object::{
    Attribute, Composite, Definition, Domain, DomainChange, Enum, Extension, Grant, Grantable, ObjectKind, ObjectRef,
    Publication, PublicationTable, Sequence, SequenceChange, View,
};
pub use op::{AttributeChange, Behaviour, Condition, Extent, Fact, Op, Place, TableChange};
pub use routine::{Argument, ArgumentMode, Policy, Routine, RoutineKind, Trigger};
pub use rows::{Insert, InsertSource, Write, WriteKind, Writes};
pub use table::{Finder, LikeClause, PartitionOf, Persistence, Table};
