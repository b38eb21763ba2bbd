#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What is written, and what a node holds of it: by content, never by name alone. Every loop has a bound.
# shellcheck disable=SC2034 # variables that the programs use
PAGE_BYTES=33554432
PAGES_AT_MOST=400

# content_length INDEX: LENGTH of a write's content; the fifth of each 25 is long.
content_length() {
  LENGTH=$((120 + ($1 * 37) % 900))
  [ $(($1 % 25)) -ne 5 ] || LENGTH=$((LENGTH + 8000))
}

# prepare_writes EXPECTED ID…: what the writes of these ids carry; an id's index is its place, from 1. CONTENT[id] is "slipway " and
# then SHA-256 of "key:id:length" again and again, cut at its length; DIGEST[id] are the first 16 digits of its own SHA-256. Beside
# that a line "id digest content" each in EXPECTED.
prepare_writes() {
  local i last hash rest content roots=() ids=("" "${@:2}")
  last=$((${#ids[@]} - 1))
  CONTENT=()
  DIGEST=()
  # Always the same files, written over in place: to make, empty and remove hundreds in each cycle takes longer than to hash
  # them. None gets shorter while ids do not; forget_writes is for the caller whose do.
  [ -d "$WORK/made" ] || mkdir -- "$WORK/made" "$WORK/made/in"
  for ((i = 1; i <= last; i++)); do
    content_length "$i"
    printf '%s' "$SLIPWAY_KEY:${ids[i]}:$LENGTH" 1<>"$WORK/made/in/$i"
  done
  while read -r hash rest; do
    roots[${rest##*/}]=$hash
  done < <(hash_files "$WORK/made/in" "$last")
  for ((i = 1; i <= last; i++)); do
    content_length "$i"
    content="${roots[i]} "
    while [ "${#content}" -lt "$LENGTH" ]; do content+=$content; done
    content="slipway $content"
    CONTENT[${ids[i]}]=${content:0:LENGTH}
    printf '%s' "${CONTENT[${ids[i]}]}" 1<>"$WORK/made/$i"
  done
  while read -r hash rest; do
    i=${ids[${rest##*/}]}
    DIGEST[$i]=${hash:0:16}
    printf '%s %s %s\n' "$i" "${hash:0:16}" "${CONTENT[$i]}" >&4
  done < <(hash_files "$WORK/made" "$last") 4>"$1"
}
declare -A CONTENT=() DIGEST=()

forget_writes() { rm -rf -- "$WORK/made"; }

# hash_files DIR COUNT: SHA-256 of DIR/1 to DIR/COUNT, a thousand at a time.
hash_files() {
  local i j names
  for ((i = 1; i <= $2; i += 1000)); do
    names=()
    for ((j = i; j < i + 1000 && j <= $2; j++)); do names+=("$1/$j"); done
    sha256sum -- "${names[@]}"
  done
}

# write_memory URL NAMESPACE ID AGENT: one write of what was prepared, its answer as CODE (000: none), START_US and END_US.
write_memory() {
  local answer
  now
  START_US=$US
  # The body comes over standard input: a command line can be read by every user of the host.
  answer=$(exec curl -s -m "$WRITE_TIMEOUT" --max-filesize 1048576 -o /dev/null -w '%{http_code}' -H 'Content-Type: application/json' \
    -H "X-Agent-Id: ai:agent-$4" --data-binary @- "$1/api/v1/memories" \
    <<<"{\"tier\":\"mid\",\"namespace\":\"$2\",\"title\":\"$3\",\"content\":\"${CONTENT[$3]}\",\"tags\":[\"ship-gate\"],\"priority\":5,\"confidence\":1.0,\"source\":\"api\",\"metadata\":{}}")
  now
  END_US=$US
  CODE=${answer:-000}
}

# What nodes answer. A node is "URL OUT", for `alone` "URL OUT PID". OUT.rows becomes a line "id digest" for each row of ours; the
# content of one that is not the expected goes to a file of its own, to be hashed, and its line ends with "@number". A list pages
# on by the rows that really came, and ends at a page that brings no title that was not there before, or as soon as $enough lines
# of DIR/acked were found. Prints a line for each node: how many of these it holds ("-": it does not answer in time), how many
# rows were of another namespace, whether a page behind the last new row was not empty, how many had another content.
#   list    each node once
#   await   again and again, until each holds $enough, or until the deadline (of the time since boot)
#   page    none: of a page in a file, how many titles are new and how many are known, which OUT keeps
#   alone   each while the processes of the others are stopped; the line goes on with size and base64 of its statistics
# shellcheck disable=SC2016 # this is Perl
READ_ROWS='
use Socket qw(:DEFAULT getaddrinfo);
my ($mode, $namespace, $prefix, $dir, $bytes, $most, $deadline, $enough, @nodes) = @ARGV;
$SIG{PIPE} = "IGNORE";
$| = 1;
sub up { open(my $in, "<", "/proc/uptime") or return 0; return (split / /, <$in>)[0]; }
sub lines { open(my $in, "<", $_[0]) or return (); return <$in>; }
sub fetch {
  my ($url, $path, $seconds, $limit) = @_;
  my ($host, $port) = $url =~ m{^http://(.+):(\d+)\z} or return;
  my ($error, $at) = getaddrinfo($host, $port, {socktype => SOCK_STREAM});
  my ($answer, $socket) = ("");
  my $whole = $at && eval {
    local $SIG{ALRM} = sub { die "late" };
    alarm $seconds;
    socket($socket, $at->{family}, SOCK_STREAM, 0) && connect($socket, $at->{addr}) or die "no connection";
    my $request = "GET $path HTTP/1.0\r\nHost: $host:$port\r\nConnection: close\r\n\r\n";
    syswrite($socket, $request) == length $request or die "not sent";
    my $got = 1;
    while ($got && length $answer < $limit + 65536) {
      $got = sysread($socket, $answer, 1 << 18, length $answer) // die "cut off";
    }
    alarm 0;
    !$got;
  };
  alarm 0;
  return unless $whole && $answer =~ m{\AHTTP/1\.[01] 200[ \r].*?\r\n\r\n}s;
  my ($head, $body) = ($&, substr($answer, $+[0]));
  return if $head =~ /^content-length: *(\d+)/im && $1 != length $body;
  return length $body > $limit ? undef : $body;
}
my (%expected, $text);
for (lines("$dir/expected")) { chomp; my ($id, $digest, $content) = split / /, $_, 3; $expected{$id} = [$digest, $content]; }
my @acked = map { chomp; $_ } lines("$dir/acked");
sub utf8 { my $c = pack("U", $_[0]); utf8::encode($c); return $c; }
my %plain = (n => "\n", t => "\t", r => "\r", b => "\b", f => "\f");
sub string {
  my $s = $_[0];
  $s =~ s{\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})}{utf8(0x10000 + ((hex($1) & 0x3ff) << 10) + (hex($2) & 0x3ff))}ge;
  $s =~ s{\\(?:u([0-9a-fA-F]{4})|(.))}{defined $1 ? utf8(hex $1) : $plain{$2} // $2}gse;
  return $s;
}
sub value {
  my $depth = shift;
  die "too deep" if $depth > 64;
  if ($text =~ /\G\s*"([^"\\]*+(?:\\.[^"\\]*+)*+)"/gcs) { return string($1); }
  if ($text =~ /\G\s*\{/gc) {
    my %o;
    return \%o if $text =~ /\G\s*\}/gc;
    do {
      $text =~ /\G\s*"([^"\\]*+(?:\\.[^"\\]*+)*+)"\s*:/gcs or die "no key";
      my $k = string($1);
      die "key twice" if exists $o{$k};
      $o{$k} = value($depth + 1);
    } while ($text =~ /\G\s*,/gc);
    $text =~ /\G\s*\}/gc or die "open object";
    return \%o;
  }
  if ($text =~ /\G\s*\[/gc) {
    my @a;
    return \@a if $text =~ /\G\s*\]/gc;
    do { push @a, value($depth + 1); } while ($text =~ /\G\s*,/gc);
    $text =~ /\G\s*\]/gc or die "open list";
    return \@a;
  }
  $text =~ /\G\s*(-?[0-9][0-9.eE+-]*|true|false|null)/gc or die "no value";
  return "$1";
}
my $odd = 0;
sub list_rows {
  my ($url, $out, $until) = @_;
  my (%known, %row, @lines);
  my ($pages, $foreign, $changed, $held, $endless) = (0, 0, 0, 0, "false");
  while (1) {
    my $limit = $until - up();
    return if $limit <= 0 || $pages >= $most;
    $limit = $limit > 10 ? 10 : int($limit + 1);
    $text = fetch($url, "/api/v1/memories?namespace=$namespace&limit=200&offset=" . keys %known, $limit, $bytes) // return;
    my $answer = eval { value(0) };
    return unless ref $answer eq "HASH" && ref $answer->{memories} eq "ARRAY";
    my $new = 0;
    for my $row (@{$answer->{memories}}) {
      next unless ref $row eq "HASH" && defined $row->{title} && !ref $row->{title};
      $new++ if !$known{$row->{title}}++;
      if (ref $row->{namespace} || ($row->{namespace} // "") ne $namespace) { $foreign++; next; }
      next unless $row->{title} =~ /^\Q$prefix\E[A-Za-z0-9.-]{1,64}\z/;
      my $content = defined $row->{content} && !ref $row->{content} ? $row->{content} : "";
      my $e = $expected{$row->{title}};
      my $line = $e && $e->[1] eq $content ? "$row->{title} $e->[0]" : "";
      if (!$line) {
        next if $odd >= 10000;
        $odd++;
        $changed++;
        open(my $file, ">", "$dir/odd-$odd") or return;
        print $file $content;
        $line = "$row->{title} \@$odd";
      }
      push @lines, $line if !$row{$line}++;
    }
    $endless = "true" if !$new && @{$answer->{memories}} && $pages;
    $held = grep { $row{$_} } @acked;
    last if !$new || $held >= $enough;
    $pages++;
  }
  open(my $rows, ">", "$out.rows") or return;
  print $rows map { "$_\n" } @lines;
  return "$held $foreign $endless $changed";
}
my @answers;
if ($mode eq "page") {
  my ($page, $seen) = @nodes;
  my %known = map { chomp; $_ => 1 } lines($seen);
  $text = join("", lines($page));
  my $answer = eval { value(0) };
  exit 1 unless ref $answer eq "HASH" && ref $answer->{memories} eq "ARRAY";
  my @new = grep { !$known{$_}++ }
    map { join("", map { sprintf "%02x", ord } split //, $_->{title}) }
    grep { ref $_ eq "HASH" && defined $_->{title} && !ref $_->{title} } @{$answer->{memories}};
  open(my $titles, ">>", $seen) or exit 1;
  print $titles map { "$_\n" } @new;
  @answers = (@new . " " . keys %known);
} elsif ($mode eq "alone") {
  my @pids = @nodes[map { 3 * $_ + 2 } 0 .. $#nodes / 3];
  while (my ($url, $out, $pid) = splice(@nodes, 0, 3)) {
    my @others = grep { $_ != $pid } @pids;
    kill "STOP", @others;
    my $line = list_rows($url, $out, up() + 10);
    my $stats = fetch($url, "/api/v1/stats", 10, 1 << 20);
    kill "CONT", @others;
    (my $base64 = defined $stats ? pack("u", $stats) : "") =~ s/^.//gm;
    $base64 =~ tr|` -_\n|AA-Za-z0-9+/|d;
    my $pad = (3 - length($stats // "") % 3) % 3;
    substr($base64, -$pad) = "=" x $pad if $pad;
    push @answers, ($line // "- 0 false 0") . " " . length($stats // "") . " $base64";
  }
} else {
  while (1) {
    unlink map { "$dir/odd-$_" } 1 .. $odd;
    $odd = 0;
    my @now = map { scalar list_rows($nodes[2 * $_], $nodes[2 * $_ + 1], $deadline) } 0 .. $#nodes / 2;
    my $over = up() >= $deadline; # what came before that stands
    $answers[$_] = $now[$_] // ($over && $answers[$_] || "- 0 false 0") for 0 .. $#nodes / 2;
    last if $mode eq "list" || $over || !grep { !/^\Q$enough\E / } @answers;
    select(undef, undef, undef, 0.01);
  }
}
print "$_\n" for @answers;'

# read_rows MODE NAMESPACE PREFIX DIR DEADLINE ENOUGH NODE…: ANSWERS becomes its lines.
read_rows() {
  mapfile -t ANSWERS < <(perl -e "$READ_ROWS" "$1" "$2" "$3" "$4" "$PAGE_BYTES" $((${#DIGEST[@]} / 10 + PAGES_AT_MOST)) "$5" "$6" "${@:7}")
}

# take_rows LINE DIR OUT: what one line says, as HELD, FOREIGN and ENDLESS, and the file ROWS with its lines "id digest".
take_rows() {
  local odd line rest number digests=()
  read -r HELD FOREIGN ENDLESS odd rest <<<"$1"
  ROWS=$3.rows
  [ "${HELD:--}" != - ] || return 1
  [ "$odd" -gt 0 ] || return 0
  while read -r number rest; do
    digests[${rest##*-}]=${number:0:16}
  done < <(sha256sum -- "$2"/odd-*)
  while read -r line rest; do
    case $rest in @*) rest=${digests[${rest#@}]} ;; esac
    printf '%s %s\n' "$line" "$rest"
  done <"$3.rows" >"$3"
  ROWS=$3
}

# list_rows URL NAMESPACE PREFIX DIR OUT DEADLINE [ENOUGH]: what one node holds. Fails when it does not answer, or not before
# DEADLINE (of UP).
list_rows() {
  local answered=true
  read_rows list "$2" "$3" "$4" "$6" "${7:-1000000000}" "$1" "$5"
  take_rows "${ANSWERS[0]:-}" "$4" "$5" || answered=false
  rm -f -- "$4"/odd-*
  [ "$answered" = true ]
}

# What a database file holds: of the contents that are found in it the first 16 digits of each root. Only a plain file with one
# name is read, not through a link, and not for ever.
# shellcheck disable=SC2016 # this is Perl
READ_FILE='
use Fcntl qw(O_RDONLY O_NOFOLLOW O_NONBLOCK);
for my $database (@ARGV) {
my ($left, %found) = (1 << 30);
for my $name ($database, "$database-wal") {
  sysopen(my $file, $name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK) or next;
  my @about = stat $file;
  next unless -f _ && $about[3] == 1;
  my $tail = "";
  while ($left > 0 && keys(%found) < 1000000 && (my $got = sysread($file, my $chunk, 1 << 22))) {
    $left -= $got;
    $chunk = $tail . $chunk;
    while ($chunk =~ /slipway ([0-9a-f]{16})[0-9a-f]{48}/g) { $found{$1} = 1; }
    $tail = length($chunk) > 80 ? substr($chunk, -80) : $chunk;
  }
}
print "[", join(",", map { "\"$_\"" } sort keys %found), "]\n";
}'

# own_roots DATABASE…: ROOTS becomes, for each, a JSON array of the contents that it and its write-ahead log hold themselves.
own_roots() {
  mapfile -t ROOTS < <(perl -e "$READ_FILE" "$@")
}

# row_array FILE: JSON becomes its lines as an array.
row_array() {
  local line list=
  while read -r line; do
    list+=${list:+,}\"$line\"
  done <"$1"
  JSON="[$list]"
}
