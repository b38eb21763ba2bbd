#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Canary cycles of phase 4: one node is made faulty on purpose, and the comparison must see it; put in front of phase4.sh. No
# server is changed, so that any can be measured so. By the number of the cycle:
#   lost       a front before the primary acknowledges one write and sends it nowhere
#   hidden     a front before one node takes one acknowledged write out of its answers
#   forgotten  one acknowledged write is taken out of the copy that is read in place of a node's own database
# shellcheck disable=SC2034,SC2154 # variables that phase4.sh uses and sets
CANARY_KINDS=(lost hidden forgotten)
equip_canary() { :; }

# A server on a port of its own, which it prints. With a port to forward to, answers come from there, without the title ID;
# without one each request is acknowledged and forgotten. It ends with this program, and by itself after ten minutes.
# shellcheck disable=SC2016 # this is Perl
LYING_FRONT='
use Socket;
my ($id, $to) = @ARGV;
my $other = "x" x length $id;
my ($in, $out);
$SIG{PIPE} = "IGNORE";
alarm 600;
socket($in, PF_INET, SOCK_STREAM, 0) && bind($in, pack_sockaddr_in(0, INADDR_LOOPBACK)) && listen($in, 16) or exit 1;
$| = 1;
print +(unpack_sockaddr_in(getsockname $in))[0], "\n";
while (accept(my $client, $in)) {
  my $request = "";
  my $whole = 65536;
  while (length $request < $whole && sysread($client, $request, 65536, length $request)) {
    my $head = index($request, "\r\n\r\n");
    next if $head < 0;
    $whole = $head + 4 + ($request =~ /^content-length: *(\d{1,7})\r/im ? $1 : 0);
  }
  if (!$to) {
    print $client "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
  } elsif (socket($out, PF_INET, SOCK_STREAM, 0) && connect($out, pack_sockaddr_in($to, INADDR_LOOPBACK))) {
    $request =~ s/^connection:.*?\r\n//im;
    $request =~ s/\r\n/\r\nConnection: close\r\n/;
    syswrite($out, $request);
    my $answer = "";
    1 while length $answer < 1 << 25 && sysread($out, $answer, 1 << 16, length $answer);
    $answer =~ s/"\Q$id\E"/"$other"/g;
    print $client $answer;
  }
  close $client;
}'

# open_front ID [PORT]: FRONT_URL becomes the address of such a server; fails when it does not come up.
open_front() {
  local port
  FRONT_URL=
  exec 9< <(exec setpriv --pdeathsig KILL -- perl -e "$LYING_FRONT" "$@" 2>/dev/null 8>&-)
  FRONT=$!
  read -r -t 10 -u 9 port && FRONT_URL=http://127.0.0.1:$port
}

close_front() {
  [ -n "${FRONT:-}" ] || return 0
  kill -s KILL "$FRONT" 2>/dev/null
  wait "$FRONT" 2>/dev/null
  exec 9<&-
  FRONT=
}

# What DATABASE and its write-ahead log hold, as TO, with another number in place of ROOT. Read as own_roots does.
# shellcheck disable=SC2016 # this is Perl
FORGET='
use Fcntl qw(O_RDONLY O_NOFOLLOW O_NONBLOCK);
my ($database, $root, $to) = @ARGV;
for my $end ("", "-wal") {
  sysopen(my $in, "$database$end", O_RDONLY | O_NOFOLLOW | O_NONBLOCK) or next;
  next unless -f $in;
  my ($bytes, $out) = ("");
  1 while length $bytes < 1 << 26 && sysread($in, $bytes, 1 << 20, length $bytes);
  $bytes =~ s/slipway \Q$root\E/"slipway " . "0" x 16/ge;
  open($out, ">", "$to$end") && print $out $bytes or exit 1;
}'

tell_canary() {
  observe canary "$place,\"kind\":\"$CANARY\",\"node\":\"node-$CANARY_NODE\",\"id\":\"$CANARY_ID\""
  log "canary cycle $cycle: $CANARY_ID is made $CANARY on node-$CANARY_NODE; it must be seen to be missing"
}

# arm_canary: before the burst. CANARY is what this cycle's canary does, empty in other cycles.
arm_canary() {
  local i
  CANARY=
  CANARY_ID=
  [ "$fault" = canary ] || return 0
  CANARY=${CANARY_KINDS[(cycle - 1) % ${#CANARY_KINDS[@]}]}
  class_seed
  CANARY_NODE=$((SEED % 3))
  [ "$CANARY" = lost ] || return 0
  CANARY_NODE=0
  i=$((SEED % SLIPWAY_WRITES))
  agent_name $((i % SLIPWAY_AGENTS))
  CANARY_ID=$prefix$AGENT-$((i + 1))
  tell_canary
  open_front "$CANARY_ID"
}

# release_canary: after all has settled, before nodes are asked.
release_canary() {
  local rest
  case $CANARY in
  lost) close_front ;;
  hidden | forgotten)
    read -r CANARY_ID rest < <(sed -n "$((SEED % (acked > 0 ? acked : 1) + 1))p" "$dir/acked") || return 1
    tell_canary
    [ "$CANARY" = forgotten ] || open_front "$CANARY_ID" $((SLIPWAY_CHAOS_PORT + CANARY_NODE))
    ;;
  esac
}

# asked_at NODE: URL becomes where a survivor is asked what it holds.
asked_at() {
  node_url "$1"
  [ "$CANARY" != hidden ] || [ "$CANARY_NODE" != "$1" ] || URL=$FRONT_URL
}

# database_of NODE: FILE becomes what is read as its own database.
database_of() {
  FILE=$DATA/$serial-$1/memory.db
  [ "$CANARY" = forgotten ] && [ "$CANARY_NODE" = "$1" ] || return 0
  perl -e "$FORGET" "$FILE" "${CONTENT[$CANARY_ID]:8:16}" "$dir/forgetful.db"
  FILE=$dir/forgetful.db
}
