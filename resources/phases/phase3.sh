#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Phase 3, migration: on the first peer. Seeds SQLite, migrates to PostgreSQL twice and back into a fresh SQLite file. With no
# SLIPWAY_POSTGRES_URL a PostgreSQL is made for the phase and thrown away after it.
begin
namespace=ship-gate-phase3
prefix=p3-$SLIPWAY_RUN-
serve_url=http://127.0.0.1:$SLIPWAY_PORT
serve_pid=
pg_bin=
pg_data=$WORK/postgres

# PostgreSQL refuses to run as root; its own account exists wherever its package is.
as_postgres() {
  if [ "$(id -u)" -eq 0 ]; then
    setpriv --reuid=postgres --regid=postgres --init-groups -- "$@"
  else
    "$@"
  fi
}

clean_up() {
  [ -n "$serve_pid" ] && end_process "$serve_pid" 5
  [ -n "$pg_bin" ] && as_postgres "$pg_bin/pg_ctl" -D "$pg_data" -m immediate -w stop >/dev/null 2>&1
  rm -rf "$WORK" "$pg_data"
}
trap clean_up EXIT
trap 'exit 143' TERM INT

free_port() {
  for ((PORT = 5433; PORT < 5533; PORT++)); do
    (: <"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null || return 0
  done
  return 1
}

start_postgres() {
  local candidates=(/usr/lib/postgresql/*/bin)
  pg_bin=${candidates[-1]}
  if [ ! -x "$pg_bin/initdb" ] || ! free_port; then
    log "no PostgreSQL: $pg_bin/initdb is missing; install the package postgresql or set postgres_url"
    pg_bin=
    return 1
  fi
  mkdir -p "$pg_data"
  if [ "$(id -u)" -eq 0 ]; then
    # The work folder may lie where the account postgres cannot go.
    pg_data=$(mktemp -d /tmp/slipway-postgres-XXXXXX) && chown postgres "$pg_data" || return 1
  fi
  cd / || return 1
  # Loopback only and for minutes only: a password here would have to travel on a command line.
  if ! as_postgres "$pg_bin/initdb" -D "$pg_data" -U slipway --auth=trust --no-sync -E UTF8 >"$WORK/initdb.log" 2>&1 ||
    ! as_postgres "$pg_bin/pg_ctl" -D "$pg_data" -w -t 60 -l "$pg_data/log" \
      -o "-c listen_addresses=127.0.0.1 -c port=$PORT -c unix_socket_directories='' -c fsync=off" start >"$WORK/pg_ctl.log" 2>&1; then
    log "PostgreSQL did not start: $(tail -n 3 "$WORK/initdb.log" "$pg_data/log" 2>/dev/null | tr '\n' ' ')"
    return 1
  fi
  postgres_url=postgres://slipway@127.0.0.1:$PORT/postgres
  log "PostgreSQL $("$pg_bin/postgres" --version | grep -oE '[0-9.]+' | head -n 1) started on port $PORT for this phase"
}

# with_server DATABASE COMMAND…: runs the command while a server serves that database on loopback.
with_server() {
  AI_MEMORY_DB=$1 "$SLIPWAY_SERVER" serve --host 127.0.0.1 --port "$SLIPWAY_PORT" </dev/null >>"$WORK/serve.log" 2>&1 &
  serve_pid=$!
  shift
  local status=1
  if await_health "$serve_url" 30; then
    "$@"
    status=$?
  else
    log "the server did not answer at $serve_url: $(tail -n 2 "$WORK/serve.log")"
  fi
  end_process "$serve_pid" 10
  wait "$serve_pid" 2>/dev/null
  serve_pid=
  return "$status"
}

# One curl for all writes; the contents hold what migrations get wrong: quotes, line ends, other scripts.
seed() {
  local i
  for ((i = 1; i <= SLIPWAY_MEMORIES; i++)); do
    [ "$i" -gt 1 ] && printf 'next\n'
    printf 'url = "%s/api/v1/memories"\nsilent\noutput = "/dev/null"\nwrite-out = "%%{http_code}\\n"\n' "$serve_url"
    printf 'header = "Content-Type: application/json"\nheader = "X-Agent-Id: ai:agent-seed"\n'
    printf 'data-binary = "{\\"tier\\":\\"mid\\",\\"namespace\\":\\"%s\\",\\"title\\":\\"%s%s\\",' "$namespace" "$prefix" "$i"
    printf '\\"content\\":\\"Memory %s: \\\\\\"quoted\\\\\\", line\\\\nend, Grüße, 日本語, 🚢\\",\\"tags\\":[\\"ship-gate\\",\\"n%s\\"],' "$i" "$((i % 7))"
    printf '\\"priority\\":%s,\\"confidence\\":0.75,\\"source\\":\\"api\\",\\"metadata\\":{}}"\n' "$((i % 10 + 1))"
  done >"$WORK/seed.curl"
  curl -K "$WORK/seed.curl" 2>/dev/null | sort | uniq -c >"$WORK/seed.codes"
  local created
  created=$(awk '$2 == "201" { print $1 }' "$WORK/seed.codes")
  observe count "\"name\":\"seeded\",\"value\":${created:-0}"
  log "seeded ${created:-0} of $SLIPWAY_MEMORIES memories"
}

# dump NAME: every row as the server tells it, page by page, whole.
dump() {
  local offset=0 page=0 rows
  while :; do
    capture "$1-page-$page" curl -fsS -m 20 "$serve_url/api/v1/memories?namespace=$namespace&limit=200&offset=$offset"
    # shellcheck disable=SC2153 # set by capture
    [ "$STATUS" -eq 0 ] || return 1
    rows=$(grep -oE "\"title\": ?\"${prefix}[0-9]+\"" "$WORK/capture" | wc -l)
    [ "$rows" -gt 0 ] || return 0
    offset=$((offset + rows))
    page=$((page + 1))
  done
}

seed_and_dump() {
  seed
  dump source
}

postgres_url=$SLIPWAY_POSTGRES_URL
source_db=$WORK/source.db
roundtrip_db=$WORK/roundtrip.db
with_server "$source_db" seed_and_dump
capture src-stats env AI_MEMORY_DB="$source_db" "$SLIPWAY_SERVER" stats --json

if [ -n "$postgres_url" ] || start_postgres; then
  log "migrate SQLite to PostgreSQL"
  capture forward "$SLIPWAY_SERVER" migrate --from "sqlite://$source_db" --to "$postgres_url" --batch 500 --json
  log "migrate again: nothing may change"
  capture idempotent "$SLIPWAY_SERVER" migrate --from "sqlite://$source_db" --to "$postgres_url" --batch 500 --json
  log "migrate back into a fresh SQLite file"
  capture reverse "$SLIPWAY_SERVER" migrate --from "$postgres_url" --to "sqlite://$roundtrip_db" --batch 500 --json
  if [ -f "$roundtrip_db" ]; then
    capture dst-stats env AI_MEMORY_DB="$roundtrip_db" "$SLIPWAY_SERVER" stats --json
    with_server "$roundtrip_db" dump roundtrip
  else
    log "the reverse migration left no file"
  fi
fi
log "done"
finish
