//! Putting a down into a migration's own file. Everything but the down stays as it is, to the byte; a file whose shape is
//! not certain is left alone, with the reason; and what would be written is run and read back first, so that it is certain
//! to do what it is meant to do.

use super::proof::{self, Does};
use super::render::{self, Lines};
use super::{Meaning, lite, order, place};
use crate::emit::words::{self, Words, refusal};
use crate::emit::{Stage, stages};
use crate::invert::MadeDown;
use crate::ir::{Dialect, Down, Grade, Migration, Op, Step, TransactionMode, is_open};
use crate::js::{self, Form, Function, Import, Outline, Parameter, Style};
use crate::source::{Mark, SourceTree, Span};
use crate::tools::{DownFile, Place};

/// How a tool's downs are written.
pub(in crate::tools) trait Writing: Sync {
    /// What its calls mean, by which what was written is read back.
    fn meaning(&self) -> &dyn Meaning;

    /// The schema that bare names mean, where the tool writes it out.
    fn default_schema(&self) -> Option<&str> {
        None
    }

    /// By what a down reaches the database, told from its first parameter and from how the file's up uses its own. `None`
    /// when that is not certain.
    fn handle(&self, of: Uses<'_>) -> Option<Handle>;

    /// The parameters of a down in a file that shows none.
    fn parameters(&self, typed: bool) -> &'static str;

    /// The second parameter that the tool gives, as it may be added to a down that has one and needs it.
    fn second(&self, _of: Uses<'_>, _typed: bool) -> Option<&'static str> {
        None
    }

    /// The statements that do these operations, each with the operations that it does. `Err` with the reason when one of
    /// them cannot be said.
    fn statements(&self, stages: &[Stage<'_>], desk: &Desk<'_>) -> Result<Vec<Said>, String>;

    /// The same with SQL in place of the methods that would not do, after the statements before them, what they do by
    /// themselves.
    fn settled(&self, _stages: &[Stage<'_>], said: Vec<Said>) -> Vec<Said> {
        said
    }

    /// Statements as one that does all of them or nothing, for a migration that the tool does not run in a transaction.
    fn in_transaction(&self, statements: Vec<Lines>, desk: &Desk<'_>) -> Option<Lines>;
}

/// What a down's first parameter is, and what shows how it is used.
#[derive(Clone, Copy)]
pub(in crate::tools) struct Uses<'a> {
    /// The down's.
    pub parameter: &'a Parameter,
    /// The up's.
    pub up: &'a Parameter,
    /// The text of the file.
    pub text: &'a str,
}

/// By what a down reaches the database, as expressions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tools) struct Handle {
    /// What has the tool's methods.
    pub builder: String,
    /// What runs SQL.
    pub sql: String,
}

/// What a statement is written with.
pub(in crate::tools) struct Desk<'a> {
    /// By what it reaches the database.
    pub handle: Handle,
    /// How the file is written.
    pub style: &'a Style,
    /// Whether it runs in a transaction of its own, which it has to name.
    pub own_transaction: bool,
    /// Whether it is TypeScript.
    pub typed: bool,
    /// The down's second parameter; where it has none, the one that it is given if the statements name it.
    pub second: Parameter,
    /// What the file takes from other modules.
    pub imports: &'a [Import],
    /// The file.
    pub text: &'a str,
}

/// Statements that do some operations together.
pub(in crate::tools) struct Said {
    /// How many of the operations, from where those before it stopped.
    pub ops: usize,
    /// By the tool's own methods, if that can be said; a statement an entry.
    pub built: Option<Vec<Lines>>,
    /// As SQL, an entry an operation.
    pub sql: Vec<Lines>,
}

impl Said {
    /// The statements, by the tool's own methods if there are any.
    fn lines(&self) -> &[Lines] {
        self.built.as_ref().unwrap_or(&self.sql)
    }
}

/// What would be written for a migration's down.
pub(in crate::tools) fn fill(
    tree: &SourceTree,
    at: &Place,
    migration: &Migration,
    made: &MadeDown,
    writing: &dyn Writing,
) -> DownFile {
    let file = tree.file(migration.file).map(|file| file.path.as_str()).unwrap_or_default();
    let text = tree.read(migration.file).unwrap_or_default();
    let below = place::below(&at.folder, file);
    let path = below.unwrap_or(file).to_owned();
    let mut as_it_is = DownFile { path, text: text.to_owned(), ours: false, meant: false, barred: None };
    if matches!(migration.down, Down::Written(..)) && !text.contains(words::MARK) {
        return as_it_is;
    }
    let outline = match js::outline(file, text) {
        Ok(outline) => outline,
        Err(formless) => return DownFile { barred: Some(formless.why), ..as_it_is },
    };
    let body = outline.down.as_ref().and_then(|entry| entry.function.as_ref()).map(|function| &function.body);
    let inside = body.and_then(|body| Some((body, text.get(body.span.clone())?)));
    as_it_is.ours = inside.is_some_and(|(body, inside)| body.is_block && ours(inside).is_some());
    as_it_is.meant = inside.is_some_and(|(body, _)| {
        body.comments.iter().filter_map(|at| text.get(at.clone())).any(|comment| comment.contains(words::MEANT))
    });
    if below.is_none() {
        let barred = Some("its file is not in the history's folder".to_owned());
        return DownFile { barred, ..as_it_is };
    }
    let filling = Filling { tree, migration, made, writing, text, outline: &outline };
    match (filling.text(), tree.mark(migration.file)) {
        (Ok(_), Mark::Utf16) => DownFile { barred: Some("it is not in UTF-8".to_owned()), ..as_it_is },
        (Ok(text), Mark::Utf8) => DownFile { text: format!("\u{FEFF}{text}"), ..as_it_is },
        (Ok(text), Mark::None) => DownFile { text, ..as_it_is },
        (Err(why), _) => DownFile { barred: Some(why), ..as_it_is },
    }
}

/// Where one of our downs starts in the text of a body with braces.
fn ours(body: &str) -> Option<usize> {
    let inner = body.strip_suffix('}')?;
    words::ours(inner, "// ")
}

/// One file that is filled.
pub(super) struct Filling<'a> {
    tree: &'a SourceTree,
    migration: &'a Migration,
    made: &'a MadeDown,
    pub(super) writing: &'a dyn Writing,
    pub(super) text: &'a str,
    pub(super) outline: &'a Outline,
}

/// What a down's body says.
pub(super) enum Body {
    /// Nothing.
    Nothing,
    /// It stops with this message.
    Throws(String),
    /// These statements, which do not wait for each other by themselves.
    Does(Vec<Lines>),
}

impl Filling<'_> {
    /// The file as it would be, if its up is sure to do what it did.
    fn text(&self) -> Result<String, String> {
        let text = self.filled()?;
        if text != self.text {
            proof::spares(self.tree, self.migration.file, &text, self.writing.meaning(), &self.made.before)?;
        }
        Ok(text)
    }

