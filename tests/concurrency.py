"""Running code concurrently."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections

WAIT = 0.5  # seconds that one thread gives the other the opportunity to go wrong


def at_once(*work: Callable[[], Any]) -> list[Any]:
    """Run functions in threads with their own connections, and return their results."""

    def one(function: Callable[[], Any]) -> Any:
        try:
            return function()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(work)) as pool:
        return [future.result(30) for future in [pool.submit(one, function) for function in work]]
