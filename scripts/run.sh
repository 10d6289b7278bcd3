#!/usr/bin/env bash
# `make run`: from a fresh clone to a working STS-Dialoog with example data, on this machine only.
set -euo pipefail
cd "$(dirname "$0")/.."

host=127.0.0.1
port=8000

stopped() {
  printf '\nSTS-Dialoog is gestopt.\n'
  exit "${1:-130}"
}
trap stopped INT TERM

# One at a time, also while the database is made. The lock, on this file, goes with the process.
exec {lock}<scripts/run.sh
flock -n "$lock" || {
  echo "STS-Dialoog wordt al klaargezet of draait al, in een ander venster. Kijk daar, of op http://$host:$port/." >&2
  exit 1
}
# A server that was started in another way would write to the same database.
if (exec 3<>"/dev/tcp/$host/$port") 2>/dev/null; then
  echo "Poort $port is al bezet. Kijk of STS-Dialoog al draait op http://$host:$port/, of sluit wat er draait en probeer het opnieuw." >&2
  exit 1
fi

echo "STS-Dialoog wordt klaargezet. De eerste keer duurt dat een minuut of twee, daarna enkele seconden."
bash scripts/install.sh runtime

# The settings are those of a production server unless this says otherwise.
export DJANGO_DEBUG=true
# Its warning frightens people who only look around on their own machine.
export DJANGO_RUNSERVER_HIDE_WARNING=true
# An older version's database is left as it is, and the work goes on in a fresh file beside it. A
# database that somebody named with DATABASE_URL is theirs to move.
old_database=3 # stsdialoog/management/commands/migrate.py
fresh=db-nieuw.sqlite3
if [ -z "${DATABASE_URL:-}" ] && [ -e "$fresh" ]; then
  export DATABASE_URL="sqlite:///$PWD/$fresh"
fi
migrate() {
  .venv/bin/python manage.py migrate --verbosity 0
}
migrate || {
  [ $? -eq $old_database ] && [ -z "${DATABASE_URL:-}" ] || exit 1
  if [ -t 0 ]; then
    read -r -p "Met een nieuwe, lege database ($fresh) beginnen? [j/N] " answer || true
  fi
  [[ ${answer:-} == [jJ]* ]] || {
    echo "Begin met 'touch $fresh && make run' met een nieuwe, lege database naast de oude." >&2
    exit 1
  }
  export DATABASE_URL="sqlite:///$PWD/$fresh"
  migrate
}
[[ ${DATABASE_URL:-} != *"/$fresh" ]] || echo "Je werkt in $fresh; de oude db.sqlite3 blijft zoals ze is."
.venv/bin/python manage.py laad_materialen
.venv/bin/python manage.py demo

echo "Klaar! Open http://$host:$port/ in je browser. Stoppen doe je met Ctrl+C. Opnieuw starten met 'make run' duurt maar enkele seconden."
# In the background, so that a signal to this script reaches it at once.
.venv/bin/python manage.py runserver "$host:$port" &
server=$!
stop_server() {
  kill "$server" 2>/dev/null || true
  wait "$server" || true
  stopped 0
}
trap stop_server INT TERM
wait "$server"
