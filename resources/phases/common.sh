#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Put in front of every phase program when it is sent to a host, with server.sh and rows.sh behind it; contract in README.md.
# No `set -e`: a call that fails is an observation, not the end of the program.
# shellcheck disable=SC2034 # variables that the programs use
set -uo pipefail
umask 077
export LC_ALL=C TZ=UTC
CAPTURE_SECONDS=120
CAPTURE_BYTES=8388608
# What whoever started this left open is nothing for the server under test.
for fd in /proc/self/fd/*; do
  fd=${fd##*/}
  [ "$fd" -le 2 ] || [ "$fd" -eq 255 ] || eval "exec $fd>&-"
done

# now: NOW becomes the UTC time with microseconds, US the same as microseconds since the epoch. No process is started.
now() {
  local t=$EPOCHREALTIME
  US=${t/./}
  printf -v NOW '%(%Y-%m-%dT%H:%M:%S)T.%sZ' "${t%.*}" "${t#*.}"
}

# up_time: UP becomes the whole seconds since boot, UP_MS the milliseconds (in steps of ten). People and NTP set the clock of
# day, also while something is waited for: what lasts is measured by this one.
up_time() {
  local up
  read -r up _ </proc/uptime
  UP=${up%.*}
  UP_MS=$((10#${up/./} * 10))
}

# log TEXT…: one line for a person, on stderr.
log() {
  now
  printf '%s [phase%s][%s] %s\n' "$NOW" "$SLIPWAY_PHASE" "$SLIPWAY_HOST" "$*" >&2
}

# json_text TEXT: JSON becomes TEXT as a JSON string.
json_text() {
  local s=$1
  s=${s//\\/\\\\}
  s=${s//\"/\\\"}
  s=${s//$'\n'/\\n}
  s=${s//$'\t'/\\t}
  s=${s//$'\r'/\\r}
  JSON="\"${s//[$'\001'-$'\037'$'\177']/?}\""
}

# observe KIND [FIELDS]: one observation on stdout; FIELDS is JSON without braces. One write, so that lines of agents that
# run at the same time do not mix.
observe() {
  now
  up_time
  printf '{"t":"%s","up_ms":%s,"obs":"%s"%s}\n' "$NOW" "$UP_MS" "$1" "${2:+,$2}"
}

# last_lines FILE COUNT: LAST becomes its last lines, 1000 bytes at most.
last_lines() {
  LAST=$(tail -c 4000 "$1" 2>/dev/null | tr -d '\0' | tail -n "$2" | tail -c 1000)
}

# observe_output NAME: the observation of what WORK/capture holds, of a command that ended with STATUS.
observe_output() {
  local size failure=
  size=$(stat -c %s "$WORK/capture")
  [ "$size" -lt "$CAPTURE_BYTES" ] || log "$1 printed more than is kept: $size bytes"
  if [ "$STATUS" -ne 0 ]; then
    last_lines "$WORK/capture.err" 6
    json_text "$LAST"
    failure=",\"stderr\":$JSON"
    log "$1 ended with $STATUS: $LAST"
  fi
  observe output "\"name\":\"$1\",\"exit\":$STATUS,\"bytes\":$size,\"base64\":\"$(base64 -w0 "$WORK/capture")\"$failure"
}

# capture NAME COMMAND…: runs the command and sends its standard output, up to a limit. Status in STATUS.
capture() {
  local name=$1
  shift
  # A server that hangs must not hold the phase for ever; 124 then is the status. Nor may one that prints for ever, or one
  # whose child keeps the pipe open.
  [ "$(type -t "$1")" = function ] || set -- timeout -k 5 "$CAPTURE_SECONDS" "$@"
  {
    {
      "$@"
      printf '%s\n' "$?" >"$WORK/capture.status"
    } 2>&1 >&3 3>&- | timeout "$((CAPTURE_SECONDS + 10))" head -c 65536 >"$WORK/capture.err"
  } 3>&1 </dev/null | timeout "$((CAPTURE_SECONDS + 10))" head -c "$CAPTURE_BYTES" >"$WORK/capture"
  read -r STATUS <"$WORK/capture.status" || STATUS=125
  rm -f "$WORK/capture.status"
  observe_output "$name"
}

# fetch URL FILE SECONDS BYTES: an answer into a file, with an end in time and size; what went wrong in FILE.err.
fetch() (
  : >"$2"
  ulimit -f $(($4 / 1024))
  exec curl -fsS -m "$3" --max-filesize "$4" -o "$2" "$1" 2>"$2.err"
)

# capture_url NAME URL: the same of an answer over HTTP.
capture_url() {
  fetch "$2" "$WORK/capture" 20 "$CAPTURE_BYTES" 2>/dev/null
  STATUS=$?
  observe_output "$1"
}

# check_folder PATH KIND: fails, and says why in REASON, unless PATH is a folder that nobody else can change: "private" is
# this account's alone, "shared" may be the system's and writable for all where only owners remove (as /tmp).
check_folder() {
  local owner mode kind link=()
  [ "$2" = private ] || link=(-L)
  read -r owner mode kind < <(stat "${link[@]}" -c '%u %a %F' -- "$1" 2>/dev/null)
  REASON=
  if [ "${kind:-}" != directory ]; then
    REASON="$1 is ${kind:-not there}, not a folder"
  elif [ "$owner" -ne "$EUID" ] && { [ "$2" = private ] || [ "$owner" -ne 0 ]; }; then
    REASON="$1 belongs to user $owner"
  elif [ "$2" = private ] && [ $((8#$mode & 8#77)) -ne 0 ]; then
    REASON="$1 is open to others (mode $mode)"
  elif [ $((8#$mode & 8#22)) -ne 0 ] && [ $((8#$mode & 8#1000)) -eq 0 ]; then
    REASON="others may replace what lies in $1 (mode $mode)"
  fi
  [ -z "$REASON" ]
}

# make_work: WORK becomes the folder of this run's phase on this host, below the account's state folder. Nothing that the
# server under test or another account wrote is ever in it.
make_work() {
  local state=$HOME/.local/state/slipway folder
  mkdir -p "$state" 2>/dev/null
  WORK=$state/work/$SLIPWAY_RUN-phase$SLIPWAY_PHASE-$SLIPWAY_HOST
  for folder in "$state" "$state/work" "$WORK"; do
    [ "$folder" = "$state" ] || mkdir -- "$folder" 2>/dev/null
    check_folder "$folder" private || {
      log "the work folder cannot be used: $REASON"
      WORK= # it is not ours to remove
      exit 70
    }
  done
}

# leave_work: removes what this phase made on this host. A stop that comes meanwhile would end it half done, and so would
# one that ended what it calls; a function that cleans up before it says the same first.
leave_work() {
  trap '' TERM INT
  [ -n "${WORK:-}" ] || return 0
  remove_data
  rm -rf -- "$WORK"
  rmdir -- "${WORK%/*}" 2>/dev/null
}

# begin [REASON]: the work folder, and who and what is measured here. REASON: why the server does not run as a user of its own.
begin() {
  make_work
  [ -x "$SLIPWAY_SERVER" ] || {
    log "the server under test is missing: $SLIPWAY_SERVER is not a program"
    exit 71
  }
  choose_user "${1:-}"
  local version sha program boot
  as_server 0 /
  version=$(timeout -k 5 20 "${AS[@]}" "$SLIPWAY_SERVER" --version 2>/dev/null </dev/null | head -c 1000 | head -n 1)
  sha=$(sha256sum <"$SLIPWAY_SERVER")
  program=$(sha256sum <"$0")
  read -r boot </proc/sys/kernel/random/boot_id
  json_text "$version"
  version=$JSON
  json_text "$SHARED_BECAUSE"
  observe begin "\"campaign\":\"$SLIPWAY_CAMPAIGN\",\"run\":\"$SLIPWAY_RUN\",\"key\":\"$SLIPWAY_KEY\",\"job\":\"${SLIPWAY_JOB:-}\",\"program_sha256\":\"${program%% *}\",\"phase\":$SLIPWAY_PHASE,\"step\":\"$SLIPWAY_STEP\",\"action\":\"$SLIPWAY_ACTION\",\"host\":\"$SLIPWAY_HOST\",\"version\":$version,\"server_sha256\":\"${sha%% *}\",\"server_user\":\"$SERVER_UID\",\"separate_user\":$SEPARATE$([ "$SEPARATE" = true ] || echo ",\"separate_user_reason\":$JSON"),\"boot_id\":\"$boot\""
  [ "$SEPARATE" = true ] || log "the server under test runs as this account: $SHARED_BECAUSE"
}

# finish: the last observation; without it the stream is known to be cut short.
finish() {
  observe end "\"phase\":$SLIPWAY_PHASE,\"step\":\"$SLIPWAY_STEP\""
}

# agent_name INDEX: the agents of the field, then agent-5 and so on.
agent_name() {
  local names=(alice bob charlie dana)
  AGENT=${names[$1]:-$(($1 + 1))}
}
