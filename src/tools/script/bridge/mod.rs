//! Statements that no operation says, carried over from one tool's migration into another's: the code stays as it was
//! written, and its calls of the old tool become calls of the new one that send the same SQL and give the same values.
//! What the calls of a tool mean and how it sends a query is its own [`Bridge`]; where they stand and what the code needs
//! beside them is told by `crate::js::bridge`.

mod helpers;
mod query;

use super::mentions;
use crate::js::bridge::{self, Chain, Crossed, Crossing, Handle, Stretch};
use std::ops::Range;

pub(in crate::tools) use query::{Answer, Gives, Part, Query, command, parts_of, starts_with, undefined_as_null};

/// A statement to be carried over.
#[derive(Clone, Debug)]
pub struct Passage<'a> {
    /// The path of the script.
    pub path: &'a str,
    /// All of its text.
    pub text: &'a str,
    /// Where the statement stands in it, in bytes; several that follow each other are one.
    pub at: Range<usize>,
    /// The function that it stands in: `up` or `down`.
    pub direction: &'a str,
    /// What reaches the database in the new place, by name: `knex`, `queryInterface`, `queryRunner`.
    pub handle: &'a str,
    /// The name of the transaction that Sequelize's calls have to name, if there is one.
    pub transaction: Option<&'a str>,
    /// Other names that the new place needs for itself.
    pub taken: &'a [&'a str],
    /// Whether the old migration runs in a transaction.
    pub was_in_transaction: bool,
    /// Whether the new one does.
    pub in_transaction: bool,
    /// Whether both tools give the same for every column that is read (`same_values`).
    pub same_values: bool,
    /// What each line but the first is indented with.
    pub indent: &'a str,
}

/// A statement in its new form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// What has to stand before it in the same function, each where it stood among the other statements; what stood outside
    /// the function comes first.
    pub before: Vec<bridge::Piece>,
    /// The statement.
    pub statements: String,
    /// What has to stand in the module, in order.
    pub module: Vec<bridge::Piece>,
    /// The names that these declare.
    pub declared: std::collections::BTreeSet<String>,
    /// What it takes from other modules.
    pub imports: Vec<bridge::Taken>,
    /// The functions of ours that it calls, as text: to be put into the module, each once.
    pub helpers: Vec<&'static str>,
}

/// What a tool's calls mean, and how it sends a query.
pub(in crate::tools) trait Bridge: Sync {
    /// The packages that the tool's scripts take its names from.
    fn packages(&self) -> &'static [&'static str];

    /// What the parameters of `up` and `down` are.
    fn parameters(&self) -> &'static [Handle];

    /// Members of handles that are handles again.
    fn members(&self) -> &'static [(Handle, &'static str, Handle)] {
        &[]
    }

    /// What a chain of calls sends and gives. `Err` when that is not certain.
    fn read(&self, chain: &Chain) -> Result<Meant, String>;

    /// The call that sends a query and gives what is looked at of its value.
    fn write(&self, query: &Query, chain: &Chain, desk: &Desk<'_>) -> Result<String, String>;
}

/// What a chain is.
pub(in crate::tools) enum Meant {
    /// A query.
    Query(Query),
    /// A function that is run in a transaction: its text, and whether it is given what reaches the database.
    Transaction {
        /// The function.
        function: String,
        /// Whether it takes what reaches the database.
        takes: bool,
    },
    /// Something that does nothing to the database: this expression.
    Expression(String),
}

/// What a call is written with.
pub(in crate::tools) struct Desk<'a> {
    /// What reaches the database.
    pub handle: &'a str,
    /// The transaction that Sequelize's calls name.
    pub transaction: Option<&'a str>,
}

/// Carries a statement over. `Err` with the reason, lower case, without a full stop.
pub(in crate::tools) fn carry(passage: &Passage<'_>, from: &dyn Bridge, to: &dyn Bridge) -> Result<Carried, String> {
    let mut taken: Vec<&str> = passage.taken.to_vec();
    taken.extend(passage.transaction);
    for name in helpers::names() {
        taken.push(name);
    }
    let stretch = Stretch {
        path: passage.path,
        text: passage.text,
        at: passage.at.clone(),
        direction: passage.direction,
        packages: from.packages(),
        parameters: from.parameters(),
        members: from.members(),
        handle: passage.handle,
        taken: &taken,
        indent: passage.indent,
        same_failure: passage.was_in_transaction == passage.in_transaction,
    };
    let carried = bridge::carry(&stretch, &Between { passage, from, to })?;
    let texts = carried.before.iter().chain(&carried.module).map(|piece| piece.text.as_str());
    let texts: Vec<&str> = texts.chain([carried.statements.as_str()]).collect();
    let helpers = helpers::called(&texts);
    let bridge::Carried { mut before, statements, mut module, imports, declared } = carried;
    // What names the transaction can stand only where that is.
    if passage.transaction.is_some_and(|name| module.iter().any(|piece| mentions(&piece.text, name))) {
        module.append(&mut before);
        before = std::mem::take(&mut module);
    }
    Ok(Carried { before, statements, module, declared, imports, helpers })
}

/// Two tools.
struct Between<'a> {
    passage: &'a Passage<'a>,
    from: &'a dyn Bridge,
    to: &'a dyn Bridge,
}

impl Crossing for Between<'_> {
    fn cross(&self, chain: &Chain) -> Result<Crossed, String> {
        let desk = Desk { handle: self.passage.handle, transaction: self.passage.transaction };
        match self.from.read(chain)? {
            Meant::Expression(text) => Ok(Crossed { text, acts: false }),
            Meant::Transaction { function, takes } => {
                if !self.passage.in_transaction {
                    return Err("it runs in a transaction of its own".into());
                }
                let given = if takes { self.passage.handle } else { "" };
                let wait = if chain.run == bridge::Run::Awaited { "await " } else { "" };
                Ok(Crossed { text: format!("{wait}({function})({given})"), acts: false })
            }
            Meant::Query(query) => {
                if !self.passage.same_values && chain.used != bridge::Used::Nothing && query.gives != Gives::Count {
                    return Err("it reads values that the two tools may give in different forms".into());
                }
                let text = self.to.write(&query, chain, &desk)?;
                Ok(Crossed { text, acts: query.acts() })
            }
        }
    }
}
