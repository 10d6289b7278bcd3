"""The published shapes of the data of a dossier (JSON Schema, draft 2020-12).

What is published does not change: whoever reads the data in another program counts on it. Another
shape gets a file with the next number, beside the others.
"""

from functools import cache
from pathlib import Path

# The numbers that were published. The data have the shape of the last one.
PUBLISHED = (1, 2)
NEWEST = PUBLISHED[-1]


@cache
def published_schema(nummer: int = NEWEST) -> bytes:
    """nummer: one of PUBLISHED."""
    return (Path(__file__).parent.parent / f"dossier-{nummer}.json").read_bytes()
