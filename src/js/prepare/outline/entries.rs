//! Finding `up` and `down` among what a script exports.

use super::function::File;
use super::{Entry, Form, Formless, range};
use oxc::ast::ast::{self, *};
use oxc::span::{GetSpan, Span};
use std::collections::BTreeMap;
use std::ops::Range;

/// Where a script says what its up and its down are.
pub(super) fn find(text: &str, program: &Program<'_>) -> Result<(Option<Entry>, Option<Entry>), Formless> {
    let mut search = Search {
        file: File { text, comments: &program.comments },
        declared: declared(program),
        found: [Vec::new(), Vec::new()],
    };
    for statement in &program.body {
        search.statement(statement);
    }
    let [ups, downs] = search.found;
    Ok((only("up", ups)?, only("down", downs)?))
}

fn only(name: &str, mut entries: Vec<Entry>) -> Result<Option<Entry>, Formless> {
    match entries.len() {
        0 | 1 => Ok(entries.pop()),
        _ => Err(Formless::new(format!("it says more than once what its {name} is"))),
    }
}

/// What a name at the top of a file stands for.
#[derive(Clone, Copy)]
enum Declared<'p, 'a> {
    Function(&'p ast::Function<'a>, Span),
    Value(&'p VariableDeclarator<'a>, Span, bool),
}

type Names<'p, 'a> = BTreeMap<String, Declared<'p, 'a>>;

fn declared<'p, 'a>(program: &'p Program<'a>) -> Names<'p, 'a> {
    let mut names = Names::new();
    for statement in &program.body {
        match statement {
            Statement::FunctionDeclaration(function) => {
                if let Some(id) = &function.id {
                    names.insert(id.name.to_string(), Declared::Function(function, function.span));
                }
            }
            Statement::VariableDeclaration(variables) => {
                let alone = variables.declarations.len() == 1;
                for declarator in &variables.declarations {
                    if let BindingPattern::BindingIdentifier(id) = &declarator.id {
                        names.insert(id.name.to_string(), Declared::Value(declarator, variables.span, alone));
                    }
                }
            }
            _ => {}
        }
    }
    names
}

/// The search.
struct Search<'p, 'a, 't> {
    file: File<'p, 't>,
    declared: Names<'p, 'a>,
    found: [Vec<Entry>; 2],
}

/// Which of the two a name is.
fn which(name: &str) -> Option<usize> {
    ["up", "down"].iter().position(|one| *one == name)
}

/// The name of a property.
fn key(key: &PropertyKey<'_>, computed: bool) -> Option<(String, Range<usize>)> {
    match key {
        PropertyKey::StaticIdentifier(id) if !computed => Some((id.name.to_string(), range(id.span))),
        PropertyKey::StringLiteral(text) => {
            let span = range(text.span);
            Some((text.value.to_string(), span.start + 1..span.end - 1))
        }
        _ => None,
    }
}

/// What an assignment gives a value to.
enum Target {
    /// `exports.up`.
    Entry(usize, Range<usize>),
    /// `module.exports`, `exports.default`: all of it. Or any other name that is exported.
    Whole,
    /// Anything else.
    Other,
}

fn target(target: &AssignmentTarget<'_>) -> Target {
    let AssignmentTarget::StaticMemberExpression(member) = target else { return Target::Other };
    let is_name = |object: &Expression<'_>, name: &str| matches!(object, Expression::Identifier(id) if id.name == name);
    let name = member.property.name.as_str();
    if is_name(&member.object, "module") && name == "exports" {
        return Target::Whole;
    }
    let of_exports = is_name(&member.object, "exports")
        || matches!(&member.object, Expression::StaticMemberExpression(inner)
            if is_name(&inner.object, "module") && inner.property.name == "exports");
    match which(name) {
        Some(which) if of_exports => Target::Entry(which, range(member.property.span)),
        None if of_exports => Target::Whole,
        _ => Target::Other,
    }
}

impl<'a> Search<'_, 'a, '_> {
    fn put(&mut self, which: usize, entry: Entry) {
        self.found[which].push(entry);
    }

