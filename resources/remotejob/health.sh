#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Says what of a campaign's needs a host has, in lines "word value": what is missing was not measured or is not there. Each
# program is tried as the jobs and phases use it. It comes over the standard input of sh, behind lines that set server, work
# and ports, so that nothing here may read that.
# shellcheck disable=SC2154 # server, work, ports
LC_ALL=C
export LC_ALL
state=${HOME:-}/.local/state/slipway

say() { printf '%s\n' "$*"; }

# has NAME COMMAND…: that it works.
has() {
  word=$1
  shift
  "$@" >/dev/null 2>&1 </dev/null && say "has $word"
}

# free NAME FOLDER: how many KiB.
free() {
  df -Pk -- "$2" 2>/dev/null </dev/null | {
    read -r _
    read -r _ _ _ blocks _ && say "$1 $blocks"
  }
}

# takes NAME FOLDER: "has NAME" when a file of 1 MiB can be written and kept there. Quotas and full disks show only so.
takes() {
  probe=$(mktemp -d "$2/.slipway-probe-XXXXXX" 2>&1) || {
    say "no-$1 $probe"
    return
  }
  failed=$({ dd if=/dev/zero of="$probe/a" bs=65536 count=16 status=none && sync "$probe/a" && mv -T "$probe/a" "$probe/b"; } 2>&1 </dev/null) || {
    say "no-$1 $failed"
    rm -rf "$probe"
    return
  }
  rm -rf "$probe"
  say "has $1"
}

compare_bytes() { [ "$(printf 'abc' | head -c 2 | base64 -w0 | tr -d '=')" = YWI ]; }
find_in_records() { printf 'a=1\0b=2\0' | grep -zqxF 'b=2'; }
sort_lines() { [ "$(printf 'b\na\nb\n' | sort | uniq -c | awk '{ n += $1 } END { print n }')" = 3 ]; }

say "time $(date +%s%3N)" # first: what it is compared with is when this arrives
say "system $(uname -sr)"
case ${HOME:-} in
/?*)
  say "home $HOME"
  if failed=$( (umask 077 && mkdir -p "$state") 2>&1); then
    takes home "$state"
    free home-free "$state"
  else
    say "no-home $failed"
  fi
  ;;
esac
takes work "$work"
free free "$work"

# shellcheck disable=SC2016 # the other bash's
has bash bash -c 'test -n "$EPOCHREALTIME"'
has setsid setsid sh -c :
has stat stat -c %s /proc/version
has sha256sum sha256sum /dev/null
has dd dd if=/dev/null bs=256K iflag=skip_bytes,count_bytes,fullblock skip=0 count=0 status=none
has base64 compare_bytes
has grep find_in_records
has sort sort_lines
has timeout timeout -k 1 5 sh -c :
has sleep sleep 0.001
has curl curl --version
has tar tar --version
has setpriv setpriv --no-new-privs --pdeathsig KILL -- env -i --chdir=/ /bin/sh -c :
has perl perl -e 'exit unpack("Q>", "\0" x 8)'
{ read -r boot </proc/sys/kernel/random/boot_id; } 2>/dev/null && [ -n "$boot" ] && [ -r /proc/self/stat ] && [ -r /proc/self/environ ] && say "has proc"

# A table that goes with its owner, and all that the fault classes of phase 4 ask of a filter. It is empty and drops nothing.
filter='table inet slipway_probe {
  flags owner
  set s { type mark; flags timeout; }
  chain a {
    type filter hook input priority -150
    ct direction reply ct mark @s jhash tcp sequence mod 100 seed 1 < 30 counter drop
  }
  chain b {
    type filter hook output priority -150
    meta skuid 4294967294 tcp dport 1 ct mark set 1
  }
}'
if failed=$(printf '%s\n' "$filter" | PATH=$PATH:/usr/sbin:/sbin nft -f - 2>&1); then say "has filter"; else say "no-filter $(say "$failed" | head -n 1 | cut -c1-200)"; fi
for library in /usr/lib/*/faketime/libfaketimeMT.so.1 /usr/lib/faketime/libfaketimeMT.so.1; do
  [ ! -r "$library" ] || say "has faketime"
done

if [ -x "$server" ] && [ ! -d "$server" ]; then
  sha=$(sha256sum <"$server")
  say "sha256 ${sha%% *}"
  version=$("$server" --version 2>/dev/null </dev/null)
  code=$?
  say "version $(say "$version" | head -n 1 | cut -c1-200)"
  [ "$code" -lt 126 ] || say "server-fails $code"
fi

for initdb in /usr/lib/postgresql/*/bin/initdb; do
  if [ -x "$initdb" ] && { [ "$(id -u)" -ne 0 ] || { id postgres && command -v setpriv; } >/dev/null 2>&1; }; then
    say "has postgresql"
  fi
done

# 0A: listens. A socket of IPv6 serves IPv4 too.
for table in /proc/net/tcp /proc/net/tcp6; do
  [ -r "$table" ] || continue
  while read -r _ local _ socket _; do [ "$socket" != 0A ] || say "listen ${local##*:}"; done <"$table"
  say "sockets $table"
done
for port in $ports; do
  user=$(ss -Hltnp "sport = :$port" 2>/dev/null </dev/null | head -n 1 | sed -n 's/.*users:((\(.*\)))$/\1/p')
  [ -z "$user" ] || say "serves $port $user"
done
# What jobs left behind carries their cookie. Of this home: several hosts may share a machine.
grep -zH '^SLIPWAY_JOB=' /proc/[0-9]*/environ 2>/dev/null </dev/null | tr '\0' '\n' | head -n 100 | while read -r line; do
  pid=${line#/proc/}
  pid=${pid%%/*}
  grep -zqxF "HOME=${HOME:-}" "/proc/$pid/environ" </dev/null || continue
  read -r name <"/proc/$pid/comm" && say "left $pid ${line##*SLIPWAY_JOB=} $name"
done 2>/dev/null
