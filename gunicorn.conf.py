"""How gunicorn serves STS-Dialoog; it reads this file when it starts in this folder.

Workers, threads and the address are chosen on the command line (docs/operations.md).
"""

# A setting that is wrong ends gunicorn here, before there is a worker.
from stsdialoog import serving, settings

# What a proxy says of a visitor is judged in one place, TRUSTED_PROXY. By default gunicorn would
# believe anybody on this machine who says that a request came in over https, and whoever asks over
# a socket file also what the path is.
forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}
forwarder_headers = ""

if settings.LOG_JSON:
    logger_class = serving.JsonLogger

if settings.METRICS_BIND:
    metrics = serving.Metrics(settings.METRICS_BIND)
    when_ready, on_exit = metrics.when_ready, metrics.on_exit
