"""Reminders for all of Flanders beside those of one CLB, to a mail server here: `--herinneringen`.

Each school has three people of its team who do something that is late, and each CLB its
ankerfiguur, who hears of what nobody does.
"""

import json
import os
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.contrib.auth.hashers import make_password

from bench.crowd import database_url
from bench.databases import make_database
from bench.region import FLANDERS, ONE_CLB, fill_region
from dossiers.acties.models import Actie, Trekker
from dossiers.mensen.models import Lidmaatschap, Rol, User

# A Monday with school, on which everybody gets mail, and a day before it.
DAY, LATE = date(2026, 11, 30), date(2026, 11, 27)
TEAM = 3  # people of each school
REGIONS = {"clb": ONE_CLB, "flanders": FLANDERS}

# Sends them in a process of its own, and says how many left, how many people it looked at, how long
# that took, and the most memory it had: before the first mail, and in all; seconds and megabytes.
SEND = """
import json, sys, time
from datetime import date
from pathlib import Path
import django
django.setup()
from start.herinneringen.domain.versturen import people_to_look_at, send_due

def peak():
    # Not getrusage: what that gives begins with what the process had that started this one.
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024

day = date.fromisoformat(sys.argv[1])
people, before, start = people_to_look_at(day), peak(), time.perf_counter()
run = send_due(today=day)
assert not run.mislukt
print(json.dumps([run.verstuurd, people, time.perf_counter() - start, before, peak()]))
"""


@dataclass(frozen=True)
class Sent:
    """arrived: mails that the mail server has; apart: how many of them have a Message-ID of their
    own. before, most: megabytes.
    """

    name: str
    people: int
    mails: int
    arrived: int
    apart: int
    seconds: float
    before: float
    most: float


def measure_reminders() -> Iterator[Sent]:
    for name, region in REGIONS.items():
        make_database(f"herinneringen-{name}")
        fill_region(region)
        _make_teams()
        with mail_server() as server:
            mails, people, seconds, before, most = _send(server.server_address[1])
            apart = len(set(server.mails))
            yield Sent(
                name, int(people), int(mails), len(server.mails), apart, seconds, before, most
            )


def _send(port: int) -> list[float]:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", SEND, str(DAY)],
        env=os.environ | {"DATABASE_URL": database_url(), "EMAIL_URL": f"smtp://127.0.0.1:{port}"},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    found: list[float] = json.loads(done.stdout)
    return found


def _make_teams() -> None:
    """Give each open dossier a team, of whom each does one of its actions."""
    Actie.objects.update(check_op=LATE, besluit="", geschrapt_op=None)
    acties = Actie.objects.filter(dossier__afgesloten_op=None).order_by("dossier", "pk")
    keys = acties.values_list("dossier__school", "pk")
    no_password = make_password(None)
    users, roles, doing = [], [], []
    for school, rows in groupby(keys.iterator(), key=lambda row: row[0]):
        for nr, (_, actie) in zip(range(TEAM), rows, strict=False):
            user = User(email=f"{school}-{nr}@bench.test", naam="Team", password=no_password)
            users.append(user)
            roles.append(Lidmaatschap(user=user, school_id=school, rol=Rol.SCHOOLTEAM))
            doing.append(Trekker(actie_id=actie, gebruiker=user))
    User.objects.bulk_create(users, batch_size=1000)
    Lidmaatschap.objects.bulk_create(roles, batch_size=1000)
    Trekker.objects.bulk_create(doing, batch_size=1000)


# --- a mail server that takes all it gets, and keeps what each mail is called --------------------


class MailServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.mails: list[str] = []


class Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 bench")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self._say("354 go on")
                self._take_mail()
            self._say("221 bye" if verb == b"QUIT" else "250 ok")
            if verb == b"QUIT":
                return

    def _take_mail(self) -> None:
        name = ""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            if line.lower().startswith(b"message-id:"):
                name = line.partition(b":")[2].strip().decode()
        self.server.mails.append(name)

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