    /// The file with its down.
    fn filled(&self) -> Result<String, String> {
        if let Grade::Refused(reasons) = &self.made.grade {
            let message = refusal(&self.migration.name, reasons);
            let text = self.compose(&Body::Throws(message.clone()))?;
            return self.proven(text, &Does::Throws(&message, self.made.before.dialect()));
        }
        if self.made.ops.is_empty() {
            let text = self.compose(&Body::Nothing)?;
            return self.proven(text, &Does::Operations(&[], &self.made.from));
        }
        let wrapped = matches!(self.migration.down_transaction, TransactionMode::Implicit | TransactionMode::Wrapped);
        if self.made.outside_transaction && wrapped {
            return Err("it can only run outside of a transaction, and the tool runs it in one".to_owned());
        }
        let desk = Desk {
            handle: self.handle()?,
            style: &self.outline.style,
            own_transaction: false,
            typed: self.outline.typed,
            second: self.second(),
            imports: &self.outline.imports,
            text: self.text,
        };
        let alone = self.writing.in_transaction(Vec::new(), &desk).is_none();
        self.written(desk, !wrapped && !alone && !self.made.outside_transaction)
    }

    /// The file with all operations in its down: by the tool's own methods where that is certain to mean the same. Several
    /// statements stand in a transaction of their own if it `may_wrap` them.
    fn written(&self, mut desk: Desk<'_>, may_wrap: bool) -> Result<String, String> {
        let is_sqlite = self.made.from.dialect() == Dialect::Sqlite;
        let ops = if is_sqlite { self.made.ops.clone() } else { order::together(self.made.ops.clone()) };
        let steps: Vec<Step> = ops.into_iter().map(|op| Step::new(op, Span::default())).collect();
        let stages = stages(&steps, &self.made.from);
        if let Some(table) = lite::dropped_under(&stages).filter(|_| is_sqlite) {
            return Err(format!(
                "it drops table {table}, to which others refer, and SQLite would do to their rows what the foreign keys say"
            ));
        }
        let mut said = self.writing.statements(&stages, &desk)?;
        let count = |said: &[Said]| said.iter().map(|one| one.lines().len()).sum::<usize>();
        if may_wrap && count(&said) > 1 {
            desk.own_transaction = true;
            said = self.writing.statements(&stages, &desk)?;
        }
        let all = Does::Operations(&self.made.ops, &self.made.from);
        said = self.writing.settled(&stages, said);
        if said.iter().any(|one| one.built.is_some()) {
            // Most often all of it means what it should, which is then told at once.
            let built: Vec<&Lines> = said.iter().flat_map(Said::lines).collect();
            if let Ok(text) = self.statements(&desk, &built).and_then(|whole| self.proven(whole, &all)) {
                return Ok(text);
            }
        }
        if may_wrap && !desk.own_transaction && stages.len() > 1 {
            desk.own_transaction = true;
            said = self.writing.statements(&stages, &desk)?;
        }
        let chosen = self.writing.settled(&stages, self.chosen(&desk, &stages, said)?);
        let text = self.statements(&desk, &chosen.iter().flat_map(Said::lines).collect::<Vec<_>>())?;
        self.proven(text, &all)
    }

