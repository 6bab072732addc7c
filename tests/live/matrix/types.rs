//! What is written type-checks: the compiler of TypeScript reads every case as Knex's and TypeORM's TypeScript, with the
//! types of these tools, and finds nothing. No server is needed.

use super::source::Source;
use super::{Way, cases, written_in};
use crate::node::{self, Project};
use std::collections::BTreeMap;
use std::process::Command;
use transmigrate::convert::Downs;
use transmigrate::emit::{Language, Style};

/// The targets that TypeScript is written for, and the styles.
const WRITTEN: [(&str, Style); 3] = [("knex", Style::Builder), ("typeorm", Style::Builder), ("typeorm", Style::Sql)];

/// As strict as projects are, with modules as Node resolves them.
const SETTINGS: &str = r#"{
  "compilerOptions": {
    "strict": true,
    "noEmit": true,
    "target": "es2022",
    "module": "nodenext",
    "moduleResolution": "nodenext",
    "skipLibCheck": true,
    "types": ["node"]
  },
  "include": ["**/*.ts"]
}
"#;

#[test]
fn what_is_written_has_the_types_of_the_tools() {
    if !node::is_installed() {
        assert!(std::env::var("VERIFY").is_err(), "the tools are not installed: run `npm ci` in tests/judge");
        eprintln!("skipped: the tools are not installed");
        return;
    }
    let mut files = BTreeMap::from([("tsconfig.json".to_owned(), SETTINGS.to_owned())]);
    for (tool, folder) in cases() {
        let source = Source::open(tool, &folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for (target, style) in WRITTEN {
            let written = written(&source, target, style).unwrap_or_else(|error| panic!("{}: {error}", source.name));
            let at = |path: String| format!("{}/{target}-{style:?}/{path}", source.name);
            files.extend(written.into_iter().map(|(path, text)| (at(path), text)));
        }
    }
    let scripts = files.keys().filter(|path| path.ends_with(".ts")).count();
    let (read, found) = compile(&files).unwrap_or_else(|error| panic!("{error}"));
    eprintln!("{read} scripts read by the compiler of TypeScript");
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
    assert_eq!(read, scripts, "the compiler reads every script");
    assert!(scripts > 0, "there are cases to try");
}

/// The compiler is shown to fire.
#[test]
fn the_compiler_finds_what_is_wrong() {
    if !node::is_installed() {
        return;
    }
    let text = "import type { Knex } from 'knex';\nexport const up = (knex: Knex) => knex.schema.dropTabel('a');\n";
    let files = [("tsconfig.json", SETTINGS), ("migrations/1.ts", text)];
    let files = files.map(|(path, text)| (path.to_owned(), text.to_owned())).into();
    let (_, found) = compile(&files).unwrap_or_else(|error| panic!("{error}"));
    assert!(found.len() == 1 && found[0].contains("dropTabel"), "{found:?}");
}

/// The files of a case, written for a target in TypeScript.
fn written(source: &Source, target: &'static str, style: Style) -> Result<BTreeMap<String, String>, String> {
    let way = Way { target, style: Some(style), downs: Downs::Keep };
    Ok(written_in(source, way, Language::Typescript)?.files)
}

/// How many files of a project the compiler reads, and what it finds, a line each.
fn compile(files: &BTreeMap<String, String>) -> Result<(usize, Vec<String>), String> {
    let project = Project::write(files)?;
    let compiler = node::folder().join("node_modules/typescript/bin/tsc");
    let mut run = Command::new("node");
    run.arg(compiler).args(["--pretty", "false", "--listFiles", "--project"]).arg(&project.folder);
    let run = run.output().map_err(|error| format!("node cannot be started: {error}"))?;
    let said = String::from_utf8_lossy(&run.stdout);
    let here = project.folder.to_string_lossy();
    let (read, found): (Vec<&str>, Vec<&str>) = said.lines().partition(|line| !line.contains("error TS"));
    let read = read.iter().filter(|line| line.starts_with(&*here)).count();
    match run.status.success() || !found.is_empty() {
        true => Ok((read, found.into_iter().map(str::to_owned).collect())),
        false => Err(String::from_utf8_lossy(&run.stderr).into_owned()),
    }
}
