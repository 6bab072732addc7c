//! By what names a down reaches Sequelize's types and expressions: its second parameter, or what the file imports.

use crate::js::Parameter;
use crate::tools::script::{Desk, mentions};

/// Expressions for what a migration needs of the library.
pub(super) struct Library {
    /// What has the types, `INTEGER` and the like.
    pub types: String,
    /// What has `literal` and `fn`.
    pub functions: String,
}

impl Library {
    /// The names that a down has; `None` when it has none for the types.
    pub fn of(desk: &Desk<'_>) -> Option<Self> {
        let mut types: Vec<String> = imported(desk, "DataTypes");
        let mut wholes: Vec<String> = imported(desk, "*");
        wholes.extend(imported(desk, "default"));
        wholes.extend(imported(desk, "Sequelize"));
        match &desk.second {
            // What `sequelize-cli` hands over is the library, whatever it is called.
            Parameter::Named(name) if name == "DataTypes" => types.push(name.clone()),
            Parameter::Named(name) => wholes.push(name.clone()),
            Parameter::Object(fields) => {
                for (key, name) in fields {
                    match key.as_str() {
                        "DataTypes" => types.push(name.clone()),
                        "Sequelize" => wholes.push(name.clone()),
                        _ => {}
                    }
                }
            }
            Parameter::None | Parameter::Other => {}
        }
        // As the file has them; in TypeScript the library itself has no types but in `DataTypes`.
        let of_whole = |name: &String| {
            let inner = format!("{name}.DataTypes");
            let shown = mentions_member(desk.text, &inner);
            if shown || (desk.typed && !mentions_member(desk.text, name)) { inner } else { name.clone() }
        };
        types.extend(wholes.iter().map(of_whole));
        let used = types.iter().find(|name| mentions_member(desk.text, name)).or(types.first());
        // An instance has them too.
        let functions = wholes.iter().find(|name| mentions_member(desk.text, name)).or(wholes.first());
        let functions = functions.filter(|_| !desk.typed).unwrap_or(&desk.handle.sql).clone();
        Some(Library { types: used?.clone(), functions })
    }
}

/// The names under which a file has that of the library.
fn imported(desk: &Desk<'_>, what: &str) -> Vec<String> {
    let from_it = desk.imports.iter().filter(|one| one.module == "sequelize" && one.what == what);
    from_it.map(|one| one.name.clone()).collect()
}

/// Whether a text uses a member of what `name` stands for.
fn mentions_member(text: &str, name: &str) -> bool {
    text.contains(&format!("{name}.")) && mentions(text, name)
}
