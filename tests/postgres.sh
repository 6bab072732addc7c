#!/usr/bin/env bash
# A private PostgreSQL cluster for the live tests: made in a folder of its own, reached by a Unix socket only, ended by
# process id. Meant to be sourced:
#
#   . tests/postgres.sh
#   start_cluster          # exports PGHOST, PGPORT, PGUSER, PGDATABASE and TRANSMIGRATE_PG_URL
#   trap stop_cluster EXIT
#
# PG_BINDIR names the folder that holds initdb, pg_ctl and postgres; without it the newest installed version is taken.
# As root the server runs as user postgres, because PostgreSQL refuses to run as root, and what is not installed is
# installed with apt-get.

CLUSTER_DIR=""
CLUSTER_PID=""

# Prints the folder of the server's binaries; empty when there are none.
cluster_bindir() {
  local dir
  if [ -n "${PG_BINDIR:-}" ]; then
    printf '%s\n' "$PG_BINDIR"
    return
  fi
  for dir in $(ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin 2>/dev/null | sort -rV); do
    if [ -x "$dir/initdb" ] && [ -x "$dir/pg_ctl" ]; then
      printf '%s\n' "$dir"
      return
    fi
  done
  if command -v initdb >/dev/null 2>&1 && command -v pg_ctl >/dev/null 2>&1; then
    dirname "$(command -v initdb)"
  fi
}

# Runs a command as the user that the server runs as.
as_cluster_user() {
  if [ "$(id -u)" -ne 0 ]; then
    "$@"
  elif command -v runuser >/dev/null 2>&1; then
    runuser -u postgres -- "$@"
  else
    su postgres -s /bin/sh -c 'exec "$0" "$@"' -- "$@"
  fi
}

# Starts a cluster and exports how to reach it; says why and returns 1 when that cannot be done.
start_cluster() {
  local bindir base
  bindir=$(cluster_bindir)
  if [ -z "$bindir" ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing PostgreSQL" >&2
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql; } >&2 || return 1
    bindir=$(cluster_bindir)
  fi
  if [ -z "$bindir" ]; then
    echo "no PostgreSQL binaries found: install the server, or name their folder in PG_BINDIR" >&2
    return 1
  fi
  if [ "$(id -u)" -eq 0 ] && ! id postgres >/dev/null 2>&1; then
    useradd --system --no-create-home --shell /usr/sbin/nologin postgres || return 1
  fi

  # The path of a Unix socket may have about a hundred bytes, so a long TMPDIR does not do.
  base=${TMPDIR:-/tmp}
  [ ${#base} -le 60 ] || base=/tmp
  CLUSTER_DIR=$(mktemp -d "$base/transmigrate-pg.XXXXXX") || return 1
  if [ "$(id -u)" -eq 0 ]; then
    chown postgres "$CLUSTER_DIR" || return 1
  fi
  if ! (cd "$CLUSTER_DIR" && as_cluster_user "$bindir/initdb" --pgdata="$CLUSTER_DIR/data" --username=postgres --auth=trust \
      --encoding=UTF8 --locale=C --no-sync >"$CLUSTER_DIR/initdb.log" 2>&1); then
    cat "$CLUSTER_DIR/initdb.log" >&2
    stop_cluster
    return 1
  fi
  cat >>"$CLUSTER_DIR/data/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$CLUSTER_DIR'
port = 5432
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
max_connections = 60
max_locks_per_transaction = 1024
shared_buffers = 128MB
timezone = 'UTC'
wal_level = logical
CONF
  if ! (cd "$CLUSTER_DIR" && as_cluster_user "$bindir/pg_ctl" --pgdata="$CLUSTER_DIR/data" --log="$CLUSTER_DIR/data/server.log" \
      --wait --timeout=60 start >"$CLUSTER_DIR/start.log" 2>&1); then
    cat "$CLUSTER_DIR/start.log" "$CLUSTER_DIR/data/server.log" >&2
    stop_cluster
    return 1
  fi
  CLUSTER_PID=$(head -n 1 "$CLUSTER_DIR/data/postmaster.pid")
  export PGHOST=$CLUSTER_DIR PGPORT=5432 PGUSER=postgres PGDATABASE=postgres
  export TRANSMIGRATE_PG_URL="host=$CLUSTER_DIR port=5432 user=postgres dbname=postgres"
}

# Ends the cluster that start_cluster started, and removes its folder. Harmless when there is none.
stop_cluster() {
  local left=100
  if [ -n "$CLUSTER_DIR" ] && [ -z "$CLUSTER_PID" ] && [ -s "$CLUSTER_DIR/data/postmaster.pid" ]; then
    CLUSTER_PID=$(head -n 1 "$CLUSTER_DIR/data/postmaster.pid")
  fi
  if [ -n "$CLUSTER_PID" ]; then
    kill -INT "$CLUSTER_PID" 2>/dev/null || true
    while kill -0 "$CLUSTER_PID" 2>/dev/null && [ "$left" -gt 0 ]; do
      sleep 0.1
      left=$((left - 1))
    done
    [ "$left" -gt 0 ] || kill -QUIT "$CLUSTER_PID" 2>/dev/null || true
  fi
  [ -z "$CLUSTER_DIR" ] || rm -rf "$CLUSTER_DIR"
  CLUSTER_DIR="" CLUSTER_PID=""
}
