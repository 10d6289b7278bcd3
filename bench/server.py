"""The settings of the server that `bench.crowd` starts: a real one's, with files of its own."""

import os

from stsdialoog.settings import *  # noqa: F403

STATIC_ROOT = os.environ["BENCH_STATIC_ROOT"]
