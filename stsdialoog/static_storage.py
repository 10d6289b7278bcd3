"""Static files under names that change with their content, so that browsers may keep them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

# A module of ours imports others by their plain names. Django's own switch for modules also
# reads those of packages, and one of these imports what it does not ship.
OUR_MODULES = (
    "js/*.js",
    ((r"""(?P<matched>\bfrom "(?P<url>\.{1,2}/[^"]+)")""", 'from "%(url)s"'),),
)


class ManifestStorage(CompressedManifestStaticFilesStorage):
    patterns = (*CompressedManifestStaticFilesStorage.patterns, OUR_MODULES)
