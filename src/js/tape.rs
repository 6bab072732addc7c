//! The tape: what a script did, as values. No meaning yet: which calls there are and what they do is each tool's.

use serde::{Deserialize, Serialize};

/// A call that a script made, in the order in which calls took effect.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// What was called, as the shim names it: `queryInterface.addColumn`; within a chain the bare method (`notNullable`),
    /// empty where the chain itself was called as a function.
    pub name: String,
    /// The arguments.
    pub args: Vec<Value>,
    /// The statement that it stands in.
    pub at: Place,
}

/// A stretch of a script, in bytes of the file as it is on disk (decoded).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The number of the module, as whoever asked for the run knows it.
    pub module: u32,
    /// The first byte.
    pub start: u32,
    /// The byte behind the last.
    pub end: u32,
}

/// A value that a script handed to a recorder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// `undefined`.
    Undefined,
    /// `null`.
    Null,
    /// A truth value.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A `BigInt`, in decimal.
    BigInt(String),
    /// A string.
    Text(String),
    /// A string of which parts are not known.
    Mixed(Vec<Piece>),
    /// A `Date`, in milliseconds since 1970 UTC.
    Date(f64),
    /// A `Buffer` or typed array.
    Bytes(Vec<u8>),
    /// An array.
    List(Vec<Value>),
    /// An object: its own enumerable properties in order.
    Object(Vec<(String, Value)>),
    /// An instance of a class that the shim offers, with its properties.
    Made(String, Vec<(String, Value)>),
    /// A recorder used as a value: the calls that were chained on it so far. The first names where the chain starts.
    Chain(Vec<Call>),
    /// What a function did that was given to a recorder: the chains that it started, in order.
    Body(Vec<Vec<Call>>),
    /// A function that was not run: its source text.
    Function(String),
    /// Something that only a real run can know.
    Hole(Hole),
}

/// A part of a string.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// What is known.
    Text(String),
    /// What is not.
    Hole(Hole),
}

/// Something that only a real run can know: a row, the environment, the clock, what a package gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hole {
    /// The expression that gives it, as far as that can be said: `process.env.NAME`, `hash("x", 12)`.
    pub source: String,
}

impl Value {
    /// The text of a plain string.
    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A property of an object or instance; `None` when there is none or it is `undefined`.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Value::Object(fields) | Value::Made(_, fields) => {
                let found = fields.iter().find(|(name, _)| name == key).map(|(_, value)| value);
                found.filter(|value| !matches!(value, Value::Undefined))
            }
            _ => None,
        }
    }

    /// Whether JavaScript takes it for true; `None` when that is not known.
    pub fn truth(&self) -> Option<bool> {
        Some(match self {
            Value::Undefined | Value::Null => false,
            Value::Bool(truth) => *truth,
            Value::Number(number) => *number != 0.0 && !number.is_nan(),
            Value::BigInt(digits) => digits != "0",
            Value::Text(text) => !text.is_empty(),
            Value::Mixed(_) | Value::Hole(_) => return None,
            Value::Date(_)
            | Value::Bytes(_)
            | Value::List(_)
            | Value::Object(_)
            | Value::Made(..)
            | Value::Chain(_)
            | Value::Body(_)
            | Value::Function(_) => true,
        })
    }

    /// The first hole in it, however deep.
    pub fn hole(&self) -> Option<&Hole> {
        match self {
            Value::Hole(hole) => Some(hole),
            Value::Mixed(pieces) => pieces.iter().find_map(|piece| match piece {
                Piece::Hole(hole) => Some(hole),
                Piece::Text(_) => None,
            }),
            Value::List(values) => values.iter().find_map(Value::hole),
            Value::Object(fields) | Value::Made(_, fields) => fields.iter().find_map(|(_, value)| value.hole()),
            Value::Chain(calls) => calls.iter().find_map(Call::hole),
            Value::Body(chains) => chains.iter().flatten().find_map(Call::hole),
            Value::Undefined
            | Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::BigInt(_)
            | Value::Text(_)
            | Value::Date(_)
            | Value::Bytes(_)
            | Value::Function(_) => None,
        }
    }
}

impl Call {
    /// An argument; `None` when it is not given or `undefined`.
    pub fn arg(&self, index: usize) -> Option<&Value> {
        self.args.get(index).filter(|value| !matches!(value, Value::Undefined))
    }

    /// The first hole in its arguments.
    pub fn hole(&self) -> Option<&Hole> {
        self.args.iter().find_map(Value::hole)
    }
}
