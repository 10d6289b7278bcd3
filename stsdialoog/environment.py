"""Reads the settings of a server from its environment, and checks each of them.

Whatever is wrong is collected, and said in one go: a sentence for each setting, which never repeats
a secret. Django is not needed for it, so a process that cannot work does not begin.
"""

import ipaddress
import re
import sys
from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping
from email.utils import parseaddr
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import SplitResult, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

Value = TypeVar("Value")

# gunicorn does not start a worker again that ends with this code; with any other it does, for ever.
APP_LOAD_ERROR = 4

TRUE = {"true", "yes", "on", "1"}
FALSE = {"false", "no", "off", "0"}
# As Django's own check of a server asks it (security.W009).
SHORTEST_SECRET, FEWEST_CHARACTERS = 50, 5
FERNET_KEY = 32  # bytes
HOST = re.compile(r"\*|\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]", re.IGNORECASE)
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}
DATABASES = {"postgres", "postgresql", "sqlite"}
SQLITE_HEADER = b"SQLite format 3\0"
# What stands behind the name of a setting when the value is in a file.
IN_A_FILE = "_FILE"
PORTS = range(1, 65536)

MAKE_A_KEY = (
    "Maak er een met: python -c 'from cryptography.fernet import Fernet; "
    "print(Fernet.generate_key().decode())'"
)
REPLACED = {
    "BEHIND_TLS_PROXY": "bestaat niet meer: haal ze weg en zeg met TRUSTED_PROXY hoeveel proxy's "
    "er voor STS-Dialoog staan (meestal TRUSTED_PROXY=1).",
}


class Wrong(ValueError):
    """What is wrong with a value: the rest of a sentence that begins with the setting's name."""


class Environment:
    """The variables of a process. One that is empty counts as one that is not set.

    A value may also stand in a file, which NAME_FILE names: as a secret that is handed to a
    container does.
    wrong: a sentence for each setting that was read and found wrong.
    """

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self.wrong = [f"{name} {why}" for name, why in REPLACED.items() if variables.get(name)]

    def read(
        self, name: str, parse: Callable[[str], Value], *, default: Value, required: str = ""
    ) -> Value:
        """The value of a variable, or the default when it is not set or wrong.

        parse: gives the value of a text; raises Wrong.
        required: what the variable is for, when it has to be set.
        """
        try:
            if text := self._text(name):
                return parse(text)
            if required:
                self.wrong.append(f"{name} ontbreekt: {required}")
        except Wrong as wrong:
            self.wrong.append(f"{name} {wrong}")
        return default

    def _text(self, name: str) -> str:
        """The value as it was written, in the variable or in the file. Raises Wrong."""
        text = self._variables.get(name, "").strip()
        path = self._variables.get(f"{name}{IN_A_FILE}", "").strip()
        if not path:
            return text
        if text:
            raise Wrong(f"staat er ook als {name}{IN_A_FILE}: haal een van de twee weg.")
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise Wrong(f"staat in een bestand dat niet te lezen is ({path}).") from error

    def is_empty(self, name: str) -> bool:
        """Whether a variable is set, and holds nothing."""
        return not self._variables.get(name, "absent").strip()

    def stop_if_wrong(self) -> None:
        """End the process when a setting is wrong, and say on standard error which and why."""
        if self.wrong:
            lines = ["STS-Dialoog start niet. Zet deze instellingen goed:", *self.wrong]
            sys.stderr.write("\n- ".join(lines) + "\n")
            sys.exit(APP_LOAD_ERROR)


def yes_or_no(text: str) -> bool:
    if text.lower() not in TRUE | FALSE:
        raise Wrong("is geen ja of nee: kies true of false.")
    return text.lower() in TRUE


def whole_number(*, least: int) -> Callable[[str], int]:
    """Reads a number of at least `least`."""

    def parse(text: str) -> int:
        if not (text.isascii() and text.isdigit() and int(text) >= least):
            raise Wrong(f"is geen goed aantal: geef een geheel getal van {least} of meer.")
        return int(text)

    return parse


def one_line(text: str) -> str:
    if not text.isprintable():
        raise Wrong("is niet één regel gewone tekst: haal de onzichtbare tekens eruit.")
    return text


def secret(text: str) -> str:
    if len(text) < SHORTEST_SECRET or len(set(text)) < FEWEST_CHARACTERS:
        raise Wrong(
            f"is te kort of te eenvoudig: neem minstens {SHORTEST_SECRET} willekeurige tekens, en "
            "nergens anders dezelfde."
        )
    return text


def secrets(text: str) -> list[str]:
    return [secret(one) for one in _listed(text)]


def hosts(text: str) -> list[str]:
    names = _listed(text)
    if not names or not all(map(HOST.fullmatch, names)):
        raise Wrong(
            "is geen lijst van hostnamen: geef alleen namen, zonder https:// en zonder poort, met "
            "een komma ertussen (sts.voorbeeld.be)."
        )
    return names


def base_url(text: str) -> str:
    """The address that links begin with: https, or http on this machine itself."""
    url = _split(text)
    good = url.scheme == "https" or (url.scheme == "http" and url.hostname in THIS_MACHINE)
    if not (good and url.hostname and not url.username and not (url.path + url.query).strip("/")):
        raise Wrong(
            "is geen adres waarmee links kunnen beginnen: geef https:// en de hostnaam, en niets "
            "daarachter (https://sts.voorbeeld.be)."
        )
    return text.rstrip("/")


