#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows that the layering check turns red on each kind of leak, and is green on none.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fresh() {
  rm -rf "${work:?}/tree"
  mkdir -p "$work"/tree/{models/core,app/{core,ssh,archive,campaign,git,remotejob},ui}
}

expect_red() {
  fresh
  printf '%s\n' "$2" >"$work/tree/$1"
  if bash "$here/check.sh" "$work/tree" >/dev/null; then
    echo "not caught: $1: $2"
    exit 1
  fi
}

fresh
printf '#include "app/ssh/remoteshell.h"\n' >"$work/tree/app/remotejob/ok.h"
printf '#include <libssh/libssh.h>\n' >"$work/tree/app/ssh/ok.cpp"
printf '#include <sqlite3.h>\n' >"$work/tree/app/archive/ok.cpp"
bash "$here/check.sh" "$work/tree"

expect_red models/core/a.h '#include "app/core/worker.h"'
expect_red models/core/a.h '#include <QFile>'
expect_red models/core/a.h '  #  include <QWidget>'
expect_red app/core/a.h '#include "ui/mainwindow/mainwindow.h"'
expect_red app/core/a.h '#include "app/ssh/remoteshell.h"'
expect_red app/core/a.h '#include <QColor>'
expect_red app/campaign/a.cpp '#include <libssh/libssh.h>'
expect_red app/campaign/a.cpp '#include "app/ssh/sshsession.h"'
expect_red app/campaign/a.cpp '#include "app/archive/database.h"'
expect_red ui/a.cpp '#include <sqlite3.h>'
expect_red app/git/a.cpp '#include <archive.h>'
expect_red app/remotejob/a.cpp '#include "app/ssh/sshsession.h"'
expect_red app/archive/a.cpp '#include "app/campaign/campaignrunner.h"'
