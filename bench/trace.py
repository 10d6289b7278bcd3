"""What one warm request runs through: `make trace`. Counts, not times: the same on every machine.

Every file a request passes through is a file to open for whoever wants to understand the page, so
these figures are a measure of readability. They are taken on the demo data, as its ankerfiguur.
"""

import argparse
import gc
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("stsdialoog", "dossiers", "preventieplan", "dialoogfiches", "start")
Request = Callable[[], object]


@dataclass
class Trace:
    """What one request called, rendered and queried."""

    functions: set[CodeType] = field(default_factory=set)
    calls: int = 0
    renders: int = 0
    queries: int = 0

    @property
    def files(self) -> list[str]:
        return sorted({_in_the_house(code.co_filename) for code in self.functions})

    def see(self, frame: FrameType, event: str, _arg: Any) -> None:
        """Count a call to one of our own functions. A callback for `sys.setprofile`."""
        if event == "call" and _in_the_house(frame.f_code.co_filename):
            self.functions.add(frame.f_code)
            self.calls += 1


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.trace", description=__doc__)
    parser.add_argument("--files", action="store_true", help="name the files of each request")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="stsdialoog-trace-") as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'trace.sqlite3'}"
        _set_up_demo()
        print("| request | files | functions | calls | template renders | queries |")
        print("| --- | ---: | ---: | ---: | ---: | ---: |")
        for name, request in _requests():
            trace = trace_warm(request)
            figures = (len(trace.files), len(trace.functions), trace.calls)
            print(f"| {name}", *figures, trace.renders, trace.queries, sep=" | ", end=" |\n")
            if options.files:
                print(*(f"  {path}" for path in trace.files), sep="\n")
    return 0


def trace_warm(request: Request) -> Trace:
    """Trace a request after making it once, so that every per-process cache is warm."""
    from django.db import connection  # noqa: PLC0415 (needs a Django that is set up)
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    request()
    trace = Trace()
    with (
        CaptureQueriesContext(connection) as captured,
        _counting_renders(trace),
        _no_garbage_collection(),
    ):
        sys.setprofile(trace.see)
        try:
            request()
        finally:
            sys.setprofile(None)
    trace.queries = len(captured)
    return trace


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Collecting a generator that others left half done runs its end, as if this request did."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def _counting_renders(trace: Trace) -> Iterator[None]:
    """Count every template that is rendered: pages, includes and form widgets."""
    from django.template.base import Template  # noqa: PLC0415

    render = Template.render

    def counted(self: Template, *args: Any) -> str:
        trace.renders += 1
        return render(self, *args)

    Template.render = counted
    try:
        yield
    finally:
        Template.render = render


def _in_the_house(filename: str) -> str:
    """Give the path of one of our own files relative to the repository; empty for any other."""
    if not filename.startswith(f"{ROOT}/"):
        return ""
    path = filename.removeprefix(f"{ROOT}/")
    return path if path.startswith(ROOMS) else ""


def _set_up_demo() -> None:
    os.environ.update(DJANGO_SETTINGS_MODULE="stsdialoog.settings", DJANGO_DEBUG="true")
    import django  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.WHITENOISE_AUTOREFRESH = True
    for command in ("migrate", "laad_materialen", "demo"):
        call_command(command, verbosity=0, stdout=open(os.devnull, "w"))  # noqa: PTH123, SIM115


def _requests() -> Iterator[tuple[str, Request]]:
    from django.test import Client  # noqa: PLC0415

    from dialoogfiches.gesprekken.models import Gesprek  # noqa: PLC0415
    from dossiers.mensen.models import Lidmaatschap  # noqa: PLC0415

    of_topics = Gesprek.objects.filter(versie__materiaal__slug="dialoogdocument")
    gesprek = of_topics.select_related("dossier__school").latest("gemaakt_op")
    ankerfiguur = Lidmaatschap.objects.filter(clb=gesprek.dossier.school.clb_id).earliest("sinds")
    client = Client()
    client.force_login(ankerfiguur.user)
    here = f"/dossiers/{gesprek.dossier_id}"
    goal = f"{here}/preventieplan/f0-1/"
    step = f"{here}/gesprekken/{gesprek.pk}/registratie/"
    note = f"notitie-{gesprek.pk}-registratie-b01-tekst"

    def read(path: str) -> Request:
        def request() -> None:
            response = client.get(path)
            assert response.status_code == 200, (path, response.status_code)

        return request

    yield "school list", read("/scholen/")
    yield "dossier", read(f"{here}/")
    yield "goal page", read(goal)
    yield "save of an answer", _saver(client, goal, "antwoord-f0-1-v01-toelichting")
    yield "overview", read(f"{here}/overzicht/")
    yield "routekaart", read(f"{here}/routekaart/")
    yield "start of a talk", read(f"{here}/gesprekken/nieuw/aanwezig-op-school/")
    yield "cover of a talk", read(f"{here}/gesprekken/{gesprek.pk}/")
    yield "step of a talk", read(step)
    yield "save of a note", _saver(client, step, note)
    yield "toolbox", read("/toolbox/")


def _saver(client: Any, url: str, veld: str) -> Request:
    """Save a different text each time, based on the current revision, as a page does."""
    page = client.get(url).text
    match = re.search(rf'name="{veld}_basis"\s+value="(\d+)"', page)
    assert match, veld
    revisies = count(int(match[1]))

    def save() -> None:
        basis = next(revisies)
        data = {"veld": veld, veld: f"Tekst {basis}", f"{veld}_basis": str(basis)}
        response = client.post(url, data, headers={"HX-Request": "true"})
        assert response.status_code == 200, response.status_code

    return save


if __name__ == "__main__":
    sys.exit(main())
