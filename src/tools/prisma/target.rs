//! A history as Prisma's: a folder a migration with its `migration.sql`, and a `down.sql` beside it.

use super::write::down_text;
use super::{DOWN, SchemaFile, UP, schema_prisma};
use crate::diag::plain;
use crate::emit::words::MEANT;
use crate::emit::{Around, Direction, Draft, Job, Lost, NewName, Rendered, SqlView, Target, Unit, sql};
use crate::ir::Step;
use serde::Serialize;

/// Prisma as a target.
pub(in crate::tools) struct Writer;

/// What the template of a `migration.sql` is filled with.
#[derive(Serialize)]
struct View<'a> {
    #[serde(flatten)]
    script: &'a SqlView,
}

impl Target for Writer {
    fn name(&self) -> &str {
        "prisma"
    }

    fn about(&self) -> &str {
        "prisma/migrations/<stamp>_<name>/migration.sql and down.sql, with a schema.prisma"
    }

    fn unit(&self) -> Unit {
        Unit::Second
    }

    /// A `migration.sql` is sent as one query, all of which is in a transaction.
    fn parts(&self, up: &Direction<'_>, down: &Direction<'_>) -> usize {
        up.runs().len().max(down.runs().len())
    }

    fn migration(&self, draft: &Draft<'_>, job: &Job<'_>) -> Result<Rendered, String> {
        let mut rendered = Rendered { up: draft.up.as_sql(), down: draft.down.as_sql(), ..Rendered::default() };
        let (ups, downs) = (draft.up.runs(), draft.down.runs());
        let count = draft.names.len();
        for (at, name) in draft.names.iter().enumerate() {
            let folder = folder(name);
            let up = ups.get(at).copied().unwrap_or_default();
            // What is undone first is what was done last.
            let down = downs.get(count - 1 - at).copied().unwrap_or_default();
            let mut text = |direction: &str, of: &Direction<'_>, steps: &[Step]| {
                let lost = Lost { tree: job.tree, target: self.name(), direction };
                let script = sql(of, steps, &folder, &lost, &mut rendered.findings);
                job.templates.render("prisma/migration.sql.tera", &View { script: &script })
            };
            let up = text("up", &draft.up, up)?;
            // One that was worked out undoes all of them, in runs of its own.
            let down = match draft.down.made.filter(|_| count == 1) {
                Some(made) => down_text(&folder, made, job.templates)?,
                None if count > 1 && down.is_empty() && draft.down.stop(&folder).is_none() => {
                    format!("-- {MEANT}: the down of its other part does\n")
                }
                None => text("down", &draft.down, down)?,
            };
            rendered.files.push((format!("prisma/migrations/{folder}/{UP}"), up));
            rendered.files.push((format!("prisma/migrations/{folder}/{DOWN}"), down));
            rendered.names.push(folder);
        }
        Ok(rendered)
    }

    fn surroundings(&self, job: &Job<'_>, migrations: &[Rendered]) -> Result<Vec<(String, String)>, String> {
        let around = Around::of(job, migrations.len());
        Ok(vec![
            ("prisma/schema.prisma".to_owned(), datamodel(job)),
            job.file("prisma/migrations/migration_lock.toml", "prisma/migration_lock.toml.tera", &around)?,
            job.file("prisma.config.ts", "prisma/prisma.config.ts.tera", &around)?,
            job.file("README.md", "prisma/README.md.tera", &around)?,
        ])
    }
}

/// The `schema.prisma` of the last state, under what it does not say.
fn datamodel(job: &Job<'_>) -> String {
    let SchemaFile { text, left_out } = schema_prisma(job.last, &job.history.default_schema);
    let mut notes = Vec::new();
    if !job.last.is_certain() {
        notes.push("// What the migrations come to is not certain: compare with `prisma db pull`.".to_owned());
    }
    if !left_out.is_empty() {
        notes.push("// Prisma has no models for these, which the migrations make all the same:".to_owned());
        notes.extend(left_out.iter().map(|one| format!("//   {}", plain(one))));
    }
    if notes.is_empty() { text } else { format!("{}\n\n{text}", notes.join("\n")) }
}

fn folder(name: &NewName) -> String {
    format!("{}_{}", name.seconds(), name.slug)
}
