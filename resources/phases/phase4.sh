#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Phase 4, chaos: on the chaos client. For each fault class and cycle: three fresh nodes on loopback, a burst from several
# agents, the fault in mid-burst, settle, and what each survivor holds.
# A stop may come while the work folder is being made.
trap leave_work EXIT
trap 'exit 143' TERM INT
begin
namespace=ship-gate-chaos
# shellcheck disable=SC2034 # read by write_memory
WRITE_TIMEOUT=$((SLIPWAY_QUORUM_TIMEOUT_MS / 1000 + 5))
pids=()
survivors=() # set by class_nodes, as is the next
heals=false
clean_up() {
  trap '' TERM INT
  # shellcheck disable=SC2046 # a list of pids
  kill -s KILL "${pids[@]}" $(jobs -p) 2>/dev/null
  close_front
  drop_filter
  leave_work
}
trap clean_up EXIT
make_data
open_naps

node_url() {
  PORT=$((SLIPWAY_CHAOS_PORT + $1))
  URL=http://127.0.0.1:$PORT
}

# Each node has a user, a folder and a database of its own.
start_nodes() {
  local i j peers
  pids=()
  make_folders
  for i in 0 1 2; do
    peers=
    for j in 0 1 2; do
      node_url "$j"
      [ "$j" = "$i" ] || peers+=${peers:+,}$URL
    done
    as_server "$i" "$DATA/$serial-$i"
    "equip_$fault" "$i"
    "${AS[@]}" "$SLIPWAY_SERVER" serve --host 127.0.0.1 --port $((SLIPWAY_CHAOS_PORT + i)) \
      --quorum-writes "$SLIPWAY_QUORUM" --quorum-peers "$peers" --quorum-timeout-ms "$SLIPWAY_QUORUM_TIMEOUT_MS" \
      </dev/null >"$dir/node-$i.log" 2>&1 5>&- 7>&- & # 7: the filter is not its to change
    pids+=($!)
  done
  # Meanwhile, as it takes time too.
  prepare_cycle
  for i in 0 1 2; do
    node_url "$i"
    if ! await_node "$PORT" 30 "${pids[i]}"; then
      tell "$i" silent "it did not answer at $URL"
      return 1
    fi
  done
  nodes_are_ours 0 1 2
}

# make_folders: a folder for each node, for 20 cycles at once.
make_folders() {
  local i n names
  [ ! -d "$DATA/$serial-2" ] || return
  for i in 0 1 2; do
    names=()
    for ((n = serial; n < serial + 20; n++)); do names+=("$n-$i"); done
    server_folders "$i" "${names[@]}"
  done
}

# tell NODE STATE TEXT: what is wrong with a node, in an observation and for a person.
tell() {
  last_lines "$dir/node-$1.log" 2
  json_text "$3; its last words: $LAST"
  observe server "$place,\"node\":\"node-$1\",\"state\":\"$2\",\"pid\":${pids[$1]:-0},\"text\":$JSON"
  log "cycle $cycle: node-$1 (pid ${pids[$1]:-0}): $3; its last words: $LAST"
}

# tell_death NODE STATUS: a node ended that nobody ended.
tell_death() {
  tell "$1" died "it ended by itself ($([ "$2" -gt 128 ] && echo "signal $(($2 - 128))" || echo "exit status $2"))"
}

# nodes_are_ours NODE…: the processes that listen are those that were started.
nodes_are_ours() {
  local i wanted=() ours=true
  for i in "$@"; do wanted+=($((SLIPWAY_CHAOS_PORT + i)) "${pids[i]}"); done
  listeners 127.0.0.1 "${wanted[@]}"
  for i in "$@"; do
    [ "${LISTENER[0]:-}" = own ] || {
      ours=false
      tell "$i" foreign "on port $((SLIPWAY_CHAOS_PORT + i)) not it listens, but: ${LISTENER[0]:-unknown}"
    }
    LISTENER=("${LISTENER[@]:1}")
  done
  [ "$ours" = true ]
}

stop_nodes() {
  kill -s KILL "${pids[@]}" 2>/dev/null
  wait "${pids[@]}" 2>/dev/null
  pids=()
  rm -rf -- "$dir" "$DATA/$serial-"[012] >/dev/null 5>&- 7>&- & # while the next nodes start
}

