#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Phase 2 on a peer: SLIPWAY_ACTION is start (a fresh server with its quorum), stop, or clean (stop and remove all).
begin
url=http://$SLIPWAY_ADDRESS:$SLIPWAY_PORT
pid_file=$WORK/serve.pid # "pid start-time", written by the server's keeper
status_file=$WORK/serve.status

# report_server STATE TEXT: the observation of what became of the server, and the same for a person.
report_server() {
  json_text "$2"
  observe server "\"node\":\"$SLIPWAY_HOST\",\"state\":\"$1\",\"pid\":${pid:-0},\"text\":$JSON"
  log "server $1 (pid ${pid:-0}): $2"
}

# The keeper stays with the server, so that its end is known whenever it comes, and ends it when it is ended itself.
keep_server() {
  local server status
  trap : HUP INT TERM # not ignored: the server would inherit that
  "${AS[@]}" "$SLIPWAY_SERVER" serve --host "$SLIPWAY_ADDRESS" --port "$SLIPWAY_PORT" --quorum-writes "$SLIPWAY_QUORUM" \
    --quorum-peers "$1" --quorum-timeout-ms "$SLIPWAY_QUORUM_TIMEOUT_MS" &
  server=$!
  start_time "$server"
  printf '%s %s\n' "$server" "$BEGAN" >"$pid_file.new" && mv "$pid_file.new" "$pid_file"
  while :; do
    wait "$server" 2>/dev/null
    status=$?
    start_time "$server"
    [ -n "$BEGAN" ] || break
  done
  printf '%s\n' "$status" >"$status_file"
}

# find_server: pid of the server that was started, alive when ALIVE is true. Fails when none was.
find_server() {
  local began
  ALIVE=false
  { read -r pid began <"$pid_file"; } 2>/dev/null || return 1
  start_time "$pid"
  [ -z "$BEGAN" ] || [ "$BEGAN" != "$began" ] || ALIVE=true
}

# await_end: STATUS becomes what the keeper noted of a server that is gone, empty when the keeper is gone too. It writes nothing
# after that.
await_end() {
  local tries=0
  STATUS=
  while ! { read -r STATUS <"$status_file"; } 2>/dev/null && [ "$tries" -lt 50 ]; do
    sleep 0.02
    tries=$((tries + 1))
  done
}

# death: DEATH says how a server ended that nobody ended.
death() {
  await_end
  last_lines "$WORK/serve.log" 3
  DEATH="it ended by itself ($([ "${STATUS:-0}" -gt 128 ] && echo "signal $((STATUS - 128))" || echo "exit status ${STATUS:-unknown}")); its last words: $LAST"
}

stop_server() {
  find_server || return 0
  if [ "$ALIVE" = false ]; then
    death
    report_server died "$DEATH"
  else
    # What it holds itself, before it is asked to end, and whether it is still the one that answers.
    listeners "$SLIPWAY_ADDRESS" "$SLIPWAY_PORT" "$pid"
    own_roots "$DATA/node/memory.db"
    observe own "\"node\":\"$SLIPWAY_HOST\",\"roots\":${ROOTS[0]:-[]}"
    end_process "$pid" 5
    await_end
    if [ "${LISTENER[0]}" = own ]; then
      report_server stopped "as asked"
    else
      report_server foreign "at its end port $SLIPWAY_PORT was not its own: ${LISTENER[0]}"
    fi
  fi
  rm -f "$pid_file" "$status_file"
}

start_server() {
  local peers='' peer deadline
  pid=0
  listeners "$SLIPWAY_ADDRESS" "$SLIPWAY_PORT" 0
  if [ "${LISTENER[0]}" != none ] || (: <"/dev/tcp/$SLIPWAY_ADDRESS/$SLIPWAY_PORT") 2>/dev/null; then
    report_server taken "port $SLIPWAY_PORT is in use before the start: ${LISTENER[0]}. End it, then run again"
    return 1
  fi
  make_data
  server_folders 0 node
  as_server 0 "$DATA/node"
  for peer in $SLIPWAY_PEERS; do
    [ "${peer%%=*}" = "$SLIPWAY_HOST" ] || peers+=${peers:+,}http://${peer#*=}:$SLIPWAY_PORT
  done
  keep_server "$peers" </dev/null >"$WORK/serve.log" 2>&1 &
  up_time
  deadline=$((UP + 10))
  until find_server; do
    up_time
    [ "$UP" -lt "$deadline" ] || break
    sleep 0.02
  done
  if ! await_health "$url" 30 "$pid"; then
    find_server
    if [ "$ALIVE" = false ]; then
      death
      report_server died "$DEATH"
    else
      last_lines "$WORK/serve.log" 3
      report_server silent "it did not answer at $url in 30 s; its last words: $LAST"
      end_process "$pid" 5
      await_end
    fi
    return 1
  fi
  listeners "$SLIPWAY_ADDRESS" "$SLIPWAY_PORT" "$pid"
  if [ "${LISTENER[0]}" != own ]; then
    report_server foreign "port $SLIPWAY_PORT is not its own: ${LISTENER[0]}"
    end_process "$pid" 5
    await_end
    return 1
  fi
  report_server started "it answers at $url, quorum $SLIPWAY_QUORUM of $(wc -w <<<"$SLIPWAY_PEERS")"
}

{ read -r DATA <"$WORK/data"; } 2>/dev/null
case $SLIPWAY_ACTION in
start)
  start_server || {
    finish
    exit 72
  }
  ;;
stop) stop_server ;;
clean)
  stop_server
  if [ -s "$WORK/serve.log" ]; then
    log "last lines of the server's own log:"
    tail -c 20000 "$WORK/serve.log" | tail -n 20 | tr -d '\0' >&2
  fi
  leave_work
  ;;
*)
  log "there is no action \"$SLIPWAY_ACTION\""
  exit 64
  ;;
esac
finish
