#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Phase 2 on the chaos client: SLIPWAY_ACTION is burst (all writes, then settle), probe1 (one peer down) or probe2 (both).
# A stop may come while the work folder is being made.
trap leave_work EXIT
trap 'exit 143' TERM INT
begin
# shellcheck disable=SC2046 # a list of pids
trap 'trap "" TERM INT; kill $(jobs -p) 2>/dev/null; leave_work' EXIT
namespace=ship-gate-phase2
prefix=p2-$SLIPWAY_RUN-
read -r primary _ <<<"$SLIPWAY_PEERS"
url=http://${primary#*=}:$SLIPWAY_PORT
# shellcheck disable=SC2034 # read by write_memory
WRITE_TIMEOUT=$((SLIPWAY_QUORUM_TIMEOUT_MS / 1000 + 10))

# agent INDEX: its writes, one after the other; acknowledged ids go to a file of its own.
agent() {
  local i id
  agent_name "$1"
  for ((i = 1; i <= SLIPWAY_WRITES_PER_AGENT; i++)); do
    id=$prefix$AGENT-$i
    write_memory "$url" "$namespace" "$id" "$AGENT"
    observe write "\"agent\":\"ai:agent-$AGENT\",\"id\":\"$id\",\"code\":\"$CODE\",\"start_us\":$START_US,\"end_us\":$END_US,\"bytes\":${#CONTENT[$id]},\"sha256\":\"${DIGEST[$id]}\""
    printf '%s %s\n' "$id" "${DIGEST[$id]}" >>"$WORK/code-$CODE.$1"
  done
}

# settle: until every peer holds every acknowledged write unchanged, at the latest after the limit.
settle() {
  local began deadline complete peer node last='' acked
  up_time
  began=$UP_MS
  deadline=$((UP + SLIPWAY_SETTLE_SECONDS))
  sort -u "$WORK"/code-201.* 2>/dev/null >"$WORK/acked"
  acked=$(wc -l <"$WORK/acked")
  while :; do
    complete=true
    local progress=
    for peer in $SLIPWAY_PEERS; do
      node=${peer%%=*}
      if list_rows "http://${peer#*=}:$SLIPWAY_PORT" "$namespace" "$prefix" "$WORK" "$WORK/held-$node" "$deadline" "$acked"; then
        progress+="$node=$HELD "
        up_time
        observe progress "\"node\":\"$node\",\"held\":$HELD,\"of\":$acked,\"ms\":$((UP_MS - began))"
        [ "$HELD" -eq "$acked" ] || complete=false
      else
        complete=false
        progress+="$node=no answer "
      fi
    done
    [ "$progress" = "$last" ] || log "acknowledged writes held: $progress"
    last=$progress
    up_time
    if [ "$complete" = true ] || [ "$UP" -ge "$deadline" ]; then break; fi
    sleep 0.2
  done
  up_time
  observe settled "\"complete\":$complete,\"ms\":$((UP_MS - began)),\"limit_ms\":$((SLIPWAY_SETTLE_SECONDS * 1000))"
}

burst() {
  local i j pids=() ids=()
  log "burst: $SLIPWAY_AGENTS agents x $SLIPWAY_WRITES_PER_AGENT writes through ${primary%%=*}"
  for ((i = 0; i < SLIPWAY_AGENTS; i++)); do
    agent_name "$i"
    for ((j = 1; j <= SLIPWAY_WRITES_PER_AGENT; j++)); do ids+=("$prefix$AGENT-$j"); done
  done
  prepare_writes "$WORK/expected" "${ids[@]}"
  for ((i = 0; i < SLIPWAY_AGENTS; i++)); do
    agent "$i" &
    pids+=($!)
  done
  wait "${pids[@]}"
  now
  count() { cat "$WORK"/code-"$1".* 2>/dev/null | wc -l; }
  local ok qnm
  ok=$(count 201)
  qnm=$(count 503)
  log "burst totals: OK=$ok QNM=$qnm FAIL=$((SLIPWAY_AGENTS * SLIPWAY_WRITES_PER_AGENT - ok - qnm))"
  settle
  local peer node
  for peer in $SLIPWAY_PEERS; do
    node=${peer%%=*}
    up_time
    if list_rows "http://${peer#*=}:$SLIPWAY_PORT" "$namespace" "$prefix" "$WORK" "$WORK/held-$node" $((UP + 30)); then
      row_array "$ROWS"
      observe held "\"node\":\"$node\",\"foreign\":$FOREIGN,\"endless\":$ENDLESS,\"rows\":$JSON"
      log "$node count(ns=$namespace)=$(wc -l <"$ROWS")"
    else
      log "$node cannot be asked what it holds"
    fi
    capture_url "stats-$node" "http://${peer#*=}:$SLIPWAY_PORT/api/v1/stats"
  done
}

case $SLIPWAY_ACTION in
burst) burst ;;
probe1 | probe2)
  prepare_writes "$WORK/expected" "$prefix$SLIPWAY_ACTION"
  write_memory "$url" "$namespace" "$prefix$SLIPWAY_ACTION" probe
  observe probe "\"name\":\"$SLIPWAY_ACTION\",\"code\":\"$CODE\",\"start_us\":$START_US,\"end_us\":$END_US"
  log "$SLIPWAY_ACTION: a write with the peers stopped so far answered $CODE"
  ;;
*)
  log "there is no action \"$SLIPWAY_ACTION\""
  exit 64
  ;;
esac
finish
