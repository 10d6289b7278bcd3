"""Static files under names that change with their content, so that browsers may keep them.

What we wrote ourselves goes out without its comments, which would be a quarter of it on the wire.
With DEBUG another storage serves it as it was written.
"""

from collections.abc import Collection, Iterator
from typing import Any

import tinycss2
from django.core.files.base import ContentFile
from rjsmin import jsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

from stsdialoog import web_bootstrap

# A module of ours imports others by their plain names. Django's own switch for modules also
# reads those of packages, and one of these imports what it does not ship.
OUR_MODULES = (
    "js/*.js",
    ((r"""(?P<matched>\bfrom ?"(?P<url>\.{1,2}/[^"]+)")""", 'from"%(url)s"'),),
)


class ManifestStorage(CompressedManifestStaticFilesStorage):
    patterns = (*CompressedManifestStaticFilesStorage.patterns, OUR_MODULES)

    def save(self, name: str, content: Any, max_length: int | None = None) -> str:
        """Save a file as collectstatic brings it; the rest is made of that."""
        if name.startswith("js/"):
            content = ContentFile(jsmin(content.read().decode()).encode())
        # What is made of Bootstrap is small already, and has its licence in a comment.
        elif name.startswith("css/") and name != web_bootstrap.PATH:
            content = ContentFile(_without_comments(content.read().decode()).encode())
        return super().save(name, content, max_length)

    def post_process(self, paths: Collection[str], **options: Any) -> Iterator[Any]:
        """Make the rest of what was saved, not of the sources."""
        saved = {name: (self, name) for name in paths}
        return super().post_process(saved, **options)


def _without_comments(css: str) -> str:
    return tinycss2.serialize(tinycss2.parse_component_value_list(css, skip_comments=True))
