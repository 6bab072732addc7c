//! What the program and the process that runs scripts say to each other: MessagePack, each message behind its length.

use super::tape::{Call, Place, Value};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::{Read, Write};

/// How much of what a script throws is told, in characters.
pub const LONGEST_MESSAGE: usize = 300;

/// The longest message in bytes.
const LONGEST: u32 = 256 << 20;

/// How deep a message may be nested: that of a value in a call, several times over. Decoding is recursive.
const DEEPEST: usize = 384;

/// A file that a script is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Module {
    /// Its number, by which places name it.
    pub id: u32,
    /// Its path below the root of the project, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// To the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Request {
    /// Run a script.
    Run(Run),
    /// What an import leads to.
    Found(Found),
    /// A file's text, if there is one.
    File(Option<String>),
    /// What answers a question; without one the script gets a hole.
    Answer(Option<Value>),
    /// There is no answer yet: give up, it will be asked again.
    Abandon,
}

/// A run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Run {
    /// The tool's shim; without one it is that of the run before.
    pub shim: Option<ShimText>,
    /// The dialect that the script is told.
    pub dialect: String,
    /// The migration.
    pub module: Module,
    /// `up`, `down` or both, in the order in which they are run; each is reported by itself.
    pub directions: Vec<String>,
    /// Which of several migrations in the file; empty for the only one.
    pub part: String,
}

/// A tool's shim on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ShimText {
    /// What every script needs.
    pub main: String,
    /// What some scripts need, by name.
    pub parts: Vec<(String, String)>,
}

/// What an import leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Found {
    /// A file of the project.
    Module(Module),
    /// Nothing that may be read: a package, a file outside of the project.
    Nothing,
}

/// From the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Report {
    /// An import.
    Import { from: u32, specifier: String },
    /// `fs.readFileSync` and the like: a path below the root.
    Read { path: String },
    /// What happened since the last message, then a question.
    Ask { events: Vec<Event>, question: Call },
    /// All that was told in this run is void; it starts over.
    Restart,
    /// The run is over.
    Done { events: Vec<Event>, end: End },
}

/// What happened, in order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// A call.
    Call(Call),
    /// A statement was not run, and stands here for whatever it does.
    Code {
        /// The statement, or the statements from it to the end of its list.
        at: Place,
        /// Why: what it depends on.
        why: String,
    },
    /// From here on it is a statement that goes by what only a real run can know, such as rows: what it calls is called as
    /// often as that says, or not at all.
    Begin {
        /// The statement.
        at: Place,
        /// What it goes by.
        why: String,
    },
    /// That statement is over.
    End {
        /// Whether it throws something where what it goes by is not as it should be.
        fails: bool,
    },
}

/// How a run ended.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct End {
    /// Statements that hold calls and were not reached, the outermost of each.
    pub unreached: Vec<Place>,
    /// Why it did not come to its end.
    pub failure: Option<Failure>,
    /// Whether it was run in the engine of the direction before it.
    pub shared: bool,
    /// How many scripts were run before in its engine.
    pub served: u32,
}

/// Why a run did not come to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// What went wrong.
    pub kind: FailureKind,
    /// In words.
    pub message: String,
    /// Where, as far as that is known.
    pub at: Place,
}

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FailureKind {
    /// It is no JavaScript or TypeScript.
    Syntax,
    /// It threw something.
    Threw,
    /// It waits for something that never comes.
    Waits,
    /// It took too long, too much memory, too many calls.
    Limit,
    /// It depends on what only a real run can know, in a way that no single statement can be named for.
    Unknowable,
    /// There was no answer yet.
    Abandoned,
}

/// Sends a message.
pub(super) fn send(to: &mut impl Write, message: &impl Serialize) -> std::io::Result<()> {
    let mut bytes = vec![0; 4];
    rmp_serde::encode::write(&mut bytes, message).map_err(std::io::Error::other)?;
    let length = u32::try_from(bytes.len() - 4).ok().filter(|length| *length <= LONGEST);
    let length = length.ok_or_else(|| std::io::Error::other("message too long"))?;
    bytes[..4].copy_from_slice(&length.to_le_bytes());
    to.write_all(&bytes)?;
    to.flush()
}

/// Receives a message. Nothing that can stand in it makes this fail otherwise than with an error.
pub(super) fn receive<T: DeserializeOwned>(from: &mut impl Read) -> std::io::Result<T> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length);
    if length > LONGEST {
        return Err(std::io::Error::other("message too long"));
    }
    let mut bytes = Vec::new();
    from.take(u64::from(length)).read_to_end(&mut bytes)?;
    decode(&bytes)
}

/// Decodes one message.
pub(super) fn decode<T: DeserializeOwned>(bytes: &[u8]) -> std::io::Result<T> {
    let mut decoder = rmp_serde::Deserializer::from_read_ref(bytes);
    decoder.set_max_depth(DEEPEST);
    T::deserialize(&mut decoder).map_err(std::io::Error::other)
}

/// Decodes what a worker says, whatever it is; for the fuzzer. Whether it was a message.
pub fn is_report(bytes: &[u8]) -> bool {
    decode::<Report>(bytes).is_ok()
}
