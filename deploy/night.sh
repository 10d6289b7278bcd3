#!/bin/sh
# All that is done every night, for containers and for systemd. What fails does not keep the rest
# from being done; the exit code then says that something failed, and the log says what.
# KOPIE_DIR: where the backups are kept.
set -u
cd "$(dirname "$0")/.." || exit 1
failed=0

nightly() {
  "$@" || {
    echo "night.sh: failed: $*" >&2
    failed=1
    return 1
  }
}

nightly .venv/bin/python manage.py bevestig_lidmaatschappen
nightly .venv/bin/python manage.py ruim_op
nightly .venv/bin/python manage.py reken_regio
nightly .venv/bin/python manage.py reken_reacties
# The old ones go only when there is a new one.
nightly .venv/bin/python manage.py bewaar_kopie "${KOPIE_DIR:?}" &&
  nightly find "$KOPIE_DIR" -name 'stsdialoog-*.zip' -mtime +28 -delete

exit $failed
