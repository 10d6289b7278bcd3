"""All that is kept about somebody: for herself, and for whoever answers a letter of hers."""

from dossiers.mensen.models import User
from start.gegevens.queries import account, herinneringen, log, plg, written
from start.gegevens.queries.parts import Deel


def about(user: User) -> list[Deel]:
    """What she may read of herself, the shortest first. Rows are read when they are asked for."""
    return [
        *_of_account(user),
        written.oudergesprekken(user),
        written.gedeeld(user),
        written.notities(user),
        account.beheer(user),
        log.logboek(user, zelf=True),
        written.werk(user),
        written.trekkers(user),
        written.uitzoeken(user),
        written.opmerkingen(user),
        plg.nagekeken(user),
        plg.opmerkingen_bij_regels(user),
        written.elders(user),
        written.teksten(user),
    ]


def about_for_beheer(user: User) -> list[Deel]:
    """The same without what stands in dossiers: whoever helps people opens none of those."""
    return [*_of_account(user), account.beheer(user), log.logboek(user, zelf=False)]


def _of_account(user: User) -> list[Deel]:
    return [
        account.account(user),
        account.rollen(user),
        plg.plg(user),
        account.stappen(user),
        account.koppelingen(user),
        account.sessies(user),
        account.herstel(user),
        account.uitnodigingen(user),
        account.vragen(user),
        account.wissel(user),
        herinneringen.herinneringen(user),
        herinneringen.agenda(user),
    ]
