#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Follows the per-cycle lines that phase 4 of the field writes, byte by byte, for as long as its job SLIPWAY_WATCHED runs.
begin "scripts of the field start the server themselves"
trap leave_work EXIT
job=$HOME/.local/state/slipway/jobs/$SLIPWAY_WATCHED
declare -A sent=()

pass() {
  local file size from count
  for file in /tmp/phase4-*/chaos-report.jsonl; do
    if [ ! -f "$file" ] || [ -L "$file" ]; then
      continue
    fi
    size=$(stat -c %s "$file")
    from=${sent[$file]:-0}
    [ "$size" -ge "$from" ] || from=0 # begun anew
    while [ "$size" -gt "$from" ]; do
      count=$((size - from))
      [ "$count" -le 49152 ] || count=49152
      json_text "$(basename "$(dirname "$file")" | cut -c8-)"
      observe field_cycles "\"fault\":$JSON,\"offset\":$from,\"base64\":\"$(tail -c +$((from + 1)) "$file" | head -c "$count" | base64 -w0)\""
      from=$((from + count))
    done
    sent[$file]=$from
  done
}

# over: the job has a result, or its supervisor is gone without one.
over() {
  [ -e "$job/result" ] || [ -L "$job/result.link" ] || {
    [ -f "$job/supervisor" ] && ! [ -d "/proc/$(cut -d' ' -f1 "$job/supervisor")" ]
  }
}

up_time
deadline=$((UP + 60))
until [ -d "$job" ] || [ "$UP" -ge "$deadline" ]; do
  sleep 0.2
  up_time
done
[ -d "$job" ] || log "the script was not started here within a minute"
while [ -d "$job" ] && ! over; do
  pass
  sleep 0.3
done
pass
finish
