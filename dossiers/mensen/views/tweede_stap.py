"""allauth's views for the second step, with what a session and the log keep of it."""

from typing import Any

from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import reverse_lazy

from dossiers.mensen.domain.tweede_stap import passkey_name, step_changed
from dossiers.mensen.forms import tweede_stap as forms
from dossiers.mensen.proof import step_was_made_here

Step = Authenticator.Type


class TakeStep(AuthenticateView):
    form_class = forms.AuthenticateForm
    webauthn_form_class = forms.AuthenticateWebAuthnForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        steps = Authenticator.objects.filter(user=self.stage.login.user)
        kinds = set(steps.values_list("type", flat=True))
        here = {"heeft_app": Step.TOTP in kinds, "heeft_passkey": Step.WEBAUTHN in kinds}
        return super().get_context_data(**kwargs) | here


class Changes:
    """A view whose form changes the second steps of an account."""

    request: Any
    made: Authenticator.Type | None = None

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            step_changed(self.request.user)
        if self.made:
            step_was_made_here(self.request, self.made)
        return response


class ActivateApp(Changes, ActivateTOTPView):
    form_class = forms.ActivateTOTPForm
    made = Step.TOTP


class DeactivateApp(Changes, DeactivateTOTPView):
    form_class = forms.DeactivateTOTPForm


class AddPasskey(Changes, AddWebAuthnView):
    form_class = forms.AddWebAuthnForm
    made = Step.WEBAUTHN


class RemovePasskey(Changes, RemoveWebAuthnView):
    success_url = reverse_lazy("mfa_index")

    def get_object(self, queryset: Any = None) -> Authenticator:
        for passkey in queryset or self.get_queryset():
            if passkey_name(passkey) == self.kwargs["sleutel"]:
                return passkey
        raise Http404


class NewRecoveryCodes(Changes, GenerateRecoveryCodesView):
    form_class = forms.GenerateRecoveryCodesForm
