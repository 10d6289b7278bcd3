"""A page leaves out the white space of its templates, and nothing that somebody reads or typed."""

import pytest
from django.template import Context, Engine

LOADER = "stsdialoog.template_loader.Loader"


@pytest.fixture
def draw(tmp_path):
    def drawn(code: str, name: str = "page.html", **context) -> str:
        (tmp_path / name).write_text(code, encoding="utf-8")
        engine = Engine(loaders=[(LOADER, [tmp_path])])
        return engine.get_template(name).render(Context(context))

    return drawn


@pytest.mark.parametrize(
    ("code", "page"),
    [
        ("<p>\n    a\n\t<b>c</b>\n</p>", "<p> a\n<b>c</b>\n</p>"),
        ("a\n  {% if yes %}\n    b\n  {% else %}\n    c\n  {% endif %}\nd", "a\n b\nd"),
        ("a\n{# why #}\nb", "a\nb"),
        ("{% comment %}\nWhy:\n  how\n{% endcomment %}\nb", "b"),
        ('<a\n   href="b"\n   id="c">', '<a href="b" id="c">'),
        # What is included ends with the line break of its own last line.
        ("{% if yes %}\n<i>a</i>\n{% endif %}\n", "<i>a</i>\n"),
        # What draws something keeps the white space behind it.
        ("{% if yes %}a{% endif %}\nb", "a\nb"),
        ("{{ yes }}\nb", "True\nb"),
        ("{# why #} a {# how #}\nb", " a \nb"),
        ("a {% if yes %}\nb{% endif %}", "a \nb"),
        ("a  b", "a  b"),
    ],
)
def test_a_line_begins_with_one_space_at_most(draw, code, page):
    assert draw(code, yes=True) == page


def test_what_was_typed_keeps_its_white_space(draw):
    assert draw("  <i>\n  {{ text }}</i>", text="a\n    b\n\n c") == "<i>\na\n    b\n\n c</i>"


def test_a_mail_is_sent_as_it_was_written(draw):
    assert draw("a\n    b\n", name="mail.txt") == "a\n    b\n"
