#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Phase 2 of the field counts rows of its namespace in the account's own database, under titles that are the same in every run:
# rows of an earlier run would be taken for delivered ones. With any there, the script is not started.
begin "scripts of the field start the server themselves"
trap leave_work EXIT
namespace=ship-gate-phase2
cd ~ || exit 70 # where a login, as that of the script, begins
# The database that the script's servers will use: the account's environment, without ours.
capture stats env -u SLIPWAY_KEY -u SLIPWAY_JOB "$SLIPWAY_SERVER" stats --json
if [ "$STATUS" -ne 0 ] || ! grep -q '"by_namespace"' "$WORK/capture"; then
  last_lines "$WORK/capture.err" 3
  log "the rows of $namespace cannot be counted: $SLIPWAY_SERVER stats --json ended with $STATUS and named no namespaces; its last words: $LAST"
  exit 74
fi
# shellcheck disable=SC2016 # this is Perl
rows=$(NAMESPACE=$namespace perl -0777 -ne '
  for my $entry (/\{[^{}]*"namespace"\s*:\s*"\Q$ENV{NAMESPACE}\E"[^{}]*\}/g) {
    $count = $1 if $entry =~ /"count"\s*:\s*(\d+)/;
  }
  print $count // 0;' "$WORK/capture")
observe count "\"name\":\"rows_before\",\"value\":$rows"
[ "$rows" -eq 0 ] || {
  log "$SLIPWAY_HOST holds $rows rows of the namespace $namespace from before this run; they would count as delivered. Move the server's database there (AI_MEMORY_DB) aside, then run again"
  exit 74
}
finish
