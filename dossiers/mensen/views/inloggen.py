"""allauth's view for a code by mail, with the device of who asks for it."""

from typing import Any

from allauth.account.views import RequestLoginCodeView
from django.conf import settings
from django.http import HttpResponse

from dossiers.mensen.forms.accounts import RequestLoginCodeForm


class RequestCode(RequestLoginCodeView):
    form_class = RequestLoginCodeForm

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep in the session, until it is one of somebody, whether this is her own device.

        As allauth does beside a password.
        """
        response: HttpResponse = super().form_valid(form)
        own = form.cleaned_data["remember"]
        self.request.session.set_expiry(settings.SESSION_COOKIE_AGE if own else 0)
        return response
