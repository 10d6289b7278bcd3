"""What no browser sends: values, headers and bodies that something may fail on."""

import json
from random import Random
from urllib.parse import urlencode

from tests.dossiers.briefhoofd import files

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
DEEP = 5000  # brackets
TOO_MANY_FIELDS = 10_001
TOO_MANY_FILES = 101
# What somebody could send as a file: good, broken, swelling, moving, or something else altogether.
FILES = (
    *(b"", b"[" * DEEP, b"<svg/>", files.logo(), files.logo()[:400], files.fallen_over()),
    *(files.moving(), files.announces(0, 0), files.announces(20_000, 20_000)),
    *(files.announces_two_sizes(), files.with_a_text_that_swells(), files.with_more_in_it()),
    files.logo() + bytes(3_000_000),
)
NOWHERE = "00000000-0000-0000-0000-000000000000"

VALUES = (
    *("", " ", "x", "\0", "a\0b", "\r\n", "-1", "0", "1", "None", "true", "NaN", "1e999", "0x10"),
    *("2147483648", "9223372036854775808", "9" * 400, "1" * 5000, "٣", "²", "１２", "1_000", "+1"),
    *("0001-01-01", "9999-12-31", "10000-01-01", "2027-02-30", "31/12/99999", "01/01/0001"),
    *("\ud800", "\udfff\ud800", "\ufffe", "\u202e", "\u200b", "é\N{PILE OF POO}", "e\u0301" * 300),
    *("a,b", ",", "'", '"', "<b>", "{{ x }}", "%s", "%00", "..", "../../etc/passwd", "//evil.test"),
    *(NOWHERE, NOWHERE[:-1], "[" * DEEP, "{" * DEEP, "- " * DEEP, "x" * 30_000, "\n" * 30_000),
    *(
        "a@b",
        "é@é.be",
        "a@" + "b" * 300,
        "javascript:alert(1)",
        "http://[",
        "https://sts.example.be:x",
    ),
)
# In the place of an argument; what holds a slash would be another address.
ARGUMENTS = tuple(value for value in VALUES if value and "/" not in value and len(value) < 5000)
CHARSETS = (
    "utf-16",
    "utf-32",
    "utf-7",
    "idna",
    "punycode",
    "rot13",
    "hex",
    "zip",
    "\xff",
    "",
    "x" * 300,
)
KINDS = (
    *("", "x", "/", ";", "text/plain", "text/plain; x*=nergens'nl'%41", "application/json"),
    *("application/yaml", f"{FORM}; charset*=idna''%ff", f"{FORM};;=;", "\xff/\xff", MULTIPART),
    *(
        f"{MULTIPART}; boundary=",
        f"{MULTIPART}; boundary=\xff",
        f"{MULTIPART}; boundary={'a' * 300}",
    ),
    *(f"{MULTIPART}; boundary=a b", f"{MULTIPART}; boundary*=utf-16''%61"),
)
HEADERS = {
    "HTTP_HOST": ("", "evil.test", "a b", "[::1", "sts.example.be:99999", "a.b.", "\xe9"),
    "HTTP_COOKIE": (
        *("=;;=", "__Host-sessionid=\xff", f"__Host-sessionid={'a' * 5000}"),
        *("__Host-messages=[[[", "__Host-bekend_toestel=x:y:z", "__Host-weergave=\xff"),
    ),
    "HTTP_ACCEPT": ("", "\xff", "text/html;q=x", "*/*;" * 500, "application/json"),
    "HTTP_ACCEPT_LANGUAGE": ("x" * 1000, "nl-BE;q=9999", "\xff", "," * 500),
    "HTTP_ACCEPT_ENCODING": ("gzip;q=x", "*;q=1e400", "\xff", ""),
    "HTTP_REFERER": ("http://[", "//", "https://sts.example.be:x/", "\xff", "x" * 5000),
    "HTTP_ORIGIN": ("null", "http://[", "https://sts.example.be:x", "\xff"),
    "HTTP_IF_NONE_MATCH": ('"', "W/", "*", "\xff", '"a",' * 500),
    "HTTP_IF_MODIFIED_SINCE": ("x", "Mon, 99 Foo 99999 99:99:99 GMT", "29 Feb 0000"),
    "HTTP_RANGE": ("bytes=9-1", "bytes=" + "9" * 400 + "-", "x=\xff"),
    "HTTP_X_FORWARDED_FOR": ("", "x", ",,,", "999.9.9.9", "fe80::1%eth0", "\xff", "1, " * 500),
    "HTTP_X_FORWARDED_PROTO": ("", "http", "https, http", "HTTPS", "\xff"),
    "HTTP_X_CSRFTOKEN": ("", "\xff", "x" * 5000),
    "HTTP_X_REQUESTED_WITH": ("XMLHttpRequest", "\xff"),
    "HTTP_HX_REQUEST": ("true", "\xff"),
    "HTTP_HX_BOOSTED": ("true",),
    "HTTP_HX_CURRENT_URL": ("http://[", "\xff", "https://sts.example.be:x/"),
    "HTTP_HX_CURRENT_URL_URI_AUTOENCODED": ("true",),
    "HTTP_TRIGGERING_EVENT": ("[" * DEEP, "{", "\xff"),
    "HTTP_AUTHORIZATION": ("Basic \xff", "Bearer", "x"),
    "HTTP_CONTENT_ENCODING": ("gzip", "x"),
    "HTTP_EXPECT": ("100-continue", "x"),
    "CONTENT_LENGTH": ("", "x", "-1", "9" * 30, "9" * 5000, "٣".encode().decode("latin-1"), "\xb2"),
    "REMOTE_ADDR": ("", "x"),
}  # fmt: skip


