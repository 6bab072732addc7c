//! stub
use crate::ir::Name;
#[allow(missing_docs)]
pub trait Catalogue {
    fn columns(&self, relation: &Name) -> Option<Vec<String>>;
}
#[derive(Default, Debug, Clone)]
#[allow(missing_docs)]
pub struct Uses {
    pub relations: Vec<Name>,
    pub columns: Vec<(Name, String)>,
    pub bare: Vec<String>,
    pub whole_row: Vec<Name>,
    pub types: Vec<Name>,
    pub functions: Vec<Name>,
    pub sequences: Vec<Name>,
}
#[allow(missing_docs)]
pub enum Renaming<'a> {
    Relation { from: &'a Name, to: &'a Name },
    Column { relation: &'a Name, from: &'a str, to: &'a str },
    Type { from: &'a Name, to: &'a Name },
    Function { from: &'a Name, to: &'a Name },
}
#[allow(missing_docs)]
pub fn query_uses(_q: &str, _c: &dyn Catalogue) -> Option<Uses> {
    None
}
#[allow(missing_docs)]
pub fn expr_uses(_e: &str) -> Option<Uses> {
    None
}
#[allow(missing_docs)]
pub fn output_columns(_q: &str, _c: &dyn Catalogue) -> Option<Vec<String>> {
    None
}
#[allow(missing_docs)]
pub fn rename_in_query(_q: &str, _r: &Renaming<'_>, _c: &dyn Catalogue) -> Option<String> {
    None
}
#[allow(missing_docs)]
pub fn rename_in_expr(_e: &str, _r: &Renaming<'_>) -> Option<String> {
    None
}
