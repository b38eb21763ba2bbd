#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Holds that each test that SECURITY.md names is there. Usage: security.sh SOURCE_DIR
set -euo pipefail
cd "$1"
bad=0
named=$(grep -oE 'tst_[a-z0-9]+::[A-Za-z0-9]+' SECURITY.md | sort -u)
[ -n "$named" ]
for test in $named; do
  file=$(find tests -name "${test%%::*}.cpp")
  if [ -z "$file" ] || ! grep -qE "void ${test##*::}\(" "$file"; then
    printf 'SECURITY.md names %s, which is not there\n' "$test"
    bad=1
  fi
done
while read -r file; do
  [ -f "$file" ] || {
    printf 'SECURITY.md names %s, which is not there\n' "$file"
    bad=1
  }
done < <(grep -oE 'tests/[a-z/_]+\.(py|sh)' SECURITY.md | sort -u)
exit "$bad"
