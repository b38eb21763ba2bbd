#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Fault classes of phase 4; put in front of phase4.sh. A class NAME has
#   ready_NAME    once: whether this host can do it; why not in REASON
#   equip_NAME I  before node I starts: what its start needs, added to AS
#   strike_NAME   it is in force when this returns, and was seen to be; FAULT_US where it struck at an earlier instant. Of a class that
#                 heals the agents hold meanwhile
#   effect_NAME   while it is in force: what it did, as fields in EFFECT, and whether that is an effect in EFFECTIVE
#   heal_NAME     it is over when this returns without a failure, and was seen to be
# All but the kill leave every node alive. Each of these ends by itself soon after SLIPWAY_FAULT_MS, also where this program stands
# still or is killed in mid-fault: a filter by the kernel's own timeout, and its table with the process that owns it; the rest by a
# healer that waits beside it. Servers die with whoever started them, so that none is left stopped or with a wrong clock.
# shellcheck disable=SC2034,SC2154 # variables that phase4.sh uses and sets
ANSWERS_DROPPED=30 # of a hundred

# class_nodes: whether the fault is over within its cycle, and the nodes that must hold what was acknowledged.
class_nodes() {
  heals=true
  survivors=(0 1 2)
  case $fault in
  canary) heals=false ;;
  kill_primary_mid_write)
    heals=false
    survivors=(1 2)
    ;;
  esac
}

