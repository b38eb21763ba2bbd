#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Phase 2 on the chaos client: SLIPWAY_ACTION is burst (all writes, then settle), probe1 (one peer down) or probe2 (both).
begin
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$WORK"' EXIT
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
    observe write "\"agent\":\"ai:agent-$AGENT\",\"id\":\"$id\",\"code\":\"$CODE\",\"start_us\":$START_US,\"end_us\":$END_US"
    printf '%s\n' "$id" >>"$WORK/code-$CODE.$1"
  done
}

# settle: until every peer holds every acknowledged write, at the latest after the limit.
settle() {
  local began=$US deadline=$((SECONDS + SLIPWAY_SETTLE_SECONDS)) complete peer node held last=
  sort -u "$WORK"/code-201.* 2>/dev/null >"$WORK/acked"
  while :; do
    complete=true
    local progress=
    for peer in $SLIPWAY_PEERS; do
      node=${peer%%=*}
      if list_ids "http://${peer#*=}:$SLIPWAY_PORT" "$namespace" "$prefix" "$WORK/held-$node"; then
        held=$(comm -12 "$WORK/acked" "$WORK/held-$node" | wc -l)
        progress+="$node=$held "
        now
        observe progress "\"node\":\"$node\",\"held\":$held,\"of\":$(wc -l <"$WORK/acked"),\"ms\":$(((US - began) / 1000))"
        [ "$held" -eq "$(wc -l <"$WORK/acked")" ] || complete=false
      else
        complete=false
        progress+="$node=no answer "
        rm -f "$WORK/held-$node"
      fi
    done
    [ "$progress" = "$last" ] || log "acknowledged writes held: $progress"
    last=$progress
    if [ "$complete" = true ] || [ "$SECONDS" -ge "$deadline" ]; then break; fi
    sleep 0.2
  done
  now
  observe settled "\"complete\":$complete,\"ms\":$(((US - began) / 1000)),\"limit_ms\":$((SLIPWAY_SETTLE_SECONDS * 1000))"
}

burst() {
  local i pids=()
  log "burst: $SLIPWAY_AGENTS agents x $SLIPWAY_WRITES_PER_AGENT writes through ${primary%%=*}"
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
    if [ -f "$WORK/held-$node" ]; then
      id_array "$WORK/held-$node"
      observe held "\"node\":\"$node\",\"ids\":$JSON"
      log "$node count(ns=$namespace)=$(wc -l <"$WORK/held-$node")"
    fi
    capture "stats-$node" curl -fsS -m 10 "http://${peer#*=}:$SLIPWAY_PORT/api/v1/stats"
  done
}

case $SLIPWAY_ACTION in
burst) burst ;;
probe1 | probe2)
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
