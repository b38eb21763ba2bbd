#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Holds that times from outside are read by models/core/instant.cpp alone, so that they are the same in every time zone, and
# that no source takes Qt::TimeSpec, which is deprecated in newer versions of Qt than this one may be.
# Usage: times.sh SOURCE_DIR
set -euo pipefail
cd "$1"
hits=$(grep -rnE --include='*.h' --include='*.cpp' 'Q(Date|Time|DateTime)::fromString\(' app models ui |
  grep -v '^models/core/instant.cpp:' || true)
if [ -n "$hits" ]; then
  printf 'reads a time of its own:\n%s\n' "$hits"
  exit 1
fi
hits=$(grep -rnE --include='*.h' --include='*.cpp' 'Qt::(UTC|OffsetFromUTC)\b|[sS]etTimeSpec\(|toTimeSpec\(' app models ui tests |
  grep -vE '^models/core/instant\.h:.*///' || true)
if [ -n "$hits" ]; then
  printf 'takes a Qt::TimeSpec; use models/core/instant.h:\n%s\n' "$hits"
  exit 1
fi
