"""What a phone is answered whose code is of nothing: a page that asks for another one."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from preventieplan.inschalen.domain.codes import WINDOW_SECONDS
from preventieplan.inschalen.forms import CodeForm

CODE = "inschalen/telefoon/code.html"


def ask_for_code(request: HttpRequest, form: CodeForm) -> HttpResponse:
    """The page to type a code on, with what is wrong with the one that was typed."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, CODE, {"form": form, "te_vaak": False}, status=status)


def unknown_code(request: HttpRequest, code: str) -> HttpResponse:
    form = CodeForm({"code": code})
    form.add_error("code", "Deze code kennen we niet (meer). Kijk ze na op het scherm.")
    return render(request, CODE, {"form": form, "te_vaak": False}, status=HTTPStatus.NOT_FOUND)


def slow_down(request: HttpRequest) -> HttpResponse:
    """For whoever tried many wrong ones."""
    context = {"form": CodeForm(None), "te_vaak": True}
    response = render(request, CODE, context, status=HTTPStatus.TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = str(WINDOW_SECONDS)
    return response
