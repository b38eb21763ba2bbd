#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Greps for includes that point upwards, and for libssh and SQLite outside their folders. System headers compile from
# anywhere, so only this holds the line. Usage: check.sh SOURCE_DIR
set -euo pipefail
cd "$1"
bad=0

# forbid DIR PATTERN WHY [ALLOWED]: no include in DIR may match PATTERN, but for lines that match ALLOWED.
forbid() {
  local dir=$1 pattern=$2 why=$3 allowed=${4:-^$}
  [ -d "$dir" ] || return 0
  local hits
  hits=$(grep -rnE --include='*.h' --include='*.cpp' "^[[:space:]]*#[[:space:]]*include[[:space:]]*[<\"]($pattern)" "$dir" |
    grep -vE "$allowed" || true)
  if [ -n "$hits" ]; then
    printf '%s:\n%s\n' "$why" "$hits"
    bad=1
  fi
}

gui='Q(Widget|Application|GuiApplication|Painter|Color|Font|Icon|Pixmap|Image|Dialog|Chart|Style)'
forbid models '(app|ui)/' 'models/ includes a layer above it'
forbid models "$gui|Q(Network|Tcp|Process|File|Dir|Thread|SaveFile)" 'models/ does I/O or knows the GUI'
forbid app 'ui/' 'app/ includes ui/'
forbid app "$gui" 'app/ knows the GUI'
for root in models app ui; do
  forbid "$root" 'libssh/' '<libssh/…> outside app/ssh' '^app/ssh/'
  forbid "$root" 'archive(_entry)?\.h' '<archive.h> outside app/core' '^app/core/'
  forbid "$root" 'sqlite3' '<sqlite3.h> outside app/archive' '^app/archive/'
done

# Inside app/: core ← siblings ← campaign ← session ← cli. remotejob stands on the abstract shell.
siblings='ssh remotejob fleet sandbox archive logstream importer git'
abstract='app/ssh/remote(shell|command|answer)\.h'
for folder in $siblings; do
  others=$(tr ' ' '\n' <<<"$siblings" | grep -vx "$folder" | paste -sd'|')
  allowed='^$'
  [ "$folder" = remotejob ] && allowed=$abstract
  forbid "app/$folder" "app/($others)/" "app/$folder includes a sibling" "$allowed"
  forbid "app/$folder" 'app/(campaign|cli|session)' "app/$folder includes a layer above it"
done
forbid app/core "app/(${siblings// /|}|campaign|cli|session)" 'app/core includes a layer above it'
forbid app/campaign 'app/(archive|cli|session)' 'app/campaign knows a layer that it must not'
forbid app/campaign 'app/ssh/' 'app/campaign sees SSH past its abstract headers' "$abstract"
exit "$bad"
