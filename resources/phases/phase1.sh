#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Phase 1, functional: on each peer. Every answer of the server travels whole; what it means is decided elsewhere.
# A stop may come while the work folder is being made.
trap leave_work EXIT
trap 'exit 143' TERM INT
begin
make_data
server_folders 0 node backup
as_server 0 "$DATA/node"

log "store, recall, stats"
capture store "${AS[@]}" "$SLIPWAY_SERVER" store --title "ship-gate canary $SLIPWAY_RUN" \
  --content "The quick brown fox guards the release." --tier mid --namespace ship-gate-phase1
capture recall "${AS[@]}" "$SLIPWAY_SERVER" recall "quick brown fox" --limit 5 --json
capture stats "${AS[@]}" "$SLIPWAY_SERVER" stats --json

log "backup"
capture backup "${AS[@]}" "$SLIPWAY_SERVER" backup --to "$DATA/backup" --keep 1
shopt -s nullglob
snapshots=("$DATA"/backup/ai-memory-*.db)
manifests=("$DATA"/backup/ai-memory-*.manifest.json)
observe count "\"name\":\"snapshots\",\"value\":${#snapshots[@]}"
observe count "\"name\":\"manifests\",\"value\":${#manifests[@]}"
if [ "${#snapshots[@]}" -eq 1 ] && [ "${#manifests[@]}" -eq 1 ]; then
  # Read as the server's user: what lies there may be a link to what is none of its business, or a pipe.
  sha=$(timeout -k 5 "$CAPTURE_SECONDS" "${AS[@]}" sha256sum -- "${snapshots[0]}" | head -c 200)
  sha=${sha#\\}
  observe hash "\"name\":\"snapshot\",\"sha256\":\"${sha%% *}\""
  capture manifest "${AS[@]}" cat -- "${manifests[0]}"
fi

log "curator dry-run"
capture curator "${AS[@]}" "$SLIPWAY_SERVER" curator --once --dry-run --max-ops 10 --json

# tools_came FILE: the list of tools is there to its end. A long line may come in several writes.
tools_came() {
  grep -qE '"id": ?2[,}]' "$1" && [ -z "$(tail -c 1 "$1" | tr -d '\0')" ]
}

# The server may answer at leisure: its input stays open until the list of tools came, or 30 s have passed.
mcp_conversation() {
  local requests=$WORK/mcp.in answers=$WORK/mcp.out pid
  rm -f "$requests"
  mkfifo "$requests" && : >"$answers"
  (
    ulimit -f 65536
    exec "${AS[@]}" "$SLIPWAY_SERVER" mcp "$@" <"$requests" >"$answers"
  ) &
  pid=$!
  exec 9>"$requests"
  printf '%s\n' \
    '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2024-11-05","capabilities":{},"clientInfo":{"name":"slipway","version":"1"}}}' \
    '{"jsonrpc":"2.0","method":"notifications/initialized"}' \
    '{"jsonrpc":"2.0","id":2,"method":"tools/list"}' >&9
  local deadline
  up_time
  deadline=$((UP + 30))
  until tools_came "$answers"; do
    up_time
    start_time "$pid"
    if [ "$UP" -ge "$deadline" ] || [ -z "$BEGAN" ]; then break; fi
    sleep 0.02
  done
  exec 9>&-
  end_process "$pid" 2
  wait "$pid" 2>/dev/null
  cat "$answers"
}

log "MCP handshake"
trap '' PIPE
capture mcp mcp_conversation
# Newer servers list a small core unless they are asked for all; older ones do not know the option.
capture mcp-full mcp_conversation --profile full
log "done"
finish
