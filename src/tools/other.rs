//! Tools that are recognised by the names of their files and not read yet.

use super::Place;
use crate::diag::{Finding, Level};
use crate::ir::Tool;
use crate::source::{SourceTree, Span};

/// The files that give a tool away: the name without its extension, and the extensions.
static MARKS: [(Tool, &str, &[&str]); 1] = [(Tool::Sequelize, ".sequelizerc", &[""])];

/// The histories of tools that are not supported yet.
pub(super) fn find(tree: &SourceTree) -> Vec<Place> {
    let mut places = Vec::new();
    for (id, file) in tree.files().filter(|(_, file)| !file.path.starts_with("../")) {
        let Some(tool) = mark(file.name()) else { continue };
        let message = format!("{} belongs to {}, whose histories are not supported yet", file.shown, name(tool));
        let finding = Finding::new("R019", Level::Error, Span::new(id, 0, 0), message)
            .help("name the folder of a Prisma history");
        let folder = file.folder().to_owned();
        let own = folder.is_empty();
        places.push(Place { tool, folder, own, refused: Some(finding) });
    }
    places
}

fn mark(file: &str) -> Option<Tool> {
    MARKS.iter().find_map(|(tool, name, extensions)| {
        let rest = file.strip_prefix(name)?;
        let extension = rest.strip_prefix('.').unwrap_or(rest);
        extensions.contains(&extension).then_some(*tool)
    })
}

/// A tool's name as its users write it.
pub(super) fn name(tool: Tool) -> &'static str {
    match tool {
        Tool::Prisma => "Prisma",
        Tool::Typeorm => "TypeORM",
        Tool::Knex => "Knex",
        Tool::Sequelize => "Sequelize",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tools_are_known_by_their_files() {
        assert_eq!(mark(".sequelizerc"), Some(Tool::Sequelize));
        assert_eq!(mark("knexfile.ts"), None);
    }
}
