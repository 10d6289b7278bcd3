"""Checks the shape of a content file by JSON Schema, with findings as Dutch sentences."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from dossiers.materialen.content.files import Finding, Place

Schema = dict[str, Any]

EMPTY = "{name} is leeg: vul iets in."
SENTENCES = {
    "type": "{name} moet {wanted}.",
    "enum": "{name} moet {wanted} zijn, niet {found}.",
    "pattern": "{name} moet eruitzien als {wanted}, niet {found}.",
    "format": "{name} moet een datum zijn zoals 2026-06-02, niet {found}.",
    "maxLength": "{name} telt {length} tekens: maak er hoogstens {wanted} van.",
    "uniqueItems": "{name} noemt iets twee keer: laat er één weg.",
}
TYPES = {
    "string": "een tekst zijn (zet er aanhalingstekens rond)",
    "array": "een lijst zijn, met een streepje voor elk onderdeel",
    "object": "een blok met sleutels zijn",
    "boolean": "true of false zijn",
}
# How many characters of an invalid value a finding quotes.
SHOWN = 60


def text(**rules: object) -> Schema:
    """The schema of a non-empty text. With a `pattern`, give `examples` too: findings show one."""
    return {"type": "string", "minLength": 1, **rules}


def block(properties: Schema) -> Schema:
    """The schema of a mapping with exactly these keys."""
    return {
        "type": "object",
        "required": list(properties),
        "properties": properties,
        "additionalProperties": False,
    }


def optional(schema: Schema, properties: Schema) -> Schema:
    """The same block with additional, optional keys."""
    return {**schema, "properties": {**schema["properties"], **properties}}


def check_shape(data: object, schema: Schema) -> list[Finding]:
    """Find everything in `data` that does not match a schema.

    schema: may only use `required`, `additionalProperties` and the rules in SENTENCES.
    """
    validator = Draft202012Validator(schema, format_checker=FormatChecker(formats=["date"]))
    findings = (
        finding
        for error in validator.iter_errors(data)
        for finding in _findings(error, tuple(error.absolute_path))
    )
    # With two missing keys there are two errors, which each list both keys.
    return list(dict.fromkeys(findings))


def _findings(error: ValidationError, place: Place) -> Iterator[Finding]:
    schema: Any = error.schema
    found: Any = error.instance
    if error.validator == "required":
        for key in schema["required"]:
            if key not in found:
                yield Finding(place, f'"{key}" ontbreekt in {_name(place)}.')
    elif error.validator == "additionalProperties":
        known = list(schema["properties"])
        for key in found:
            if key not in known:
                yield Finding((*place, str(key)), _unknown(str(key), known))
    else:
        yield Finding(place, _sentence(error, _name(place)))


def _unknown(key: str, known: list[str]) -> str:
    meant = get_close_matches(key, known, n=1)
    hint = f'bedoel je "{meant[0]}"?' if meant else f"kies uit {_either(known)}."
    return f'"{key}" is hier geen bekende sleutel: {hint}'


def _sentence(error: ValidationError, name: str) -> str:
    found = error.instance
    sentence = EMPTY if found in (None, "", []) else SENTENCES[str(error.validator)]
    return sentence.format(
        name=name, wanted=_wanted(error), found=_shown(found), length=len(str(found))
    )


def _wanted(error: ValidationError) -> str:
    rule: Any = error.validator_value
    schema: Any = error.schema
    if error.validator == "enum":
        return _either(rule)
    if error.validator == "pattern":
        return _shown(schema["examples"][0])
    return TYPES.get(str(rule), str(rule))


def _name(place: Place) -> str:
    if not place:
        return "het bestand"
    last = place[-1]
    return f"{place[-2]} (nummer {last + 1})" if isinstance(last, int) else last


def _shown(value: object) -> str:
    if isinstance(value, dict | list):
        return "een lijst of een blok"
    shown = f'"{value}"' if isinstance(value, str) else str(value)
    return shown if len(shown) <= SHOWN else f'{shown[:SHOWN]}…"'


def _either(values: list[Any]) -> str:
    *others, last = [_shown(value) for value in values]
    return f"{', '.join(others)} of {last}" if others else last
