"""The settings under test: the project's own, with what a test may not wait for or send out."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("DJANGO_DEBUG", "true")

from stsdialoog.settings import *  # noqa: F403
from stsdialoog.settings import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as people use it: in memory SQLite has other locks, and no WAL.
    folder = tempfile.mkdtemp(prefix="stsdialoog-test-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    database = os.path.join(folder, "test.sqlite3")  # noqa: PTH118
    # Both names: by the first one pytest-django sees that threads need no shared connection.
    DATABASES["default"] |= {"NAME": database, "TEST": {"NAME": database}}

# The test runner turns DEBUG off; without collected files, WhiteNoise then has nothing to serve.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
