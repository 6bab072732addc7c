//! What a down that we made says of itself, in words, and the fingerprint by which it is known again. The same for all
//! tools; how it is spelled is each tool's.

use crate::diag::{Finding, plain};
use crate::invert::MadeDown;
use crate::ir::{Grade, Op};

/// What the first line of each down that we make says behind the migration's name; the fingerprint follows.
pub(crate) const MARK: &str = ", made by transmigrate; fingerprint ";

/// What somebody writes into a down that is meant to be empty.
pub(crate) const MEANT: &str = "transmigrate: nothing to undo";

/// What a down says of itself. Every line is one line, without control characters.
pub struct Words {
    /// `Undoes <name>`.
    pub title: String,
    /// How sure it is.
    pub grade: String,
    /// What does not come back, or why it is refused.
    pub lost: Vec<String>,
    /// What running it throws away.
    pub discards: Vec<String>,
    /// What to know before running it.
    pub notes: Vec<String>,
}

impl Words {
    /// All but the title, a line a piece.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("Grade: {}", self.grade)];
        lines.extend(self.lost.iter().map(|line| format!("  {line}")));
        if !self.discards.is_empty() {
            lines.push("Running it throws away:".to_owned());
            lines.extend(self.discards.iter().map(|line| format!("  {line}")));
        }
        lines.extend(self.notes.iter().map(|note| format!("Note: {note}")));
        lines
    }

    /// The words for a down.
    pub fn of(name: &str, down: &MadeDown) -> Self {
        let lines = |lines: &[String]| lines.iter().map(|line| plain(line)).collect();
        Words {
            title: format!("Undoes {}", plain(name)),
            grade: grade(down),
            lost: match &down.grade {
                Grade::Exact => Vec::new(),
                Grade::SchemaOnly(lost) => lines(lost),
                Grade::Refused(reasons) => reasons.iter().map(|finding| plain(reason(finding))).collect(),
            },
            discards: lines(&down.discards),
            notes: lines(&down.notes),
        }
    }
}

/// The message of a refused down, on one line.
pub(crate) fn refusal(name: &str, reasons: &[Finding]) -> String {
    let reasons: Vec<&str> = reasons.iter().map(reason).collect();
    plain(&format!("no down for {name}: {}", reasons.join("; ")))
}

/// Why a down is refused: the finding's message says that it is, its `why` the reason.
fn reason(finding: &Finding) -> &str {
    finding.why.as_deref().unwrap_or(&finding.message)
}

fn grade(down: &MadeDown) -> String {
    let nothing = down.ops.is_empty();
    match &down.grade {
        Grade::Exact if nothing => "exact; there is nothing to undo",
        Grade::Exact => "exact; schema and rows come back as they were",
        Grade::SchemaOnly(_) if down.ops.iter().all(only_rows) => {
            "schema only; the schema did not change, and these do not come back:"
        }
        Grade::SchemaOnly(_) => "schema only; the schema comes back, and these do not:",
        Grade::Refused(_) => "refused; no down can be vouched for, and running this stops with an error:",
    }
    .to_owned()
}

/// Whether an operation is about rows alone.
fn only_rows(op: &Op) -> bool {
    matches!(
        op,
        Op::Insert { .. }
            | Op::Update { .. }
            | Op::Delete { .. }
            | Op::Write { .. }
            | Op::Truncate { .. }
            | Op::ByRows { .. }
    )
}

/// Where a down that we made starts in a text: the line that bears the mark, which opens with `comment` (`-- `). `None`
/// when there is none, or when it was changed since. Line ends do not count: git may have changed them.
pub(crate) fn ours(text: &str, comment: &str) -> Option<usize> {
    let mark = text.find(MARK)?;
    let start = text[..mark].rfind('\n').map_or(0, |at| at + 1);
    let (stated, rest) = text[mark + MARK.len()..].split_once('\n').unwrap_or((&text[mark + MARK.len()..], ""));
    let stated = u64::from_str_radix(stated.trim_end(), 16).ok()?;
    let opens = text[start..].trim_start().strip_prefix(comment)?.starts_with("Undoes ");
    (opens && fingerprint(rest.trim_end()) == stated).then_some(start)
}

/// FNV-1a, 64 bits, of the text with its line ends made equal. It guards against forgetting, not against forgers.
pub(crate) fn fingerprint(text: &str) -> u64 {
    let bytes = text.bytes().filter(|byte| *byte != b'\r');
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