    fn statement(&mut self, statement: &Statement<'a>) {
        let span = statement.span();
        match statement {
            Statement::ExpressionStatement(it) => self.assignment(&it.expression, span, Form::Statement),
            Statement::VariableDeclaration(variables) => {
                for init in variables.declarations.iter().filter_map(|declarator| declarator.init.as_ref()) {
                    match init.get_inner_expression() {
                        Expression::ClassExpression(class) => self.class(class),
                        init => self.assignment(init, span, Form::Part),
                    }
                }
            }
            Statement::ClassDeclaration(class) => self.class(class),
            Statement::ExportDeclaration(export) => match &export.declaration {
                Declaration::VariableDeclaration(variables) => {
                    let alone = variables.declarations.len() == 1;
                    for declarator in &variables.declarations {
                        let form = if alone { Form::Statement } else { Form::Part };
                        self.variable(declarator, span, form);
                    }
                }
                Declaration::FunctionDeclaration(function) => self.declaration(function, span, Form::Statement),
                Declaration::ClassDeclaration(class) => self.class(class),
                _ => {}
            },
            Statement::ExportNamedDeclaration(export) => {
                for one in &export.specifiers {
                    let exported = one.exported.name();
                    if let Some(which) = which(exported.as_str()) {
                        self.listed(which, one.local.name().as_str());
                    }
                }
            }
            Statement::ExportDefaultDeclaration(export) => match &export.declaration {
                ExportDefaultDeclarationKind::ClassDeclaration(class) => self.class(class),
                declaration => {
                    if let Some(expression) = declaration.as_expression() {
                        self.whole(expression);
                    }
                }
            },
            Statement::TSExportAssignment(export) => self.whole(&export.expression),
            _ => {}
        }
    }

    /// `exports.up = …`, `module.exports = …`, also one inside the other.
    fn assignment(&mut self, expression: &Expression<'a>, span: Span, form: Form) {
        let Expression::AssignmentExpression(it) = expression.get_inner_expression() else { return };
        if it.operator != AssignmentOperator::Assign {
            return;
        }
        let inner = it.right.get_inner_expression();
        let is_chain = matches!(inner, Expression::AssignmentExpression(_));
        if is_chain {
            self.assignment(inner, span, Form::Part);
        }
        match target(&it.left) {
            // What compilers write ahead of the real value.
            Target::Entry(..) if is_void(last(inner)) => {}
            Target::Entry(which, name) => {
                let form = if is_chain { Form::Part } else { form };
                self.value(which, last(inner), range(span), vec![name], form);
            }
            Target::Whole if !is_chain => self.whole(&it.right),
            Target::Whole | Target::Other => {}
        }
    }

    /// An entry whose value is an expression.
    fn value(
        &mut self,
        which: usize,
        value: &Expression<'a>,
        span: Range<usize>,
        names: Vec<Range<usize>>,
        form: Form,
    ) {
        let mut names = names;
        let (function, direct) = match value.get_inner_expression() {
            Expression::Identifier(id) => (self.resolved(id.name.as_str()), false),
            Expression::FunctionExpression(function) => {
                let id = function.id.as_ref().filter(|id| self::which(id.name.as_str()) == Some(which));
                names.extend(id.map(|id| range(id.span)));
                (self.file.expression(value), true)
            }
            _ => (self.file.expression(value), true),
        };
        self.put(which, Entry { form, span, names, direct, function });
    }

    /// The function that a name of the file stands for.
    fn resolved(&self, name: &str) -> Option<super::Function> {
        match self.declared.get(name)? {
            Declared::Function(function, span) => self.file.function(function, span.start as usize),
            Declared::Value(declarator, ..) => self.file.expression(declarator.init.as_ref()?),
        }
    }

    /// What is exported as a whole: an object, a class, or the name of one.
    fn whole(&mut self, expression: &Expression<'a>) {
        match expression.get_inner_expression() {
            Expression::ObjectExpression(object) => self.object(object),
            Expression::ClassExpression(class) => self.class(class),
            Expression::Identifier(id) => {
                let value = match self.declared.get(id.name.as_str()) {
                    Some(Declared::Value(declarator, ..)) => declarator.init.as_ref(),
                    Some(Declared::Function(..)) | None => None,
                };
                if let Some(Expression::ObjectExpression(object)) = value.map(Expression::get_inner_expression) {
                    self.object(object);
                }
            }
            _ => {}
        }
    }

