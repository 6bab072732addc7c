//! `verify` on a real PostgreSQL: what it says of the downs of the corpus is what replay says, and it leaves nothing behind.

use crate::case::keys;
use crate::cluster::Server;
use crate::corpus::{CaseOf, TOOLS, cases, each};
use std::collections::VecDeque;
use std::process::Command;
use transmigrate::invert::{Backfill, Verdict, undo};
use transmigrate::ir::{Dialect, Grade};
use transmigrate::tools::{self, Given};
use transmigrate::verify::{Case, Outcome, Remote, Rights, Tried, Whose, verify};

#[test]
fn what_is_said_of_downs_is_what_comes_of_them() {
    let Some(_) = Server::from_environment() else { return };
    let url = std::env::var("TRANSMIGRATE_PG_URL").unwrap_or_default();
    let (mut undone, mut failed, mut wrong) = (0, 0, Vec::new());
    each(
        chosen(),
        || Remote::new(&url, Rights::Any).expect("the server can be reached"),
        try_case,
        |(_, folder), came| match came {
            Ok((its_undone, its_failed, its_wrong)) => {
                undone += its_undone;
                failed += its_failed;
                wrong.extend(its_wrong.into_iter().map(|one| format!("{}: {one}", folder.display())));
            }
            Err(error) => wrong.push(format!("{}: {error}", folder.display())),
        },
    );
    eprintln!("{undone} migrations undone and done again, {failed} downs that do not");
    assert!(std::env::var_os("LIVE_CASE").is_some() || undone > 100 && failed > 3, "{undone} and {failed}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// One case in four, each needs many databases; those that `LIVE_CASE` names a part of if it is set.
fn chosen() -> VecDeque<CaseOf> {
    let step = if std::env::var_os("LIVE_CASE").is_some() { 1 } else { 4 };
    cases(&TOOLS).into_iter().step_by(step).collect()
}

/// How many were undone, how many downs failed, and what is not as it was said.
fn try_case(server: &mut Remote, (tool, folder): &CaseOf) -> Result<(usize, usize, Vec<String>), String> {
    if !keys(folder)?.0.is_empty() {
        return Ok((0, 0, Vec::new())); // it needs more than an empty database
    }
    let tree = tools::open(folder).map_err(|error| error.to_string())?;
    let chosen = tools::choose(&tree, Some(*tool)).map_err(|_| "no history is chosen")?;
    let place = chosen.value.place;
    let tool = tools::lookup(place.tool).ok_or("the tool is not supported")?;
    let given = Given { dialect: Some(Dialect::Postgres), base: None };
    let history = tool.read(&tree, &place, given).map_err(|_| "it cannot be read")?.value;
    let undone = undo(&history, Backfill::Refuse).value;
    let plans = tools::plan(tool, &tree, &place, &history, &undone)?;
    let tried = verify(&Case { history: &history, tree: &tree, plans: &plans }, server, &mut |_| {})?;
    let mut wrong = Vec::new();
    for (one, undo) in tried.iter().zip(&undone) {
        let agrees = match (&one.outcome, one.down, &undo.written) {
            (Outcome::Undone { .. }, Some(Whose::Made), _) => !matches!(undo.made.grade, Grade::Refused(_)),
            (Outcome::Undone { .. }, _, verdict) => !matches!(verdict, Some(Verdict::Differs(_))),
            (Outcome::DownFails { .. } | Outcome::DownDiffers { .. }, Some(Whose::Written), verdict) => {
                !matches!(verdict, Some(Verdict::Undoes))
            }
            (outcome, ..) => !outcome.is_failure(),
        };
        if !agrees {
            wrong.push(format!("{}: {:?}, but {:?}", one.name, one.outcome, undo.written));
        }
    }
    let of = |is: fn(&Tried) -> bool| tried.iter().filter(|one| is(one)).count();
    Ok((of(|one| matches!(one.outcome, Outcome::Undone { .. })), of(|one| one.outcome.is_failure()), wrong))
}

#[test]
fn nothing_is_left_behind_and_no_role_is_made() {
    let Some(server) = Server::from_environment() else { return };
    let place = tempfile::tempdir().expect("a temporary folder");
    let put = |path: &str, text: &str| {
        let path = place.path().join("prisma/migrations").join(path);
        std::fs::create_dir_all(path.parent().expect("it has one")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    put("migration_lock.toml", "provider = \"postgresql\"\n");
    put("1_a/migration.sql", "CREATE TABLE a (id serial PRIMARY KEY);");
    put("2_role/migration.sql", "DO $$ BEGIN EXECUTE 'CREATE ROLE ' || 'transmigrate_stray'; END $$;");
    put("3_loose/migration.sql", "CREATE INDEX CONCURRENTLY i ON a (id);");
    put("3_loose/down.sql", "DROP INDEX CONCURRENTLY j;");
    put("4_row/migration.sql", "INSERT INTO a DEFAULT VALUES;");
    put("4_row/down.sql", "DELETE FROM a;");
    // Its key is 1 only where no trial has counted.
    put("5_refers/migration.sql", "CREATE TABLE b AS SELECT id FROM a WHERE id = 1; ALTER TABLE b ADD CHECK (id = 1);");
    put("6_open/migration.sql", "BEGIN; CREATE TABLE c (id integer);");
    let mut database = server.database().expect("a database");
    let role = "DO $$ BEGIN CREATE ROLE transmigrate_plain LOGIN CREATEDB; EXCEPTION WHEN duplicate_object THEN END $$";
    database.run(role).expect("a role");
    let url = std::env::var("TRANSMIGRATE_PG_URL").unwrap_or_default();
    let run = |url: &str| {
        let mut run = Command::new(env!("CARGO_BIN_EXE_transmigrate"));
        run.args(["verify", "--url", url]).current_dir(place.path()).output().expect("the program runs")
    };
    let mighty = run(&url);
    assert_eq!(mighty.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&mighty.stderr).contains("it is a superuser"));
    let run = run(&format!("{url} user=transmigrate_plain"));
    let text = String::from_utf8_lossy(&run.stdout).into_owned();
    assert_eq!(run.status.code(), Some(1), "{text}{}", String::from_utf8_lossy(&run.stderr));
    for part in [
        "1_a: up, down, up: the down that would be made undoes it\n",
        "2_role: not tried: the role may not do what it does: permission denied to create role\n",
        "3_loose: FAILED: its down does not run: index \"j\" does not exist\n",
        "4_row: up, down, up: its down undoes it\n",
        "5_refers: up, down, up: ",
        "6_open: FAILED: its up does not run: it begins a transaction and does not end it\n",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let left = "SELECT datname::text FROM pg_database WHERE datname LIKE 'transmigrate\\_verify\\_%' \
                UNION ALL SELECT rolname::text FROM pg_roles WHERE rolname = 'transmigrate_stray'";
    let own = format!("transmigrate_verify_{}_", std::process::id());
    let left = database.column(left).expect("a list");
    // The other test has some of its own meanwhile.
    assert!(left.iter().all(|name| name.starts_with(&own)), "{left:?}");
}
