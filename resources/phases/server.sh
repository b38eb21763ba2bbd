#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The server under test: as which user it runs, where it may write, that the process which answers is the one that was started.
# shellcheck disable=SC2034 # variables that the programs use
FIRST_UID=64100 # Debian leaves 60000 to 64999 to whoever asks
UID_COUNT=800

# choose_user [REASON]: SERVER_UID is the first of three user ids that only servers of this run have; SEPARATE says whether this
# account can switch to them, and no REASON is given against it. Kept for the phase's later steps.
choose_user() {
  local tries=0
  SERVER_UID=$EUID
  SEPARATE=false
  SHARED_BECAUSE=
  if { read -r SERVER_UID SEPARATE SHARED_BECAUSE <"$WORK/user"; } 2>/dev/null; then
    return
  fi
  if [ -n "$1" ]; then
    SHARED_BECAUSE=$1
  elif [ "$EUID" -ne 0 ]; then
    SHARED_BECAUSE="it is not root and cannot switch users"
  elif ! command -v setpriv >/dev/null; then
    SHARED_BECAUSE="the host has no setpriv (package util-linux)"
  else
    while [ "$tries" -lt 20 ]; do
      SERVER_UID=$((FIRST_UID + RANDOM % UID_COUNT / 3 * 3)) # so that no two runs share one
      user_is_free && break
      tries=$((tries + 1))
    done
    SEPARATE=true
    as_server 0 "$SLIPWAY_WORK"
    if ! "${AS[@]}" test -x "$SLIPWAY_SERVER" 2>/dev/null; then
      SHARED_BECAUSE="another user cannot enter $SLIPWAY_WORK or run $SLIPWAY_SERVER"
      SEPARATE=false
      SERVER_UID=$EUID
    fi
  fi
  printf '%s %s %s\n' "$SERVER_UID" "$SEPARATE" "$SHARED_BECAUSE" >"$WORK/user"
}

# user_is_free: no account has SERVER_UID or the two after it, and no process runs as one of them.
user_is_free() {
  local id
  for id in "$SERVER_UID" $((SERVER_UID + 1)) $((SERVER_UID + 2)); do
    ! grep -q "^[^:]*:[^:]*:$id:" /etc/passwd || return 1
    ! grep -qs "^Uid:.*[[:space:]]${id}[[:space:]]" /proc/[0-9]*/status || return 1
  done
}

# as_server NODE HOME: AS becomes the words before a command that make it run as the user of this node, in HOME, with nothing of
# the harness: no variable, no right. It dies with whoever started it.
as_server() {
  local id=$((SERVER_UID + $1))
  AS=(setpriv --no-new-privs --pdeathsig KILL)
  [ "$SEPARATE" = false ] || AS+=(--reuid="$id" --regid="$id" --clear-groups --inh-caps=-all --bounding-set=-all)
  AS+=(-- /usr/bin/env -i "--chdir=$2" PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8
    "HOME=$2" "TMPDIR=$2" "AI_MEMORY_DB=$2/memory.db")
}

# make_noted NOTE FOLDER MODE: NEW becomes a fresh folder in FOLDER with a name that nobody can foresee. It is noted in WORK/NOTE
# before it is made: a stop may come at any instant, and whoever cleans up removes what is noted.
make_noted() {
  NEW=$(mktemp -u -- "$2/slipway-XXXXXXXXXXXX") && printf '%s\n' "$NEW" >"$WORK/$1" && mkdir -m "$3" -- "$NEW"
}

# make_data: DATA becomes a fresh folder below the host's work folder. Only this account writes in it; each server gets a
# folder of its own there.
make_data() {
  remove_data
  check_folder "$SLIPWAY_WORK" shared || {
    log "the server's folder cannot be made: $REASON"
    exit 70
  }
  make_noted data "$SLIPWAY_WORK" 711 || {
    log "no folder can be made in $SLIPWAY_WORK"
    exit 70
  }
  DATA=$NEW
}

# server_folders NODE NAME…: makes DATA/NAME for the server of this node.
server_folders() {
  local id=$((SERVER_UID + $1)) owner=()
  shift
  [ "$SEPARATE" = false ] || owner=(-o "$id" -g "$id")
  install -d -m 700 "${owner[@]}" -- "${@/#/$DATA/}"
}

# remove_data: ends whatever still runs as the servers' users, then removes the folders that were noted.
remove_data() {
  local id folder
  if { read -r DATA <"$WORK/data"; } 2>/dev/null; then
    if [ "$SEPARATE" = true ]; then
      for id in 0 1 2; do
        # -1: all that this user may signal, and that is itself.
        as_server "$id" /
        "${AS[@]}" sh -c 'kill -s KILL -- -1' >/dev/null 2>&1
      done
    fi
    [ -z "$DATA" ] || rm -rf -- "$DATA"
    rm -f "$WORK/data"
  fi
  if { read -r folder <"$WORK/postgres"; } 2>/dev/null; then
    [ -z "$folder" ] || rm -rf -- "$folder"
    rm -f "$WORK/postgres"
  fi
}

