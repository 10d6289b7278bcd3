"""What a request may send along, found out before anything else reads it."""

import codecs
from collections.abc import Callable
from http import HTTPStatus
from io import BytesIO
from typing import Any, NoReturn, TypeVar

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.urls import Resolver404, resolve

from stsdialoog.errors import bad_request

View = TypeVar("View", bound=Callable[..., HttpResponse])

# The most that somebody may send who is not logged in. The survey is the largest form there: 14
# texts of 2 000 characters, of which each takes at most 12 bytes when it is URL-encoded.
STRANGERS_LIMIT = 512 * 1024  # bytes
# The most of a file that is kept, in memory and for the length of the request.
FILE_LIMIT = 2 * 1024 * 1024  # bytes

# ValueError: a Content-Length that is no number. OverflowError: one that no computer counts to.
UNREADABLE = (
    BadRequest,
    MultiPartParserError,
    OverflowError,
    SuspiciousOperation,
    UnreadablePostError,
    ValueError,
)


class Request(WSGIRequest):
    """Django's own, which may name any Content-Type; one that cannot be read counts as none.

    Django reads it when it makes the request, and the query too if it names an encoding: before
    any middleware, so that what it raises there is caught by nobody.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            super()._set_content_type_params(meta)  # type: ignore[misc]
        except (ValueError, LookupError, SuspiciousOperation):
            self.content_type, self.content_params = "", {}


class NoFiles(FileUploadHandler):
    """Refuses a file before any of it is kept: this form does not ask for one."""

    def new_file(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ARG002
        raise MultiPartParserError("this form takes no file")


class OneSmallFile(FileUploadHandler):
    """Keeps a file in memory; of one that is too large only how large it is, for its form to say.

    What is longer than a whole page of texts may be, is not read at all.
    """

    def handle_raw_input(
        self,
        input_data: Any,  # noqa: ARG002
        META: dict[str, str],  # noqa: N803, ARG002
        content_length: int,
        boundary: str,  # noqa: ARG002
        encoding: str | None = None,  # noqa: ARG002
    ) -> None:
        if content_length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start <= FILE_LIMIT:
            self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept, self.field_name, self.file_name, self.content_type, file_size, self.charset
        )


def takes_a_file(view: View) -> View:
    """Mark a view whose form asks for one file. The form checks that it is within FILE_LIMIT."""
    view.takes_a_file = True  # type: ignore[attr-defined]
    return view


def refuse(request: HttpRequest) -> HttpResponse | None:
    """Read what came with a request, or answer why not: 413 for a stranger who sends too much, and
    400 for what cannot be read. After this `request.POST` fails for nobody.
    """
    if _too_large_for_a_stranger(request):
        return render(request, "413.html", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return None if _is_read(request) else bad_request(request)


def _too_large_for_a_stranger(request: HttpRequest) -> bool:
    # The session is only asked for when it matters: the page of a survey knows none.
    return _length(request) > STRANGERS_LIMIT and not request.user.is_authenticated


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _is_read(request: HttpRequest) -> bool:
    """Read the form in a request. Of one in another encoding than ours nothing is to be made."""
    try:
        if codecs.lookup(request.encoding or "utf-8").name != "utf-8":
            raise BadRequest
        if _may_bring_a_file(request):
            request.upload_handlers = [OneSmallFile(request)]
        _ = request.POST
    except UNREADABLE:
        # From here on it is empty, for whoever asks.
        request._mark_post_parse_error()  # type: ignore[attr-defined]
        return False
    return True


def _may_bring_a_file(request: HttpRequest) -> bool:
    """Whether a file is asked for where this goes, of somebody who is logged in."""
    if request.content_type != "multipart/form-data":
        return False
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    return getattr(view, "takes_a_file", False) and request.user.is_authenticated
