"""What a team found and decided at the one check that an action had becomes its first check.

In small steps, each a transaction of its own. It can be broken off and started again. The history of
what was found goes along whole; that of the decision stays with the action as well, which still has
the decision of its last check.
"""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import migrations, transaction
from django.db.models import Q
from django.utils import timezone

BATCH = 200
FIELDS = ("vaststelling", "besluit")


def move_checks(apps: Any, schema_editor: Any) -> None:
    actie = apps.get_model("acties", "Actie")
    looked_back = Q(vaststelling_revisie__gt=0) | Q(besluit_revisie__gt=0)
    looked_back |= ~Q(vaststelling="") | ~Q(besluit="")
    waiting = actie.objects.filter(looked_back, checks=None).order_by("pk")
    while keys := list(waiting.values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            # Who saves in one of them waits, and finds the check.
            held = actie.objects.select_for_update(of=("self",), no_key=True)
            _move(apps, list(held.filter(pk__in=keys)))


def _move(apps: Any, acties: list[Any]) -> None:
    check = apps.get_model("acties", "Checkmoment")
    check_text = apps.get_model("acties", "Checkmomentrevisie")
    texts = apps.get_model("acties", "Actierevisie").objects.filter(
        record__in=acties, veld__in=FIELDS
    )
    history: dict[Any, list[Any]] = {}
    for text in texts.order_by("op", "pk"):
        history.setdefault(text.record_id, []).append(text)
    made = {one.pk: _check_of(check, one, history.get(one.pk, [])) for one in acties}
    check.objects.bulk_create(made.values())
    check_text.objects.bulk_create(
        row for pk, one in made.items() for row in _history(check_text, one, history.get(pk, []))
    )
    # Now it stands with the check, and the text of the action has no history of its own any more.
    texts.filter(veld="vaststelling").delete()


def _check_of(check: Any, actie: Any, texts: list[Any]) -> Any:
    decided = next((one for one in reversed(texts) if one.veld == "besluit"), None)
    last = texts[-1] if texts else None
    made = check(
        dossier_id=actie.dossier_id,
        actie_id=actie.pk,
        nummer=1,
        gewijzigd_op=last.op if last else actie.gewijzigd_op,
        gewijzigd_door_id=last.door_id if last else actie.gewijzigd_door_id,
        **{name: getattr(actie, name) for name in FIELDS},
        **{f"{name}_revisie": getattr(actie, f"{name}_revisie") for name in FIELDS},
    )
    if actie.besluit:
        made.afgerond_op = decided.op if decided else actie.gewijzigd_op or actie.gemaakt_op
        made.dag = _day(actie, made.afgerond_op)
        # A day without a history would be one that nobody chose.
        made.dag_revisie = int(bool(last))
    return made


def _day(actie: Any, decided: datetime) -> date:
    """The day they chose for it, unless they decided before that day came."""
    on = timezone.localdate(decided)
    return min(actie.check_op, on) if actie.check_op else on


def _history(check_text: Any, made: Any, texts: list[Any]) -> list[Any]:
    names = ("veld", "revisie", "waarde", "door_id", "op", "pagina", "nummer")
    rows = [
        check_text(record=made, **{name: getattr(text, name) for name in names}) for text in texts
    ]
    if made.dag_revisie:
        last = texts[-1]
        rows.append(
            check_text(
                record=made,
                veld="dag",
                revisie=1,
                waarde=made.dag.isoformat(),
                door_id=last.door_id,
                op=made.afgerond_op,
            )
        )
    return rows


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("acties", "0007_vaststelling_nog_een_release"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(move_checks, migrations.RunPython.noop, elidable=True)]
