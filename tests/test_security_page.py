"""docs/security.md: a line for each requirement, and nothing in it that is not there."""

import re
from collections import Counter

import pytest

from tests.production import ROOT

PAGE = (ROOT / "docs/security.md").read_text()
REQUIREMENTS = [
    line for line in (ROOT / "tests/asvs.txt").read_text().split("\n") if line.startswith("V")
]
LINES = re.findall(r"^\| (V[\d.]+) \| ([^|]+) \| (\w+|n/a) \| (.+) \|$", PAGE, re.MULTILINE)
# A file of ours, and a story in it; an address of the application begins with a slash.
NAMED = re.findall(r"`([\w.-]+(?:/[\w@.-]+)+)(?:::(\w+))?`", PAGE)


def test_each_requirement_has_one_line():
    assert [number for number, *_ in LINES] == REQUIREMENTS


def test_each_line_says_whether_it_holds_and_how_one_sees_it():
    verdicts = Counter(verdict for _, _, verdict, _ in LINES)
    assert set(verdicts) == {"holds", "part", "no", "n/a"}
    bare = [number for number, _, verdict, by in LINES if verdict != "n/a" and len(by) < len("`x`")]
    assert not bare


def test_what_does_not_hold_is_said_at_the_top():
    top = PAGE.partition("## What does not hold")[2].partition("\n## ")[0]
    told = re.findall(r"^\| (V[\d.]+) \| (part|no) \|", top, re.MULTILINE)
    assert told == [
        (number, verdict) for number, _, verdict, _ in LINES if verdict in ("part", "no")
    ]


@pytest.mark.parametrize(("path", "story"), sorted(set(NAMED)))
def test_what_it_names_is_there(path, story):
    file = ROOT / path
    # The documents of the page itself are named from its own folder too.
    assert file.exists() or (ROOT / "docs" / path).exists(), path
    if story:
        assert re.search(rf"^(?:async )?def {story}\(", file.read_text(), re.MULTILINE), story


def test_a_story_that_goes_is_missed():
    assert ("tests/test_security.py", "test_cookies_are_secure_in_production") in NAMED
    assert len(NAMED) > len(REQUIREMENTS) // 2