def odd_body(form: dict[str, str], rng: Random) -> tuple[str, bytes]:
    """A Content-Type with a body, of which one or both are not what they should be."""
    return rng.choice(ODD_BODIES)(form, rng)


def urlencoded(form: dict[str, str]) -> bytes:
    return urlencode(form, errors="surrogatepass").encode()


def _other_charset(form: dict[str, str], rng: Random) -> tuple[str, bytes]:
    return f"{FORM}; charset={rng.choice(CHARSETS)}", rng.choice((b"a=", urlencoded(form)))


def _other_kind(form: dict[str, str], rng: Random) -> tuple[str, bytes]:
    return rng.choice(KINDS), rng.choice((b"", b"a=", b"--a--", urlencoded(form)))


def _too_many_fields(form: dict[str, str], rng: Random) -> tuple[str, bytes]:
    return FORM, b"&".join([b"a=1"] * TOO_MANY_FIELDS)


def _too_many_files(form: dict[str, str], rng: Random) -> tuple[str, bytes]:
    return _parts([b'form-data; name="f"; filename="f.txt"'] * TOO_MANY_FILES, b"x")


def _a_file(form: dict[str, str], rng: Random) -> tuple[str, bytes]:
    """In the place of one field of a form, beside what the others hold."""
    name = rng.choice([*form, "x"])
    parts = {one: (b"", value.encode(errors="surrogatepass")) for one, value in form.items()}
    parts[name] = (b'; filename="../../x.png"', rng.choice(FILES))
    return f"{MULTIPART}; boundary=a", b"".join(
        b'--a\r\nContent-Disposition: form-data; name="%b"%b\r\n\r\n%b\r\n'
        % (one.encode(errors="surrogatepass"), extra, content)
        for one, (extra, content) in parts.items()
    ) + b"--a--\r\n"


def _bad_part(form: dict[str, str], rng: Random) -> tuple[str, bytes]:
    name = rng.choice([*form, "x"]).encode(errors="surrogatepass")
    odd = (
        b"form-data",
        b"form-data; name=",
        b'form-data; name="\xff"',
        b"form-data; name*=utf-16''%00",
        b'form-data; name="%b"\r\nContent-Transfer-Encoding: base64' % name,
        b'form-data; name="%b"\r\nContent-Type: text/plain; charset=utf-16' % name,
    )
    return _parts([rng.choice(odd)], rng.choice((b"\0", b"\xff\xfe", b"=", b"x" * 30_000)))


def _cut_off(form: dict[str, str], rng: Random) -> tuple[str, bytes]:
    kind, whole = _parts([b'form-data; name="x"'], b"x" * 50)
    return kind, whole[: rng.randrange(len(whole))]


def _deep_json(form: dict[str, str], rng: Random) -> tuple[str, bytes]:
    return "application/json", b"[" * DEEP


def _json(form: dict[str, str], rng: Random) -> tuple[str, bytes]:
    return "application/json", json.dumps(form).encode()


def _bytes(form: dict[str, str], rng: Random) -> tuple[str, bytes]:
    return FORM, rng.randbytes(200)


def _parts(dispositions: list[bytes], content: bytes) -> tuple[str, bytes]:
    parts = [
        b"--a\r\nContent-Disposition: %b\r\n\r\n%b\r\n" % (one, content) for one in dispositions
    ]
    return f"{MULTIPART}; boundary=a", b"".join([*parts, b"--a--\r\n"])


ODD_BODIES = (
    *(_other_charset, _other_kind, _too_many_fields, _too_many_files, _a_file, _bad_part),
    *(_cut_off, _deep_json, _json, _bytes),
)
