"""A code by mail, before somebody sets up the first second step of her account."""

import time

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.http import require_http_methods

from dossiers.mensen.forms.tweede_stap import MailboxForm, digest_of_code
from dossiers.mensen.limits import MAILS, may_be_mailed
from dossiers.mensen.models import User
from dossiers.mensen.proof import mailbox_proven, mailbox_was_read
from dossiers.mensen.requests import UserRequest
from stsdialoog import mail

# Where the session keeps the digest of the code that was mailed, and until when it counts.
MAILED = "mailbox_code"
SECONDS = 10 * 60
GEEN_MAIL = "We kunnen je nu geen mail sturen. Probeer het over enkele minuten opnieuw."


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: UserRequest) -> HttpResponse:
    """Mail a code when asked, and take it; then go on to where the code was asked for."""
    if request.method == "POST" and request.POST.get("knop") == "mail":
        return _mail(request, request.user)
    if mailbox_proven(request):
        # A second click on the button, or the way back.
        return HttpResponseRedirect(_next(request))
    form = MailboxForm(request.POST or None, user=request.user, digest=_waiting(request))
    if form.is_valid():
        del request.session[MAILED]
        mailbox_was_read(request, request.user)
        return HttpResponseRedirect(_next(request))
    context = {"form": form if _waiting(request) else None, "adres": request.user.email}
    return render(request, "mfa/mailbox.html", context)


def _mail(request: HttpRequest, user: User) -> HttpResponse:
    if not may_be_mailed(request, email=user.email):
        page = {"aantal": MAILS.amount}
        return render(request, "account/te_veel_mails.html", page, status=429)
    code = get_adapter().generate_login_code()
    try:
        context = {"user": user, "code": code, "link": mail.absolute_url("account_change_password")}
        mail.send_mail(to=user.email, template="mensen/mail/mailbox", context=context)
    except mail.MailNietVerstuurd:
        messages.error(request, GEEN_MAIL)
    else:
        request.session[MAILED] = {
            "digest": digest_of_code(user, code),
            "until": time.time() + SECONDS,
        }
    return redirect(request.get_full_path())


def _waiting(request: HttpRequest) -> str:
    """The digest of the code that may be typed now; empty when there is none."""
    mailed = request.session.get(MAILED) or {"until": 0, "digest": ""}
    return str(mailed["digest"]) if time.time() < mailed["until"] else ""


def _next(request: HttpRequest) -> str:
    wanted = request.GET.get("next")
    return wanted if wanted and get_adapter().is_safe_url(wanted) else resolve_url("mfa_index")
