#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Durable jobs on a host; protocol and states in app/remotejob/README.md. Usage: job.sh start|follow|sums|enough|cancel|clean ID …
# POSIX shell, GNU coreutils, setsid and /proc. Tokens are checked here too; all data comes over standard input.
set -u
umask 077
LC_ALL=C
export LC_ALL
state_dir=$HOME/.local/state/slipway
operation=${1:-}
id=${2:-}
case $id in '' | *[!a-z0-9._-]* | [._-]*)
  echo "X bad job id"
  exit 64
  ;;
esac
job=$state_dir/jobs/$id
read -r boot </proc/sys/kernel/random/boot_id

# start_time PID: START becomes the process's start time in ticks, empty when it is gone or a zombie. No process is started.
start_time() {
  START=
  { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 0
  # shellcheck disable=SC2086 # the fields after the name, which may itself hold blanks and parentheses
  set -- ${line##*) }
  case $1 in Z | X) ;; *) START=${20} ;; esac
}

# same_process FILE: whether the process noted there ("pid start boot") lives. A bare pid proves nothing.
same_process() {
  { read -r PID began on <"$1"; } 2>/dev/null || return 1
  [ "$on" = "$boot" ] || return 1
  start_time "$PID"
  [ -n "$START" ] && [ "$START" = "$began" ]
}

note_process() {
  start_time "$1"
  echo "$1 $START $boot" >"$2.new" && mv "$2.new" "$2"
}

read_result() {
  RESULT=
  { read -r RESULT <"$job/result"; } 2>/dev/null || RESULT=$(readlink "$job/result.link" 2>/dev/null)
  case $RESULT in v1\ *) return 0 ;; *) return 1 ;; esac
}

# STATE from evidence, in this order: a result, then who lives, then the result again.
find_state() {
  if [ ! -d "$job" ]; then
    STATE=vanished
  elif read_result; then
    STATE=finished
  elif [ ! -f "$job/supervisor" ]; then
    STATE=starting
  elif same_process "$job/supervisor"; then
    STATE=running
  elif [ "$on" != "$boot" ]; then
    STATE=rebooted
  elif same_process "$job/phase"; then
    STATE=running
  elif read_result; then
    STATE=finished
  else
    STATE=wrapper-gone
  fi
}

# Writes the result so that it is there whole or not at all. On a full disk the reserve makes room; failing that, the
# text goes into a symbolic link, which needs no block.
write_result() {
  if { echo "$1" >"$job/result.new" && sync "$job/result.new"; } 2>/dev/null && [ -s "$job/result.new" ]; then
    mv "$job/result.new" "$job/result"
    return
  fi
  : >"$job/nospace" 2>/dev/null
  rm -f "$job/reserve" "$job/result.new"
  { echo "$1 nospace" >"$job/result.new" && [ -s "$job/result.new" ] && mv "$job/result.new" "$job/result"; } 2>/dev/null ||
    ln -s "$1 nospace" "$job/result.link"
}

# take NAME: one record from standard input, "NAME length" and that many bytes, into the file NAME.
take() {
  read -r name size || return 1
  [ "$name" = "$1" ] || return 1
  head -c "$size" >"$new/$name" && [ "$(stat -c %s "$new/$name")" = "$size" ]
}

start() {
  mkdir -p "$state_dir/jobs" || {
    echo "X the folder $state_dir/jobs cannot be made"
    exit 73
  }
  if [ ! -d "$job" ]; then
    new=$state_dir/jobs/.new-$id-$$
    rm -rf "$new"
    if ! { mkdir "$new" && take script && take env && take workdir && take interpreter && take deadline &&
      dd if=/dev/zero of="$new/reserve" bs=65536 count=1 status=none && : >"$new/stdout" && : >"$new/stderr"; }; then
      rm -rf "$new"
      echo "X the job could not be written to $state_dir/jobs; is the disk full?"
      exit 74
    fi
    # Whoever comes second finds the job there; it is the same one.
    mv -T "$new" "$job" 2>/dev/null || rm -rf "$new"
  fi
  if mkdir "$job/claim" 2>/dev/null; then
    setsid /bin/sh "$0" supervise "$id" </dev/null >/dev/null 2>&1 &
  fi
  tries=0
  while [ ! -f "$job/supervisor" ] && [ "$tries" -lt 100 ]; do
    sleep 0.05
    tries=$((tries + 1))
  done
  find_state
  echo "S $STATE"
}

