#!/usr/bin/env bash
# `make run`: from a fresh clone to a working STS-Dialoog with example data, on this machine only.
set -euo pipefail
cd "$(dirname "$0")/.."

host=127.0.0.1
port=8000

# Before anything else: a second server would also write to the same database.
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
.venv/bin/python manage.py migrate --verbosity 0
.venv/bin/python manage.py laad_materialen
.venv/bin/python manage.py demo

echo "Klaar! Open http://$host:$port/ in je browser. Stoppen doe je met Ctrl+C. Opnieuw starten met 'make run' duurt maar enkele seconden."
exec .venv/bin/python manage.py runserver "$host:$port"
