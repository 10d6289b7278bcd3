"""What is counted: how many and how long, and never of whom or of what."""

import re
from typing import Any

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.urls import resolve, reverse
from prometheus_client import REGISTRY

from dossiers.velden.domain.saving import save_veld
from preventieplan.models import Antwoord
from stsdialoog.documents import desk
from stsdialoog.documents.document import Document
from stsdialoog.mail import MailNietVerstuurd, send_mail
from stsdialoog.metrics import MetricsMiddleware

pytestmark = pytest.mark.django_db


class Counted:
    """What came on top of what was counted before."""

    def __init__(self) -> None:
        self._before = self._now()

    def __getitem__(self, of: tuple[str, dict[str, str]]) -> float:
        name, labels = of
        key = (name, frozenset(labels.items()))
        return self._now().get(key, 0) - self._before.get(key, 0)

    @staticmethod
    def _now() -> dict[tuple[str, frozenset], float]:
        return {
            (one.name, frozenset(one.labels.items())): one.value
            for metric in REGISTRY.collect()
            for one in metric.samples
        }


@pytest.fixture
def counted() -> Counted:
    return Counted()


@pytest.fixture
def answer(rf, settings):
    settings.METRICS_BIND = ("127.0.0.1", 9100)

    def ask(method: str, path: str, status: int = 200) -> None:
        request = rf.generic(method, path)
        request.resolver_match = resolve(path) if path.startswith("/dossiers") else None
        MetricsMiddleware(lambda _: HttpResponse(status=status))(request)

    return ask


def test_nothing_is_counted_of_requests_when_nobody_asks_for_it(settings):
    settings.METRICS_BIND = None

    with pytest.raises(MiddlewareNotUsed):
        MetricsMiddleware(lambda _: HttpResponse())


def test_an_answer_counts_under_the_name_of_its_view(answer, counted, dossier):
    answer("GET", reverse("dossier", args=[dossier.pk]))
    answer("POST", reverse("dossier", args=[dossier.pk]), 409)

    for method, status in (("GET", "2xx"), ("POST", "4xx")):
        labels = {"view": "dossier", "method": method, "status": status}
        assert counted["sts_requests_total", labels] == 1
    assert counted["sts_request_seconds_count", {"view": "dossier"}] == 2


def test_what_a_visitor_makes_up_is_no_label(answer, counted):
    answer("VERZONNEN", "/Lotte-Peeters/", 404)

    labels = {"view": "none", "method": "other", "status": "4xx"}
    assert counted["sts_requests_total", labels] == 1
    told = {value for metric in REGISTRY.collect() for one in metric.samples
            for value in one.labels.values()}  # fmt: skip
    assert not [value for value in told if re.search(r"Lotte|VERZONNEN|/", value)]


def test_a_save_and_a_conflict_are_counted(counted, dossier, vraag, tom):
    antwoord = Antwoord(dossier=dossier, vraag=vraag)
    save_veld(record=antwoord, veld="toelichting", waarde="een", basis=0, door=tom)
    save_veld(record=antwoord, veld="toelichting", waarde="een", basis=1, door=tom)
    save_veld(record=antwoord, veld="toelichting", waarde="twee", basis=0, door=tom)

    for outcome in ("saved", "unchanged", "conflict"):
        assert counted["sts_saves_total", {"outcome": outcome}] == 1, outcome


MAIL: dict[str, Any] = {
    "to": "wie@test.be",
    "template": "account/email/login_code",
    "context": {"code": "1"},
}


def test_a_mail_that_leaves_and_one_that_does_not_are_counted(counted, settings):
    send_mail(**MAIL)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    with pytest.raises(MailNietVerstuurd):
        send_mail(**MAIL)

    for outcome in ("sent", "failed"):
        assert counted["sts_mails_total", {"outcome": outcome}] == 1, outcome


@pytest.mark.parametrize(
    ("ends", "outcome"), [(None, "made"), (desk.Busy, "waiting"), (desk.NotMade, "failed")]
)
def test_what_comes_of_a_document_is_counted(counted, monkeypatch, ends, outcome):
    def make(document: Document, *, until: float) -> bytes:
        if ends:
            raise ends
        return b"%PDF-"

    monkeypatch.setattr(desk, "_make_unkept", make)
    if ends:
        with pytest.raises(ends):
            desk.make_unkept(Document("x.html", "x", "<p>", ()))
    else:
        desk.make_unkept(Document("x.html", "x", "<p>", ()))

    assert counted["sts_documents_total", {"outcome": outcome}] == 1
