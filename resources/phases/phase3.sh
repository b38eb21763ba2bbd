#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Phase 3, migration: on the first peer. Seeds SQLite, migrates to PostgreSQL twice and back into a fresh SQLite file. With no
# SLIPWAY_POSTGRES_URL a PostgreSQL is made for the phase and thrown away after it.
# A stop may come while the work folder is being made.
trap leave_work EXIT
trap 'exit 143' TERM INT
begin
namespace=ship-gate-phase3
prefix=p3-$SLIPWAY_RUN-
serve_url=http://127.0.0.1:$SLIPWAY_PORT
serve_pid=
pg_bin=
pg_data=
make_data

# PostgreSQL refuses to run as root; its own account exists wherever its package is.
as_postgres() {
  if [ "$(id -u)" -eq 0 ]; then
    setpriv --reuid=postgres --regid=postgres --init-groups --no-new-privs -- "$@"
  else
    "$@"
  fi
}

clean_up() {
  trap '' TERM INT
  [ -n "$serve_pid" ] && end_process "$serve_pid" 5
  [ -z "$pg_data" ] || as_postgres "$pg_bin/pg_ctl" -D "$pg_data" -m immediate -w stop >/dev/null 2>&1
  leave_work
}
trap clean_up EXIT

free_port() {
  for ((PORT = 5433; PORT < 5533; PORT++)); do
    (: <"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null || return 0
  done
  return 1
}

no_postgres() {
  json_text "$1"
  observe server "\"node\":\"PostgreSQL\",\"state\":\"missing\",\"pid\":0,\"text\":$JSON"
  log "no PostgreSQL: $1"
}

start_postgres() {
  local candidates=(/usr/lib/postgresql/*/bin)
  pg_bin=${candidates[-1]}
  if [ ! -x "$pg_bin/initdb" ] || ! free_port; then
    no_postgres "$pg_bin/initdb is missing or no port is free; install the package postgresql or set postgres_url"
    return 1
  fi
  pg_data=$DATA/postgres
  if [ "$EUID" -eq 0 ]; then
    # The work folder may lie where the account postgres cannot go.
    if ! as_postgres test -x "$DATA"; then
      make_noted postgres /tmp 700 || return 1
      pg_data=$NEW
    fi
    install -d -m 700 -o postgres -- "$pg_data" || return 1
  else
    mkdir -- "$pg_data" || return 1
  fi
  cd / || return 1
  # Loopback only and for minutes only, so that no password is needed.
  if ! as_postgres "$pg_bin/initdb" -D "$pg_data" -U slipway --auth=trust --no-sync -E UTF8 >"$WORK/initdb.log" 2>&1 ||
    ! as_postgres "$pg_bin/pg_ctl" -D "$pg_data" -w -t 60 -l "$pg_data/log" \
      -o "-c listen_addresses=127.0.0.1 -c port=$PORT -c unix_socket_directories='' -c fsync=off" start >"$WORK/pg_ctl.log" 2>&1; then
    no_postgres "it did not start: $( (tail -n 3 "$WORK/initdb.log" && as_postgres tail -n 3 "$pg_data/log") 2>/dev/null | tail -c 1000 | tr '\n' ' ')"
    return 1
  fi
  postgres_url=postgres://slipway@127.0.0.1:$PORT/postgres
  log "PostgreSQL $("$pg_bin/postgres" --version | grep -oE '[0-9.]+' | head -n 1) started on port $PORT for this phase"
}

# decoded TEXT: DECODED becomes it without percent signs, as in RFC 3986.
decoded() {
  DECODED=${1//\\/\\\\}
  printf -v DECODED '%b' "${DECODED//%/\\x}"
}

# hide_password: takes the password out of postgres_url, since every user of the host can read a command line. The server gets it in a
# file of its own, as libpq and sqlx read it: PGPASS becomes the variable that names it.
hide_password() {
  local scheme=${postgres_url%%://*} rest=${postgres_url#*://} authority query user password=
  authority=${rest%%[/?#]*}
  rest=${rest#"$authority"}
  if [[ $authority == *@* ]]; then
    user=${authority%@*}
    [[ $user != *:* ]] || password=${user#*:}
    authority=${user%%:*}@${authority##*@}
  fi
  if [[ $rest =~ ^([^?]*\?(.*\&)?)password=([^&]*)(.*)$ ]]; then
    password=${BASH_REMATCH[3]}
    query=${BASH_REMATCH[4]}
    rest=${BASH_REMATCH[1]}${query#&}
    rest=${rest%[?&]}
  fi
  postgres_url=$scheme://$authority$rest
  [ -n "$password" ] || return 0
  decoded "$password"
  password=${DECODED//\\/\\\\}
  (
    umask 077
    printf '*:*:*:*:%s\n' "${password//:/\\:}" >"$DATA/pgpass"
  ) || return 1
  [ "$SEPARATE" = false ] || chown -- "$SERVER_UID:$SERVER_UID" "$DATA/pgpass" || return 1
  PGPASS=("PGPASSFILE=$DATA/pgpass")
}

# with_server NAME COMMAND…: runs the command while a server serves the database of that name on loopback.
with_server() {
  local status=1
  listeners 127.0.0.1 "$SLIPWAY_PORT" 0
  if [ "${LISTENER[0]}" != none ]; then
    log "port $SLIPWAY_PORT is in use before the start: ${LISTENER[0]}. End it, then run again"
    json_text "${LISTENER[0]}"
    observe server "\"node\":\"$1\",\"state\":\"taken\",\"pid\":0,\"text\":$JSON"
    return 1
  fi
  as_server 0 "$DATA/$1"
  "${AS[@]}" "$SLIPWAY_SERVER" serve --host 127.0.0.1 --port "$SLIPWAY_PORT" </dev/null >>"$WORK/serve.log" 2>&1 &
  serve_pid=$!
  if ! await_health "$serve_url" 30 "$serve_pid"; then
    last_lines "$WORK/serve.log" 2
    log "the server did not answer at $serve_url: $LAST"
    json_text "it did not answer; its last words: $LAST"
    observe server "\"node\":\"$1\",\"state\":\"silent\",\"pid\":$serve_pid,\"text\":$JSON"
  else
    listeners 127.0.0.1 "$SLIPWAY_PORT" "$serve_pid"
    if [ "${LISTENER[0]}" = own ]; then
      "${@:2}"
      status=$?
    else
      json_text "port $SLIPWAY_PORT is not its own: ${LISTENER[0]}"
      log "$JSON"
      observe server "\"node\":\"$1\",\"state\":\"foreign\",\"pid\":$serve_pid,\"text\":$JSON"
    fi
  fi
  end_process "$serve_pid" 10
  wait "$serve_pid" 2>/dev/null
  serve_pid=
  return "$status"
}

# One curl for all writes; behind the derived content stands what migrations get wrong: quotes, line ends, other scripts.
seed() {
  local i id ids=() created
  for ((i = 1; i <= SLIPWAY_MEMORIES; i++)); do ids+=("$prefix$i"); done
  prepare_writes "$WORK/expected" "${ids[@]}"
  for ((i = 1; i <= SLIPWAY_MEMORIES; i++)); do
    id=$prefix$i
    [ "$i" -eq 1 ] || printf 'next\n'
    printf 'url = "%s/api/v1/memories"\nsilent\noutput = "/dev/null"\nwrite-out = "%%{http_code}\\n"\nmax-time = 30\n' "$serve_url"
    printf 'header = "Content-Type: application/json"\nheader = "X-Agent-Id: ai:agent-seed"\n'
    printf 'data-binary = "{\\"tier\\":\\"mid\\",\\"namespace\\":\\"%s\\",\\"title\\":\\"%s\\",' "$namespace" "$id"
    printf '\\"content\\":\\"%s: \\\\\\"quoted\\\\\\", line\\\\nend, Grüße, 日本語, 🚢\\",\\"tags\\":[\\"ship-gate\\",\\"n%s\\"],' "${CONTENT[$id]}" "$((i % 7))"
    printf '\\"priority\\":%s,\\"confidence\\":0.75,\\"source\\":\\"api\\",\\"metadata\\":{}}"\n' "$((i % 10 + 1))"
  done >"$WORK/seed.curl"
  created=$(timeout -k 5 $((SLIPWAY_MEMORIES / 10 + 300)) curl -K "$WORK/seed.curl" 2>/dev/null | grep -c '^201$')
  observe count "\"name\":\"seeded\",\"value\":${created:-0}"
  log "seeded ${created:-0} of $SLIPWAY_MEMORIES memories"
}

# dump NAME: every row as the server answers it, page by page, whole, until a page brings no row that was not there before.
dump() {
  local offset=0 page=0 new most=$((SLIPWAY_MEMORIES / 10 + PAGES_AT_MOST)) deadline
  up_time
  deadline=$((UP + SLIPWAY_MEMORIES / 10 + 300))
  rm -f "$WORK"/dump.*
  while [ "$page" -lt "$most" ] && [ "$UP" -lt "$deadline" ]; do
    capture_url "$1-page-$page" \
      "$serve_url/api/v1/memories?namespace=$namespace&limit=200&offset=$offset"
    # shellcheck disable=SC2153 # set by capture
    [ "$STATUS" -eq 0 ] || return 1
    read_rows page "$namespace" "$prefix" "$WORK" 0 0 "$WORK/capture" "$WORK/dump.seen"
    read -r new offset <<<"${ANSWERS[0]:-}"
    [ -n "$offset" ] || return 1
    [ "$new" -gt 0 ] || return 0
    page=$((page + 1))
    up_time
  done
  log "$1: pages without an end, given up after $page"
  return 1
}

seed_and_dump() {
  seed
  dump source
}

postgres_url=$SLIPWAY_POSTGRES_URL
PGPASS=()
server_folders 0 source roundtrip
source_db=$DATA/source/memory.db
roundtrip_db=$DATA/roundtrip/memory.db
with_server source seed_and_dump
as_server 0 "$DATA/source"
capture src-stats "${AS[@]}" "$SLIPWAY_SERVER" stats --json

if [ -n "$postgres_url" ]; then
  if ! hide_password; then
    no_postgres "the password of postgres_url cannot be written to $DATA/pgpass"
    postgres_url=
  fi
else
  start_postgres
fi
if [ -n "$postgres_url" ]; then
  log "migrate SQLite to PostgreSQL"
  capture forward "${AS[@]}" "${PGPASS[@]}" "$SLIPWAY_SERVER" migrate --from "sqlite://$source_db" --to "$postgres_url" --batch 500 --json
  log "migrate again: nothing may change"
  capture idempotent "${AS[@]}" "${PGPASS[@]}" "$SLIPWAY_SERVER" migrate --from "sqlite://$source_db" --to "$postgres_url" --batch 500 --json
  log "migrate back into a fresh SQLite file"
  as_server 0 "$DATA/roundtrip"
  capture reverse "${AS[@]}" "${PGPASS[@]}" "$SLIPWAY_SERVER" migrate --from "$postgres_url" --to "sqlite://$roundtrip_db" --batch 500 --json
  if [ -f "$roundtrip_db" ]; then
    capture dst-stats "${AS[@]}" "$SLIPWAY_SERVER" stats --json
    with_server roundtrip dump roundtrip
  else
    log "the reverse migration left no file"
  fi
fi
log "done"
finish
