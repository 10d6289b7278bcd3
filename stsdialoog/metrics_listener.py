"""The process that tells what the workers of one gunicorn counted, in the text of Prometheus.

Its port is no other than that of METRICS_BIND, and it does nothing else: what it is asked reaches
neither the application nor the database. gunicorn starts it (serving.py), and it ends with that.
"""

import signal
import sys
from ctypes import CDLL

from prometheus_client import CollectorRegistry, multiprocess, start_http_server

PR_SET_PDEATHSIG = 1  # Linux, prctl(2)


def main(host: str, port: str) -> None:
    CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    registry = CollectorRegistry(support_collectors_without_names=True)
    multiprocess.MultiProcessCollector(registry)
    try:
        _, thread = start_http_server(int(port), host, registry)
    except OSError as error:
        sys.exit(f"METRICS_BIND: {host}:{port}: {error.strerror}")
    thread.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
