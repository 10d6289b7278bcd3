#!/bin/sh
# The timer of a container: daily.sh "HH:MM [HH:MM ...]" NAME does deploy/NAME every day at those
# hours, the earliest first, in the time zone of TZ. While the last time failed there is a file
# /tmp/failed, by which the container is unhealthy.
set -u
hours=$1
script=$(dirname "$0")/$2
failed=${TMPDIR:-/tmp}/failed

next_time() {
  for day in today tomorrow; do
    for hour in $hours; do
      at=$(date --date "$day $hour" +%s)
      [ "$1" -ge "$at" ] || { echo "$at"; return; }
    done
  done
}

while true; do
  now=$(date +%s)
  sleep "$(($(next_time "$now") - now))"
  if "$script"; then rm -f "$failed"; else touch "$failed"; fi
done
