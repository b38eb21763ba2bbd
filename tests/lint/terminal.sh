#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Holds that what is printed goes through app/cli/terminal.cpp, which takes cleaned text only: no other file of the
# programs writes to a standard stream or terminal, or makes text that counts as cleaned. Usage: terminal.sh SOURCE_DIR
set -euo pipefail
cd "$1"
writes='\b(stdout|stderr|STDOUT_FILENO|STDERR_FILENO)\b|std::(cout|cerr|clog)|\b(printf|puts|putchar|perror|qInfo|qDebug|qWarning|qCritical)\(|/dev/(tty|stdout|stderr)|Forwarded(Channels|OutputChannel|ErrorChannel)'
makes='ofClean\('
bad=0

# only PATTERN WHY ALLOWED…: no line outside of the files ALLOWED may match, but for comments.
only() {
  local pattern=$1 why=$2 hits
  shift 2
  hits=$(grep -rnE --include='*.h' --include='*.cpp' "$pattern" app models ui |
    sed -E 's#(^|[[:space:]:])//.*##' | grep -E "$pattern" | grep -vE "^($(IFS='|' && echo "$*")):" || true)
  if [ -n "$hits" ]; then
    printf '%s:\n%s\n' "$why" "$hits"
    bad=1
  fi
}

# A person's own editor gets the terminal as it is, and "ssh -W" a socket in the place of its output; the window has
# one function of its own. The archive's warning is cleaned, "stderr" is a key of an observation, and a process
# that is out of memory says so in words of its own, for which none may be asked. A program that is started inherits no
# descriptor behind the three streams.
only "$writes" 'writes past app/cli/terminal.cpp' app/cli/terminal.cpp app/cli/insightediting.cpp \
  app/ssh/jumphost.cpp app/core/program.cpp ui/main.cpp app/archive/archiveexchange.cpp app/core/resourceroom.cpp models/evidence/migrationreport.cpp
only "$makes" 'makes cleaned text of its own' app/cli/terminaltext.h app/cli/terminaltext.cpp
exit "$bad"
