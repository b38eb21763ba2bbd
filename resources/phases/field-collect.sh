#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What phase 4 of the field leaves behind, reports, logs and databases of nodes, as one tar archive on stdout: regular files,
# the small ones first, up to a limit in count and size. The rest is listed in the log with its size and stays there.
most_files=2000
most_bytes=$((256 * 1024 * 1024))
largest=$((64 * 1024 * 1024))
most_listed=200
cd /tmp || exit 70
folders=()
for folder in phase4-*; do
  [ -d "$folder" ] && [ ! -L "$folder" ] && folders+=("$folder")
done
[ ${#folders[@]} -gt 0 ] || {
  log "there is no /tmp/phase4-* to collect"
  exit 1
}
log "collecting ${folders[*]}"
count=0
total=0
left=0
# The paths to take, each ended by a zero byte; what is left there is logged.
choose() {
  while IFS= read -r -d '' line; do
    size=${line%% *}
    path=${line#* }
    if [ "$count" -lt "$most_files" ] && [ "$size" -le "$largest" ] && [ $((total + size)) -le "$most_bytes" ]; then
      count=$((count + 1))
      total=$((total + size))
      printf '%s\0' "$path"
    else
      left=$((left + 1))
      [ "$left" -gt "$most_listed" ] || log "left there, $size bytes: $(printf '%q' "$path")"
    fi
  done < <(find "${folders[@]}" -type f -printf '%s %p\0' | head -z -n 100000 | sort -zn)
  while IFS= read -r -d '' path; do
    log "left there, not a regular file: $(printf '%q' "$path")"
  done < <(find "${folders[@]}" ! -type f ! -type d -print0 | head -z -n "$most_listed")
  [ "$left" -eq 0 ] || log "$left files were left there: more than $most_files files, $largest bytes of one or $most_bytes of all are not fetched"
}
choose | tar --create --file=- --null --no-recursion --files-from=-
