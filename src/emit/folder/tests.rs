//! What a folder may say, and what is answered to what it may not.

use super::*;

const TARGET: &str = r#"
format = 1
name = "mine"
about = "mine"
order = "seconds"
[migration]
name = "{{ stamp }}"
[[migration.files]]
path = "{{ stamp }}.sql"
template = "a.tera"
[transaction]
opens = true
can_be_left_out = true
sends_one_query = false
"#;

fn texts(text: &str) -> BTreeMap<String, String> {
    BTreeMap::from([("a.tera".to_owned(), text.to_owned())])
}

/// What is said of a target in which one text stands in the place of another.
#[track_caller]
fn refused(from: &str, to: &str, words: &[&str]) {
    assert!(TARGET.contains(from), "{from}");
    let error = FolderTarget::new(&TARGET.replacen(from, to, 1), &texts("")).err().unwrap_or_default();
    for word in words {
        assert!(error.contains(word), "{word}: {error}");
    }
}

#[test]
fn a_mistake_in_a_target_is_told_by_file_and_key() {
    assert!(FolderTarget::new(TARGET, &texts("{{ name }}")).is_ok());
    refused("format = 1", "format = 2", &["target.toml: format = 2", "format 1"]);
    refused("order = \"seconds\"", "order = \"days\"", &["target.toml:", "days", "milliseconds"]);
    refused("about = \"mine\"", "", &["target.toml:", "about"]);
    refused("about =", "abuot =", &["target.toml:", "abuot"]);
    refused("order = ", "digits = 0\norder = ", &["target.toml: digits = 0"]);
    refused("\"a.tera\"", "\"b.tera\"", &["target.toml: migration.files[0].template = \"b.tera\"", "a.tera"]);
    refused("\"a.tera\"", "\"a.tera\"\nwhen = \"never\"", &["target.toml:", "never", "up_loose"]);
    refused("opens = true", "opens = false\nper_file = true", &["target.toml: transaction.per_file"]);
    refused("sends_one_query = false", "", &["target.toml:", "sends_one_query"]);
    let marker = "sends_one_query = false\n[[marker]]\ncomment = \"(\"\nwould = \"stop\"";
    refused("sends_one_query = false", marker, &["target.toml: marker[0].comment: "]);
    let project = "sends_one_query = false\n[[project]]\npath = \"a\"\ntemplate = \"a.tera\"\nwhen = \"loose\"";
    refused("sends_one_query = false", project, &["target.toml: project[0].when"]);
}

#[test]
fn a_mistake_in_a_template_is_told_by_file_or_key() {
    let error = FolderTarget::new(TARGET, &texts("{% if %}")).err().unwrap_or_default();
    assert!(error.contains("a.tera"), "{error}");
    refused("\"{{ stamp }}.sql\"", "\"{{ stamp .sql\"", &["target.toml: migration.files[0].path"]);
    refused("name = \"{{ stamp }}\"", "name = \"{{ stamp \"", &["target.toml: migration.name"]);
}

#[test]
fn files_are_written_by_what_a_migration_needs() {
    use settings::When;
    let of = |when: When| [(false, false), (true, false), (false, true)].map(|(up, down)| when.holds(up, down));
    assert_eq!(of(When::Always), [true, true, true]);
    assert_eq!(of(When::Loose), [false, true, true]);
    assert_eq!(of(When::Bound), [true, false, false]);
    assert_eq!(of(When::UpLoose), [false, true, false]);
    assert_eq!(of(When::DownLoose), [false, false, true]);
}
