"""An OpenID Connect provider as there are on the internet, on a port of its own.

The protocol is authlib's: clients with a secret, codes that work once, PKCE, and ID tokens that are
signed with RS256 by a key that it publishes. A story says who logs in there (`person`), and may
make it lie (`lies`, `signs_with`).
"""

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import requests
from authlib.integrations.django_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, ClientMixin
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core.grants import OpenIDCode
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse, JsonResponse
from joserfc.jwk import RSAKey

CLIENT, SECRET = "sts-dialoog", "geheim-van-sts-dialoog"
# Making one takes a while.
KEYS = [RSAKey.generate_key(2048, {"kid": kid, "use": "sig", "alg": "RS256"}) for kid in "ab"]


@dataclass(frozen=True)
class Client(ClientMixin):
    redirect_uri: str

    def get_client_id(self):
        return CLIENT

    def get_default_redirect_uri(self):
        return self.redirect_uri

    def get_allowed_scope(self, scope):
        return scope

    def check_redirect_uri(self, redirect_uri):
        return redirect_uri == self.redirect_uri

    def check_client_secret(self, client_secret):
        return client_secret == SECRET

    def check_endpoint_auth_method(self, method, endpoint):
        return method in ("client_secret_basic", "client_secret_post")

    def check_response_type(self, response_type):
        return response_type == "code"

    def check_grant_type(self, grant_type):
        return grant_type == "authorization_code"


@dataclass
class Person:
    """Who is logged in at the provider. since: when she last typed her password there."""

    claims: dict[str, Any]
    since: float

    @property
    def pk(self):
        return self.claims["sub"]


@dataclass
class Code(AuthorizationCodeMixin):
    code: str
    person: Person
    asked: dict[str, Any]

    code_challenge = property(lambda self: self.asked.get("code_challenge"))
    code_challenge_method = property(lambda self: self.asked.get("code_challenge_method"))

    def get_redirect_uri(self):
        return self.asked["redirect_uri"]

    def get_scope(self):
        return self.asked["scope"]

    def get_nonce(self):
        return self.asked.get("nonce")

    def get_auth_time(self):
        return int(self.person.since)

    def get_acr(self):
        return None

    def get_amr(self):
        return None


@dataclass
class Provider:
    """What a story sees of it.

    issuer: its address. person: who is logged in there now; None for nobody.
    lies: claims that stand in its tokens in the place of the right ones.
    asks_again: whether it has somebody log in anew who is, when that is what it is asked.
    says: what it publishes about itself in the place of what is true.
    asked: what each login was asked with.
    """

    issuer: str = ""
    redirect_uri: str = ""
    person: Person | None = None
    lies: dict[str, Any] = field(default_factory=dict)
    asks_again: bool = True
    says: dict[str, Any] = field(default_factory=dict)
    signs_with: RSAKey = field(default_factory=lambda: KEYS[0])
    signed_as: dict[str, Any] = field(default_factory=dict)
    asked: list[dict[str, Any]] = field(default_factory=list)
    codes: dict[str, Code] = field(default_factory=dict)
    tokens: list[str] = field(default_factory=list)

    def logs_in(self, sub, *, ago: float = 0, **claims: Any) -> None:
        self.person = Person({"sub": sub, **claims}, time.time() - ago)

    def follow(self, url: str) -> str:
        """Where a browser is led back to from the page of the provider; the path at our own end."""
        answer = requests.get(url, allow_redirects=False, timeout=10)
        assert answer.status_code == 302, answer.text
        back = urlsplit(answer.headers["Location"])
        assert f"{back.scheme}://{back.netloc}{back.path}" == self.redirect_uri
        return f"{back.path}?{back.query}"


def _grant_of(provider: Provider) -> type[AuthorizationCodeGrant]:
    class Grant(AuthorizationCodeGrant):
        def save_authorization_code(self, code, request):
            provider.codes[code] = Code(code, request.user, dict(request.payload.data))

        def query_authorization_code(self, code, client):
            return provider.codes.get(code)

        def delete_authorization_code(self, authorization_code):
            del provider.codes[authorization_code.code]

        def authenticate_user(self, authorization_code):
            return authorization_code.person

    return Grant


def _tokens_of(provider: Provider) -> OpenIDCode:
    class Tokens(OpenIDCode):
        def exists_nonce(self, nonce, request):
            return nonce in [asked.get("nonce") for asked in provider.asked[:-1]]

        def get_client_algorithm(self, client):
            return "RS256"

        def get_client_claims(self, client):
            return {"iss": provider.issuer, "aud": [CLIENT]}

        def get_encode_header(self, client):
            return {"alg": "RS256", "kid": KEYS[0].kid} | provider.signed_as

        def resolve_client_private_key(self, client):
            return provider.signs_with

        def generate_user_info(self, user, scope):
            # The last word on all claims.
            return user.claims | provider.lies

        def process_token(self, grant, response):
            token = super().process_token(grant, response)
            provider.tokens.append(token["id_token"])
            return token

    return Tokens(require_nonce=False)


class Server(AuthorizationServer):
    def __init__(self, provider: Provider):
        super().__init__(None, None)
        self._provider = provider
        self.register_grant(
            _grant_of(provider), [_tokens_of(provider), CodeChallenge(required=True)]
        )

    def query_client(self, client_id):
        return Client(self._provider.redirect_uri) if client_id == CLIENT else None

    def save_token(self, token, request):
        """Nothing is opened with it."""


class Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Nothing of it belongs between the lines of a story."""


@contextmanager
def running_provider():
    """A provider that is on; its port is whichever is free."""
    provider = Provider()
    server = Server(provider)

    def answer(request: WSGIRequest) -> HttpResponse:
        if request.path.endswith("/.well-known/openid-configuration"):
            return JsonResponse(_configuration(provider) | provider.says)
        if request.path == "/keys":
            return JsonResponse({"keys": [KEYS[0].as_dict(private=False)]})
        if request.path == "/token":
            return server.create_token_response(request)
        provider.asked.append(request.GET.dict())
        if provider.person and provider.asks_again and request.GET.get("max_age") == "0":
            # As the protocol has it: whoever is logged in already does so again.
            provider.person.since = time.time()
        grant = server.get_consent_grant(request, end_user=provider.person)
        return server.create_authorization_response(
            request, grant_user=provider.person, grant=grant
        )

    def app(environ, start_response):
        response = answer(WSGIRequest(environ))
        start_response(f"{response.status_code} -", list(response.items()))
        return [response.content]

    httpd = make_server("127.0.0.1", 0, app, server_class=Threaded, handler_class=Quiet)
    provider.issuer = f"http://127.0.0.1:{httpd.server_port}"
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield provider
    finally:
        httpd.shutdown()
        thread.join()
        httpd.server_close()


def _configuration(provider: Provider) -> dict[str, Any]:
    return {
        "issuer": provider.issuer,
        "authorization_endpoint": f"{provider.issuer}/authorize",
        "token_endpoint": f"{provider.issuer}/token",
        "jwks_uri": f"{provider.issuer}/keys",
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
        "code_challenge_methods_supported": ["S256"],
    }
