"""Serving a PDF, or the page that says that it is being made."""

from collections.abc import Callable
from html import unescape
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from stsdialoog.documents import desk
from stsdialoog.documents.desk import NotMade, NotYet, Why
from stsdialoog.documents.document import KeptDocument
from stsdialoog.typeface import missing_from

SECONDS_TO_NEXT_TRY = 2
# In the address of whoever knows what cannot be printed, and wants the document.
ANYWAY = "toch"
POLICY = "Content-Security-Policy"


def pdf_response(request: HttpRequest, document: KeptDocument, *, filename: str) -> HttpResponse:
    """Show a document in the browser, to somebody who may see it.

    What the typeface lacks is said before: on paper it can't be shown.
    filename: the name it is saved under.
    """
    if ANYWAY not in request.GET and (missing := missing_from(document.html)):
        return _warn(request, document, missing)
    response = _pdf(filename, {"ETag": quote_etag(document.key)})
    known = get_conditional_response(request, etag=response["ETag"], response=response)
    if known and known is not response:
        # A browser puts the headers of this answer in the place of those it has.
        known.headers[POLICY] = response[POLICY]
        return known
    try:
        response.content = desk.find_or_make(document, user=str(request.user.pk))
    except NotYet as not_yet:
        return _wait(request, document, not_yet.why)
    except NotMade:
        context = {"titel": document.titel, "pad": request.get_full_path()}
        status = HTTPStatus.INTERNAL_SERVER_ERROR
        return render(request, "documenten/niet_gelukt.html", context, status=status)
    return response


def unkept_response(pdf: bytes, *, filename: str) -> HttpResponse:
    """Show a PDF of which nothing is kept; the view sees to it that no browser stores it."""
    response = _pdf(filename, {})
    response.content = pdf
    return response


def kept_response(
    request: HttpRequest, read: Callable[[], bytes], *, etag: str, filename: str
) -> HttpResponse:
    """Show a PDF that stands somewhere for good.

    read: gives its bytes, for a browser that does not have them. etag: the same for the same bytes.
    """
    response = _pdf(filename, {"ETag": quote_etag(etag)})
    known = get_conditional_response(request, etag=response["ETag"], response=response)
    if known and known is not response:
        known.headers[POLICY] = response[POLICY]
        return known
    response.content = read()
    return response


def _pdf(filename: str, headers: dict[str, str]) -> HttpResponse:
    return HttpResponse(
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{filename}"',
            "Cache-Control": "private, no-cache",
            # The strict policy of our pages would also apply to the browser's built-in PDF viewer,
            # which is a page itself: without its inline styles Safari shows a tiny PDF.
            POLICY: "frame-ancestors 'none'",
            **headers,
        },
    )


def _warn(request: HttpRequest, document: KeptDocument, missing: tuple[str, ...]) -> HttpResponse:
    asked = request.GET.copy()
    asked[ANYWAY] = "1"
    context = {
        "titel": document.titel,
        "toch": f"{request.path}?{asked.urlencode()}",
        "niet_op_papier": tuple(map(unescape, missing)),
    }
    return render(request, "documenten/niet_op_papier.html", context)


def _wait(request: HttpRequest, document: KeptDocument, why: Why) -> HttpResponse:
    """A page that asks again by itself, without a script too."""
    own = why is Why.ANOTHER_OF_YOURS
    context = {
        "titel": document.titel,
        "pad": request.get_full_path(),
        "wordt_gemaakt": why is Why.BEING_MADE,
        "eerst_een_ander": own,
    }
    status = HTTPStatus.TOO_MANY_REQUESTS if own else HTTPStatus.ACCEPTED
    response = render(request, "documenten/even_geduld.html", context, status=status)
    response.headers["Refresh"] = str(SECONDS_TO_NEXT_TRY)
    response.headers["Retry-After"] = str(SECONDS_TO_NEXT_TRY)
    return response
