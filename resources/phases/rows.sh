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

# One page of rows. Appends titles that are new to SEEN, and to ROWS a line "id digest" for each row of ours; the content of a
# row that is not the expected one goes to a file of its own, to be hashed, and its line ends with "@number". Prints how many
# titles were new, how many are known, how many rows were of another namespace, how many had another content, and how many of
# the lines in ACKED are among all rows so far, how many rows the page has.
# shellcheck disable=SC2016 # this is Perl
READ_PAGE='
my ($page, $namespace, $prefix, $dir, $out, $acked) = @ARGV;
my ($seen, $rows) = ("$out.seen", "$out.rows");
my (%known, %expected, $text);
sub lines { open(my $in, "<", $_[0]) or return (); return <$in>; }
for (lines($seen)) { chomp; $known{$_} = 1; }
for (lines("$dir/expected")) { chomp; my ($id, $digest, $content) = split / /, $_, 3; $expected{$id} = [$digest, $content]; }
{ local $/; open(my $in, "<", $page) or exit 1; $text = <$in> // ""; }
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
my $answer = eval { value(0) };
exit 1 unless ref $answer eq "HASH" && ref $answer->{memories} eq "ARRAY";
my ($new, $foreign, $changed, $held) = (0, 0, 0, 0);
my %row = map { chomp; $_ => 1 } lines($rows);
open(my $titles, ">>", $seen) or exit 1;
open(my $list, ">>", $rows) or exit 1;
opendir(my $here, $dir) or exit 1;
my $odd = grep { /^odd-/ } readdir $here;
for my $row (@{$answer->{memories}}) {
  next unless ref $row eq "HASH" && defined $row->{title} && !ref $row->{title};
  my $name = join("", map { sprintf "%02x", ord } split //, $row->{title});
  if (!$known{$name}++) { $new++; print $titles "$name\n"; }
  if (ref $row->{namespace} || ($row->{namespace} // "") ne $namespace) { $foreign++; next; }
  next unless $row->{title} =~ /^\Q$prefix\E[A-Za-z0-9.-]{1,64}\z/;
  my $content = defined $row->{content} && !ref $row->{content} ? $row->{content} : "";
  my $e = $expected{$row->{title}};
  if ($e && $e->[1] eq $content) { print $list "$row->{title} $e->[0]\n" if !$row{"$row->{title} $e->[0]"}++; next; }
  next if $odd >= 10000;
  $odd++;
  $changed++;
  open(my $file, ">", "$dir/odd-$odd") or exit 1;
  print $file $content;
  print $list "$row->{title} \@$odd\n";
}
for (lines($acked)) { chomp; $held++ if $row{$_}; }
print "$new ", scalar(keys %known), " $foreign $changed $held ", scalar(@{$answer->{memories}}), "\n";'

# list_rows URL NAMESPACE PREFIX DIR OUT DEADLINE [ENOUGH]: what the node holds, as lines "id digest" in the file
# ROWS. Pages on by the rows
# that really came; ends at a page that brings no title that was not there before, or as soon as ENOUGH lines of DIR/acked were
# found. HELD counts these, FOREIGN the rows of other namespaces; ENDLESS says
# that a page behind the last new row was not empty. Fails when the node does not answer, or not before DEADLINE
# (of UP).
list_rows() {
  local offset=0 pages=0 most new rows foreign changed odd=0 limit line number rest
  most=$((${#DIGEST[@]} / 10 + PAGES_AT_MOST))
  FOREIGN=0
  ENDLESS=false
  : >"$5.rows"
  : >"$5.seen"
  while :; do
    up_time
    limit=$(($6 - UP))
    [ "$limit" -le 10 ] || limit=10
    [ "$limit" -ge 1 ] && [ "$pages" -lt "$most" ] || return 1
    fetch "$1/api/v1/memories?namespace=$2&limit=200&offset=$offset" "$5.page" "$limit" "$PAGE_BYTES" 2>/dev/null || return 1
    read -r new offset foreign changed HELD rows < <(perl -e "$READ_PAGE" "$5.page" "$2" "$3" "$4" "$5" "$4/acked") || return 1
    FOREIGN=$((FOREIGN + foreign))
    odd=$((odd + changed))
    [ "$new" -gt 0 ] || [ "$rows" -eq 0 ] || [ "$pages" -eq 0 ] || ENDLESS=true
    if [ "$new" -eq 0 ] || [ "$HELD" -ge "${7:-1000000000}" ]; then break; fi
    pages=$((pages + 1))
  done
  if [ "$odd" -gt 0 ]; then
    local digests=()
    while read -r number rest; do
      digests[${rest##*-}]=${number:0:16}
    done < <(sha256sum -- "$4"/odd-*)
    while read -r line rest; do
      case $rest in @*) rest=${digests[${rest#@}]} ;; esac
      printf '%s %s\n' "$line" "$rest"
    done <"$5.rows" >"$5"
    ROWS=$5
    rm -f -- "$4"/odd-*
  else
    ROWS=$5.rows
  fi
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
