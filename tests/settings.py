"""The test settings: the project's own, without delays and without sending anything out."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("DJANGO_DEBUG", "true")

from stsdialoog.settings import *  # noqa: F403
from stsdialoog.settings import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

folder = tempfile.mkdtemp(prefix="stsdialoog-test-")
atexit.register(shutil.rmtree, folder, ignore_errors=True)
DOCUMENTEN_DIR = Path(folder) / "documenten"
MADE_FILES_DIR = Path(folder) / "made"
WISLIJST = Path(folder) / "wislijst.jsonl"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in production: in memory, SQLite has different locks and no WAL.
    database = os.path.join(folder, "test.sqlite3")  # noqa: PTH118
    # Both names: from the first, pytest-django concludes that threads need no shared connection.
    DATABASES["default"] |= {"NAME": database, "TEST": {"NAME": database}}

# A code of an app holds for a day: its half minute could end between two lines of a story.
MFA_TOTP_PERIOD = 24 * 3600

# The test runner turns DEBUG off; without collected files, WhiteNoise then has nothing to serve.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
