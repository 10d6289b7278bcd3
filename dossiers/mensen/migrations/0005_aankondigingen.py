from django.db import migrations, models

ZINNEN = {
    "lid-geworden": "{door} maakte {wie} {rol} van {waar}.",
    "lidmaatschap-beeindigd": "{door} beëindigde de rol van {wie} als {rol} van {waar}.",
    "email-gewijzigd": "{door} wijzigde het e-mailadres waarmee {wie} inlogt.",
    "account-aangezet": "{door} zette het account van {wie} weer aan.",
    "actief-gewijzigd": "{door} zette het account van {wie} uit.",
    "school-verhuisd": "{door} bracht {wie} van het ene CLB naar het andere: {clbs}.",
}


def write_sentences(apps, schema_editor):
    """What was said until now was made anew on each page, from the names of that day."""
    rows = apps.get_model("mensen", "Aankondiging").objects
    for row in rows.select_related("regel__door", "clb"):
        clbs = rows.filter(regel=row.regel).order_by("clb__naam").values_list("clb__naam", flat=True)
        words = {"door": name(row.regel.door), "clbs": " en ".join(clbs), **about(apps, row.regel)}
        row.zin = ZINNEN[row.regel.handeling].format(**words)
        row.save(update_fields=["zin"])


def about(apps, regel):
    record = apps.get_model("mensen", regel.soort).objects.get(pk=regel.record_id)
    if regel.soort != "lidmaatschap":
        return {"wie": name(record)}
    place = record.school or record.clb
    rol = {"ankerfiguur": "ankerfiguur", "clb-medewerker": "CLB-medewerker"}.get(record.rol)
    return {"wie": name(record.user), "rol": rol or record.rol, "waar": place.naam}


def name(record):
    return (record.naam or record.email) if record else "STS-Dialoog"


class Migration(migrations.Migration):
    dependencies = [
        ("logboek", "0006_naam"),
        ("mensen", "0004_een_schrijfwijze"),
    ]

    operations = [
        migrations.AddField(
            model_name="aankondiging",
            name="zin",
            field=models.TextField(default=""),
            preserve_default=False,
        ),
        migrations.RunPython(write_sentences, migrations.RunPython.noop, elidable=True),
        migrations.AddField(
            model_name="user",
            name="session_epoch",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
    ]
