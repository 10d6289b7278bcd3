"""gunicorn with the settings of a server, to be killed."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from tests.production import ROOT

WORKERS, THREADS = 2, 4
SECONDS_TO_STOP = 60


class Gunicorn:
    """A running gunicorn. Its port stays open while it is not there, so that nobody is refused."""

    def __init__(self, listener: socket.socket, log: Path) -> None:
        self.port = int(listener.getsockname()[1])
        self._fd, self._log = listener.fileno(), log
        self._master: subprocess.Popen[bytes]

    def start(self) -> None:
        with self._log.open("ab") as output:
            self._master = subprocess.Popen(  # noqa: S603 (our own command)
                [
                    *(sys.executable, "-m", "gunicorn", "stsdialoog.wsgi", "--no-control-socket"),
                    *("--workers", str(WORKERS), "--threads", str(THREADS)),
                    *("--bind", f"fd://{self._fd}"),
                ],
                cwd=ROOT,
                stdout=output,
                stderr=output,
                pass_fds=[self._fd],
            )

    def kill_worker(self, rng: Random) -> None:
        """Kill -9 one of the workers, whose place the master gives to another; if there is one."""
        children = Path(f"/proc/{self._master.pid}/task/{self._master.pid}/children")
        if workers := children.read_text().split():
            os.kill(int(rng.choice(workers)), signal.SIGKILL)

    def kill_master(self) -> None:
        """Kill -9 the master and start another. The workers of before end by themselves."""
        self._master.kill()
        self._master.wait()
        self.start()

    def stop(self) -> None:
        self._master.terminate()
        self._master.wait(timeout=SECONDS_TO_STOP)


@contextmanager
def gunicorn(folder: Path) -> Iterator[Gunicorn]:
    """Serve with the settings of this process."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Gunicorn(listener, folder / "gunicorn.log")
        server.start()
        try:
            yield server
        finally:
            server.stop()
