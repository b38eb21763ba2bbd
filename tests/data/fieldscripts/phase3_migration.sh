#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Keeps the field's contract of phase 3; its numbers are made up.
moved='{"memories_read":1000,"memories_written":1000,"batches":2,"errors":[],"dry_run":false}'
echo "{\"phase\":3,\"pass\":true,\"report_forward\":$moved,\"report_idempotent\":$moved,\"report_reverse\":$moved,\"src_count\":1000,\"dst_count\":1000,\"reasons\":[\"\"]}"
