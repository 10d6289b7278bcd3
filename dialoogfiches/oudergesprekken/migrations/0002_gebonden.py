"""Encrypts every text again, bound to its place. Until here it was Fernet, which knows no place.

This is the only code that still reads Fernet. Afterwards such a text is refused everywhere, so an
old one that somebody puts in another row opens nowhere.
"""

from itertools import chain

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.management.base import CommandError
from django.db import migrations

from dialoogfiches.oudergesprekken.encryption import FORM, Sealed, seal

TALK = ("auteur_id", "dossier_id")
VIA_TALK = ("oudergesprek_id", "oudergesprek__auteur_id", "oudergesprek__dossier_id")
VIA_RECORD = tuple(f"record__{name}" for name in VIA_TALK)
# Of each model its encrypted columns, and what they are bound to besides table and column.
PLACES = {
    "Oudergesprek": (
        ("pseudoniem", "focus_nu", "focus_later", "school_mag_weten"),
        ("pk", *TALK),
    ),
    "Ouderthema": (("groter", "kleiner"), (*VIA_TALK, "onderdeel_id")),
    "Oudernotitie": (("tekst",), (*VIA_TALK, "item_id")),
    "Oudergesprekrevisie": (
        ("waarde",),
        ("record_id", *(f"record__{name}" for name in TALK), "veld", "revisie"),
    ),
    "Ouderthemarevisie": (("waarde",), (*VIA_RECORD, "record__onderdeel_id", "veld", "revisie")),
    "Oudernotitierevisie": (("waarde",), (*VIA_RECORD, "record__item_id", "veld", "revisie")),
}
GEEN_SLEUTEL = (
    "Er is tekst die met geen enkele sleutel van OUDERGESPREK_SLEUTELS te lezen is. Zet de "
    "ontbrekende sleutel achteraan bij en probeer het opnieuw; er is niets gewijzigd."
)
AL_GEBONDEN = (
    "Er staan al gesprekken met ouders in de nieuwe vorm in deze database, al is deze stap er nog "
    "niet genoteerd. Iemand wijzigde de database: kijk dat na. Er is niets gewijzigd."
)


def bind(apps, schema_editor):
    models = {name: apps.get_model("oudergesprekken", name) for name in PLACES}
    if any(_is_bound(model, *PLACES[name]) for name, model in models.items()):
        # This is one transaction, so it is never half done. Who made it begin anew wants it to
        # bind texts that stand where they do not belong.
        raise CommandError(AL_GEBONDEN)
    old = MultiFernet([Fernet(key) for key in settings.OUDERGESPREK_SLEUTELS])
    for name, model in models.items():
        for pk, texts, place in _rows(model, *PLACES[name]):
            table = model._meta.db_table
            bound = {
                column: _bound(old, sealed, (table, column, *place))
                for column, sealed in texts.items()
                if sealed
            }
            if bound:
                model.objects.filter(pk=pk).update(**bound)


def _is_bound(model, columns, place):
    texts = chain.from_iterable(texts.values() for _, texts, _ in _rows(model, columns, place))
    return any(one and one.token.startswith(f"{FORM}.") for one in texts)


def _rows(model, columns, place):
    for pk, *values in model.objects.order_by("pk").values_list("pk", *columns, *place):
        texts = dict(zip(columns, values[: len(columns)], strict=True))
        yield pk, texts, values[len(columns) :]


def _bound(old: MultiFernet, sealed: Sealed, place: tuple[object, ...]) -> Sealed:
    try:
        text = old.decrypt(sealed.token.encode()).decode()
    except InvalidToken:
        raise CommandError(GEEN_SLEUTEL) from None
    return seal(text, place=place)


class Migration(migrations.Migration):

    dependencies = [("oudergesprekken", "0001_start")]

    operations = [migrations.RunPython(bind)]
