#!/usr/bin/env bash
# Tries every down of real Prisma histories on a private PostgreSQL cluster, and prints a line a history and a total:
#
#   tests/measure.sh DIR... [--preludes FILE] [--json FILE] [--replay-each N] [--rows] [--only PART] [--verbose]
#
# DIR is a migrations folder, or a folder above several. Exit 1 when a down was wrong or failed.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/postgres.sh"
cargo build --quiet --manifest-path "$here/../Cargo.toml" --release --example measure
trap stop_cluster EXIT
start_cluster
cargo run --quiet --manifest-path "$here/../Cargo.toml" --release --example measure -- "$@"
