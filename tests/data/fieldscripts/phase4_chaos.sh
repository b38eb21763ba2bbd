#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Keeps the field's contract of phase 4: cycles as lines of a file that grows, logs and databases of nodes next to it, one
# report in the end. Its numbers are made up.
set -euo pipefail
for fault in $FAULTS; do
  dir=/tmp/phase4-$fault
  mkdir -p "$dir"
  echo "[phase4] campaign: $fault" >&2
  for ((cycle = 1; cycle <= CYCLES; cycle++)); do
    echo "[chaos] cycle $cycle: nodes ready (pids 1 2 3)" | tee -a "$dir/campaign.log" >&2
    ok=$((cycle % 7 + 3))
    printf '{"cycle":%d,"fault":"%s","writes":%d,"ok":%d,"quorum_not_met":0,"fail":%d,"count_node0":"ERR","count_node1":"%d","count_node2":"%d"}\n' \
      "$cycle" "$fault" "$WRITES" "$ok" $((WRITES - ok)) "$ok" "$ok" >>"$dir/chaos-report.jsonl"
    for node in 0 1 2; do
      echo "node $node of cycle $cycle" >"$dir/c$cycle-node-$node.log"
      head -c 2000 /dev/urandom >"$dir/c$cycle-node-$node.db"
    done
    sleep 0.05
  done
done
echo "{\"phase\":4,\"pass\":true,\"cycles_per_fault\":$CYCLES,\"writes_per_cycle\":$WRITES,\"convergence_by_fault\":{\"$FAULTS\":1},\"reasons\":[\"\"]}"
