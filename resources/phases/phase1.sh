#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Phase 1, functional: on each peer. Every answer of the server travels whole; what it means is decided elsewhere.
begin
trap 'rm -rf "$WORK"' EXIT
export AI_MEMORY_DB=$WORK/memory.db

log "store, recall, stats"
capture store "$SLIPWAY_SERVER" store --title "ship-gate canary $SLIPWAY_RUN" \
  --content "The quick brown fox guards the release." --tier mid --namespace ship-gate-phase1
capture recall "$SLIPWAY_SERVER" recall "quick brown fox" --limit 5 --json
capture stats "$SLIPWAY_SERVER" stats --json

log "backup"
mkdir -p "$WORK/backup"
capture backup "$SLIPWAY_SERVER" backup --to "$WORK/backup" --keep 1
shopt -s nullglob
snapshots=("$WORK"/backup/ai-memory-*.db)
manifests=("$WORK"/backup/ai-memory-*.manifest.json)
observe count "\"name\":\"snapshots\",\"value\":${#snapshots[@]}"
observe count "\"name\":\"manifests\",\"value\":${#manifests[@]}"
if [ "${#snapshots[@]}" -eq 1 ] && [ "${#manifests[@]}" -eq 1 ]; then
  sha=$(sha256sum <"${snapshots[0]}")
  observe hash "\"name\":\"snapshot\",\"sha256\":\"${sha%% *}\""
  capture manifest cat "${manifests[0]}"
fi

log "curator dry-run"
capture curator "$SLIPWAY_SERVER" curator --once --dry-run --max-ops 10 --json

# The server may answer at leisure: its input stays open until the list of tools came, or 30 s have passed.
mcp_conversation() {
  local requests=$WORK/mcp.in answers=$WORK/mcp.out pid
  mkfifo "$requests" && : >"$answers"
  "$SLIPWAY_SERVER" mcp <"$requests" >"$answers" 2>>"$WORK/mcp.err" &
  pid=$!
  exec 9>"$requests"
  printf '%s\n' \
    '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2024-11-05","capabilities":{},"clientInfo":{"name":"slipway","version":"1"}}}' \
    '{"jsonrpc":"2.0","method":"notifications/initialized"}' \
    '{"jsonrpc":"2.0","id":2,"method":"tools/list"}' >&9
  local deadline=$((SECONDS + 30))
  until grep -qE '"id": ?2[,}]' "$answers"; do
    if [ "$SECONDS" -ge "$deadline" ] || ! kill -s 0 "$pid" 2>/dev/null; then break; fi
    sleep 0.02
  done
  exec 9>&-
  end_process "$pid" 2
  wait "$pid" 2>/dev/null
  cat "$answers"
}

log "MCP handshake"
capture mcp mcp_conversation
log "done"
finish