# The bodies of the cycle's writes, agent after agent.
prepare_cycle() {
  local i a ids=()
  for ((a = 0; a < SLIPWAY_AGENTS; a++)); do
    agent_name "$a"
    for ((i = a + 1; i <= SLIPWAY_WRITES; i += SLIPWAY_AGENTS)); do ids[i - 1]=$prefix$AGENT-$i; done
  done
  prepare_writes "$dir/expected" "${ids[@]}"
}

settle() {
  local began deadline complete=false i all awaited answer nodes=() lines
  up_time
  began=$UP_MS
  deadline=$((UP + SLIPWAY_CYCLE_SETTLE_SECONDS))
  sort -u -- "$dir"/acked.* >"$dir/acked" 2>/dev/null
  mapfile -t lines <"$dir/acked"
  acked=${#lines[@]}
  awaited=$acked
  [ "$CANARY" != lost ] || ! grep -q "^$CANARY_ID " "$dir/acked" || awaited=$((acked - 1)) # nobody has it
  for i in "${survivors[@]}"; do
    node_url "$i"
    nodes+=("$URL" "$dir/held-$i")
  done
  read_rows await "$namespace" "$prefix" "$dir" "$deadline" "$awaited" "${nodes[@]}"
  all=true
  for i in "${!survivors[@]}"; do
    read -r answer _ <<<"${TOLD[i]:--}"
    held[survivors[i]]=${answer/-/ERR}
    [ "$answer" = "$awaited" ] || all=false
  done
  up_time
  settle_ms=$((UP_MS - began))
  [ "$all" = true ] && [ "$awaited" -eq "$acked" ] && complete=true
  observe settled "$place,\"complete\":$complete,\"ms\":$settle_ms,\"limit_ms\":$((SLIPWAY_CYCLE_SETTLE_SECONDS * 1000))"
}

# ask_alone: what each survivor holds, asked while the others are stopped and cannot answer in its place.
ask_alone() {
  local i node nodes=() all=() bytes base64 status
  for i in "${survivors[@]}"; do
    asked_at "$i"
    nodes+=("$URL" "$dir/held-$i" "${pids[i]}")
    all+=("${pids[i]}")
  done
  read_rows alone "$namespace" "$prefix" "$dir" 0 "$acked" "${nodes[@]}"
  kill -s CONT "${all[@]}" 2>/dev/null # it did so itself, unless it was ended in between
  for i in "${!survivors[@]}"; do
    node=node-${survivors[i]}
    read -r _ _ _ _ bytes base64 <<<"${TOLD[i]:-}"
    if take_rows "${TOLD[i]:-}" "$dir" "$dir/held-${survivors[i]}"; then
      row_array "$ROWS"
      observe held "$place,\"node\":\"$node\",\"alone\":true,\"foreign\":$FOREIGN,\"rows\":$JSON"
    else
      log "cycle $cycle: $node does not say what it holds while the others are stopped"
    fi
    status=0
    [ -n "$base64" ] || status=1
    observe output "\"name\":\"stats-$node\",\"exit\":$status,\"bytes\":${bytes:-0},\"base64\":\"$base64\""
  done
}

# Cycles of several classes have the same numbers, and what one leaves is removed while the next begins: the folders of each
# have a number that is never used again.
serial=0
run_cycle() {
  serial=$((serial + 1))
  dir=$WORK/$serial
  mkdir -- "$dir"
  prefix=p4-$SLIPWAY_RUN-$class-$cycle-
  place="\"fault\":\"$fault\",\"cycle\":$cycle"
  observe cycle_begin "$place,\"writes\":$SLIPWAY_WRITES"
  # shellcheck disable=SC2034 # read by burst.sh
  local i acked=0 settle_ms=0 held=(0 0 0) agents=() whole=true held_back=0
  # Of a fault that takes time to come into force, so many writes are made before it, and the rest while it is.
  # shellcheck disable=SC2034 # the same
  [ "$heals" = false ] || held_back=$((SLIPWAY_FAULT_AFTER_ACKS + 2 * SLIPWAY_AGENTS))
  if ! start_nodes || ! arm_canary; then
    observe cycle_end "$place,\"complete\":false"
    close_front
    stop_nodes
    return
  fi
  log "[chaos] cycle $cycle: nodes ready (pids ${pids[*]})"
  mkfifo "$dir/pipe" "$dir/gate"
  exec 8<>"$dir/pipe" 4<>"$dir/gate"
  for ((i = 0; i < SLIPWAY_AGENTS; i++)); do
    agent "$i" &
    agents+=($!)
  done
  burst
  wait "${agents[@]}"
  exec 4>&- 8>&-
  settle
  for i in "${survivors[@]}"; do
    start_time "${pids[i]:-0}"
    [ -n "$BEGAN" ] && continue
    [ "$i" = 0 ] && [ "$whole" = false ] && continue # it was told
    wait "${pids[i]}"
    tell_death "$i" $?
    whole=false
  done
  [ "$whole" = true ] && { release_canary || whole=false; }
  if [ "$whole" = true ]; then
    local files=()
    ask_alone
    for i in "${survivors[@]}"; do
      database_of "$i"
      files+=("$FILE")
    done
    own_roots "${files[@]}"
    for i in "${survivors[@]}"; do
      observe own "$place,\"node\":\"node-$i\",\"roots\":${ROOTS[0]:-[]}"
      ROOTS=("${ROOTS[@]:1}")
    done
    nodes_are_ours "${survivors[@]}" || whole=false
  fi
  close_front
  log "cycle $cycle: $fault, $SLIPWAY_WRITES writes, $acked acknowledged, node-1 holds ${held[1]}, node-2 holds ${held[2]} after $settle_ms ms"
  if [ -z "$CANARY" ] && { [ "${held[1]}" != "$acked" ] || [ "${held[2]}" != "$acked" ]; }; then
    for i in 0 1 2; do
      log "cycle $cycle: last lines of node-$i:"
      tail -c 5000 "$dir/node-$i.log" | tail -n 5 | tr -d '\0' >&2
    done
  fi
  observe cycle_end "$place,\"complete\":$whole"
  stop_nodes
}

# enough: the plan lets this class end once it is decided, and whoever reads the cycles says that it is, in a file beside this
# program, which only this account can write.
enough() {
  [ "${SLIPWAY_STOP_EARLY:-0}" = 1 ] && [ -e "${0%/*}/enough-$fault" ]
}

class=0
# One cycle alone, so many times: "CLASS CYCLE TIMES". What it tells is no evidence of the campaign.
read -r only_fault only_cycle only_times <<<"${SLIPWAY_ONLY:-}"
if [ -z "$only_fault" ]; then
  fault=canary
  class_nodes
  log "canary: ${SLIPWAY_CANARIES:-0} cycles in which a node is made faulty on purpose"
  for ((cycle = 1; cycle <= ${SLIPWAY_CANARIES:-0}; cycle++)); do run_cycle; done
fi
for fault in $SLIPWAY_FAULTS; do
  class=$((class + 1))
  [ -z "$only_fault" ] || [ "$fault" = "$only_fault" ] || continue
  class_nodes
  REASON="unknown fault class"
  if [ "$(type -t "strike_$fault")" != function ] || ! "ready_$fault"; then
    log "fault class $fault is not exercised: $REASON"
    json_text "$fault"
    name=$JSON
    json_text "$REASON"
    observe not_exercised "\"fault\":$name,\"reason\":$JSON"
    continue
  fi
  forget_writes
  if [ -n "$only_fault" ]; then
    cycle=$only_cycle
    log "$fault, cycle $cycle alone, $only_times times"
    for ((time = 1; time <= only_times; time++)); do run_cycle; done
    continue
  fi
  log "campaign: $fault, $SLIPWAY_CYCLES cycles x $SLIPWAY_WRITES writes"
  for ((cycle = 1; cycle <= SLIPWAY_CYCLES; cycle++)); do
    run_cycle
    if [ "$cycle" -lt "$SLIPWAY_CYCLES" ] && enough; then
      json_text "$fault"
      log "$fault: decided after $cycle of $SLIPWAY_CYCLES cycles"
      observe ended_early "\"fault\":$JSON,\"cycles\":$cycle"
      break
    fi
  done
done
log "done"
finish
