#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Phase 2 of the field logs in to the peers from the chaos host. It does so with a key that was made for this campaign and
# is gone after it. SLIPWAY_ACTION: admit and dismiss on the peers, hold and drop on the chaos host.
begin "scripts of the field start the server themselves"
trap leave_work EXIT
umask 077
mkdir -p "$HOME/.ssh"
authorized=$HOME/.ssh/authorized_keys
mark=slipway-$SLIPWAY_RUN
case $SLIPWAY_ACTION in
admit)
  # On a line of its own, whatever the file ended with.
  [ -s "$authorized" ] && [ -n "$(tail -c 1 "$authorized")" ] && echo >>"$authorized"
  printf '%s %s\n' "$SLIPWAY_LOGIN_PUBLIC" "$mark" >>"$authorized"
  ;;
dismiss)
  if [ -f "$authorized" ]; then
    grep -vF -- " $mark" "$authorized" >"$authorized.$mark" || true
    cat "$authorized.$mark" >"$authorized" && rm -f "$authorized.$mark"
  fi
  ;;
hold)
  # Under the first name that ssh tries and nobody uses.
  for name in id_ed25519 id_ecdsa id_rsa; do
    if [ ! -e "$HOME/.ssh/$name" ]; then
      printf '%s\n' "$SLIPWAY_LOGIN_PRIVATE" >"$HOME/.ssh/$name"
      echo "$name" >"$HOME/.ssh/.$mark"
      break
    fi
  done
  [ -f "$HOME/.ssh/.$mark" ] || {
    log "$HOME/.ssh has keys under every name; the peers must admit one of them"
  }
  ;;
drop)
  if read -r name 2>/dev/null <"$HOME/.ssh/.$mark"; then
    rm -f "$HOME/.ssh/$name" "$HOME/.ssh/.$mark"
  fi
  ;;
esac
finish
