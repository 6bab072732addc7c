//! What imports lead to in small projects.

use super::*;

/// What a file's import leads to, in a project of these files; a text is the file's own path where it is empty.
fn found(files: &[(&str, &str)], from: &str, specifier: &str) -> Option<String> {
    let tree = SourceTree::of(files.iter().map(|(path, text)| {
        let text = if text.is_empty() { path } else { text };
        ((*path).to_owned(), (*text).to_owned())
    }));
    let from = tree.find(from).map(|id| id.0).unwrap_or_default();
    match find(&tree, from, specifier) {
        Found::Module(module) => Some(module.path),
        Found::Nothing => None,
    }
}

#[test]
fn imports_stay_inside_the_root() {
    let files = [("a/m/1.js", ""), ("a/lib.ts", ""), ("a/util/index.js", ""), ("b.json", ""), ("a/types.d.ts", "")];
    let at = |specifier: &str| found(&files, "a/m/1.js", specifier);
    assert_eq!(at("../lib").as_deref(), Some("a/lib.ts"));
    assert_eq!(at("../lib.js").as_deref(), Some("a/lib.ts"));
    assert_eq!(at("../util").as_deref(), Some("a/util/index.js"));
    assert_eq!(at("../../b.json").as_deref(), Some("b.json"));
    assert_eq!(at("../../../../etc/passwd"), None);
    assert_eq!(at("/etc/passwd"), None);
    assert_eq!(at("../types"), None);
    assert_eq!(at("knex"), None);
}

#[test]
fn packages_of_the_workspace_are_found_by_their_names() {
    let files = [
        ("package.json", r#"{"workspaces": {"packages": ["packages/*", "!packages/old"]}}"#),
        ("packages/api/package.json", r##"{"name": "api", "imports": {"#db/*": "./src/db/*.js"}}"##),
        ("packages/api/src/db/names.ts", ""),
        ("packages/api/migrations/1.ts", ""),
        ("packages/words/package.json", r#"{"name": "@x/words", "main": "dist/index.js", "types": "dist/index.d.ts"}"#),
        ("packages/words/src/index.ts", ""),
        ("packages/words/src/deep/down.ts", ""),
        (
            "packages/gate/package.json",
            r#"{"name": "@x/gate", "exports": {
                ".": {"types": "./dist/main.d.ts", "import": "./dist/esm/main.js", "require": "./dist/cjs/main.js"},
                "./*": {"import": "./dist/esm/*.js"}, "./closed/*": null}}"#,
        ),
        ("packages/gate/src/main.ts", ""),
        ("packages/gate/src/open.ts", ""),
        ("packages/gate/src/closed/open.ts", ""),
        ("packages/old/package.json", r#"{"name": "@x/old"}"#),
        ("packages/old/index.js", ""),
        ("other/package.json", r#"{"name": "@x/other"}"#),
        ("other/index.js", ""),
    ];
    let at = |specifier: &str| found(&files, "packages/api/migrations/1.ts", specifier);
    assert_eq!(at("@x/words").as_deref(), Some("packages/words/src/index.ts"));
    assert_eq!(at("@x/words/deep/down").as_deref(), Some("packages/words/src/deep/down.ts"));
    assert_eq!(at("@x/words/dist/deep/down.js").as_deref(), Some("packages/words/src/deep/down.ts"));
    assert_eq!(at("@x/gate").as_deref(), Some("packages/gate/src/main.ts"));
    assert_eq!(at("@x/gate/open").as_deref(), Some("packages/gate/src/open.ts"));
    assert_eq!(at("@x/gate/closed/open"), None);
    assert_eq!(at("#db/names").as_deref(), Some("packages/api/src/db/names.ts"));
    assert_eq!(at("@x/old"), None);
    assert_eq!(at("@x/other"), None);
}

#[test]
fn a_workspace_may_be_named_by_pnpm_or_lerna_or_by_where_a_package_is() {
    let files = [
        ("pnpm-workspace.yaml", "# all\npackages:\n  - 'libs/**' # deep\n  - \"app\"\n\ncatalog:\n  zod: ^4\n"),
        ("libs/a/b/package.json", r#"{"name": "@x/b"}"#),
        ("libs/a/b/src/index.ts", ""),
        ("app/package.json", r#"{"name": "app", "dependencies": {"near": "file:../near", "@x/b": "workspace:*"}}"#),
        ("app/1.js", ""),
        ("near/package.json", r#"{"name": "near", "main": "near.js"}"#),
        ("near/near.js", ""),
    ];
    assert_eq!(found(&files, "app/1.js", "@x/b").as_deref(), Some("libs/a/b/src/index.ts"));
    assert_eq!(found(&files, "app/1.js", "near").as_deref(), Some("near/near.js"));
    let files = [
        ("lerna.json", "{}"),
        ("packages/api/package.json", r#"{"name": "api", "dependencies": {"b": "^1.0.0", "c": "2.0.0"}}"#),
        ("packages/api/1.js", ""),
        ("packages/b/package.json", r#"{"name": "b", "version": "1.2.0"}"#),
        ("packages/b/index.js", ""),
        ("packages/c/package.json", r#"{"name": "c", "version": "1.0.0"}"#),
        ("packages/c/index.js", ""),
    ];
    assert_eq!(found(&files, "packages/api/1.js", "b").as_deref(), Some("packages/b/index.js"));
    assert_eq!(found(&files, "packages/api/1.js", "c"), None); // another version, which is installed
    // What is published from the same repository, without a workspace.
    let files = [
        ("package.json", r#"{"name": "api", "dependencies": {"@x/words": "2.4.3", "@x/other": "^1.0.0"}}"#),
        ("src/1.js", ""),
        ("packages/words/package.json", r#"{"name": "@x/words", "version": "2.4.3", "main": "src/index.js"}"#),
        ("packages/words/src/index.js", ""),
        ("packages/other/package.json", r#"{"name": "@x/other", "version": "1.0.0"}"#),
        ("packages/other/index.js", ""),
    ];
    assert_eq!(found(&files, "src/1.js", "@x/words").as_deref(), Some("packages/words/src/index.js"));
    assert_eq!(found(&files, "src/1.js", "@x/other"), None);
}

#[test]
fn names_may_be_mapped_by_a_configuration_of_typescript() {
    let files = [
        (
            "base.json",
            r#"{"compilerOptions": {"baseUrl": ".", "paths": {"@lib/*": ["libs/*/src", "libs/*"], "one": ["libs/one.ts"]}}}"#,
        ),
        (
            "api/tsconfig.json",
            "{\n // comment \"\n \"extends\": \"../base\", /* , */ \"compilerOptions\": {\"strict\": true,},\n}",
        ),
        ("api/migrations/1.ts", ""),
        ("api/migrations/1.js", ""),
        ("libs/words/src/index.ts", ""),
        ("libs/one.ts", ""),
        ("shared/enums.ts", ""),
    ];
    let at = |specifier: &str| found(&files, "api/migrations/1.ts", specifier);
    assert_eq!(at("@lib/words").as_deref(), Some("libs/words/src/index.ts"));
    assert_eq!(at("one").as_deref(), Some("libs/one.ts"));
    assert_eq!(at("shared/enums").as_deref(), Some("shared/enums.ts"));
    assert_eq!(at("@lib/nothing"), None);
    assert_eq!(found(&files, "api/migrations/1.js", "one"), None);
}
