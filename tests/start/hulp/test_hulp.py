"""Hulp: the users' manual, for everybody, with the chapters of one's own role first."""

import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from dossiers.mensen.models import Rol
from start.hulp.domain.chapters import (
    IEDEREEN,
    LEERKRACHT,
    READERS,
    STS_TEAM,
    chapters,
    read_chapters,
    shelf_for,
)
from start.hulp.queries import readers_of

HULP = reverse("hulp")
CHAPTER = """---
voor: schoolteam
volgorde: 2
kort: Samen aan de slag.
---

# Voor het team

## Een *actie* maken

Kies **Zet bij de acties**.
"""


class Tags(HTMLParser):
    """What a browser would make of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += dict(attrs).get("href", "")


def headings(page: str) -> list[str]:
    return re.findall(r"<h[23][^>]*>(?:<a[^>]*>)?([^<]*)", page)


def write(folder, name="team.md", text=CHAPTER):
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_stranger_reads_how_to_log_in(client):
    assert f'href="{HULP}"' in client.get(reverse("account_login")).text
    page = client.get(HULP).text
    assert headings(page)[:2] == ["Voor iedereen", "Inloggen en je toegang"]
    assert "Voor jou" not in page

    chapter = client.get(reverse("hulp-hoofdstuk", args=["inloggen"])).text

    assert 'href="#de-tweede-stap"' in chapter
    assert '<h2 id="de-tweede-stap">De tweede stap</h2>' in chapter


@pytest.mark.parametrize(
    ("who", "chapter"),
    [
        ("ankerfiguur", "Voor de ankerfiguur"),
        ("medewerker", "Voor de CLB-medewerker"),
        ("team", "Voor het schoolteam"),
        ("lezer", "Voor het schoolbestuur"),
    ],
)
def test_the_chapter_of_ones_own_role_comes_first(als, huis, who, chapter):
    page = als(getattr(huis, who)).get(HULP).text

    assert headings(page)[:3] == ["Voor jou", chapter, "Voor iedereen"]
    assert page.count(chapter) == 1


def test_who_helps_in_the_admin_reads_that_chapter(huis):
    assert readers_of(huis.team) == {Rol.SCHOOLTEAM}
    huis.team.is_staff = True

    assert readers_of(huis.team) == {Rol.SCHOOLTEAM, STS_TEAM}


def test_the_manual_is_in_the_menu_and_costs_two_queries(als, huis, django_assert_num_queries):
    client = als(huis.team)
    # In the bar or, on a phone, in the menu; and at the foot.
    assert client.get(reverse("toolbox")).text.count(f'href="{HULP}"') == 3

    # The session, the account, her roles and her PLG; a chapter does without these.
    with django_assert_num_queries(4):
        client.get(HULP)
    with django_assert_num_queries(2):
        client.get(reverse("hulp-hoofdstuk", args=["schoolteam"]))


def test_who_still_has_to_set_up_a_second_step_reads_how(als, huis, settings):
    settings.TWEEDE_STAP_VERPLICHT = True
    client = als(huis.ankerfiguur)
    assert client.get(reverse("scholen")).url == reverse("mfa_index")

    page = client.get(reverse("mfa_index")).text
    place = reverse("hulp-hoofdstuk", args=["inloggen"])

    assert f'href="{place}#de-tweede-stap"' in page
    assert client.get(place).status_code == 200


@pytest.mark.parametrize("slug", ["bestaat-niet", "README", "beelden"])
def test_a_chapter_that_is_not_there_is_not_found(client, db, slug):
    assert client.get(reverse("hulp-hoofdstuk", args=[slug])).status_code == 404


def test_every_chapter_is_on_the_page_once_whoever_reads():
    for readers in ((), (Rol.LEZER, STS_TEAM), (LEERKRACHT,), tuple(READERS - {IEDEREEN})):
        shelf = shelf_for(readers)
        assert {one.slug for one in (*shelf.own, *shelf.for_all, *shelf.others)} == {
            one.slug for one in chapters()
        }
        assert len(shelf.own) + len(shelf.for_all) + len(shelf.others) == len(chapters())


def test_a_new_file_is_a_new_chapter_in_its_place(tmp_path):
    write(tmp_path)
    first = CHAPTER.replace("volgorde: 2", "volgorde: 1").replace("Voor het team", "Vooraf")
    write(tmp_path, "vooraf.md", first)

    before, team = read_chapters(tmp_path)

    assert (before.titel, before.slug) == ("Vooraf", "vooraf")
    assert (team.titel, team.voor, team.kort) == (
        "Voor het team",
        "schoolteam",
        "Samen aan de slag.",
    )
    assert team.tasks[0].anchor == "een-actie-maken"
    assert "<strong>Zet bij de acties</strong>" in team.html
    assert "<h1>" not in team.html


@pytest.mark.parametrize(
    ("there", "instead", "complaint"),
    [
        ("# Voor het team\n", "", "begins with its title"),
        ("voor: schoolteam", "voor: buren", "'voor' is one of"),
        ("kort: Samen aan de slag.\n", "", "kort"),
        ("---\nvoor", "voor", "not enough values"),
        ("Kies", "![niets](beelden/weg.png)", "weg.png"),
    ],
)
def test_a_chapter_that_is_not_right_says_which_file_it_is(tmp_path, there, instead, complaint):
    write(tmp_path, text=CHAPTER.replace(there, instead, 1))

    with pytest.raises(ValueError, match=rf"team\.md: .*{complaint}"):
        read_chapters(tmp_path)


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        '<img src="x" onerror="alert(1)">',
        "[klik](javascript:alert(1))",
        '[klik](https://x.test "\\" onclick=alert(1)")',
    ],
)
def test_html_in_a_chapter_is_shown_and_not_obeyed(tmp_path, typed):
    (chapter,) = read_chapters(write(tmp_path, text=f"{CHAPTER}\n{typed}\n"))

    tags = Tags(chapter.html)
    assert tags.names <= {"h2", "p", "em", "strong", "a"}
    assert tags.attributes <= {"id", "href", "title"}
    assert "javascript:" not in tags.addresses


def test_a_server_reads_the_files_once(settings, tmp_path):
    settings.HANDLEIDING_DIR, settings.DEBUG = write(tmp_path), False
    assert [one.titel for one in chapters()] == ["Voor het team"]

    write(tmp_path, text=CHAPTER.replace("Voor het team", "Anders"))

    assert [one.titel for one in chapters()] == ["Voor het team"]
    settings.DEBUG = True
    assert [one.titel for one in chapters()] == ["Anders"]
