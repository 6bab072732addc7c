//! What becomes of each migration's down: which are missing, which are ours to renew, which somebody wrote and are
//! never touched. The same for all tools.

use super::{DownFile, Place, Tool};
use crate::diag::{Finding, Level};
use crate::invert::{MadeDown, Undo, Verdict};
use crate::ir::{Down, Grade, History, Migration};
use crate::source::{FileId, SourceTree, Span};
use crate::threads;
use std::collections::BTreeSet;

/// What there is of a down before anything is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Was {
    /// There is none.
    Missing,
    /// One without a statement.
    Empty,
    /// One without a statement that says that it is meant to be.
    Meant,
    /// Somebody wrote it, or changed one of ours.
    Written,
    /// One that we made, as we made it.
    Ours,
}

/// One migration's down: what there is, and what we would write.
#[derive(Clone, Debug)]
pub struct DownPlan<'a> {
    /// The migration.
    pub migration: &'a Migration,
    /// What is known of its way back.
    pub undo: &'a Undo,
    /// What there is now.
    pub was: Was,
    /// Whether it is one of ours and just what would be written now, so that it is vouched for as that is.
    pub current: bool,
    /// Where it stands, below the history's folder.
    pub path: String,
    /// What we would write there.
    pub text: String,
    /// Why it cannot be written, if it cannot.
    pub barred: Option<String>,
}

impl DownPlan<'_> {
    /// Whether writing may touch the file: not when somebody wrote it.
    pub fn may_write(&self) -> bool {
        !self.is_kept() && self.barred.is_none()
    }

    /// Whether one would be written that cannot be (D006).
    pub fn is_barred(&self) -> bool {
        !self.is_kept() && self.barred.is_some()
    }

    /// Whether what there is stays, because somebody wrote it, or means it to be empty.
    pub fn is_kept(&self) -> bool {
        matches!(self.was, Was::Written | Was::Meant)
    }

    /// The down that we would write.
    pub fn made(&self) -> &MadeDown {
        &self.undo.made
    }

    /// Whether there is nothing that a down would have to do.
    pub fn nothing_to_undo(&self) -> bool {
        self.undo.made.ops.is_empty() && !matches!(self.undo.made.grade, Grade::Refused(_))
    }

    /// Whether it fails `down --check`: missing, empty though there is something to undo, or not undoing its up.
    pub fn fails(&self) -> bool {
        match self.was {
            Was::Missing => true,
            Was::Meant => false,
            Was::Empty => !self.nothing_to_undo(),
            Was::Ours if matches!(self.undo.made.grade, Grade::Refused(_)) => true,
            Was::Ours if self.current => false,
            Was::Ours | Was::Written => matches!(self.undo.written, Some(Verdict::Differs(_))),
        }
    }
}

/// Works out for each migration what there is and what we would write. `Err` when a template cannot be filled.
pub fn plan<'a>(
    tool: &dyn Tool,
    tree: &SourceTree,
    place: &Place,
    history: &'a History,
    undos: &'a [Undo],
) -> Result<Vec<DownPlan<'a>>, String> {
    let plan = |(migration, undo): &(&'a Migration, &'a Undo)| {
        let (migration, undo) = (*migration, *undo);
        let DownFile { path, text, ours, meant, barred } = tool.down(tree, place, migration, &undo.made)?;
        let was = match &migration.down {
            _ if ours => Was::Ours,
            Down::Missing => Was::Missing,
            Down::Empty(_) if meant => Was::Meant,
            Down::Empty(_) => Was::Empty,
            Down::Written(..) => Was::Written,
        };
        let full = if place.folder.is_empty() { path.clone() } else { format!("{}/{path}", place.folder) };
        let stands = |file: FileId| tree.read(file).is_ok_and(|there| there == text);
        let current = was == Was::Ours && tree.find(&full).is_some_and(stands);
        Ok(DownPlan { migration, undo, was, current, path, text, barred })
    };
    let pairs: Vec<(&'a Migration, &'a Undo)> = history.migrations.iter().zip(undos).collect();
    let plans = threads::map(&pairs, plan).into_iter().collect();
    super::script::rest();
    plans
}

/// Takes out what judging says of downs that are ours and either as they would be written now, and so vouched for, or of
/// migrations whose down is refused anyhow; and that none can be made where one stays that somebody wrote.
pub fn vouched(findings: &mut Vec<Finding>, plans: &[DownPlan]) {
    let refuses = |plan: &&DownPlan| plan.was == Was::Ours && matches!(plan.made().grade, Grade::Refused(_));
    let current = plans.iter().filter(|plan| plan.current || refuses(plan));
    let current = current.filter_map(|plan| match &plan.migration.down {
        Down::Written(file, _) => Some(*file),
        Down::Missing | Down::Empty(_) => None,
    });
    let current: BTreeSet<FileId> = current.collect();
    let judges = |finding: &Finding| ["D002", "D003"].contains(&finding.code);
    findings.retain(|finding| !(judges(finding) && finding.at.is_some_and(|at| current.contains(&at.file))));
    let kept = plans.iter().filter(|plan| plan.is_kept()).filter_map(|plan| match &plan.made().grade {
        Grade::Refused(reasons) => Some(reasons),
        Grade::Exact | Grade::SchemaOnly(_) => None,
    });
    let kept: Vec<&Finding> = kept.flatten().collect();
    let is_kept = |finding: &Finding| kept.iter().any(|one| one.at == finding.at && one.message == finding.message);
    findings.retain(|finding| finding.code != "D001" || !is_kept(finding));
}

/// What `down` says of those that it cannot write.
pub fn barred(plans: &[&DownPlan]) -> Vec<Finding> {
    let barred = plans.iter().filter(|plan| plan.is_barred()).filter_map(|plan| Some((plan, plan.barred.as_ref()?)));
    let finding = |(plan, why): (&&DownPlan, &String)| {
        let message = format!("the down of migration {} cannot be written: {why}", plan.migration.name);
        Finding::new("D006", Level::Warning, Span::new(plan.migration.file, 0, 0), message)
            .help("write it yourself, or bring the file into a common shape")
    };
    barred.map(finding).collect()
}

/// What `down --check` says of downs that are missing, empty or refuse to run; judging written ones is `invert`'s.
pub fn check(plans: &[&DownPlan]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for plan in plans {
        let name = &plan.migration.name;
        let start = |file: FileId| Span::new(file, 0, 0);
        let help = match &plan.barred {
            None => "run `transmigrate down --write`".to_owned(),
            Some(why) => format!("write it yourself; `transmigrate down --write` cannot: {why}"),
        };
        match plan.was {
            Was::Missing => findings.push(
                Finding::new("D004", Level::Error, start(plan.migration.file), format!("migration {name} has no down"))
                    .help(help),
            ),
            Was::Empty if plan.fails() => {
                let message = format!("the down of migration {name} holds no statement");
                let at = match plan.migration.down {
                    Down::Empty(file) => file,
                    Down::Missing | Down::Written(..) => plan.migration.file,
                };
                findings.push(Finding::new("D005", Level::Error, start(at), message).help(help));
            }
            Was::Empty | Was::Meant | Was::Written | Was::Ours => {}
        }
    }
    findings
}
