//! The parameters of a down: those that it has, and what it is given beside them so that its statements have what they name.

use super::fill::{Body, Filling, Handle, Uses};
use super::render::mentions;
use crate::js::{Function, Parameter};
use std::ops::Range;

impl Filling<'_> {
    pub(super) fn up(&self) -> Option<&Function> {
        self.outline.up.as_ref().and_then(|entry| entry.function.as_ref())
    }

    fn down(&self) -> Option<&Function> {
        self.outline.down.as_ref().and_then(|entry| entry.function.as_ref())
    }

    /// What the down's first parameter is, or will be.
    fn first(&self) -> Parameter {
        let up = self.up().map_or(&Parameter::None, |up| &up.first);
        match (self.down().map_or(&Parameter::None, |down| &down.first), up) {
            (Parameter::None, Parameter::None) => {
                let name = self.writing.parameters(self.outline.typed);
                Parameter::Named(name.split([':', ',']).next().unwrap_or(name).to_owned())
            }
            (Parameter::None, up) => up.clone(),
            (down, _) => down.clone(),
        }
    }

    /// By what the down reaches the database.
    pub(super) fn handle(&self) -> Result<Handle, String> {
        let up = self.up().map_or(&Parameter::None, |up| &up.first);
        let handle = self.writing.handle(Uses { parameter: &self.first(), up, text: self.text });
        handle.ok_or_else(|| "it is not certain by which parameter it reaches the database".to_owned())
    }

    /// The down's second parameter, or the one that it will have if it needs one.
    pub(super) fn second(&self) -> Parameter {
        let shown = |function: Option<&Function>| function.and_then(|function| function.second.clone());
        let shown = shown(self.down()).or_else(|| shown(self.up())).map(|(second, _)| second);
        shown.or_else(|| self.offered().map(|name| Parameter::Named(name.to_owned()))).unwrap_or(Parameter::None)
    }

    /// What the tool gives beside the first parameter.
    fn offered(&self) -> Option<&'static str> {
        let up = self.up().map_or(&Parameter::None, |up| &up.first);
        self.writing.second(Uses { parameter: &self.first(), up, text: self.text }, self.outline.typed)
    }

    /// The parameters of a down that has none so far.
    fn shown(&self) -> &str {
        let shown =
            self.up().and_then(|up| self.text.get(up.parameters.clone())).filter(|text| !text.trim().is_empty());
        shown.unwrap_or_else(|| self.writing.parameters(self.outline.typed))
    }

    /// The parameters of a down that has none so far, with this body.
    pub(super) fn new_parameters(&self, body: &Body) -> String {
        self.completed(self.shown(), self.up().is_some_and(|up| up.second.is_some()), body)
    }

    /// How the parameters of a function are changed for this body.
    pub(super) fn parameters_for(&self, function: &Function, body: &Body) -> Option<(Range<usize>, String)> {
        if !matches!(body, Body::Does(_)) {
            return None;
        }
        let own = self.text.get(function.parameters.clone()).unwrap_or_default();
        let text = match function.first {
            Parameter::None => self.new_parameters(body),
            _ => self.completed(own, function.second.is_some(), body),
        };
        let is_bare = !self.text.get(..function.parameters.start).unwrap_or_default().ends_with('(');
        let text = if is_bare && text != own { format!("({text})") } else { text };
        (text != own).then(|| (function.parameters.clone(), text))
    }

    /// Parameters with a second one behind them, if there is none and the body names it.
    fn completed(&self, parameters: &str, has_second: bool, body: &Body) -> String {
        let shown = self.up().and_then(|up| self.text.get(up.second.as_ref()?.1.clone()));
        let second = shown.or_else(|| self.offered()).filter(|_| !has_second);
        let names = match self.second() {
            Parameter::Named(name) => vec![name],
            Parameter::Object(fields) => fields.into_iter().map(|(_, name)| name).collect(),
            Parameter::None | Parameter::Other => Vec::new(),
        };
        let is_named = match body {
            Body::Does(statements) => {
                let mut lines = statements.iter().flatten();
                lines.any(|(_, line)| names.iter().any(|name| mentions(line, name)))
            }
            Body::Nothing | Body::Throws(_) => false,
        };
        match second.filter(|_| is_named) {
            Some(second) => format!("{}, {second}", parameters.trim_end().trim_end_matches(',')),
            None => parameters.to_owned(),
        }
    }
}
