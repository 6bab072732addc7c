#!/usr/bin/env bash
# A private MariaDB server for the live tests: made in a folder of its own, reached by a Unix socket only, ended by
# process id. Meant to be sourced:
#
#   . tests/mariadb.sh
#   start_mariadb          # exports TRANSMIGRATE_MARIADB_URL, the path of the socket
#   trap stop_mariadb EXIT
#
# What is not installed is installed with apt-get when run as root.

MARIADB_DIR=""
MARIADB_PID=""

# Starts a server and exports how to reach it; says why and returns 1 when that cannot be done.
start_mariadb() {
  local base left=300
  if ! command -v mariadbd >/dev/null 2>&1 && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing MariaDB" >&2
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends mariadb-server; } >&2 || return 1
  fi
  if ! command -v mariadbd >/dev/null 2>&1 || ! command -v mariadb-install-db >/dev/null 2>&1; then
    echo "no MariaDB found: install the server" >&2
    return 1
  fi

  # The path of a Unix socket may have about a hundred bytes, so a long TMPDIR does not do.
  base=${TMPDIR:-/tmp}
  [ ${#base} -le 60 ] || base=/tmp
  MARIADB_DIR=$(mktemp -d "$base/transmigrate-mariadb.XXXXXX") || return 1
  if ! mariadb-install-db --no-defaults --datadir="$MARIADB_DIR/data" --auth-root-authentication-method=normal \
      --skip-test-db --user="$(id -un)" >"$MARIADB_DIR/install.log" 2>&1; then
    cat "$MARIADB_DIR/install.log" >&2
    stop_mariadb
    return 1
  fi
  mariadbd --no-defaults --user="$(id -un)" --datadir="$MARIADB_DIR/data" --socket="$MARIADB_DIR/socket" --skip-networking \
    --pid-file="$MARIADB_DIR/pid" --innodb-flush-log-at-trx-commit=0 --innodb-flush-method=nosync --skip-log-bin \
    --character-set-server=utf8mb4 --collation-server=utf8mb4_unicode_ci --default-time-zone=+00:00 \
    >"$MARIADB_DIR/server.log" 2>&1 &
  MARIADB_PID=$!
  while [ ! -S "$MARIADB_DIR/socket" ] && kill -0 "$MARIADB_PID" 2>/dev/null && [ "$left" -gt 0 ]; do
    sleep 0.1
    left=$((left - 1))
  done
  if [ ! -S "$MARIADB_DIR/socket" ]; then
    cat "$MARIADB_DIR/server.log" >&2
    stop_mariadb
    return 1
  fi
  export TRANSMIGRATE_MARIADB_URL="$MARIADB_DIR/socket"
}

# Ends the server that start_mariadb started, and removes its folder. Harmless when there is none.
stop_mariadb() {
  local left=100
  if [ -n "$MARIADB_PID" ]; then
    kill -TERM "$MARIADB_PID" 2>/dev/null || true
    while kill -0 "$MARIADB_PID" 2>/dev/null && [ "$left" -gt 0 ]; do
      sleep 0.1
      left=$((left - 1))
    done
    [ "$left" -gt 0 ] || kill -KILL "$MARIADB_PID" 2>/dev/null || true
    wait "$MARIADB_PID" 2>/dev/null || true
  fi
  [ -z "$MARIADB_DIR" ] || rm -rf "$MARIADB_DIR"
  MARIADB_DIR="" MARIADB_PID=""
}
