"""What an ID token of OpenID Connect says, once it is certain that it is meant for this login.

The rules are those of OpenID Connect Core 1.0, 3.1.3.7. The signature is checked as well: a token
that came over TLS may do without, but then whoever answers in the place of a provider is believed.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import jwt
from django.utils.crypto import constant_time_compare

from stsdialoog.openid import TENANT, Aanbieder

# With two keys, so that nobody signs with what everybody can read. ACM/IDM, Microsoft and Google
# sign with the first.
ALGORITHMS = ("RS256", "PS256", "ES256")
CLOCKS_DIFFER = 60  # seconds
ALWAYS = ("iss", "sub", "aud", "exp", "iat", "nonce")
TENANTS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
NUMMER = re.compile(r"[0-9]{1,6}", re.ASCII)
# In ACM/IDM: schools and CLB's, whose organisation is an instellingsnummer (docs/facts.md).
ONDERWIJS = "OV"
MAX_NAAM = 120  # characters


class TokenGeweigerd(Exception):
    """The token is not one of this provider, for this server and this login."""


@dataclass(frozen=True)
class Aanmelding:
    """Who somebody is to a provider.

    uid: of issuer and subject together; says nothing else.
    als: how she is called there, so that she knows which of her accounts it is; may be "".
    nummer: the instellingsnummer that she acts for, six digits; "" when the provider names none.
    bewezen_op: when she last showed there who she is, in seconds since 1970; None if not said.
    """

    aanbieder: str
    uid: str
    als: str = ""
    nummer: str = ""
    bewezen_op: int | None = None


def read_id_token(
    *, token: str, keys: dict[str, Any], aanbieder: Aanbieder, nonce: str
) -> Aanmelding:
    """Whom a token is about.

    keys: the public keys of the provider, as it publishes them (JWKS).
    nonce: what this login was started with.
    Raises TokenGeweigerd.
    """
    try:
        claims = jwt.decode(
            token,
            _key_of(token, keys),
            algorithms=list(ALGORITHMS),
            audience=aanbieder.client_id,
            leeway=CLOCKS_DIFFER,
            options={"require": list(ALWAYS)},
        )
    except jwt.PyJWTError as error:
        raise TokenGeweigerd(type(error).__name__) from error
    _check_meant_for_us(claims, aanbieder, nonce)
    return Aanmelding(
        aanbieder=aanbieder.code,
        uid=uid_of(issuer=claims["iss"], subject=_subject(claims, aanbieder)),
        als=_called(claims),
        nummer=_nummer(claims) if aanbieder.code == "acmidm" else "",
        bewezen_op=_seconds(claims.get("auth_time")),
    )


def uid_of(*, issuer: str, subject: str) -> str:
    """The one name of a person over all issuers: a digest, so that no address can be in it."""
    return sha256(f"{issuer}\n{subject}".encode()).hexdigest()


def _key_of(token: str, keys: dict[str, Any]) -> jwt.PyJWK:
    kid = jwt.get_unverified_header(token).get("kid")
    for key in jwt.PyJWKSet.from_dict(keys).keys:
        if key.key_id == kid and key.public_key_use in (None, "sig"):
            return key
    raise TokenGeweigerd("unknown key")


def _check_meant_for_us(claims: dict[str, Any], aanbieder: Aanbieder, nonce: str) -> None:
    if claims["iss"] != _expected_issuer(claims, aanbieder):
        raise TokenGeweigerd("another issuer")
    # A token for several is meant for the one that asked for it.
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if (several or "azp" in claims) and claims.get("azp") != aanbieder.client_id:
        raise TokenGeweigerd("asked for by another")
    if not nonce or not constant_time_compare(str(claims["nonce"]), nonce):
        raise TokenGeweigerd("another login")


def _expected_issuer(claims: dict[str, Any], aanbieder: Aanbieder) -> str:
    if TENANT not in aanbieder.signs_as:
        return aanbieder.signs_as
    tenant = str(claims.get("tid", ""))
    if not TENANTS.fullmatch(tenant):
        raise TokenGeweigerd("no tenant")
    return aanbieder.signs_as.replace(TENANT, tenant)


def _subject(claims: dict[str, Any], aanbieder: Aanbieder) -> str:
    subject = claims.get(aanbieder.subject)
    if not (isinstance(subject, str) and subject.strip()):
        raise TokenGeweigerd("no subject")
    return subject


def _called(claims: dict[str, Any]) -> str:
    """Shown to its owner alone, and never looked for."""
    for name in ("email", "preferred_username", "vo_orgnaam"):
        value = claims.get(name)
        if isinstance(value, str) and value.isprintable() and value.strip():
            return value.strip()[:MAX_NAAM]
    return ""


def _nummer(claims: dict[str, Any]) -> str:
    code = str(claims.get("vo_orgcode", ""))
    if claims.get("vo_doelgroepcode") != ONDERWIJS or not NUMMER.fullmatch(code):
        return ""
    return code.zfill(6)


def _seconds(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) and value > 0 else None
