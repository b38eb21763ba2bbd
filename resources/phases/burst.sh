#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The burst of a cycle of phase 4: agents that write at the same time, and the fault in their midst; put in front of phase4.sh.
# fd 8 is the pipe of the agents' marks, fd 4 the one that holds them.
# shellcheck disable=SC2034,SC2154 # variables that phase4.sh uses and sets

# agent INDEX: every SLIPWAY_AGENTS-th write of the cycle. Marks into the pipe: s, a request was sent and is not answered; a, it was
# acknowledged; h, it holds until the fault is in force; e, it came to its end.
agent() {
  local i id hold=$held_back
  trap '' PIPE # a primary that dies must not end the agent
  SENT=1
  agent_name "$1"
  for ((i = $1 + 1; i <= SLIPWAY_WRITES; i += SLIPWAY_AGENTS)); do
    id=$prefix$AGENT-$i
    if [ "$hold" -gt 0 ] && [ "$i" -gt "$hold" ]; then
      hold=0
      printf 'h\n' >&8
      read -r -t 120 -u 4 _
    fi
    node_url 0
    [ "$CANARY" != lost ] || [ "$id" != "$CANARY_ID" ] || PORT=${FRONT_URL##*:}
    post_memory "$PORT" "$namespace" "$id" "$AGENT"
    observe write "$place,\"agent\":\"ai:agent-$AGENT\",\"id\":\"$id\",\"code\":\"$CODE\",\"start_us\":$START_US,\"end_us\":$END_US,\"bytes\":${#CONTENT[$id]},\"sha256\":\"${DIGEST[$id]}\""
    if [ "$CODE" = 201 ]; then
      printf '%s %s\n' "$id" "${DIGEST[$id]}" >>"$dir/acked.$1"
      printf 'a\n' >&8
    fi
  done
  printf 'e\n' >&8
}

# burst: until every agent has come to its end. The fault strikes once enough writes are acknowledged, at the instant at which a
# further one has been sent and is not answered. One that takes time to come into force does so while the agents hold; then they
# go on, and it is in force from that instant on.
burst() {
  local acked=0 ended=0 holding=0 mark stage=writing heal_at=0 wait
  [ -z "$CANARY" ] || stage=struck # in such a cycle nothing else strikes
  while [ "$ended" -lt "$SLIPWAY_AGENTS" ] || [ "$heal_at" -gt 0 ]; do
    wait=60
    if [ "$heal_at" -gt 0 ]; then
      up_time
      if [ "$UP_MS" -ge "$heal_at" ]; then
        heal
        continue
      fi
      printf -v wait '%d.%03d' $(((heal_at - UP_MS) / 1000)) $(((heal_at - UP_MS) % 1000))
    fi
    if ! read -r -u 8 -t "$wait" mark; then
      [ "$heal_at" -gt 0 ] && continue
      break
    fi
    case $mark in
    a) acked=$((acked + 1)) ;;
    e) ended=$((ended + 1)) ;;
    h) holding=$((holding + 1)) ;;
    esac
    if [ "$stage" = writing ] && { [ "$held_back" -eq 0 ] || [ $((holding + ended)) -eq "$SLIPWAY_AGENTS" ]; }; then
      if [ "$acked" -ge "$SLIPWAY_FAULT_AFTER_ACKS" ]; then
        stage=due
        [ "$heals" = false ] || arm
      fi
      [ "$held_back" -eq 0 ] || let_go
      held_back=0
    fi
    if [ "$stage" = due ] && { [ "$mark" = s ] || [ "$ended" -eq "$SLIPWAY_AGENTS" ]; }; then
      stage=struck
      strike "$acked"
    fi
  done
  start_time "${pids[0]:-0}"
  if [ -n "${pids[0]:-}" ] && [ -z "$BEGAN" ]; then
    wait "${pids[0]}"
    report_death 0 $?
    whole=false
  fi
  [ "$stage" = struck ] || log "cycle $cycle: only $acked writes were acknowledged, the fault needs $SLIPWAY_FAULT_AFTER_ACKS; it never struck"
}

# let_go: the agents that hold, and those that will, go on.
let_go() {
  local i
  for ((i = 0; i < SLIPWAY_AGENTS; i++)); do printf '\n' >&4; done
}
