#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows that the layering check turns red on each kind of leak, and is green on none.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fresh() {
  rm -rf "${work:?}/tree"
  mkdir -p "$work"/tree/{models/core,app/{core,ssh,archive,campaign,remotejob},ui/shell}
  cat >"$work/rooms" <<'ROOMS'
models/core:
app/core: models/core
app/ssh: app/core
app/archive: app/core
app/remotejob: app/ssh(remoteshell.h)
app/campaign: app/remotejob
ui/shell: app/campaign
ROOMS
  put models/core/a.h '#include <QString>'
  put app/core/a.h '#include "models/core/a.h"'
  put app/ssh/a.cpp '#include <libssh/libssh.h>' '#include "app/core/a.h"'
  put app/archive/a.cpp '#include <sqlite3.h>' '#include "app/core/a.h"'
  put app/remotejob/a.h '#include "app/ssh/remoteshell.h"'
  put app/campaign/a.h '#include "app/remotejob/a.h"'
  put ui/shell/a.cpp '#include "app/campaign/a.h"' '#include <QWidget>'
}

put() { printf '%s\n' "${@:2}" >"$work/tree/$1"; }

check() { python3 "$here/check.py" "$work/tree" "$work/rooms" >"$work/out"; }

# expect_red WORDS: the check fails and says WORDS.
expect_red() {
  if check || ! grep -qF -- "$1" "$work/out"; then
    echo "not caught: $1"
    cat "$work/out"
    exit 1
  fi
}

fresh
if ! check; then
  echo 'red without a leak'
  cat "$work/out"
  exit 1
fi
[ "$(python3 "$here/check.py" --graph "$work/tree" | grep '^ui/shell:')" = 'ui/shell: app/campaign(1)' ]

# leak FILE INCLUDE WORDS: red with a further file that has this include.
leak() {
  fresh
  put "$1" "$2"
  expect_red "$3"
}

leak models/core/b.h '#include "app/core/worker.h"' 'models/core may not include app/core'
leak models/core/b.h '#include <QFile>' 'models/core does I/O or knows the GUI'
leak models/core/b.h '  #  include <QWidget>' 'models/core does I/O or knows the GUI'
leak app/core/b.h '#include "ui/shell/window.h"' 'app/core may not include ui/shell'
leak app/core/b.h '#include <QColor>' 'app/core knows the GUI'
leak app/campaign/b.cpp '#include <libssh/libssh.h>' 'app/campaign uses libssh'
leak app/campaign/b.cpp '#include "app/archive/a.h"' 'app/campaign may not include app/archive'
leak ui/shell/b.cpp '#include <sqlite3.h>' 'ui/shell uses SQLite'
leak app/archive/b.cpp '#include <archive.h>' 'app/archive uses libarchive'
leak app/remotejob/b.cpp '#include "app/ssh/sshsession.h"' 'app/remotejob may include only remoteshell.h of app/ssh'
leak app/b.cpp '#include "app/core/a.h"' 'app: a source lies in the root of the layer'
mkdir -p "$work/tree/app/attic"
put app/attic/a.h '#include <QString>'
expect_red 'app/attic: is not in the list of rooms'

fresh
rm "$work/tree/app/archive/a.cpp"
expect_red 'app/archive: is in the list of rooms and has no source'
fresh
sed -i 's#^app/archive: app/core#& models/core#' "$work/rooms"
expect_red 'app/archive: does not include models/core'
fresh
sed -i 's#^app/core: models/core#& app/campaign#' "$work/rooms"
put app/core/b.h '#include "app/campaign/a.h"'
expect_red 'a cycle of folders: '
