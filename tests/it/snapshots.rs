//! What `down` says and shows for each case of the corpus, to be read: `snapshots/<tool>/<case>.snap`. A snapshot shows
//! what came out; that it is right is for the live law.
//!
//! `INSTA_UPDATE=always cargo test --test it snapshots` writes them anew.

use super::program::run_in;
use std::path::Path;
use transmigrate::ir::Tool;
use transmigrate::schema;
use transmigrate::tools::{self, Given};

#[test]
fn of_every_down() {
    insta::glob!("../..", "corpus/prisma*/*/case.toml", |case| {
        let folder = case.parent().expect("a file has a folder");
        let name = folder.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")).unwrap_or(folder);
        let run = run_in(folder, &["down"]);
        let shown = format!("{}\n{}", run.stderr.trim_end(), run.stdout.trim_end());
        of(&name.to_string_lossy(), shown.trim_start());
    });
}

/// Holds a text against `snapshots/<path>.snap`.
pub fn of(path: &str, shown: &str) {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots").join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.remove_snapshot_suffix();
    settings.set_omit_expression(true);
    settings.remove_input_file();
    settings.bind(|| insta::assert_snapshot!(name, shown));
}

/// The `schema.prisma` of one whole project's last state.
#[test]
fn of_a_schema_file() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/prisma/shop");
    let tree = tools::open(&folder).expect("the case is there");
    let tool = tools::lookup(Tool::Prisma).expect("Prisma is supported");
    let place = tool.find(&tree).value.into_iter().next().expect("it has a history");
    let history = tool.read(&tree, &place, Given::default()).expect("it can be read").value;
    let state = schema::replay(&history, history.migrations.len()).value;
    let file = tools::schema_prisma(&state, &history.default_schema);
    let left_out = file.left_out.iter().map(|line| format!("left out: {line}\n")).collect::<String>();
    of("schema.prisma", &format!("{}\n{left_out}", file.text));
}

/// A whole project of each tool as a project of each other, file by file: whoever changes what is written reads here
/// whether a user of the target would have written it so.
#[test]
fn of_conversions() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let targets = [
        ("prisma", "sql"),
        ("knex", "builder"),
        ("sequelize", "builder"),
        ("typeorm", "sql"),
        ("typeorm", "builder"),
        ("sql", "sql"),
    ];
    for (source, case) in [("prisma", "shop"), ("knex", "blog"), ("sequelize", "blog"), ("typeorm", "blog")] {
        for (target, style) in targets {
            let place = tempfile::tempdir().expect("a temporary folder");
            let out = place.path().join("out");
            let shown = out.to_string_lossy().into_owned();
            let folder = corpus.join(source).join(case);
            let run = run_in(&folder, &["convert", ".", "--to", target, "--style", style, "--out", &shown]);
            let mut text = format!("{}\n{}", run.stderr.trim_end(), run.stdout.trim_end());
            let files = walkdir::WalkDir::new(&out).sort_by_file_name().into_iter().flatten();
            for file in files.filter(|entry| entry.file_type().is_file()) {
                let path = file.path().strip_prefix(&out).expect("it is below").to_string_lossy().into_owned();
                let inside = std::fs::read_to_string(file.path()).expect("text");
                text += &format!("\n==> {path} <==\n{inside}");
            }
            let suffix = if (target, style) == ("typeorm", "builder") { "-builder" } else { "" };
            of(&format!("convert/{target}/{source}-{case}{suffix}"), text.trim_start());
        }
    }
}
