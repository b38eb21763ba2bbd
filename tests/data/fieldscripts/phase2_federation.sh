#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Keeps the field's contract of phase 2: logs in to the peers, as root and without a question, and reports. Its numbers are
# made up; that it gets in to all three is not.
set -euo pipefail
for ip in "$NODE_A_IP" "$NODE_B_IP" "$NODE_C_IP"; do
  echo "[phase2] $ip is $(ssh -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null "root@$ip" hostname)" >&2
done
: "$NODE_A_PRIV" "$NODE_B_PRIV" "$NODE_C_PRIV" "$SETTLE_SECS"
echo "[phase2] burst totals: OK=200 QNM=0 FAIL=0" >&2
echo '{"phase":2,"pass":true,"total_writes":200,"ok":200,"quorum_not_met":0,"fail":0,"counts":{"a":200,"b":200,"c":200},"probe1_single_peer_down":"201","probe2_both_peers_down":"503","reasons":[""]}'
