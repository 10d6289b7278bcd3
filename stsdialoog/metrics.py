"""What is counted of a process: how many and how long, nothing of whom or of what.

No label comes from what a visitor sends: a view is called by the name of its address, which holds
no id, and everything else is one of a few words. Each worker counts for itself, without a query;
`metrics_listener.py` adds up what all of them counted.
"""

from collections.abc import Callable
from time import perf_counter

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Histogram

METHODS = {"GET", "HEAD", "POST"}
OTHER_METHOD, NO_VIEW = "other", "none"
# Seconds. A page waits 3 for a document (documents/desk.py), and gives up on a save after 15.
STEPS = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15)

requests = Counter("sts_requests", "Requests answered.", ["view", "method", "status"])
request_seconds = Histogram(
    "sts_request_seconds", "How long an answer took.", ["view"], buckets=STEPS
)
saves = Counter("sts_saves", "Fields sent to be saved, by what came of it.", ["outcome"])
documents = Counter("sts_documents", "PDFs asked for, by what came of it.", ["outcome"])
mails = Counter("sts_mails", "Mails, by whether the mail server took them.", ["outcome"])


class MetricsMiddleware:
    """Counts the answers; not there when nobody asks for them. Static files come before it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if settings.METRICS_BIND is None:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        response = self.get_response(request)
        view = request.resolver_match.view_name if request.resolver_match else NO_VIEW
        method = request.method if request.method in METHODS else OTHER_METHOD
        request_seconds.labels(view).observe(perf_counter() - began)
        requests.labels(view, method, f"{response.status_code // 100}xx").inc()
        return response
