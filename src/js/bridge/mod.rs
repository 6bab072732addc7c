//! A stretch of a script taken over into another tool's migration: the statements as they were written, with what they
//! need that is declared elsewhere, and with other calls in place of those of the old tool. What those calls mean is the
//! business of whoever asks ([`Crossing`]); here is known where they stand, what is done with what they give, and what a
//! name stands for. What cannot be said with certainty is an error, never a guess.

mod chain;
mod file;
mod handles;
mod harmless;
mod place;
mod slice;
mod statement;
mod strip;
mod uses;
mod write;

pub use statement::statements_around;
use std::collections::BTreeSet;
use std::ops::Range;

/// What is taken over, and how.
#[derive(Clone, Debug)]
pub struct Stretch<'a> {
    /// The path of the script, which says whether it is TypeScript.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
    /// The statement, or several that follow each other, in bytes.
    pub at: Range<usize>,
    /// The function that it stands in: `up` or `down`.
    pub direction: &'a str,
    /// The packages of the tool that it was written for.
    pub packages: &'a [&'a str],
    /// What the function's parameters are, in order.
    pub parameters: &'a [Handle],
    /// What a member of a handle is that is a handle again: `sequelize` of a query interface.
    pub members: &'a [(Handle, &'a str, Handle)],
    /// What reaches the database in the new place.
    pub handle: &'a str,
    /// Names that the new place has already, beside the handle.
    pub taken: &'a [&'a str],
    /// What each line but the first is indented with.
    pub indent: &'a str,
    /// Whether what fails and is caught leaves things as it did before: both run in a transaction, or neither does.
    pub same_failure: bool,
}

/// What a name of a script is, as far as it belongs to the tool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handle {
    /// What reaches the database: `knex`, `queryInterface`, `queryRunner`, and a transaction of Knex.
    Runner,
    /// Sequelize's connection.
    Connection,
    /// A transaction of Sequelize.
    Transaction,
    /// The tool's package as a whole.
    Library,
    /// A name that the tool's package gives.
    Named(String),
}

/// A handle with everything that is called on it: `knex('t').where({ id }).first()`.
#[derive(Clone, Debug, PartialEq)]
pub struct Chain {
    /// What it starts with.
    pub handle: Handle,
    /// The members and calls, in order.
    pub links: Vec<Link>,
    /// How it is run.
    pub run: Run,
    /// What is looked at of the value that it gives.
    pub used: Used,
    /// All of it.
    pub at: Range<usize>,
}

/// A member of a chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Its name; empty where what is before it is called itself.
    pub name: String,
    /// What it is called with; `None` where it is not called.
    pub arguments: Option<Vec<Argument>>,
}

/// How a chain is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run {
    /// `await` stands before it, and the stretch is that of both.
    Awaited,
    /// It is run at once, and what waits for it takes a promise.
    Promised,
    /// It is a value of which it is not known when it is waited for, or whether at all.
    Loose,
}

/// Stands among the members of a value that are looked at where it is asked whether there is one.
pub const TRUTH: &str = "";

/// What is looked at of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Used {
    /// Nothing.
    Nothing,
    /// These members, numbers as they are written.
    Members(BTreeSet<String>),
    /// All of it, or it goes where that is not known.
    All,
}

/// What a call is given.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// What stands there.
    pub shape: Shape,
    /// Its text in the new place. `Err` when it cannot stand there by itself.
    pub text: Result<String, String>,
    /// Whether it is certain not to be `undefined`.
    pub defined: bool,
    /// Whether it is certain to be neither `null` nor `undefined`.
    pub something: bool,
}

/// What stands somewhere, as far as its text says.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A string.
    Text(String),
    /// A string of which parts are expressions.
    Template(Vec<Part>),
    /// A number.
    Number(f64),
    /// A truth value.
    Bool(bool),
    /// `null`.
    Null,
    /// `undefined`.
    Undefined,
    /// A list of which all entries stand there.
    List(Vec<Argument>),
    /// An object of which all keys stand there.
    Object(Vec<(String, Argument)>),
    /// A chain.
    Chain(Box<Chain>),
    /// A function.
    Function,
    /// Anything else.
    Other,
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// What stands there.
    Text(String),
    /// An expression.
    Expression(Argument),
}

/// What takes the place of a chain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crossed {
    /// The expression.
    pub text: String,
    /// Whether it changes anything.
    pub acts: bool,
}

/// What the calls of one tool are in terms of another.
pub trait Crossing {
    /// What takes the place of a chain. `Err` when there is nothing that certainly does the same.
    fn cross(&self, chain: &Chain) -> Result<Crossed, String>;
}

/// A stretch in its new form, which is JavaScript: types are gone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// What has to stand before it in the same function, in order.
    pub before: Vec<Piece>,
    /// The statements.
    pub statements: String,
    /// What has to stand in the module, in order: functions, constants.
    pub module: Vec<Piece>,
    /// The names that these declare.
    pub declared: BTreeSet<String>,
    /// What it takes from other modules.
    pub imports: Vec<Taken>,
}

/// Something that a stretch needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it stood, which is what it is known by: two stretches of a function may need the same.
    pub at: Range<usize>,
    /// Its text.
    pub text: String,
    /// Whether it changes the database itself: then nothing else may do what the script does there.
    pub acts: bool,
}

/// A name from another module.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Taken {
    /// The module as it was named.
    pub module: String,
    /// The name there: `default`, or `*` for all of it.
    pub what: String,
    /// The name here.
    pub name: String,
    /// Whether the module is a file of the project, seen from the script's own folder.
    pub relative: bool,
    /// Whether it was taken by `require`, which gives a module of CommonJS as a whole where `import` gives it as `default`.
    pub required: bool,
}

/// Stands before the name of a key that is no text but something of the tool's own, as `[Op.in]` is.
pub const MARK: char = '\u{e010}';

/// Takes a stretch over. `Err` with the reason when that cannot be done with certainty; lower case, without a full stop.
pub fn carry(stretch: &Stretch<'_>, crossing: &dyn Crossing) -> Result<Carried, String> {
    slice::carry(stretch, crossing)
}
