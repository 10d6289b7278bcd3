"""The decorator for all views on parents' talks, and on what else is encrypted as they are."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from dialoogfiches.oudergesprekken.encryption import MissingKey, Unreadable
from dossiers.mensen.requests import UserRequest
from stsdialoog.middleware import never_compressed, never_stored
from stsdialoog.wislijst import NotRemembered

logger = logging.getLogger(__name__)


def parent_talk_view(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep the page out of browser caches, and its size from telling anything of what is in it; say
    what the operator has to mend, also in the log.

    A text that stands where it was not written is never shown, nor anything beside it.
    """

    @never_stored
    @never_compressed
    @wraps(view)
    def guarded(request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Unreadable as error:
            logger.error("An encrypted text cannot be read: %s", error)
            context = {"sleutel_ontbreekt": isinstance(error, MissingKey)}
            return render(request, "oudergesprekken/onleesbaar.html", context, status=503)
        except NotRemembered as error:
            logger.error("Nothing of a parents' talk was erased: %s", error)
            return render(request, "oudergesprekken/niet_gewist.html", status=503)

    return guarded
