#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Keeps the field's contract of phase 1: no parameters, a log on stderr, one report on stdout. Asks the real server.
set -euo pipefail
host=$(hostname)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export AI_MEMORY_DB=$dir/db
server=/usr/local/bin/ai-memory
[ -x "$server" ] || server=$(command -v ai-memory)
echo "[phase1][$host] storing" >&2
"$server" store --title t --content "a gate" --tier mid --namespace n >/dev/null
recall=$("$server" recall "gate" --limit 5 --json | grep -o '"title"' | wc -l)
stats=$("$server" stats --json)
"$server" backup --to "$dir/backup" --keep 1 >/dev/null
curator=$("$server" curator --once --dry-run --max-ops 10 --json)
tools=$(printf '%s\n' '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2024-11-05","capabilities":{},"clientInfo":{"name":"gate","version":"1"}}}' \
  '{"jsonrpc":"2.0","id":2,"method":"tools/list"}' | "$server" mcp | grep -o '"name"' | wc -l)
echo "[phase1][$host] $tools tools" >&2
printf '{"phase":1,"host":"%s","version":"%s","pass":true,"reasons":[""],"stats":%s,"curator":%s,"mcp_tool_count":%d,"recall_count":%d,"snapshot_count":%d,"manifest_count":%d}\n' \
  "$host" "$("$server" --version)" "$stats" "$curator" "$tools" "$recall" \
  "$(find "$dir/backup" -name '*.db' | wc -l)" "$(find "$dir/backup" -name '*.manifest.json' | wc -l)"
