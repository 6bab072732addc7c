//! Findings as JSON. The shape is part of what scripts rely on.

use super::{Finding, Level};
use crate::source::SourceTree;
use serde::Serialize;

/// A finding as the JSON documents show it.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)] // the fields of `Finding`, its place resolved
pub struct FindingView {
    pub code: &'static str,
    pub level: Level,
    /// The file as shown to people; absent when the finding is about no file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The line, counted from 1; absent when the file has no text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The column in characters, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    pub message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

/// A finding with its place looked up in the tree that it was made from.
pub fn view(finding: &Finding, tree: &SourceTree) -> FindingView {
    let file = finding.at.and_then(|at| tree.file(at.file));
    let position = finding.at.and_then(|at| file?.position(at.start as usize));
    FindingView {
        code: finding.code,
        level: finding.level,
        file: file.map(|file| file.shown.clone()),
        line: position.map(|position| position.line),
        column: position.map(|position| position.column),
        message: finding.message.clone(),
        why: finding.why.clone(),
        help: finding.help.clone(),
    }
}