# class_seed: SEED becomes this cycle's, of the campaign's key, the class and the cycle. What a fault chooses follows from it.
class_seed() {
  SEED=$(((16#${SLIPWAY_KEY:0:7} + cycle * 7919 + class * 104729) % 2147483647))
}

ready_kill_primary_mid_write() { :; }
equip_kill_primary_mid_write() { :; }

# The primary dies by SIGKILL; killed is what wait says.
strike_kill_primary_mid_write() {
  VICTIM=0
  now
  FAULT_US=$US
  kill -s KILL "${pids[0]}"
}
effect_kill_primary_mid_write() {
  wait "${pids[0]}" 2>/dev/null
  local status=$?
  unset 'pids[0]'
  EFFECT="\"status\":$status"
  [ "$status" -eq 137 ] && EFFECTIVE=true
}

# ready, but for what each class has of its own.
ready_partition_minority() { make_filter; }
ready_drop_random_acks() { make_filter; }
ready_pause_peer() { [ -r /proc/self/stat ]; }
ready_clock_skew_peer() {
  local library
  for library in /usr/lib/*/faketime/libfaketimeMT.so.1 /usr/lib/faketime/libfaketimeMT.so.1; do
    [ -r "$library" ] && FAKETIME_LIBRARY=$library && return 0
  done
  REASON="the host has no libfaketime (package libfaketime, or faketime)"
  return 1
}

# One of the three is cut off from the two others, in both directions.
equip_partition_minority() { :; }
strike_partition_minority() {
  local other mine='' theirs=''
  VICTIM=$((SEED % 3))
  for other in 0 1 2; do
    [ "$other" != "$VICTIM" ] || continue
    link_mark "$VICTIM" "$other"
    mine+="${mine:+, }$MARK timeout ${SLIPWAY_FAULT_MS}ms"
    link_mark "$other" "$VICTIM"
    theirs+="${theirs:+, }$MARK timeout ${SLIPWAY_FAULT_MS}ms"
  done
  echo "reset counters table inet $TABLE" >&7
  echo "add element inet $TABLE mine { $mine }; add element inet $TABLE theirs { $theirs }" >&7
  await_set theirs some
}
effect_partition_minority() {
  local from
  counter from
  from=$COUNT
  counter to
  EFFECT="\"packets_from\":$from,\"packets_to\":$COUNT"
  [ $((from + COUNT)) -gt 0 ] && EFFECTIVE=true
}
heal_partition_minority() {
  local other
  await_set mine none && await_set theirs none || return 1
  for other in 0 1 2; do
    [ "$other" != "$VICTIM" ] || continue
    passes "$VICTIM" "$other" && passes "$other" "$VICTIM" || return 1
  done
}

# Of the packets with which peers answer the primary a share never arrives, the same ones each time they are sent again.
equip_drop_random_acks() { :; }
strike_drop_random_acks() {
  local marks='' other
  VICTIM=0
  for other in 1 2; do
    link_mark 0 "$other"
    marks+="${marks:+, }$MARK timeout ${SLIPWAY_FAULT_MS}ms"
  done
  echo "reset counters table inet $TABLE" >&7
  echo "flush chain inet $TABLE lose; add rule inet $TABLE lose jhash tcp sequence mod 100 seed $SEED < $ANSWERS_DROPPED counter name \"dropped\" drop; add element inet $TABLE answers { $marks }" >&7
  await_set answers some
}
effect_drop_random_acks() {
  local seen
  counter seen
  seen=$COUNT
  counter dropped
  EFFECT="\"packets_seen\":$seen,\"packets_dropped\":$COUNT,\"percent\":$ANSWERS_DROPPED"
  [ "$COUNT" -gt 0 ] && EFFECTIVE=true
}
heal_drop_random_acks() {
  await_set answers none && passes 0 1 && passes 0 2
}

# A peer stands still. The healer lets it go on, whatever becomes of this program.
equip_pause_peer() { :; }
process_state() {
  local line
  STATE=
  { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 0
  line=${line##*) }
  STATE=${line%% *}
}
strike_pause_peer() {
  local tries=0
  VICTIM=$((SEED % 2 + 1))
  heal_later kill -s CONT "${pids[VICTIM]}"
  kill -s STOP "${pids[VICTIM]}"
  while process_state "${pids[VICTIM]}" && [ "$STATE" != T ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 50 ] || return 1
    sleep 0.02
  done
}
effect_pause_peer() {
  process_state "${pids[VICTIM]}"
  EFFECT="\"state\":\"$STATE\""
  [ "$STATE" = T ] && EFFECTIVE=true
}
heal_pause_peer() {
  kill -s CONT "${pids[VICTIM]}" 2>/dev/null
  dismiss_healer
  node_url "$VICTIM"
  process_state "${pids[VICTIM]}"
  case $STATE in '' | T | t | Z | X) return 1 ;; esac
  await_health "$URL" 5 "${pids[VICTIM]}"
}

# The clock of a peer is set, by minutes and in mid-burst, ahead or back; what lasts is measured by another one and goes on.
equip_clock_skew_peer() {
  class_seed
  [ "$1" -eq $((SEED % 2 + 1)) ] || return 0
  set_clock "$1" 0
  AS+=("LD_PRELOAD=$FAKETIME_LIBRARY" "FAKETIME_TIMESTAMP_FILE=$DATA/clock-$1" FAKETIME_NO_CACHE=1 FAKETIME_DONT_FAKE_MONOTONIC=1)
}
set_clock() {
  (umask 022 && printf '%+ds\n' "$2" >"$DATA/clock-$1.new") && mv "$DATA/clock-$1.new" "$DATA/clock-$1"
}
# read_skew NODE: SKEW becomes the seconds by which the time that the node itself answers is ahead of this host's; empty when it
# answers none. Answers have it with them in whole seconds (RFC 9110, Date).
read_skew() {
  local answered
  node_url "$1"
  SKEW=
  answered=$(curl -fsS -m 2 --max-filesize 65536 -o /dev/null -D - "$URL/api/v1/health" 2>/dev/null | tr -d '\r' | sed -n 's/^[Dd]ate: //p' | head -n 1)
  answered=$(date -d "${answered:-none}" +%s 2>/dev/null) || return 0
  printf -v SKEW '%(%s)T' -1
  SKEW=$((answered - SKEW))
}
strike_clock_skew_peer() {
  local tries=0
  VICTIM=$((SEED % 2 + 1))
  ASKED_SKEW=$((60 + SEED / 2 % 540))
  [ $((SEED / 4 % 2)) -eq 0 ] || ASKED_SKEW=-$ASKED_SKEW
  read_skew "$VICTIM"
  SKEW_BEFORE=$SKEW
  heal_later set_clock "$VICTIM" 0
  set_clock "$VICTIM" "$ASKED_SKEW"
  while read_skew "$VICTIM" && ! is_near "$SKEW" "$ASKED_SKEW"; do
    tries=$((tries + 1))
    [ "$tries" -lt 20 ] || return 1
    sleep 0.02
  done
}
is_near() { [ -n "$1" ] && [ "$1" -ge $(($2 - 2)) ] && [ "$1" -le $(($2 + 2)) ]; }
effect_clock_skew_peer() {
  read_skew "$VICTIM"
  EFFECT="\"skew_asked_s\":$ASKED_SKEW,\"skew_before_s\":${SKEW_BEFORE:-null},\"skew_told_s\":${SKEW:-null}"
  is_near "$SKEW_BEFORE" 0 && is_near "$SKEW" "$ASKED_SKEW" && EFFECTIVE=true
}
heal_clock_skew_peer() {
  set_clock "$VICTIM" 0
  dismiss_healer
  read_skew "$VICTIM"
  is_near "$SKEW" 0
}

# heal_later COMMAND…: a process beside this program does it a second after the fault should be over, also where this program
# stands still or is gone by then.
heal_later() {
  local ms=$((SLIPWAY_FAULT_MS + 1000))
  printf -v ms '%d.%03d' $((ms / 1000)) $((ms % 1000))
  (
    trap 'kill -s KILL "$nap" 2>/dev/null; exit 0' USR1
    trap '' TERM INT HUP
    exec 4>&- 5>&- 7>&- 8>&-
    sleep "$ms" &
    nap=$!
    wait "$nap"
    "$@"
  ) </dev/null >/dev/null 2>&1 &
  HEALER=$!
}
dismiss_healer() {
  kill -s USR1 "$HEALER" 2>/dev/null
  wait "$HEALER" 2>/dev/null
}

# arm: brings a fault that heals into force.
arm() {
  INJECTED=false
  FAULT_US=
  class_seed
  "strike_$fault" && INJECTED=true
  up_time
  FORCE_MS=$UP_MS
}

# strike ACKED: the fault meets writes in flight, once so many are acknowledged. One that does not leave every node alive is
# brought into force now and has its effect at once; another one lasts until heal_at.
strike() {
  local limit=
  [ "$heals" = true ] || arm
  now
  [ "$heals" = false ] || limit=",\"limit_ms\":$SLIPWAY_FAULT_MS"
  observe fault "$place,\"fault_us\":${FAULT_US:-$US},\"acked_before\":$1,\"injected\":$INJECTED,\"seed\":$SEED,\"node\":\"node-$VICTIM\"$limit"
  if [ "$heals" = true ]; then
    heal_at=$((FORCE_MS + SLIPWAY_FAULT_MS - 100)) # its effect is read while it is in force
  else
    observe_effect
  fi
}

observe_effect() {
  EFFECTIVE=false
  EFFECT=
  "effect_$fault"
  observe fault_effect "$place,\"node\":\"node-$VICTIM\",$EFFECT,\"effective\":$EFFECTIVE"
}

# heal: what the fault did, and that it is over.
heal() {
  local healed=false
  observe_effect
  up_time
  [ "$UP_MS" -ge $((heal_at + 100)) ] || sleep "0.$(printf '%03d' $(((heal_at + 100 - UP_MS) % 1000)))"
  "heal_$fault" && healed=true
  now
  observe healed "$place,\"node\":\"node-$VICTIM\",\"heal_us\":$US,\"healed\":$healed"
  heal_at=0
  [ "$healed" = true ] || {
    whole=false
    log "cycle $cycle: $fault of node-$VICTIM is not over"
  }
}
