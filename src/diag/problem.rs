//! Findings from what the disk had to say.

use super::{Finding, Level};
use crate::source::{Problem, ProblemKind, Span};

impl From<&Problem> for Finding {
    fn from(problem: &Problem) -> Self {
        let path = &problem.path;
        let at = problem.file.map(|file| Span { file, start: 0, end: 0 });
        let error = |code, message: String| Finding::new(code, Level::Error, at, message);
        match &problem.kind {
            ProblemKind::Dangling => {
                error("R012", format!("the symbolic link {path} leads to nothing")).help("mend the link or remove it")
            }
            ProblemKind::Circle => error("R012", format!("the symbolic link {path} leads in a circle"))
                .why("it is not followed")
                .help("mend the link or remove it"),
            ProblemKind::Unreadable(reason) => error("R011", format!("{path} cannot be read: {reason}")),
            ProblemKind::NotAFile => error("R011", format!("{path} is not a file")),
            ProblemKind::Unnameable => error("R010", format!("the name {path} is not UTF-8"))
                .why("what cannot be named is not read, and nothing is written for it")
                .help("rename it"),
            ProblemKind::TooLarge(size) => {
                error("R014", format!("{path} has {size} bytes, more than the 67108864 that are read"))
            }
            ProblemKind::Outside => {
                error("R034", format!("{path} is a link that leads out of the project, and is not read"))
                    .help("put the file itself there instead of the link")
            }
            ProblemKind::NotText(offset, what) => {
                error("R010", format!("{path} is not text: {what} at byte {offset}")).help("save the file as UTF-8")
            }
            ProblemKind::TooMany(limit) => {
                error("R023", format!("{path} holds more than {limit} files; the others were not looked at"))
                    .help("name a folder further down")
            }
        }
    }
}
