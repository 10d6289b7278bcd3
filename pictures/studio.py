"""A running STS-Dialoog with the demo in this very process, and a camera before it.

In this process, because the camera notes which templates were drawn for each picture.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.template import Template
from django.test.signals import template_rendered
from django.test.utils import setup_test_environment
from django.utils import timezone
from playwright.sync_api import Browser, sync_playwright

from dossiers.materialen.domain.loading import load_materialen
from pictures.album import Taken
from pictures.scene import WINDOW, Scene, Shot
from pictures.shots import SHOTS
from start.demo.build import build_demo
from stsdialoog.wsgi import application
from tests.browser.chromium import CHROMIUM, TIMEOUT, log_in_at

# Letters as on any machine.
ARGS = ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"]
# A browser in Flanders shows a day as 24/11/2026; Debian's, without its translations, does not.
DAYS_AS_IN_FLANDERS = """() => {
  for (const field of document.querySelectorAll("[type=date], [type=time]")) {
    const value = field.value.split("-").reverse().join("/");
    field.type = "text";
    field.value = value;
  }
}"""
STYLE = re.compile(r"/static/(css/[\w/-]+\.css)")


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *_args: Any) -> None:
        pass


@dataclass(frozen=True)
class Camera:
    """url: of the server. password: of everybody in the demo."""

    url: str
    password: str
    browser: Browser

    def take_all(self) -> Iterator[Taken]:
        for shot in SHOTS:
            yield self.take(shot)

    def take(self, shot: Shot) -> Taken:
        """Sit down as who the shot is of, do what it takes, and press."""
        context = self.browser.new_context(
            locale="nl-BE",
            reduced_motion="reduce",
            viewport={"width": shot.width, "height": WINDOW if shot.show else shot.height},
        )
        context.set_default_timeout(TIMEOUT)
        drawn: set[str] = set()

        def note(template: Template, **_kwargs: Any) -> None:
            drawn.add(str(template.name))

        try:
            page = context.new_page()
            if shot.who:
                log_in_at(self.url, page, email=f"{shot.who}@demo.test", password=self.password)
            template_rendered.connect(note, weak=False)
            scene = Scene(page, self.url, drawn.clear)
            shot.arrange(scene)
            page.wait_for_load_state("networkidle")
            page.evaluate(DAYS_AS_IN_FLANDERS)
            place = scene.place_of(shot.show, shot.height)
            image = page.screenshot(clip=place, animations="disabled")
            styles = set(STYLE.findall(page.content()))
            return Taken(shot.name, image, frozenset(drawn), frozenset(styles))
        finally:
            template_rendered.disconnect(note)
            context.close()


@contextmanager
def studio() -> Iterator[Camera]:
    """Serve the demo to one browser, until one leaves."""
    call_command("migrate", verbosity=0)
    load_materialen(settings.MATERIALEN_DIR)
    demo = build_demo(directory=settings.BASE_DIR / "fixtures" / "demo", today=timezone.localdate())
    # From here on Django says which templates it draws; mails stay here.
    setup_test_environment()
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler)
    server.daemon_threads = True
    server.set_app(application)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
            yield Camera(f"http://127.0.0.1:{server.server_port}", demo.wachtwoord, browser)
            browser.close()
    finally:
        server.shutdown()
        server.server_close()
