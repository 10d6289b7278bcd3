"""Our side of a login elsewhere: who is logged in here, and how long ago that was."""

from django.core import mail
from django.urls import reverse

from dossiers.mensen.domain.tweede_stap import has_second_step
from tests.client import Browser
from tests.dossiers.conftest import WACHTWOORD
from tests.dossiers.mensen.steps import first_step, show_mailbox

METHODS = "account_authentication_methods"
TWO_HOURS = 2 * 3600


def logged_in(user) -> Browser:
    """A browser in which somebody logged in with her password, just now."""
    browser = Browser()
    first_step(browser, user, WACHTWOORD)
    return browser


def at_home(user) -> Browser:
    """A browser in which somebody showed that she reads her mailbox too, just now."""
    browser = logged_in(user)
    if not has_second_step(user):
        show_mailbox(browser, mail.outbox)
    return browser


def linked(elders, user, sub, **claims) -> Browser:
    """A browser in which somebody linked who she is at a provider."""
    elders.op.logs_in(sub, **claims)
    browser = at_home(user)
    answer = elders.log_in(browser, "aanmelding-koppelen")
    assert answer.url == reverse("mfa_index")
    return browser


def hours_go_by(browser) -> None:
    """Whatever was shown in this session was shown two hours ago."""
    session = browser.session
    session[METHODS] = [one | {"at": one["at"] - TWO_HOURS} for one in session[METHODS]]
    session.save()


def said(page) -> str:
    return " ".join(str(one) for one in page.context["messages"])