    /// Statements of which each is known to be right by itself.
    fn chosen(&self, desk: &Desk<'_>, stages: &[Stage<'_>], said: Vec<Said>) -> Result<Vec<Said>, String> {
        let mut chosen: Vec<Said> = Vec::new();
        let mut rest = stages;
        for one in said {
            let (does, others) = rest.split_at(one.ops.min(rest.len()));
            rest = others;
            match one.built.filter(|built| self.is_right(desk, built, does)) {
                Some(built) => chosen.push(Said { built: Some(built), ..one }),
                None if does.len() == 1 || lite::is_one(does) => chosen.push(Said { built: None, ..one }),
                // One of them spoils the others.
                None => {
                    let (first, second) = does.split_at(does.len() / 2);
                    for half in [first, second] {
                        chosen.extend(self.chosen(desk, half, self.writing.statements(half, desk)?)?);
                    }
                }
            }
        }
        Ok(chosen)
    }

    /// Whether statements by themselves do just these operations.
    fn is_right(&self, desk: &Desk<'_>, built: &[Lines], does: &[Stage<'_>]) -> bool {
        let Some(first) = does.first() else { return false };
        let ops: Vec<Op> = does.iter().map(|stage| stage.op.clone()).collect();
        let text = self.statements(desk, &built.iter().collect::<Vec<_>>());
        text.and_then(|text| self.proven(text, &Does::Operations(&ops, &first.at.before))).is_ok()
    }

    /// The file with these statements in its down.
    fn statements(&self, desk: &Desk<'_>, lines: &[&Lines]) -> Result<String, String> {
        let lines: Vec<Lines> = lines.iter().map(|lines| (*lines).clone()).collect();
        let lines = match desk.own_transaction {
            true => self.writing.in_transaction(lines, desk).into_iter().collect(),
            false => lines,
        };
        self.compose(&Body::Does(lines))
    }

    /// The text, if running it does just that. What stands there already needs no proof.
    fn proven(&self, text: String, does: &Does<'_>) -> Result<String, String> {
        if text != self.text {
            if matches!(does, Does::Operations(..)) && is_open(&text) {
                return Err("a value in it is known only in a real run".to_owned());
            }
            let schema = self.writing.default_schema();
            proof::proves(self.tree, self.migration.file, &text, self.writing.meaning(), schema, does)?;
        }
        Ok(text)
    }

    /// The file with that body in its down.
    fn compose(&self, body: &Body) -> Result<String, String> {
        if self.outline.is_named {
            return Err(
                "its file names the down elsewhere too, and what calls it there would do what it does".to_owned()
            );
        }
        match &self.outline.down {
            Some(entry) => match &entry.function {
                Some(function) => self.refill(entry.span.start, function, body),
                None => Err("its down is not a function that stands in the file".to_owned()),
            },
            None => self.add(body),
        }
    }

    /// The lines of a body, without its braces. `is_async` is what the function is then.
    fn lines(&self, body: &Body, is_async: bool) -> Lines {
        let style = &self.outline.style;
        let end = if style.semicolons { ";" } else { "" };
        let mut lines = render::comments(&Words::of(&self.migration.name, self.made));
        match body {
            Body::Nothing => {}
            Body::Throws(message) => {
                lines.push((0, format!("throw new Error({}){end}", render::string(message, style.quote))));
            }
            Body::Does(statements) => {
                let word = if is_async { "await" } else { "return" };
                for statement in statements {
                    lines.extend(render::statement(word, statement, end));
                }
            }
        }
        lines
    }

    /// A body with its braces, its first line excepted indented as it should be.
    fn block(&self, kept: &str, body: &Body, is_async: bool, outer: &str) -> String {
        let style = &self.outline.style;
        let title = format!("{outer}{}// {}", style.indent, Words::of(&self.migration.name, self.made).title);
        let lines = render::indented(&self.lines(body, is_async), outer, style);
        let newline = style.newline;
        let mark = words::fingerprint(lines.trim_end());
        format!("{{{kept}{newline}{title}{}{mark:016x}{newline}{lines}{outer}}}", words::MARK)
    }

    /// A down that is there gets another body.
    fn refill(&self, start: usize, function: &Function, body: &Body) -> Result<String, String> {
        let old = self.text.get(function.body.span.clone()).unwrap_or_default();
        let ours = ours(old).filter(|_| function.body.is_block);
        let kept = match ours {
            Some(at) => old.get(1..at).unwrap_or_default().trim_end().to_owned(),
            None if function.body.is_busy => {
                return Err("its down holds code, though none that changes the database".to_owned());
            }
            None => kept(self.text, function),
        };
        let mut edits = vec![];
        let statements = if let Body::Does(statements) = body { statements.len() } else { 0 };
        let mut is_async = function.is_async;
        if statements > 0 {
            // One statement can be handed back as it is, where types do not say otherwise.
            if !is_async && (statements > 1 || self.outline.typed) {
                is_async = true;
                edits.push((function.start..function.start, "async ".to_owned()));
            }
            edits.extend(self.parameters_for(function, body));
            if let Some((at, text)) = self.returns(function)? {
                edits.push((at, text));
            }
        }
        let outer = render::indentation(self.text, start);
        edits.push((function.body.span.clone(), self.block(&kept, body, is_async, outer)));
        Ok(render::edited(self.text, edits))
    }

    /// What a return type must become, so that the function may be `async`.
    fn returns(&self, function: &Function) -> Result<Option<(std::ops::Range<usize>, String)>, String> {
        let Some(at) = function.returns.clone() else { return Ok(None) };
        let text = self.text.get(at.clone()).unwrap_or_default();
        let squeezed: String = text.split_whitespace().collect();
        match squeezed.as_str() {
            "Promise<void>" | "Promise<any>" | "Promise<unknown>" | "any" | "unknown" => Ok(None),
            "void" => Ok(Some((at, "Promise<void>".to_owned()))),
            _ => Err(format!("its return type is {}", crate::diag::plain(text))),
        }
    }

    /// A down that is not there is added behind the up, in the up's own form.
    fn add(&self, body: &Body) -> Result<String, String> {
        let no_shape = || "the file has a shape in which there is no certain place for it".to_owned();
        let up = self.outline.up.as_ref().ok_or_else(no_shape)?;
        let function = up.function.as_ref().ok_or("its up is not a function that stands in the file")?;
        if up.form == Form::Part {
            return Err(no_shape());
        }
        let style = &self.outline.style;
        let newline = style.newline;
        let line = render::indentation(self.text, up.span.start);
        let start = self.text.get(..up.span.start).unwrap_or_default();
        let begins =
            start.ends_with(line) && (start.len() == line.len() || start[..start.len() - line.len()].ends_with('\n'));
        // What stands on one line with what holds it goes one level deeper.
        let deeper = format!("{line}{}", style.indent);
        let inside = matches!(up.form, Form::Property | Form::Member);
        let outer = if inside && !begins { deeper.as_str() } else { line };
        let returns = match self.returns(function) {
            Ok(None) => function.returns.clone().and_then(|at| self.text.get(at)).map(str::to_owned),
            Ok(Some(_)) | Err(_) => Some("Promise<void>".to_owned()),
        };
        let block = self.block("", body, true, outer);
        let head = match (up.form, up.direct) {
            (_, true) => self.head(up, function, returns.as_deref(), body)?,
            (Form::Property, false) => self.plain_head("async down", returns.as_deref(), body),
            (Form::Listed, false) => self.plain_head("async function down", returns.as_deref(), body),
            (Form::Statement, false) => {
                let assigned = up.names.first().ok_or_else(no_shape)?;
                let left = self.text.get(up.span.start..assigned.start).unwrap_or_default();
                if left.contains("//") || left.contains("/*") {
                    return Err(no_shape());
                }
                format!("{left}down = {}", self.plain_head("async function ", returns.as_deref(), body))
            }
            (Form::Member | Form::Part, false) => return Err(no_shape()),
        };
        let head = if up.form == Form::Listed { format!("export {head}") } else { head };
        let closes = self.text.get(up.span.clone()).is_some_and(|text| text.ends_with(';'));
        let assigned = match up.form {
            Form::Statement | Form::Listed => !up.direct || function.is_arrow || !self.declares(up.span.start),
            Form::Member => closes,
            Form::Property | Form::Part => false,
        };
        let end = if assigned && (closes || style.semicolons) { ";" } else { "" };
        let at = match up.form {
            Form::Property => up.span.end,
            _ => line_end(self.text, up.span.end).ok_or("something else stands on the line on which its up ends")?,
        };
        let comma = if up.form == Form::Property { "," } else { "" };
        let text = format!("{comma}{newline}{newline}{outer}{head}{block}{end}");
        Ok(render::edited(self.text, vec![(at..at, text)]))
    }

    /// Whether a statement is `function …` or `export function …`, which end without a semicolon.
    fn declares(&self, start: usize) -> bool {
        let text = self.text.get(start..).unwrap_or_default();
        let mut words = text.split_whitespace().filter(|word| !["export", "async"].contains(word));
        words.next().is_some_and(|word| word.starts_with("function"))
    }

    /// What stands in front of the up's body, for a down.
    fn head(&self, up: &js::Entry, function: &Function, returns: Option<&str>, body: &Body) -> Result<String, String> {
        let (start, end) = (up.span.start, function.body.span.start);
        let head = self.text.get(start..end).unwrap_or_default();
        if head.contains("//") || head.contains("/*") {
            return Err("a comment stands in front of its up's body".to_owned());
        }
        let mut edits: Vec<(std::ops::Range<usize>, String)> =
            up.names.iter().map(|at| (at.clone(), "down".to_owned())).collect();
        if !function.is_async {
            edits.push((function.start..function.start, "async ".to_owned()));
        }
        if let (Some(at), Some(text)) = (function.returns.clone(), returns) {
            edits.push((at, text.to_owned()));
        }
        edits.extend(self.parameters_for(function, body));
        let shifted = edits.into_iter().map(|(at, text)| (at.start - start..at.end - start, text)).collect();
        let head = render::edited(head, shifted);
        // An up whose body is an expression may stand on a line of its own.
        Ok(format!("{} ", head.trim_end()))
    }

    fn plain_head(&self, start: &str, returns: Option<&str>, body: &Body) -> String {
        let returns = returns.filter(|_| self.outline.typed).map(|of| format!(": {of}")).unwrap_or_default();
        format!("{start}({}){returns} ", self.new_parameters(body))
    }
}