# start_time PID: BEGAN becomes its start time in ticks, empty when it is gone or a zombie.
start_time() {
  local line
  BEGAN=
  { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 0
  # shellcheck disable=SC2086 # the fields after the name
  set -- ${line##*) }
  case $1 in Z | X) ;; *) BEGAN=${20} ;; esac
}

# end_process PID SECONDS: TERM, then KILL; returns when the process is gone or a zombie: where the first process of a container
# reaps nobody, it stays one. One that even KILL does not end, as it waits for a disk, is left after 10 s more.
end_process() {
  local pid=$1 first deadline
  start_time "$pid"
  first=$BEGAN
  [ -n "$first" ] || return 0
  up_time
  deadline=$((UP + $2))
  kill -s TERM "$pid" 2>/dev/null || return 0
  while start_time "$pid" && [ "$BEGAN" = "$first" ]; do
    up_time
    if [ "$UP" -ge $((deadline + 10)) ]; then
      log "process $pid does not end, even by SIGKILL"
      return 0
    fi
    [ "$UP" -lt "$deadline" ] || kill -s KILL "$pid" 2>/dev/null
    sleep 0.02
  done
}

# await_health URL SECONDS PID: waits until the server answers; fails at once when its process is gone.
await_health() {
  local deadline
  up_time
  deadline=$((UP + $2))
  until curl -fsS -m 2 --max-filesize 65536 -o /dev/null "$1/api/v1/health" 2>/dev/null; do
    start_time "$3"
    up_time
    [ -n "$BEGAN" ] && [ "$UP" -lt "$deadline" ] || return 1
    sleep 0.02
  done
}

# Who listens: for each "port pid" one line "own", "none" or "other" with the process. A child of the pid counts as it.
# shellcheck disable=SC2016 # this is Perl
LISTENERS='
my ($address, @wanted) = @ARGV;
my $mine = $address =~ /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/ ? sprintf("%02X%02X%02X%02X", $4, $3, $2, $1) : "";
my (%socket, %holder);
for my $file ("/proc/net/tcp", "/proc/net/tcp6") {
  open(my $in, "<", $file) or next;
  while (<$in>) {
    my @f = split;
    next unless @f > 9 && $f[0] =~ /^\d/;
    last if $f[3] ne "0A"; # those that listen come first; behind them stand thousands
    my ($at, $port) = split /:/, $f[1];
    next if $mine && $at !~ /^0+$/ && $at !~ /(^|^0{16}FFFF0000)\Q$mine\E$/;
    $socket{$f[9]} = [hex($port), $f[7]];
  }
}
sub look {
  for my $pid (@_) {
    opendir(my $fds, "/proc/$pid/fd") or next;
    for my $fd (readdir $fds) {
      my $to = readlink("/proc/$pid/fd/$fd") // next;
      $holder{$1} //= $pid if $to =~ /^socket:\[(\d+)\]$/ && $socket{$1};
    }
  }
}
sub parent { open(my $in, "<", "/proc/$_[0]/stat") or return 0; my $l = <$in> // ""; return $l =~ /.*\) \S+ (\d+)/ ? $1 : 0; }
look(grep { $_ > 0 } @wanted[map { 2 * $_ + 1 } 0 .. $#wanted / 2]);
my $looked = 0;
while (my ($port, $pid) = splice(@wanted, 0, 2)) {
  my ($answer, $sockets) = ("none", 0);
  for my $inode (sort keys %socket) {
    next unless $socket{$inode}[0] == $port;
    look(map { m{(\d+)} } glob("/proc/[0-9]*")) if !$holder{$inode} && !$looked++;
    my $by = my $up = $holder{$inode} // 0;
    for (1 .. 16) { last if $up <= 1 || $up == $pid; $up = parent($up); }
    if ($pid && $up == $pid) { $answer = "own" if $answer eq "none"; next; }
    my $line = "";
    if ($by && open(my $in, "<", "/proc/$by/cmdline")) { read($in, $line, 200); $line =~ tr/\0/ /; $line =~ s/[^ -~]/?/g; }
    $answer = $by ? "other pid $by: $line" : "other a process of user $socket{$inode}[1]";
  }
  print "$answer\n";
}'
# listeners ADDRESS PORT PID …: LISTENER becomes an array of the answers.
listeners() {
  mapfile -t LISTENER < <(perl -e "$LISTENERS" "$@")
}