# stream_hashes OUT LOG: SHA-256 of the first so many bytes of both streams.
stream_hashes() {
  echo "$(head -c "$1" "$job/stdout" | sha256sum | cut -c1-64) $(head -c "$2" "$job/stderr" | sha256sum | cut -c1-64)"
}

# The deadline of the job, by the time since boot, which nobody sets. It holds whether somebody follows the job or not: then it
# is ended as by a cancel. Outlives the job by a nap at most, also where the supervisor was killed.
watch_deadline() {
  trap 'kill "$nap" 2>/dev/null; exit 0' TERM
  read -r up _ </proc/uptime
  over=$((${up%.*} + DEADLINE))
  while [ "${up%.*}" -lt "$over" ]; do
    left=$((over - ${up%.*}))
    [ "$left" -le 5 ] || left=5
    sleep "$left" &
    nap=$!
    wait "$nap"
    same_process "$job/phase" || exit 0
    read -r up _ </proc/uptime
  done
  : >overdue
  cancel cancel "$id" 10 >/dev/null
}

# The supervisor: in a session of its own, so that no connection and no terminal can end it.
supervise() {
  trap '' HUP INT
  cd "$job" || exit 70
  note_process $$ "$job/supervisor"
  workdir=$(cat workdir)
  interpreter=$(cat interpreter)
  DEADLINE=$(cat deadline)
  (
    trap - HUP INT
    # shellcheck source=/dev/null
    . ./env
    rm -f ./env
    SLIPWAY_JOB=$id
    export SLIPWAY_JOB
    cd "$workdir" || exit 70
    exec setsid "$interpreter" "$job/script" </dev/null >>"$job/stdout" 2>>"$job/stderr"
  ) &
  phase=$!
  note_process "$phase" "$job/phase"
  watch_deadline &
  watcher=$!
  wait "$phase"
  code=$?
  [ -e overdue ] || kill -s TERM "$watcher" 2>/dev/null
  wait "$watcher" # which ends what else is left of a job that is overdue
  if [ -e overdue ]; then
    write_result "v1 overdue $DEADLINE"
  elif [ "$code" -gt 128 ]; then
    write_result "v1 signalled $(kill -l $((code - 128)) 2>/dev/null || echo $((code - 128)))"
  else
    write_result "v1 exited $code"
  fi
  # Once, for all who follow. After the result, which must not wait for gigabytes.
  # shellcheck disable=SC2046 # two numbers
  set -- $(stat -c %s stdout stderr)
  { echo "$1 $2 $(stream_hashes "$1" "$2")" >sums.new && mv sums.new sums; } 2>/dev/null
}

# find_hashes OUT LOG: HASHES of both streams at these lengths, as the supervisor noted them or taken now. Fails while the
# supervisor is still at it.
find_hashes() {
  if { read -r noted_out noted_log HASHES <"$job/sums"; } 2>/dev/null; then
    [ "$noted_out $noted_log" != "$1 $2" ] || return 0
  elif same_process "$job/supervisor"; then
    return 1
  fi
  HASHES=$(stream_hashes "$1" "$2")
}

# send LETTER FILE OFFSET SIZE: one frame of a stream, 4 MiB at most; its last line proves that it is whole. Ends instead when
# the file was cut short meanwhile: what would follow were taken for its bytes.
send() {
  count=$(($4 - $3))
  [ "$count" -le 4194304 ] || count=4194304
  echo "$1 $3 $count"
  dd if="$2" bs=256K iflag=skip_bytes,count_bytes,fullblock skip="$3" count="$count" status=none
  SENT=$(($3 + count))
  [ "$(stat -c %s "$2")" -ge "$SENT" ] || exit 74
  echo "K"
}

