"""A browser in which somebody showed a moment ago who she is."""

from dossiers.mensen.models import User
from tests.client import Browser
from tests.dossiers.mensen.logging_in import is_logged_in
from tests.dossiers.mensen.steps import first_step


def proven(user: User) -> Browser:
    """A browser in which somebody logged in with her password a moment ago."""
    browser = Browser()
    first_step(browser, user)
    assert is_logged_in(browser)
    return browser
