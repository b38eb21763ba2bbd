#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Checks every shell program: by its name, or by its first line. Usage: shellcheck.sh SOURCE_DIR
set -euo pipefail
cd "$1"
mapfile -d '' files < <(
  find app models packaging resources tests ui -name '*.sh' -print0
  find .ci packaging tests/bench -type f ! -name '*.*' -exec grep -lZE -m 1 '^#!.*sh$' {} +
)
shellcheck "${files[@]}"
echo "${#files[@]} shell programs are clean"
