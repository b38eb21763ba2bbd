#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Requests to nodes on this host by bash itself, which starts no process for them; put in front of phase4.sh. Fd 6 is the
# connection. Only for loopback: bash cannot give up on a connection that is not answered.
# shellcheck disable=SC2034,SC2154 # variables that phase4.sh uses and sets

# open_naps, nap SECONDS: to wait for fractions of a second: fd 5 is a pipe that nobody writes to.
open_naps() {
  mkfifo "$WORK/naps" && exec 5<>"$WORK/naps"
}
nap() { read -r -t "$1" -u 5 _; }

# request PORT SECONDS HEAD BODY: CODE becomes the status of the answer, 000 without one. Where SENT is set, one byte goes
# into fd 8 when the request has been sent and is not answered. A node that dies in between must not end this program.
request() {
  CODE=000
  { exec 6<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null || return 0
  printf '%s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n%s' "$3" "$1" "$4" >&6 2>/dev/null
  [ -z "$SENT" ] || printf 's\n' >&8
  read -r -t "$2" -n 100 -u 6 _ CODE _ 2>/dev/null # one that died has reset the connection
  exec 6>&-
  case $CODE in [1-5][0-9][0-9]) ;; *) CODE=000 ;; esac
}
SENT=

# post_memory PORT NAMESPACE ID AGENT: as write_memory.
post_memory() {
  local body="{\"tier\":\"mid\",\"namespace\":\"$2\",\"title\":\"$3\",\"content\":\"${CONTENT[$3]}\",\"tags\":[\"ship-gate\"],\"priority\":5,\"confidence\":1.0,\"source\":\"api\",\"metadata\":{}}"
  now
  START_US=$US
  request "$1" "$WRITE_TIMEOUT" 'POST /api/v1/memories' \
    "Content-Type: application/json"$'\r\n'"X-Agent-Id: ai:agent-$4"$'\r\n'"Content-Length: ${#body}"$'\r\n\r\n'"$body"
  now
  END_US=$US
}

# await_node PORT SECONDS PID: as await_health.
await_node() {
  local deadline
  up_time
  deadline=$((UP + $2))
  while :; do
    trap '' PIPE
    request "$1" 2 'GET /api/v1/health' $'\r\n'
    trap - PIPE
    [ "$CODE" != 200 ] || return 0
    start_time "$3"
    up_time
    [ -n "$BEGAN" ] && [ "$UP" -lt "$deadline" ] || return 1
    nap 0.003
  done
}
