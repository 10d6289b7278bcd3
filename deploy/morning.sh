#!/bin/sh
# All that is done every morning, for containers and for systemd: at an hour at which people get
# mail, and each hour after it, for what did not leave then. What the application does at night
# stands in night.sh.
set -u
cd "$(dirname "$0")/.." || exit 1

.venv/bin/python manage.py stuur_herinneringen || {
  echo "morning.sh: failed: manage.py stuur_herinneringen" >&2
  exit 1
}
