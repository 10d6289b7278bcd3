"""Benchmark data: CLB's with their schools over several years, made with COPY on PostgreSQL.

One dossier is filled in as everywhere in the bench. Each other one is a copy of its rows under keys
of its own, so that all of Flanders takes minutes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.management.color import no_style
from django.db import connection, models
from django.utils import timezone

from bench.data import fill_dossier, load_content
from bench.gesprekken import fill_gesprek
from dialoogfiches.gesprekken.models import (
    Gesprek,
    Gespreksactie,
    Gesprekstap,
    Notitie,
    Notitierevisie,
)
from dossiers.acties.models import Actie, Trekker
from dossiers.mensen.models import CLB, Lidmaatschap, Rol, School, User
from dossiers.models import Dossier
from preventieplan.models import (
    Antwoord,
    Antwoordrevisie,
    Inschaling,
    Inschalingrevisie,
    Planactie,
)

THIS_YEAR = 2026
FIRST_SCHOOL, FIRST_CLB = 100_000, 1
# Below these rows stand no others, and each of them belongs to one dossier.
COPIED: tuple[type[models.Model], ...] = (
    *(Antwoord, Antwoordrevisie, Inschaling, Inschalingrevisie),
    *(Actie, Planactie, Gesprek, Notitie, Notitierevisie, Gesprekstap, Gespreksactie),
)
# Actions that an ankerfiguur does herself, of each of her schools.
TASKS = 3
# Between the keys of two dossiers, in each table whose keys are numbers.
STRIDE = 1000
NULL = "\\N"
UNIQUE = 8  # letters at the beginning of a UUID that tell one dossier from another


@dataclass(frozen=True)
class Region:
    """schools: how many each CLB has; years: how many dossiers each school has, one of them open.

    A CLB has the same schools in every region in which it has that many.
    """

    schools: tuple[int, ...]
    years: int


ONE_DOSSIER = Region((1,), 1)
ONE_CLB = Region((60,), 5)
# 72 CLB's, 3 853 schools, 19 265 dossiers.
FLANDERS = Region((60, 400, *[49] * 33, *[48] * 37), 5)


def fill_region(region: Region) -> None:
    """Fill a database without rows. Each CLB has an ankerfiguur, `anker<number>@bench.test`."""
    versie = load_content()
    schools = [
        school for number, size in enumerate(region.schools) for school in _make_clb(number, size)
    ]
    anker = User.objects.get(email="anker0@bench.test")
    first = _dossier(0, schools[0], THIS_YEAR, versie.pk, anker)
    first.save(force_insert=True)
    fill_dossier(first, anker)
    fill_gesprek(first, anker)
    others = [
        (school, THIS_YEAR - ago)
        for school in schools
        for ago in range(region.years)
        if (school, ago) != (schools[0], 0)
    ]
    Dossier.objects.bulk_create(
        (
            _dossier(number, school, year, versie.pk, anker)
            for number, (school, year) in enumerate(others, start=1)
        ),
        batch_size=2000,
    )
    _copy_rows(len(others))
    _give_tasks(anker)


def _give_tasks(user: User) -> None:
    """Have an ankerfiguur do some of the actions of each open dossier that she follows."""
    acties = Actie.objects.filter(
        dossier__school__clb__lidmaatschappen__user=user, dossier__afgesloten_op=None
    )
    for number in range(TASKS):
        some = acties.filter(wat__startswith=f"Actie {number}:").values_list("pk", flat=True)
        Trekker.objects.bulk_create(Trekker(actie_id=pk, gebruiker=user) for pk in some)


def follow(count: int) -> User:
    """Make a CLB-medewerker who follows so many schools, one by one."""
    user = _make_user(f"volgt{count}")
    Lidmaatschap.objects.bulk_create(
        Lidmaatschap(user=user, school=school, rol=Rol.CLB_MEDEWERKER)
        for school in School.objects.order_by("instellingsnummer")[:count]
    )
    return user


def _make_clb(number: int, size: int) -> list[School]:
    clb = CLB.objects.create(naam=f"CLB {number}", instellingsnummer=f"{FIRST_CLB + number:06}")
    Lidmaatschap.objects.create(user=_make_user(f"anker{number}"), clb=clb, rol=Rol.ANKERFIGUUR)
    first = FIRST_SCHOOL + School.objects.count()
    return School.objects.bulk_create(
        School(
            clb=clb,
            naam=f"School {first + nr}",
            instellingsnummer=f"{first + nr:06}",
            niveau="so",
            gemeente="Mechelen",
            provincie="antwerpen",
        )
        for nr in range(size)
    )


def _make_user(name: str) -> User:
    user = User(email=f"{name}@bench.test", naam=f"Bench {name}")
    user.set_unusable_password()
    user.save()
    return user


def _dossier(number: int, school: School, year: int, planversie: int, door: User) -> Dossier:
    """A dossier whose key begins with its number."""
    return Dossier(
        pk=UUID(f"{number:0{UNIQUE}x}-0000-4000-8000-000000000000"),
        school=school,
        schooljaar=year,
        planversie_id=planversie,
        geopend_door=door,
        afgesloten_op=timezone.now() if year < THIS_YEAR else None,
    )


def _copy_rows(dossiers: int) -> None:
    """Give so many dossiers, numbered from 1, the rows of the first."""
    with connection.cursor() as cursor:
        # The keys are right by the way they are made; to look each of them up takes longer than
        # all the rest.
        cursor.execute("SET session_replication_role = replica")
        for model in COPIED:
            fields = model._meta.local_concrete_fields
            names = ", ".join(str(field.column) for field in fields)
            table = model._meta.db_table
            with cursor.copy(f"COPY {table} ({names}) TO STDOUT") as source:
                lines = b"".join(map(bytes, source)).decode().split("\n")[:-1]
            rows = _as_template(fields, lines)
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as target:
                for number in range(1, dossiers + 1):
                    target.write(rows(number))
        cursor.execute("RESET session_replication_role")
        for statement in connection.ops.sequence_reset_sql(no_style(), list(COPIED)):
            cursor.execute(statement)
        cursor.execute("ANALYZE")


def _as_template(fields: Iterable[models.Field], lines: Iterable[str]) -> Callable[[int], str]:
    """The rows of the first dossier, as a function that gives them for the dossier of a number."""
    written: list[str] = []
    keys: list[int | None] = []
    for line in lines:
        cells = []
        for field, cell in zip(fields, line.split("\t"), strict=True):
            if cell == NULL or not _is_own_key(field):
                cells.append(cell.replace("%", "%%"))
            elif "-" in cell:
                keys.append(None)
                cells.append(f"%0{UNIQUE}x{cell[UNIQUE:]}")
            else:
                keys.append(int(cell))
                cells.append("%d")
        written.append("\t".join(cells) + "\n")
    template = "".join(written)

    def rows(number: int) -> str:
        shift = number * STRIDE
        return template % tuple(number if key is None else key + shift for key in keys)

    return rows


def _is_own_key(field: models.Field) -> bool:
    """Whether a column holds the key of something that belongs to one dossier."""
    return field.primary_key or field.related_model in (Dossier, *COPIED)
