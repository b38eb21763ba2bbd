#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Phase 2 on a peer: SLIPWAY_ACTION is start (a fresh server with its quorum), stop, or clean (stop and remove all).
begin
export AI_MEMORY_DB=$WORK/memory.db
url=http://$SLIPWAY_ADDRESS:$SLIPWAY_PORT
pid_file=$WORK/serve.pid

# The pid file names a process of ours only while its start time is the one noted beside it.
start_time() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

stop_server() {
  local pid began
  [ -f "$pid_file" ] && read -r pid began <"$pid_file" || return 0
  if [ "$(start_time "$pid")" = "$began" ]; then
    end_process "$pid" 5
    log "server stopped (pid $pid)"
  fi
  observe server "\"state\":\"stopped\",\"pid\":$pid"
  rm -f "$pid_file"
}

case $SLIPWAY_ACTION in
start)
  stop_server
  rm -f "$AI_MEMORY_DB"*
  peers=
  for peer in $SLIPWAY_PEERS; do
    [ "${peer%%=*}" = "$SLIPWAY_HOST" ] || peers+=${peers:+,}http://${peer#*=}:$SLIPWAY_PORT
  done
  setsid "$SLIPWAY_SERVER" serve --host "$SLIPWAY_ADDRESS" --port "$SLIPWAY_PORT" --quorum-writes "$SLIPWAY_QUORUM" \
    --quorum-peers "$peers" --quorum-timeout-ms "$SLIPWAY_QUORUM_TIMEOUT_MS" </dev/null >"$WORK/serve.log" 2>&1 &
  pid=$!
  printf '%s %s\n' "$pid" "$(start_time "$pid")" >"$pid_file"
  if await_health "$url" 30; then
    log "server answers at $url (pid $pid, quorum $SLIPWAY_QUORUM of $(wc -w <<<"$SLIPWAY_PEERS"))"
    observe server "\"state\":\"started\",\"pid\":$pid"
  else
    log "the server did not answer at $url in 30 s; its last words: $(tail -n 3 "$WORK/serve.log")"
    observe server "\"state\":\"silent\",\"pid\":$pid"
    stop_server
    finish
    exit 72
  fi
  ;;
stop) stop_server ;;
clean)
  stop_server
  if [ -f "$WORK/serve.log" ]; then
    log "last lines of the server's own log:"
    tail -n 20 "$WORK/serve.log" | tr -d '\0' >&2
  fi
  rm -rf "$WORK"
  ;;
*)
  log "there is no action \"$SLIPWAY_ACTION\""
  exit 64
  ;;
esac
finish
