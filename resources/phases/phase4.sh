#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Phase 4, chaos: on the chaos client. For each fault class and cycle: three fresh nodes on loopback, a burst from several
# agents, the fault in mid-burst, settle, and what each survivor holds.
begin
namespace=ship-gate-chaos
# shellcheck disable=SC2034 # read by write_memory
WRITE_TIMEOUT=$((SLIPWAY_QUORUM_TIMEOUT_MS / 1000 + 5))
pids=()
clean_up() {
  # shellcheck disable=SC2046 # a list of pids
  kill -s KILL "${pids[@]}" $(jobs -p) 2>/dev/null
  rm -rf "$WORK"
}
trap clean_up EXIT
trap 'exit 143' TERM INT

node_url() { URL=http://127.0.0.1:$((SLIPWAY_CHAOS_PORT + $1)); }

start_nodes() {
  local i j peers
  pids=()
  for i in 0 1 2; do
    peers=
    for j in 0 1 2; do
      node_url "$j"
      [ "$j" = "$i" ] || peers+=${peers:+,}$URL
    done
    AI_MEMORY_DB=$dir/node-$i.db "$SLIPWAY_SERVER" serve --host 127.0.0.1 --port $((SLIPWAY_CHAOS_PORT + i)) \
      --quorum-writes "$SLIPWAY_QUORUM" --quorum-peers "$peers" --quorum-timeout-ms "$SLIPWAY_QUORUM_TIMEOUT_MS" \
      </dev/null >"$dir/node-$i.log" 2>&1 &
    pids+=($!)
  done
  for i in 0 1 2; do
    node_url "$i"
    if ! await_health "$URL" 30; then
      log "cycle $cycle: node-$i did not answer at $URL in 30 s: $(tail -n 2 "$dir/node-$i.log")"
      return 1
    fi
  done
}

stop_nodes() {
  kill -s KILL "${pids[@]}" 2>/dev/null
  wait "${pids[@]}" 2>/dev/null
  pids=()
}

# agent INDEX: every SLIPWAY_AGENTS-th write of the cycle; one byte into the pipe for each acknowledged one, then an end mark.
agent() {
  local i id
  agent_name "$1"
  node_url 0
  for ((i = $1 + 1; i <= SLIPWAY_WRITES; i += SLIPWAY_AGENTS)); do
    id=$prefix$AGENT-$i
    write_memory "$URL" "$namespace" "$id" "$AGENT"
    observe write "$place,\"agent\":\"ai:agent-$AGENT\",\"id\":\"$id\",\"code\":\"$CODE\",\"start_us\":$START_US,\"end_us\":$END_US"
    if [ "$CODE" = 201 ]; then
      printf '%s\n' "$id" >>"$dir/acked.$1"
      printf 'a\n' >&8
    fi
  done
  printf 'e\n' >&8
}

# The primary dies by SIGKILL once enough writes are acknowledged, with the agents still writing. Killed is what wait says.
inject_kill_primary_mid_write() {
  local acked=0 ended=0 mark injected=false
  while [ "$ended" -lt "$SLIPWAY_AGENTS" ]; do
    read -r -u 8 -t 60 mark || break
    if [ "$mark" = e ]; then
      ended=$((ended + 1))
    else
      acked=$((acked + 1))
      if [ "$injected" = false ] && [ "$acked" -ge "$SLIPWAY_FAULT_AFTER_ACKS" ]; then
        now
        kill -s KILL "${pids[0]}" && injected=true
        observe fault "$place,\"fault_us\":$US,\"acked_before\":$acked,\"injected\":$injected"
        wait "${pids[0]}" 2>/dev/null
        local status=$?
        unset 'pids[0]'
        observe fault_effect "$place,\"node\":\"node-0\",\"status\":$status,\"effective\":$([ "$status" -eq 137 ] && echo true || echo false)"
      fi
    fi
  done
  [ "$injected" = true ] || log "cycle $cycle: only $acked writes were acknowledged, the fault needs $SLIPWAY_FAULT_AFTER_ACKS; it never struck"
}

settle() {
  local began deadline=$((SECONDS + SLIPWAY_CYCLE_SETTLE_SECONDS)) complete=false i all
  now
  began=$US
  cat "$dir"/acked.* 2>/dev/null | sort -u >"$dir/acked"
  acked=$(wc -l <"$dir/acked")
  while :; do
    all=true
    for i in 1 2; do
      node_url "$i"
      if list_ids "$URL" "$namespace" "$prefix" "$dir/held-$i"; then
        held[i]=$(comm -12 "$dir/acked" "$dir/held-$i" | wc -l)
        [ "${held[i]}" -eq "$acked" ] || all=false
      else
        held[i]=ERR
        rm -f "$dir/held-$i"
        all=false
      fi
    done
    [ "$all" = true ] && complete=true && break
    [ "$SECONDS" -lt "$deadline" ] || break
    sleep 0.05
  done
  now
  settle_ms=$(((US - began) / 1000))
  observe settled "$place,\"complete\":$complete,\"ms\":$settle_ms,\"limit_ms\":$((SLIPWAY_CYCLE_SETTLE_SECONDS * 1000))"
}

run_cycle() {
  dir=$WORK/c$cycle
  mkdir -p "$dir"
  prefix=p4-$SLIPWAY_RUN-$class-$cycle-
  place="\"fault\":\"$fault\",\"cycle\":$cycle"
  observe cycle_begin "$place,\"writes\":$SLIPWAY_WRITES"
  local i acked=0 settle_ms=0 held=(0 0 0) agents=()
  if ! start_nodes; then
    observe cycle_end "$place,\"complete\":false"
    stop_nodes
    return
  fi
  log "[chaos] cycle $cycle: nodes ready (pids ${pids[*]})"
  rm -f "$dir/pipe"
  mkfifo "$dir/pipe"
  exec 8<>"$dir/pipe"
  for ((i = 0; i < SLIPWAY_AGENTS; i++)); do
    agent "$i" &
    agents+=($!)
  done
  "inject_$fault"
  wait "${agents[@]}"
  exec 8>&-
  settle
  for i in 1 2; do
    node_url "$i"
    if [ -f "$dir/held-$i" ]; then
      id_array "$dir/held-$i"
      observe held "$place,\"node\":\"node-$i\",\"ids\":$JSON"
    fi
    WORK=$dir capture "stats-node-$i" curl -fsS -m 10 "$URL/api/v1/stats"
  done
  log "cycle $cycle: $fault, $SLIPWAY_WRITES writes, $acked acknowledged, node-1 holds ${held[1]}, node-2 holds ${held[2]} after $settle_ms ms"
  if [ "${held[1]}" != "$acked" ] || [ "${held[2]}" != "$acked" ]; then
    for i in 0 1 2; do
      log "cycle $cycle: last lines of node-$i:"
      tail -n 5 "$dir/node-$i.log" | tr -d '\0' >&2
    done
  fi
  observe cycle_end "$place,\"complete\":true"
  stop_nodes
  rm -rf "$dir"
}

class=0
for fault in $SLIPWAY_FAULTS; do
  class=$((class + 1))
  if [ "$fault" != kill_primary_mid_write ]; then
    json_text "$fault"
    log "fault class $fault is not known to this program: not exercised"
    observe not_exercised "\"fault\":$JSON,\"reason\":\"unknown fault class\""
    continue
  fi
  log "campaign: $fault, $SLIPWAY_CYCLES cycles x $SLIPWAY_WRITES writes"
  for ((cycle = 1; cycle <= SLIPWAY_CYCLES; cycle++)); do
    run_cycle
  done
done
log "done"
finish