follow() {
  out=$3
  log=$4
  echo "DJ1 $5 $boot"
  quiet=0
  beat=0
  waited=0
  while :; do
    # The state first: what a finished job has written by then is all there is.
    find_state
    if [ "$STATE" = vanished ]; then
      echo "Z vanished"
      return
    fi
    sizes=$(stat -c %s "$job/stdout" "$job/stderr" 2>/dev/null | tr '\n' ' ')
    # shellcheck disable=SC2086
    set -- $sizes
    if [ $# -ne 2 ] || [ "$1" -lt "$out" ] || [ "$2" -lt "$log" ]; then
      echo "Z truncated"
      return
    fi
    if [ "$1" -gt "$out" ] || [ "$2" -gt "$log" ]; then
      # All that was there a moment ago, before anything is looked at again: that costs processes.
      while [ "$1" -gt "$out" ]; do
        send O "$job/stdout" "$out" "$1"
        out=$SENT
      done
      while [ "$2" -gt "$log" ]; do
        send L "$job/stderr" "$log" "$2"
        log=$SENT
      done
      quiet=0
      continue
    fi
    case $STATE in
    finished | rebooted | wrapper-gone)
      if find_hashes "$out" "$log"; then
        echo "Z $STATE $out $log $HASHES $RESULT$([ -e "$job/nospace" ] && echo ' nospace')"
        return
      fi
      ;;
    starting)
      waited=$((waited + 1))
      [ "$waited" -lt 150 ] || {
        echo "Z never-started"
        return
      }
      ;;
    esac
    if [ "$beat" -le 0 ]; then
      echo "H $STATE"
      beat=20
    fi
    beat=$((beat - 1))
    quiet=$((quiet + 1))
    if [ "$quiet" -gt 50 ]; then sleep 0.25; else sleep 0.1; fi
  done
}

# Processes that carry the job's cookie, whatever session they fled to.
cookie_holders() {
  grep -lzxF "SLIPWAY_JOB=$id" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3 | while read -r pid; do
    start_time "$pid"
    [ -z "$START" ] || echo "$pid"
  done
}

# sums ID OUT LOG: SHA-256 of the first so many bytes of both streams, where there are as many.
sums() {
  if [ "$(stat -c %s "$job/stdout")" -ge "$3" ] && [ "$(stat -c %s "$job/stderr")" -ge "$4" ]; then
    echo "P $(stream_hashes "$3" "$4")"
  else
    echo "P shorter"
  fi
}

# enough ID WORD: the program may end this part of its work; it looks for the file when it is between two of its rounds.
enough() {
  case ${3:-} in '' | *[!a-z0-9_]*)
    echo "X bad word"
    exit 64
    ;;
  esac
  : >"$job/enough-$3" && echo "E $3"
}

# TERM to the phase's whole group, a grace for its own healing, then KILL until nobody with the cookie is left.
cancel() {
  grace=$3
  find_state
  : >"$job/cancel" 2>/dev/null
  if same_process "$job/phase"; then
    kill -s TERM -- "-$PID" 2>/dev/null
    ticks=0
    while same_process "$job/phase" && [ "$ticks" -lt $((grace * 10)) ]; do
      sleep 0.1
      ticks=$((ticks + 1))
    done
  fi
  round=0
  holders=$(cookie_holders)
  while [ -n "$holders" ] && [ "$round" -lt 10 ]; do
    # shellcheck disable=SC2086 # pids
    kill -s KILL $holders 2>/dev/null
    sleep 0.1
    holders=$(cookie_holders)
    round=$((round + 1))
  done
  echo "C $(echo "$holders" | wc -w) $(echo "$holders" | tr '\n' ' ')"
}

clean() {
  find_state
  case $STATE in
  finished | rebooted | wrapper-gone) rm -rf "$job" ;;
  esac
  echo "S $STATE"
}

case $operation in
start) start ;;
supervise) supervise ;;
follow) follow "$@" ;;
cancel) cancel "$@" ;;
sums) sums "$@" ;;
enough) enough "$@" ;;
clean) clean ;;
*)
  echo "X there is no operation $operation"
  exit 64
  ;;
esac