    fn object(&mut self, object: &ObjectExpression<'a>) {
        for property in &object.properties {
            let ObjectPropertyKind::ObjectProperty(property) = property else { continue };
            let Some((name, at)) = key(&property.key, property.computed) else { continue };
            let Some(which) = which(&name) else { continue };
            let span = range(property.span);
            match &property.value {
                Expression::FunctionExpression(function) if property.method => {
                    let function = self.file.function(function, span.start);
                    self.put(which, Entry { form: Form::Property, span, names: vec![at], direct: true, function });
                }
                value if property.kind == PropertyKind::Init => {
                    self.value(which, value, span, vec![at], Form::Property);
                }
                _ => {
                    let entry = Entry { form: Form::Property, span, names: vec![at], direct: true, function: None };
                    self.put(which, entry);
                }
            }
        }
    }

    fn class(&mut self, class: &Class<'a>) {
        for element in &class.body.body {
            match element {
                ClassElement::MethodDefinition(method) if !method.r#static && method.value.body.is_some() => {
                    let Some((name, at)) = key(&method.key, method.computed) else { continue };
                    let Some(which) = which(&name) else { continue };
                    let plain = method.kind == MethodDefinitionKind::Method && method.decorators.is_empty();
                    let start = method.key.span().start as usize;
                    let function = self.file.function(&method.value, start).filter(|_| plain);
                    let span = range(method.span);
                    self.put(which, Entry { form: Form::Member, span, names: vec![at], direct: true, function });
                }
                ClassElement::PropertyDefinition(property) if !property.r#static => {
                    let Some((name, at)) = key(&property.key, property.computed) else { continue };
                    let (Some(which), Some(value)) = (which(&name), &property.value) else { continue };
                    self.value(which, value, range(property.span), vec![at], Form::Member);
                }
                _ => {}
            }
        }
    }

    /// `export { name as up }`.
    fn listed(&mut self, which: usize, name: &str) {
        let is_same = self::which(name) == Some(which);
        let entry = match self.declared.get(name).copied() {
            Some(Declared::Function(function, span)) => {
                let names = function.id.as_ref().map(|id| range(id.span)).into_iter().collect();
                let function = self.file.function(function, span.start as usize);
                Entry { form: Form::Listed, span: range(span), names, direct: is_same, function }
            }
            Some(Declared::Value(declarator, span, alone)) => {
                let names = vec![range(declarator.id.span())];
                let function = declarator.init.as_ref().and_then(|init| self.file.expression(init));
                let form = if alone { Form::Listed } else { Form::Part };
                Entry { form, span: range(span), names, direct: is_same, function }
            }
            None => return,
        };
        self.put(which, entry);
    }

    fn variable(&mut self, declarator: &VariableDeclarator<'a>, span: Span, form: Form) {
        if let (BindingPattern::BindingIdentifier(id), Some(init)) = (&declarator.id, &declarator.init) {
            match which(id.name.as_str()) {
                Some(which) => self.value(which, init, range(span), vec![range(id.span)], form),
                None => {
                    if let Expression::ClassExpression(class) = init.get_inner_expression() {
                        self.class(class);
                    }
                }
            }
        }
    }

    fn declaration(&mut self, function: &ast::Function<'a>, span: Span, form: Form) {
        let Some(id) = &function.id else { return };
        if let Some(which) = which(id.name.as_str()) {
            let names = vec![range(id.span)];
            let function = self.file.function(function, function.span.start as usize);
            self.put(which, Entry { form, span: range(span), names, direct: true, function });
        }
    }
}

/// What a chain of assignments gives.
fn last<'e, 'a>(expression: &'e Expression<'a>) -> &'e Expression<'a> {
    match expression.get_inner_expression() {
        Expression::AssignmentExpression(inner) => last(&inner.right),
        other => other,
    }
}

/// Whether an expression is `void 0` or `undefined`.
fn is_void(expression: &Expression<'_>) -> bool {
    match expression {
        Expression::UnaryExpression(it) => it.operator == UnaryOperator::Void,
        Expression::Identifier(id) => id.name == "undefined",
        _ => false,
    }
}
