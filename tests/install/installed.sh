#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs a build into a folder and looks at it: the files that a package must have, each by the tool that knows it, the
# programs and the sandbox from there, and the completions as the shell asks them. Usage: installed.sh BUILD_DIR
# shellcheck disable=SC2317 # functions that check() calls
set -euo pipefail
build=$1
work=$(mktemp -d)
stage=$work/moved/here # not where it was configured for
export SLIPWAY_DATA_DIR=$work/data
ctl=$stage/bin/slipwayctl
bad=0

finish() {
  "$ctl" sandbox down >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap finish EXIT

# check NAME COMMAND …: silent when COMMAND succeeds.
check() {
  local name=$1 said
  shift
  if ! said=$("$@" 2>&1); then
    printf 'not ok: %s\n%s\n' "$name" "$said"
    bad=1
  fi
}

cmake --install "$build" --prefix "$stage" >/dev/null

share=$stage/share
for file in bin/slipway bin/slipwayctl libexec/slipway/ai-memory-reference \
  share/applications/org.slipway.Slipway.desktop share/metainfo/org.slipway.Slipway.metainfo.xml \
  share/icons/hicolor/scalable/apps/org.slipway.Slipway.svg share/icons/hicolor/16x16/apps/org.slipway.Slipway.png \
  share/icons/hicolor/256x256/apps/org.slipway.Slipway.png \
  share/man/man1/slipway.1.gz share/man/man1/slipwayctl.1.gz share/man/man5/slipway-fleet.5.gz share/slipway/schemas/campaign.json share/bash-completion/completions/slipwayctl \
  share/zsh/vendor-completions/_slipwayctl share/fish/vendor_completions.d/slipwayctl.fish; do
  check "$file is installed" test -s "$stage/$file"
done

check 'desktop file' desktop-file-validate "$share/applications/org.slipway.Slipway.desktop"
check 'metainfo' appstreamcli validate --no-net "$share/metainfo/org.slipway.Slipway.metainfo.xml"
for page in slipway.1 slipwayctl.1 slipway-fleet.5; do
  gzip -dc "$share/man/man${page##*.}/$page.gz" >"$work/$page"
  check "man page $page" mandoc -T lint -W warning "$work/$page"
done
# A command that the help knows is in the man page, since both are made from one table.
for command in run 'fleet create' 'archive check' completions; do
  check "$command is in the man page" grep -q "^\.SS slipwayctl $command$" "$work/slipwayctl.1"
done

# The programs start from there, and say the version of the project.
version=$(sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' "$build/CMakeCache.txt")
says_version() { "$@" | grep -Eq "^$(basename "$1") ${version//./\\.}( \(git [0-9a-f]{7,40}(-dirty)?\))?$"; }
check 'slipwayctl --version' says_version "$ctl" --version
check 'slipwayctl version' says_version "$ctl" version
check 'slipway --version' says_version "$stage/bin/slipway" --version

# The sandbox finds the reference node that was installed with it, and not the one of the build.
check 'sandbox up' "$ctl" sandbox up
source=$("$ctl" sandbox status --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["server"]["source"])')
check "the reference node is the installed one, not $source" \
  test "$source" = "$(realpath "$stage/libexec/slipway/ai-memory-reference")"
check 'sandbox down' "$ctl" sandbox down

# Completions: the script is sound, and offers commands, options, values, fleets and ids.
bash_script=$share/bash-completion/completions/slipwayctl
check 'bash completion parses' bash -n "$bash_script"
check 'bash completion passes shellcheck' shellcheck -s bash "$bash_script"
mkdir -p "$work/published-run"
echo '{"campaign_id": "published-run"}' >"$work/published-run/campaign-summary.json"
"$ctl" import "$work/published-run" >/dev/null
offered() { # words as they are typed; prints what is offered for the last one
  PATH=$stage/bin:$PATH bash -c '
    source "$1"
    shift
    COMP_WORDS=("$@")
    COMP_CWORD=$(($# - 1))
    _slipwayctl slipwayctl
    printf "%s\n" "${COMPREPLY[@]}"' bash "$bash_script" "$@"
}
offers() { # WORD TYPED …
  local word=$1
  shift
  offered "$@" | grep -qxF -- "$word"
}
lacks() { ! offers "$@"; }
check 'a command is offered' offers verify slipwayctl ver
check 'another command is not' lacks run slipwayctl ver
check 'a command of a group is offered' offers forget-key slipwayctl fleet f
check 'an option is offered' offers --despite-problems slipwayctl run --d
check 'a value is offered' offers harness slipwayctl triage published-run --class h
check 'a fleet is offered' offers sandbox slipwayctl run --fleet s
check 'a fleet behind an equals sign is offered' offers sandbox slipwayctl run --fleet = s
check 'a host of the fleet is offered' offers node-b slipwayctl fleet ssh sandbox ''
check 'a fleet is not a host' lacks sandbox slipwayctl fleet ssh sandbox ''
check 'a host for an option is offered' offers chaos slipwayctl fleet forget-key --fleet sandbox c
check 'an id is offered' offers published-run slipwayctl show pub
check 'another id is not' lacks published-run slipwayctl show r
check 'a file is offered' offers "$bash_script" slipwayctl import "${bash_script%ctl}"
check 'zsh completion parses' zsh -n "$share/zsh/vendor-completions/_slipwayctl"
check 'fish completion parses' fish -n "$share/fish/vendor_completions.d/slipwayctl.fish"
fish_offers() { # WORD TYPED: the line as it is typed
  PATH=$stage/bin:$PATH fish -c "source $share/fish/vendor_completions.d/slipwayctl.fish; complete -C '$2'" |
    cut -f 1 | grep -qxF -- "$1"
}
check 'fish offers an id' fish_offers published-run 'slipwayctl show pub'
check 'fish offers a host of the fleet' fish_offers node-b 'slipwayctl fleet ssh sandbox node-'
# zsh's own compadd works in its line editor alone, and so does compdef; the function is what is tried.
zsh_offers() { # WORD TYPED …
  # shellcheck disable=SC2016 # expanded by zsh
  PATH=$stage/bin:$PATH zsh -fc '
    compdef() { }
    compadd() { print -rl -- $offered }
    source $1
    shift
    words=("$@")
    CURRENT=$#
    _slipwayctl' zsh "$share/zsh/vendor-completions/_slipwayctl" "${@:2}" | grep -qxF -- "$1"
}
check 'zsh offers an id' zsh_offers published-run slipwayctl show pub
check 'zsh offers a host of the fleet' zsh_offers node-b slipwayctl fleet ssh sandbox ''
exit "$bad"
