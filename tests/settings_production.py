"""The settings of a server, except that no static files have to be collected first."""

from stsdialoog.settings import *  # noqa: F403
from stsdialoog.settings import STORAGES

# The stories on a server log in with a password alone.
TWEEDE_STAP_VERPLICHT = False
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
