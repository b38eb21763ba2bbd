#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Checks the layout of every C++ file, changes none. Usage: clang_format.sh SOURCE_DIR
set -euo pipefail
cd "$1"
mapfile -d '' files < <(find app models packaging tests ui \( -name '*.h' -o -name '*.cpp' \) -print0)
clang-format --dry-run -Werror "${files[@]}"
echo "${#files[@]} C++ files are formatted"
