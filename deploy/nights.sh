#!/bin/sh
# The timer of a container: does night.sh every night at three, in the time zone of TZ.
# While the last night failed there is a file /tmp/failed, by which the container is unhealthy.
set -u
failed=${TMPDIR:-/tmp}/failed

while true; do
  at=$(date --date 'today 03:00' +%s)
  now=$(date +%s)
  [ "$now" -lt "$at" ] || at=$(date --date 'tomorrow 03:00' +%s)
  sleep "$((at - now))"
  if "$(dirname "$0")/night.sh"; then rm -f "$failed"; else touch "$failed"; fi
done
