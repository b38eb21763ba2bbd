#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Put in front of every phase program when it is sent to a host; contract in README.md. No `set -e`: a call that fails is an
# observation, not the end of the program.
# shellcheck disable=SC2034 # variables that the programs use
set -uo pipefail
export LC_ALL=C TZ=UTC
CAPTURE_SECONDS=120

# now: NOW becomes the UTC time with microseconds, US the same as microseconds since the epoch. No process is started.
now() {
  local t=$EPOCHREALTIME
  US=${t/./}
  printf -v NOW '%(%Y-%m-%dT%H:%M:%S)T.%sZ' "${t%.*}" "${t#*.}"
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
  JSON="\"${s//[$'\001'-$'\037']/?}\""
}

# observe KIND [FIELDS]: one observation on stdout; FIELDS is JSON without braces. One write, so that lines of agents that
# run at the same time do not mix.
observe() {
  now
  printf '{"t":"%s","obs":"%s"%s}\n' "$NOW" "$1" "${2:+,$2}"
}

# capture NAME COMMAND…: runs the command and sends its standard output whole, whatever it is. Status in STATUS.
capture() {
  local name=$1
  shift
  # A server that hangs must not hold the phase for ever; 124 then is the status.
  [ "$(type -t "$1")" = function ] || set -- timeout -k 5 "$CAPTURE_SECONDS" "$@"
  "$@" >"$WORK/capture" 2>"$WORK/capture.err"
  STATUS=$?
  local size
  size=$(stat -c %s "$WORK/capture")
  if [ "$size" -gt 8388608 ]; then
    log "$name printed $size bytes; only the first 8 MiB are kept"
    head -c 8388608 "$WORK/capture" >"$WORK/capture.cut" && mv "$WORK/capture.cut" "$WORK/capture"
  fi
  observe output "\"name\":\"$name\",\"exit\":$STATUS,\"bytes\":$size,\"base64\":\"$(base64 -w0 "$WORK/capture")\""
  if [ "$STATUS" -ne 0 ]; then
    log "$name ended with $STATUS: $(head -c 1000 "$WORK/capture.err" | tr -d '\0' | head -n 6)"
  fi
}

# begin: the work folder, and who and what is measured here.
begin() {
  WORK=$SLIPWAY_WORK/slipway-$SLIPWAY_RUN-phase$SLIPWAY_PHASE
  (umask 077 && mkdir -p "$WORK") || {
    log "the work folder $WORK cannot be made"
    exit 70
  }
  [ -x "$SLIPWAY_SERVER" ] || {
    log "the server under test is missing: $SLIPWAY_SERVER is no program"
    exit 71
  }
  local version sha program boot
  version=$("$SLIPWAY_SERVER" --version 2>/dev/null | head -n 1)
  sha=$(sha256sum <"$SLIPWAY_SERVER")
  program=$(sha256sum <"$0")
  read -r boot </proc/sys/kernel/random/boot_id
  json_text "$version"
  observe begin "\"campaign\":\"$SLIPWAY_CAMPAIGN\",\"run\":\"$SLIPWAY_RUN\",\"job\":\"${SLIPWAY_JOB:-}\",\"program_sha256\":\"${program%% *}\",\"phase\":$SLIPWAY_PHASE,\"step\":\"$SLIPWAY_STEP\",\"action\":\"$SLIPWAY_ACTION\",\"host\":\"$SLIPWAY_HOST\",\"version\":$JSON,\"server_sha256\":\"${sha%% *}\",\"boot_id\":\"$boot\""
}

# finish: the last observation; without it the stream is known to be cut short.
finish() {
  observe end "\"phase\":$SLIPWAY_PHASE,\"step\":\"$SLIPWAY_STEP\""
}

# await_health URL SECONDS: waits until the server answers.
await_health() {
  local deadline=$((SECONDS + $2))
  until curl -fsS -m 2 -o /dev/null "$1/api/v1/health" 2>/dev/null; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.02
  done
}

# end_process PID SECONDS: TERM, then KILL; returns when the process is gone.
end_process() {
  local pid=$1 deadline=$((SECONDS + $2))
  kill -s TERM "$pid" 2>/dev/null || return 0
  while kill -s 0 "$pid" 2>/dev/null; do
    [ "$SECONDS" -lt "$deadline" ] || kill -s KILL "$pid" 2>/dev/null
    sleep 0.02
  done
}

# agent_name INDEX: the agents of the field, then agent-5 and so on.
agent_name() {
  local names=(alice bob charlie dana)
  AGENT=${names[$1]:-$(($1 + 1))}
}

# write_memory URL NAMESPACE ID AGENT: one write, its answer as CODE (000: none), START_US and END_US.
write_memory() {
  local answer
  now
  START_US=$US
  answer=$(curl -s -m "$WRITE_TIMEOUT" -o /dev/null -w '%{http_code}' -H 'Content-Type: application/json' -H "X-Agent-Id: ai:agent-$4" \
    --data-binary "{\"tier\":\"mid\",\"namespace\":\"$2\",\"title\":\"$3\",\"content\":\"Ship-gate write by agent $4.\",\"tags\":[\"ship-gate\"],\"priority\":5,\"confidence\":1.0,\"source\":\"api\",\"metadata\":{}}" \
    "$1/api/v1/memories")
  now
  END_US=$US
  CODE=${answer:-000}
}

# list_ids URL NAMESPACE PREFIX FILE: the ids with this prefix that the node holds, sorted, into FILE. Pages on by the
# number of rows that really came, so that no cap of the server can hide any. Fails when the node does not answer.
list_ids() {
  local offset=0 rows
  : >"$4.all"
  while :; do
    curl -fsS -m 10 -o "$4.page" "$1/api/v1/memories?namespace=$2&limit=200&offset=$offset" 2>/dev/null || return 1
    grep -oE "\"title\": ?\"$3[A-Za-z0-9.-]+\"" "$4.page" | grep -oE "$3[A-Za-z0-9.-]+" >"$4.ids"
    rows=$(wc -l <"$4.ids")
    [ "$rows" -gt 0 ] || break
    cat "$4.ids" >>"$4.all"
    offset=$((offset + rows))
  done
  sort -u "$4.all" >"$4"
}

# id_array FILE: JSON becomes the ids in FILE as an array.
id_array() {
  JSON=$(awk 'BEGIN { printf "[" } { printf "%s\"%s\"", (NR > 1 ? "," : ""), $0 } END { printf "]" }' "$1")
}
