"""Ask the application behind a socket whether a save would succeed: ends with 0, or with 1 and why.

Needs nothing but Python, so that a container asks it every few seconds at little cost. SITE_URL
says for which host it asks. `--wait 60` asks again for so many seconds.
"""

import argparse
import os
import socket
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

TIMEOUT = 8  # seconds for one answer
AGAIN = 0.5  # seconds until the next try


class SocketConnection(HTTPConnection):
    """HTTP over a socket file."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=TIMEOUT)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(TIMEOUT)
        self.sock.connect(str(self._path))


def main() -> str:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("socket", type=Path)
    parser.add_argument("--wait", type=float, default=0, metavar="SECONDS")
    options = parser.parse_args()
    until = time.monotonic() + options.wait
    while (why := why_not(options.socket)) and time.monotonic() < until:
        time.sleep(AGAIN)
    return why


def why_not(path: Path) -> str:
    host = urlsplit(os.environ.get("SITE_URL", "")).hostname or "localhost"
    connection = SocketConnection(path)
    try:
        connection.request("GET", "/gezond/", headers={"Host": host})
        status = connection.getresponse().status
    except (OSError, HTTPException) as error:
        return f"{path}: {error}"
    finally:
        connection.close()
    return "" if status == 200 else f"{path}: /gezond/ answers {status} to {host}"


if __name__ == "__main__":
    sys.exit(main() or 0)