/// What stays of a body that does nothing: its comments and directives, in their places.
fn kept(text: &str, function: &Function) -> String {
    let body = &function.body;
    if !body.is_block {
        return String::new();
    }
    let comments = body.comments.iter().map(|comment| comment.end);
    let Some(end) = comments.chain(body.directives).max() else { return String::new() };
    let start = body.span.start + 1;
    let inside = text.get(start..end).unwrap_or_default();
    let gone = body.idle.iter().filter(|idle| idle.start >= start && idle.end <= end);
    let edits = gone.map(|idle| {
        let (from, to) = (idle.start - start, idle.end - start);
        let before = inside[..from].trim_end_matches([' ', '\t']).len();
        let alone = inside[..before].ends_with('\n');
        let rest = inside[to..].trim_start_matches([' ', '\t']);
        let newline = if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) };
        match alone && newline > 0 {
            true => (before..inside.len() - rest.len() + newline, String::new()),
            false => (from..to, String::new()),
        }
    });
    render::edited(inside, edits.collect())
}

/// The end of the line on which something ends, if only space and comments follow on it.
fn line_end(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    let line = rest.split('\n').next().unwrap_or_default();
    let line = line.strip_suffix('\r').unwrap_or(line);
    let trimmed = line.trim();
    let is_comment = trimmed.starts_with("//")
        || (trimmed.starts_with("/*") && trimmed.find("*/").is_some_and(|at| at + 2 == trimmed.len()));
    match trimmed {
        "" => Some(from),
        _ if is_comment => Some(from + line.trim_end().len()),
        // The class or object closes on the same line.
        _ if trimmed.starts_with('}') => Some(from),
        _ => None,
    }
}

impl Desk<'_> {
    /// What a statement ends with.
    pub(in crate::tools) fn end(&self) -> &'static str {
        if self.style.semicolons { ";" } else { "" }
    }
}
