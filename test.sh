#!/usr/bin/env bash
# Everything that must pass. `./test.sh fast` leaves out what needs a database.
#
#   format, clippy, documentation, unit tests, tidy tests, command-line tests; then, on a private PostgreSQL cluster and a
#   private MariaDB server that are started here and ended with the script, the live tests, with the real tools as the judge of what we read.
#
# What is missing is installed: rustfmt and clippy by rustup, PostgreSQL and MariaDB by apt-get when run as root, the real tools by
# npm into tests/judge/node_modules and by pip into tests/judge/python (Node 20 or newer and Python 3 have to be there).
set -euo pipefail
cd "$(dirname "$0")"

say() { printf '\n== %s\n' "$*"; }

component() {
  if ! cargo "$1" --version >/dev/null 2>&1; then
    rustup component add "$2"
  fi
}

component fmt rustfmt
component clippy clippy

say format
cargo fmt --check

say clippy
cargo clippy --locked --all-targets -- -D warnings

say documentation
RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --quiet

if [ "${1:-}" = fast ]; then
  say "tests without a database"
  cargo test --locked --lib --bins --test it
  exit
fi

say "the real tools"
# Installed anew when the lock file is not the one that they were installed from.
if ! cmp -s tests/judge/package-lock.json tests/judge/node_modules/.of-lock-file; then
  (cd tests/judge && npm ci --ignore-scripts --no-audit --no-fund)
  cp tests/judge/package-lock.json tests/judge/node_modules/.of-lock-file
fi
# SQLite's driver is compiled where it cannot be downloaded, in about two minutes; Node's headers are taken from the system
# if they are there.
if [ ! -f tests/judge/node_modules/better-sqlite3/build/Release/better_sqlite3.node ]; then
  nodedir="$(dirname "$(dirname "$(command -v node)")")"
  if [ -d "$nodedir/include/node" ]; then export npm_config_nodedir="$nodedir"; fi
  (cd tests/judge && npm rebuild better-sqlite3 --ignore-scripts=false --no-audit --no-fund)
fi
if ! command -v sqlx >/dev/null 2>&1 && ! cmp -s tests/judge/requirements.txt tests/judge/python/.of-requirements; then
  python3 -m pip install --quiet --disable-pip-version-check --upgrade --no-deps --only-binary=:all: --require-hashes \
    --target tests/judge/python --requirement tests/judge/requirements.txt
  cp tests/judge/requirements.txt tests/judge/python/.of-requirements
fi

say "a private PostgreSQL cluster"
. tests/postgres.sh
. tests/mariadb.sh
trap 'stop_cluster; stop_mariadb' EXIT
start_cluster
echo "reached by: $TRANSMIGRATE_PG_URL"

say "a private MariaDB server"
start_mariadb
echo "reached by: $TRANSMIGRATE_MARIADB_URL"

say tests
VERIFY=required cargo test --locked
