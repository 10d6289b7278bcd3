"""The settings under test, on a database file that is filled before the tests begin."""

import os

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES

database = os.environ["MUTANTS_DATABASE"]
DATABASES["default"] |= {"NAME": database, "TEST": {"NAME": database}}
