"""allauth's OpenID Connect, with what it leaves to others: a nonce, the issuer, the signature.

allauth finds the providers of an app in the module with this name.
"""

from typing import Any
from urllib.parse import urlsplit

import requests
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import get_random_string

from dossiers.aanmelden.domain.id_token import Aanmelding, TokenGeweigerd, read_id_token
from dossiers.aanmelden.domain.koppelingen import kept_of
from stsdialoog.environment import THIS_MACHINE
from stsdialoog.openid import Aanbieder

WELL_KNOWN = "/.well-known/openid-configuration"
NONCE_LENGTH = 32
# What one answer of a provider can be wrong in: not JSON, not an object, without what it must have,
# a number without an end, or lists in lists in lists.
BROKEN = (
    *(OAuth2Error, requests.RequestException, ValueError, KeyError, TypeError, AttributeError),
    *(OverflowError, RecursionError),
)
# The addresses that it publishes, where one logs in and where we ask it something.
ADDRESSES = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class Adapter(OpenIDConnectOAuth2Adapter):
    """One conversation with a provider.

    state: what was kept when this login began; set by the view that it comes back to.
    """

    state: dict[str, Any]

    @property
    def aanbieder(self) -> Aanbieder:
        found: Aanbieder = settings.AANBIEDERS[self.provider_id]
        return found

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider publishes about itself. Raises OAuth2Error.

        It has to be of the issuer that the settings name: one provider never stands for another.
        Its addresses are on https, so that our secret goes to nobody else; of one on this machine
        they may be here too.
        """
        if not hasattr(self, "_openid_config"):
            found = self._get(self.aanbieder.issuer + WELL_KNOWN)
            if found.get("issuer") != self.aanbieder.signs_as:
                raise OAuth2Error("the configuration is of another issuer")
            if not all(self._is_safe(str(found[name])) for name in ADDRESSES):
                raise OAuth2Error("an address of the provider is not on https")
            self._openid_config = found
        return self._openid_config

    @property
    def authorize_url(self) -> str:
        return str(self.openid_config["authorization_endpoint"])

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:  # noqa: ARG002
        """Registered with the provider, one for each; never from the host of a request."""
        return settings.SITE_URL + reverse("aanmelden-terug", args=[self.provider_id])

    def complete_login(
        self,
        request: HttpRequest,
        app: Any,  # noqa: ARG002
        token: Any,  # noqa: ARG002
        **kwargs: Any,
    ) -> Any:
        """Whom the ID token is about; nothing else is asked of the provider. Raises OAuth2Error."""
        try:
            aanmelding = read_id_token(
                token=kwargs["response"]["id_token"],
                keys=self._get(self.openid_config["jwks_uri"]),
                aanbieder=self.aanbieder,
                nonce=self.state["nonce"],
            )
        except TokenGeweigerd as error:
            raise OAuth2Error(str(error)) from error
        return self.get_provider().sociallogin_from_response(request, aanmelding)

    def _is_safe(self, url: str) -> bool:
        is_near = urlsplit(self.aanbieder.issuer).hostname in THIS_MACHINE
        parts = urlsplit(url)
        return parts.scheme == "https" or (
            is_near and parts.scheme == "http" and parts.hostname in THIS_MACHINE
        )

    def _get(self, url: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            response = session.get(url)
            response.raise_for_status()
        found: dict[str, Any] = response.json()
        return found


class Provider(OpenIDConnectProvider):
    id = "aanmelden"
    oauth2_adapter_class = Adapter

    @property
    def aanbieder(self) -> Aanbieder:
        found: Aanbieder = settings.AANBIEDERS[self.app.provider_id]
        return found

    def redirect(
        self,
        request: HttpRequest,
        process: str,
        next_url: str | None = None,
        data: Any = None,
        **kwargs: Any,
    ) -> HttpResponse:
        """The way to the provider, with a nonce that the session keeps beside allauth's state."""
        nonce = get_random_string(NONCE_LENGTH)
        auth_params = {"nonce": nonce, **kwargs.pop("auth_params", {})}
        response: HttpResponse = super().redirect(
            request, process, next_url, data, auth_params=auth_params, nonce=nonce, **kwargs
        )
        return response

    def serialize(self) -> dict[str, Any]:
        """By its code: two providers may have given us the same client id."""
        return {"id": self.sub_id}

    def sociallogin_from_response(self, request: HttpRequest, response: Aanmelding) -> Any:
        login = super().sociallogin_from_response(request, response)
        login.aanmelding = response
        return login

    def extract_uid(self, data: Aanmelding) -> str:
        return data.uid

    def extract_extra_data(self, data: Aanmelding) -> dict[str, str]:
        return kept_of(data)

    def extract_common_fields(self, data: Aanmelding) -> dict[str, Any]:  # noqa: ARG002
        """Nothing: neither a name nor an address of an account ever comes from a provider."""
        return {}

    def extract_email_addresses(self, data: Aanmelding) -> list[Any]:  # noqa: ARG002
        return []


provider_classes = [Provider]
