"""How gunicorn serves STS-Dialoog; it reads this file when it starts in this folder.

Workers, threads and the address are chosen on the command line (docs/operations.md).
"""

# A setting that is wrong ends gunicorn here, before there is a worker.
import stsdialoog.settings  # noqa: F401

# What a proxy says of a visitor is judged in one place, TRUSTED_PROXY. By default gunicorn would
# believe anybody on this machine who says that a request came in over https.
forwarded_allow_ips = ""