def issuer(text: str) -> str:
    """The address of who signs for an OpenID Connect provider: https, or http on this machine."""
    url = _split(text)
    good = url.scheme == "https" or (url.scheme == "http" and url.hostname in THIS_MACHINE)
    loose = url.username or url.query or url.fragment or "/.well-known" in url.path
    if not (good and url.hostname) or loose:
        raise Wrong(
            "is geen adres van een aanbieder: geef de issuer zoals die zichzelf noemt, met "
            "https:// ervoor en zonder /.well-known/ erachter."
        )
    return text.rstrip("/")


def fernet_keys(*, public: str) -> Callable[[str], list[str]]:
    """Reads the keys of parents' talks.

    public: the key that anybody knows, because it stands in the repository.
    """

    def parse(text: str) -> list[str]:
        keys = _listed(text)
        for number, key in enumerate(keys, start=1):
            if not _is_fernet_key(key):
                raise Wrong(f"klopt niet: sleutel {number} is geen Fernet-sleutel. {MAKE_A_KEY}")
            if key == public:
                raise Wrong(
                    f"klopt niet: sleutel {number} staat in de code, iedereen kent hem. "
                    f"{MAKE_A_KEY}"
                )
        return keys

    return parse


def database(text: str) -> dict[str, Any]:
    """Django's settings for one database: PostgreSQL, or a SQLite file."""
    url = text if text == "sqlite://:memory:" else _split(text)
    if isinstance(url, SplitResult) and url.scheme not in DATABASES:
        raise Wrong("begint niet met postgres:// of sqlite://.")
    if isinstance(url, SplitResult) and url.scheme == "sqlite" and url.netloc:
        raise Wrong("heeft een / te weinig: een SQLite-bestand is sqlite:////map/bestand.")
    found: dict[str, Any] = environ.Env.db_url_config(text)
    if not found["NAME"]:
        raise Wrong("noemt geen database: ze eindigt op / en de naam (postgres://.../sts).")
    if text.startswith("sqlite"):
        _check_sqlite_file(Path(found["NAME"]))
    return found


def _check_sqlite_file(path: Path) -> None:
    if path == Path(":memory:"):
        return
    if not path.parent.is_dir():
        raise Wrong(f"wijst naar een map die er niet is ({path.parent}): maak ze eerst.")
    try:
        with path.open("rb") as file:
            begin = file.read(len(SQLITE_HEADER))
    except FileNotFoundError:
        return
    except OSError as error:
        raise Wrong(f"wijst naar wat niet te lezen is ({path}): {error.strerror}.") from error
    if begin not in (b"", SQLITE_HEADER):
        raise Wrong(f"wijst naar iets anders dan een SQLite-bestand ({path}).")


def folder(text: str) -> Path:
    path = Path(text)
    if not path.is_absolute():
        raise Wrong("is geen volledig pad: laat het met een / beginnen.")
    if path.exists() and not path.is_dir():
        raise Wrong(f"wijst naar iets dat geen map is ({path}).")
    return path


def file(text: str) -> Path:
    """A file in a folder that is there; the file itself may not be yet."""
    path = Path(text)
    if not path.is_absolute():
        raise Wrong("is geen volledig pad: laat het met een / beginnen.")
    if not path.parent.is_dir():
        raise Wrong(f"wijst naar een map die er niet is ({path.parent}): maak ze eerst.")
    if path.is_dir():
        raise Wrong(f"wijst naar een map ({path}): noem een bestand.")
    return path


def email(text: str) -> dict[str, Any]:
    """Django's settings for sending mail."""
    url = _split(text)
    if url.scheme not in environ.Env.EMAIL_SCHEMES:
        raise Wrong("begint niet met smtp://, smtp+tls:// of smtp+ssl://.")
    if url.scheme.startswith("smtp") and not url.hostname:
        raise Wrong("noemt geen mailserver: geef smtp+tls://naam:wachtwoord@server:587.")
    try:
        return dict(environ.Env.email_url_config(text))
    except (ImproperlyConfigured, ValueError) as error:
        raise Wrong("is geen adres van een mailserver.") from error


def sender(text: str) -> str:
    address = parseaddr(text)[1]
    if not (text.isprintable() and ADDRESS.fullmatch(address)):
        raise Wrong("is geen afzender: geef een e-mailadres, of Naam <adres@voorbeeld.be>.")
    return text


def listener(text: str) -> tuple[str, int]:
    """The address and the port to listen on."""
    host, _, port = text.rpartition(":")
    try:
        address = ipaddress.ip_address(host.removeprefix("[").removesuffix("]"))
        if port.isascii() and port.isdigit() and int(port) in PORTS:
            return str(address), int(port)
    except ValueError:
        pass
    raise Wrong(
        "is geen adres om op te luisteren: geef een IP-adres en een poort (127.0.0.1:9100)."
    )


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _split(text: str) -> SplitResult:
    try:
        url = urlsplit(text)
        _ = url.port  # read when it is asked for, and only then found wrong
    except ValueError as error:
        raise Wrong("is geen adres: kijk de haken, de poort en de vreemde tekens na.") from error
    return url


def _is_fernet_key(key: str) -> bool:
    try:
        return len(urlsafe_b64decode(key)) == FERNET_KEY
    except ValueError:
        return False
