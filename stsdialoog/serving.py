"""What gunicorn does besides serving (gunicorn.conf.py): its log as JSON, and a place for metrics.

Needs no Django: it is read before there is a worker.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from typing import Any

from gunicorn import glogging

from stsdialoog.log import JsonLines

# Where prometheus_client looks when it is imported: each worker counts in a file of its own there.
COUNTED_IN = "PROMETHEUS_MULTIPROC_DIR"


class JsonLogger(glogging.Logger):
    """gunicorn's own logs, in the same form as ours."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            for handler in log.handlers:
                handler.setFormatter(JsonLines())


class Metrics:
    """Counting over all workers of one gunicorn: its hooks for that.

    bind: address and port of the listener.
    """

    def __init__(self, bind: tuple[str, int]) -> None:
        self._bind = bind
        self._listener: subprocess.Popen[bytes] | None = None
        # gunicorn reads its configuration again at a reload; what was counted before stays.
        os.environ.setdefault(COUNTED_IN, tempfile.mkdtemp(prefix="stsdialoog-metrics-"))

    def when_ready(self, server: Any) -> None:  # noqa: ARG002 (gunicorn gives it)
        host, port = self._bind
        command = [sys.executable, "-m", "stsdialoog.metrics_listener", host, str(port)]
        self._listener = subprocess.Popen(command)  # noqa: S603 (our own command)

    def on_exit(self, server: Any) -> None:  # noqa: ARG002
        if self._listener:
            self._listener.terminate()
            self._listener.wait()
        shutil.rmtree(os.environ[COUNTED_IN], ignore_errors=True)
