"""Saves over HTTP while a release is put in the place of another, as deploy/ does it."""

import os
from functools import partial
from pathlib import Path

from storm.pages import Line
from storm.saves import Outcome, Typing
from tests.proxy import Instance, nginx

RESTART = "instances restarted"


def storm_restarts(*, saves: int, seed: int, folder: Path) -> Outcome:
    """Let people type behind the proxy, while each of two instances is restarted in its turn.

    The one waits until the other is healthy. Raises UnexpectedAnswer.
    """
    typing = Typing(saves, seed)
    with nginx(folder) as proxy:
        instances = [Instance(folder, number, os.environ) for number in (1, 2)]
        for instance in instances:
            instance.start()
        try:
            return typing.during(
                [(RESTART, partial(_restart, instance)) for instance in instances],
                lambda cookies, tries: Line(proxy.https, cookies, tries, tls=True),
            )
        finally:
            for instance in instances:
                instance.stop()


def _restart(instance: Instance) -> None:
    instance.stop()
    instance.start()
