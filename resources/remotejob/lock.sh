#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# One campaign owns a host: the folder "campaign" in the state folder says whose it is. It appears whole by a rename and goes by
# one. Comes over the standard input of sh, behind lines that set operation, token (of the campaign), from (the token of the
# one that it is taken from, or empty), owner (lines of "word value", "token …" among them). Answers with "taken"
# ("kept": it had it already), "released", "failed WHY", or with the holder's lines and for how many seconds nothing was heard of it.
# shellcheck disable=SC2154
set -u
umask 077
LC_ALL=C
export LC_ALL
case ${HOME:-} in
/*[!/]*) ;;
*)
  echo 'failed HOME is empty or "/"'
  exit
  ;;
esac
state=$HOME/.local/state/slipway
lock=$state/campaign

holds() { grep -qxF "token $1" "$lock/owner" 2>/dev/null </dev/null; }

# processes_of TOKEN: what carries the cookie of one of its jobs, in this home.
processes_of() {
  grep -lzE "^SLIPWAY_JOB=[a-z0-9._-]*-$1-[0-9a-f]*$" /proc/[0-9]*/environ 2>/dev/null </dev/null | cut -d/ -f3 | while read -r pid; do
    grep -qzxF "HOME=$HOME" "/proc/$pid/environ" 2>/dev/null </dev/null && ! grep -q '^State:.*Z' "/proc/$pid/status" && echo "$pid"
  done
}

# clear_servers FOLDER: what a phase noted in its work folder (resources/phases/server.sh): the users that only its servers have
# ("first-id true"), and the folder of their data.
clear_servers() {
  user=
  separate=
  { read -r user separate _ <"$1/user"; } 2>/dev/null
  case $user in '' | *[!0-9]*) separate= ;; esac
  if [ "$separate" = true ] && [ "$user" -ge 60000 ]; then
    for id in "$user" $((user + 1)) $((user + 2)); do
      # -1: all that this user may signal, and that is itself.
      setpriv --reuid="$id" --regid="$id" --clear-groups -- sh -c 'kill -s KILL -- -1' >/dev/null 2>&1 </dev/null
    done
  fi
  for note in data postgres; do
    folder=
    { read -r folder <"$1/$note"; } 2>/dev/null
    case $folder in
    */../*) ;;
    /*/slipway-????????????) rm -rf -- "$folder" ;;
    esac
  done
}

# clear_work TOKEN: what a phase left that was ended before it could clean up. The folders of its jobs stay: what they hold
# may not have been fetched.
clear_work() {
  for folder in "$state/work/$1"-*; do
    [ ! -d "$folder" ] || (clear_servers "$folder")
  done
  rm -rf -- "$state/work/$1"-*
}

# clear TOKEN: TERM, KILL after 5 s, then its folders.
clear() {
  signal=TERM
  for round in 1 2 3 4 5 6 7 8; do
    pids=$(processes_of "$1")
    [ -n "$pids" ] || break
    # shellcheck disable=SC2086
    kill -s "$signal" $pids 2>/dev/null
    sleep 1
    [ "$round" -lt 5 ] || signal=KILL
  done
  clear_work "$1"
  rm -rf -- "$state"/jobs/*-"$1"-*
}

# remove TOKEN: its hold, and nobody else's: while one clears up after it, another may have taken the host from it.
remove() {
  gone=$state/.gone-$$
  rm -rf "$gone"
  mv -T "$lock" "$gone" 2>/dev/null || return
  grep -qxF "token $1" "$gone/owner" </dev/null || mv -T "$gone" "$lock"
  rm -rf "$gone"
}

take() {
  new=$state/.campaign-$$
  rm -rf "$new"
  if ! failed=$({ mkdir -p "$new" && printf '%s\n' "$owner" >"$new/owner" && sync "$new/owner"; } 2>&1); then
    rm -rf "$new"
    echo "failed $failed"
    return
  fi
  if holds "$token"; then
    mv "$new/owner" "$lock/owner" # whoever leads it now
    rm -rf "$new"
    echo kept
    return
  fi
  if [ -n "$from" ] && holds "$from"; then
    clear "$from"
    remove "$from"
  fi
  if mv -T "$new" "$lock" 2>/dev/null; then
    echo taken
  else
    rm -rf "$new"
    head -n 16 "$lock/owner"
    echo "quiet $(($(date +%s) - $(stat -c %Y "$lock/owner")))"
  fi
}

case $operation in
take) take ;;
release)
  if holds "$token"; then
    [ -n "$(processes_of "$token")" ] || clear_work "$token"
    remove "$token"
  fi
  echo released
  ;;
esac
