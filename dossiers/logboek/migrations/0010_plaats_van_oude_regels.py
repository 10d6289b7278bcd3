"""Gives the lines of before the place of their record, as far as that is still there.

In small steps, each a transaction of its own, so that on a large database nobody waits long. It can
be broken off and started again: it only looks at lines without a place.
"""

from django.db import migrations, transaction

BATCH = 500
VIA_DOSSIER = ("dossier", "dossier__school", "dossier__school__clb")
OF_DOSSIER = ("pk", "school", "school__clb")
VIA_SCHOOL, OF_CLB = (None, "school", "school__clb"), (None, None, "clb")
# By what a line is about: the model, and what leads to its dossier, its school and its CLB.
PLACES = {
    "clb": [("mensen", "CLB", (None, None, "pk"))],
    "school": [("mensen", "School", (None, "pk", "clb"))],
    "uitnodiging": [("mensen", "Uitnodiging", VIA_SCHOOL)],
    "lidmaatschap": [("mensen", "Lidmaatschap", VIA_SCHOOL), ("mensen", "Lidmaatschap", OF_CLB)],
    "voorziening": [("sociale_kaart", "Voorziening", OF_CLB)],
    "dossier": [("dossiers", "Dossier", OF_DOSSIER), ("dossiers", "GeleegdDossier", OF_DOSSIER)],
    "actie": [("acties", "Actie", VIA_DOSSIER)],
    "gesprek": [("gesprekken", "Gesprek", VIA_DOSSIER)],
    "bevraging": [("bevragingen", "Bevraging", VIA_DOSSIER)],
    "oudergesprek": [("oudergesprekken", "Oudergesprek", VIA_DOSSIER)],
    "vrijgave": [("oudergesprekken", "Vrijgave", VIA_DOSSIER)],
}


def fill_in(apps, schema_editor):
    Logregel = apps.get_model("logboek", "Logregel")
    last = 0
    while True:
        rows = Logregel.objects.filter(pk__gt=last).order_by("pk")[:BATCH]
        batch = list(rows.only("pk", "soort", "record_id", "dossier_id", "school_id", "clb_id"))
        if not batch:
            return
        last = batch[-1].pk
        with transaction.atomic():
            _fill_in(apps, [row for row in batch if row.clb_id is None])


def _fill_in(apps, rows):
    for soort, sources in PLACES.items():
        about = [row for row in rows if row.soort == soort]
        keys = {row.record_id for row in about}
        for app, model, paths in sources if about else ():
            places = _places(apps.get_model(app, model), keys, paths)
            for row in about:
                if place := places.get(row.record_id):
                    row.dossier_id, row.school_id, row.clb_id = place
    known = [row for row in rows if row.clb_id]
    apps.get_model("logboek", "Logregel").objects.bulk_update(known, ["dossier_id", "school_id", "clb_id"])


def _places(model, keys, paths):
    """Dossier, school and CLB by the key of a record, as text."""
    there = [path for path in paths if path]
    rows = model.objects.filter(pk__in=keys, **{f"{there[-1]}__isnull": False})
    absent = (None,) * (len(paths) - len(there))
    return {str(pk): (*absent, *place) for pk, *place in rows.values_list("pk", *there)}


def open_the_log(apps, schema_editor):
    """Take the triggers away that may be there from a later version; they come back at the end."""
    of = "" if schema_editor.connection.vendor == "sqlite" else " ON logboek_logregel"
    for name in ("logregel_vast", "logregel_te_jong"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{of}")


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("logboek", "0009_plaats_en_inzage"),
        ("mensen", "0005_aankondigingen"),
        ("dossiers", "0003_geleegd_oefendossier"),
        ("acties", "0001_start"),
        ("gesprekken", "0001_start"),
        ("bevragingen", "0001_start"),
        ("oudergesprekken", "0001_start"),
        ("sociale_kaart", "0001_start"),
    ]

    operations = [
        migrations.RunPython(open_the_log, migrations.RunPython.noop),
        migrations.RunPython(fill_in, migrations.RunPython.noop),
    ]
