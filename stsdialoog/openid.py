"""Where else one may log in: the providers of OpenID Connect that the settings of a server name.

What a provider says is believed as far as it comes from its own issuer. Why, and what it never
does: docs/adr/0027-single-sign-on.md.
"""

from dataclasses import dataclass, field

from stsdialoog.environment import Environment, issuer, one_line, yes_or_no

# Microsoft's address for accounts of whichever organisation, and how its issuer says that: the
# token itself tells which one (tid).
ANY_TENANT, TENANT = "organizations", "{tenantid}"


@dataclass(frozen=True)
class Aanbieder:
    """A provider that is switched on.

    code: its name in addresses, in the log and in the settings.
    issuer: the address of who signs for it, as the settings give it.
    tweede_stap: whether its login counts as the second step of ours.
    subject: the claim that names a person within the issuer, and never another one.
    """

    code: str
    naam: str
    client_id: str
    client_secret: str = field(repr=False)
    issuer: str
    tweede_stap: bool
    scopes: tuple[str, ...]
    subject: str = "sub"

    @property
    def signs_as(self) -> str:
        """The issuer as the provider publishes it, with TENANT in the place of any organisation."""
        return self.issuer.replace(f"/{ANY_TENANT}/", f"/{TENANT}/")


@dataclass(frozen=True)
class _Kind:
    code: str
    naam: str
    issuer: str
    scopes: tuple[str, ...]
    subject: str = "sub"


KINDS = (
    # Of ACM/IDM only for whom somebody acts (vo); no name, and no rijksregisternummer.
    _Kind("acmidm", "ACM/IDM", "https://authenticatie.vlaanderen.be/op", ("openid", "vo")),
    _Kind(
        "entra",
        "Microsoft",
        f"https://login.microsoftonline.com/{ANY_TENANT}/v2.0",
        ("openid", "profile", "email"),
        # The subject of Entra is another one for each application, so it would not survive a new
        # registration of this one; tenant (in the issuer) and object stay.
        subject="oid",
    ),
    _Kind("google", "Google", "https://accounts.google.com", ("openid", "email")),
)


def providers(env: Environment) -> dict[str, Aanbieder]:
    """The providers that are switched on, by their code. One that is half configured is wrong."""
    return {kind.code: one for kind in KINDS if (one := _provider(env, kind))}


def _provider(env: Environment, kind: _Kind) -> Aanbieder | None:
    name = f"OIDC_{kind.code.upper()}"
    where = env.read(f"{name}_ISSUER", issuer, default="")
    step = env.read(f"{name}_TWEEDE_STAP", yes_or_no, default=None)
    found = len(env.wrong)
    secret = env.read(f"{name}_CLIENT_SECRET", one_line, default="")
    secret_is_wrong = len(env.wrong) > found
    more = where or step is not None or secret
    client_id = env.read(
        f"{name}_CLIENT_ID",
        one_line,
        default="",
        required=f"geef ze, of haal de andere {name}_... weg." if more else "",
    )
    if not client_id:
        return None
    if not secret and not secret_is_wrong:
        env.wrong.append(f"{name}_CLIENT_SECRET ontbreekt: {name}_CLIENT_ID gaat niet zonder.")
    return Aanbieder(
        code=kind.code,
        naam=kind.naam,
        client_id=client_id,
        client_secret=secret,
        issuer=where or kind.issuer,
        tweede_stap=bool(step),
        scopes=kind.scopes,
        subject=kind.subject,
    )
