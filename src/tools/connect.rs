//! What tools do to a database when they connect, before any migration.

use crate::ir::Tool;

/// An extension that a tool makes then.
pub struct OnConnect {
    /// Its name.
    pub extension: &'static str,
    /// With what the names of its functions begin.
    pub function: &'static str,
    /// What is said of it.
    pub note: &'static str,
}

/// What a tool makes for what it generates itself, so that its histories rest on it. TypeORM does so where an entity has
/// generated UUIDs (typeorm 1.1.1 `PostgresDriver.enableExtensions`).
pub fn on_connect(tool: Tool) -> Option<OnConnect> {
    (tool == Tool::Typeorm).then_some(OnConnect {
        extension: "uuid-ossp",
        function: "uuid_generate_v",
        note: "TypeORM makes it when it connects, for entities with generated UUIDs",
    })
}
