#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A filter between the nodes of phase 4, which drops packets of single connections; put in front of faults.sh.
# shellcheck disable=SC2034,SC2154 # variables that the programs use and set
PATH=$PATH:/usr/sbin:/sbin # nft
TABLE=slipway_${SLIPWAY_RUN//[^a-zA-Z0-9]/_}_$SLIPWAY_CHAOS_PORT

# as_node NODE COMMAND…: the command as a node's user, so that what it sends is taken for that node's.
as_node() {
  setpriv --reuid=$((SERVER_UID + $1)) --regid=$((SERVER_UID + $1)) --clear-groups --no-new-privs -- "${@:2}" 7>&-
}

# link_mark CLIENT SERVER: MARK of the connections that one node opened to another.
link_mark() { MARK=$((16#53570000 + $1 * 16 + $2)); }

# filter_table: the rules, which do nothing as long as their sets are empty. A connection is known by the user who opened it
# and the port that it goes to; who writes and asks is another user, and is never cut off.
filter_table() {
  local i j
  cat <<RULES
add table inet $TABLE { flags owner; }
add set inet $TABLE mine { type mark; flags timeout; }
add set inet $TABLE theirs { type mark; flags timeout; }
add set inet $TABLE answers { type mark; flags timeout; }
add counter inet $TABLE from
add counter inet $TABLE to
add counter inet $TABLE seen
add counter inet $TABLE dropped
add chain inet $TABLE know { type filter hook output priority -150; }
add chain inet $TABLE cut { type filter hook input priority -150; }
add chain inet $TABLE lose
RULES
  for i in 0 1 2; do
    for j in 0 1 2; do
      [ "$i" != "$j" ] || continue
      link_mark "$i" "$j"
      echo "add rule inet $TABLE know meta skuid $((SERVER_UID + i)) tcp dport $((SLIPWAY_CHAOS_PORT + j)) ct mark set $MARK"
    done
  done
  cat <<RULES
add rule inet $TABLE cut ct direction original ct mark @mine counter name "from" drop
add rule inet $TABLE cut ct direction reply ct mark @theirs counter name "from" drop
add rule inet $TABLE cut ct direction original ct mark @theirs counter name "to" drop
add rule inet $TABLE cut ct direction reply ct mark @mine counter name "to" drop
add rule inet $TABLE cut ct direction reply ct mark @answers meta length gt 80 counter name "seen" jump lose
RULES
}

# make_filter: the table, owned by a process that reads further commands: the kernel takes the table away with it, however it
# ends, and it ends with this program.
make_filter() {
  local tries=0
  [ -z "${NFT_PID:-}" ] || return 0
  if [ "$SEPARATE" != true ]; then
    REASON="servers do not run as users of their own here ($SHARED_BECAUSE), so their connections cannot be told apart"
    return 1
  fi
  command -v nft >/dev/null || {
    REASON="the host has no nft (package nftables)"
    return 1
  }
  mkfifo "$WORK/nft" || return 1
  setpriv --pdeathsig KILL -- nft -i <"$WORK/nft" >"$WORK/nft.log" 2>&1 &
  NFT_PID=$!
  exec 7<>"$WORK/nft"
  filter_table >&7
  until nft list chain inet "$TABLE" cut 2>/dev/null | grep -q jump; do # the last rule
    tries=$((tries + 1))
    if [ "$tries" -gt 100 ]; then
      last_lines "$WORK/nft.log" 3
      REASON="the kernel does not take the filter: $LAST"
      drop_filter
      return 1
    fi
    sleep 0.02
  done
}

drop_filter() {
  [ -n "${NFT_PID:-}" ] || return 0
  exec 7>&-
  kill -s KILL "$NFT_PID" 2>/dev/null
  wait "$NFT_PID" 2>/dev/null
  NFT_PID=
  rm -f "$WORK/nft" "$WORK/nft.log"
}

# await_set SET STATE: until the set has elements (some) or has not (none), for a second.
await_set() {
  local tries=0 state
  while :; do
    state=none
    nft list set inet "$TABLE" "$1" 2>/dev/null | grep -q elements && state=some
    [ "$state" != "$2" ] || return 0
    tries=$((tries + 1))
    [ "$tries" -lt 50 ] || return 1
    sleep 0.02
  done
}

# counter NAME: COUNT becomes the packets that it counted.
counter() {
  COUNT=$(nft list counter inet "$TABLE" "$1" 2>/dev/null | sed -n 's/.*packets \([0-9]*\) .*/\1/p')
  COUNT=${COUNT:-0}
}

# passes FROM TO: a node's own user reaches the other node's port: a connection of that link works again.
passes() {
  node_url "$2"
  as_node "$1" curl -fsS -m 5 --max-filesize 65536 -o /dev/null "$URL/api/v1/health" 2>/dev/null
}
