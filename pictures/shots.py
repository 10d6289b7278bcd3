"""Every picture of the manual. Those that change something in the demo come last."""

from datetime import timedelta

from dialoogfiches.bevragingen.models import Bevraging
from dossiers.materialen.models import Materiaalversie
from dossiers.mensen.models import User
from dossiers.models import Dossier
from dossiers.velden.domain.saving import save_veld
from pictures.clock import MOMENT
from pictures.scene import PHONE, Scene, Shot
from preventieplan.models import Antwoord

SCHOOL = "Campus Velpekouter"
GOAL = "f0-2"
CONTESTED = "f0-2-v05"
# What stands below a field that saved itself.
SAVED = ".veld-bewaard:visible"


def dossier() -> Dossier:
    return Dossier.objects.filter(school__naam=SCHOOL).order_by("-schooljaar")[0]


def stop_of_goal(scene: Scene, code: str) -> None:
    """One stop of the goal, as a room sees it."""
    query = f"?weergave=bespreken&stop={code}"
    scene.go("doelstelling", dossier().pk, GOAL, query=query)


def school(scene: Scene) -> None:
    scene.go("school", dossier().school_id)


def talk_to_prepare(scene: Scene) -> None:
    gesprek = dossier().gesprekken.filter(voorbereiding__isnull=False)[0]
    scene.go("gesprek-voorbereiden", dossier().pk, gesprek.pk)


def new_action(scene: Scene) -> None:
    stop_of_goal(scene, f"{GOAL}-v04")
    scene.page.get_by_role("button", name="Wat gaan jullie doen?").first.click()
    scene.page.locator("textarea[name$='-wat']:visible").first.fill(
        "Op de inschrijvingsdag vertellen wie je belt als je kind ziek is."
    )


def end_of_phase(scene: Scene) -> None:
    scene.go("fase-rond", dossier().pk, 0)


def open_action(scene: Scene) -> None:
    page = scene.go("overzicht", dossier().pk)
    page.get_by_role("link", name="Een onthaalpakket maken").first.click()
    page.locator(".actie-rij.is-open").wait_for()


def two_texts(scene: Scene) -> None:
    """A colleague saved another text since this page was made."""
    stop_of_goal(scene, CONTESTED)
    field = "toelichting"
    antwoord = Antwoord.objects.get(dossier=dossier(), vraag__code=CONTESTED)
    save_veld(
        record=antwoord,
        veld=field,
        waarde="We bellen ouders op de eerste dag van een afwezigheid.",
        basis=antwoord.toelichting_revisie,
        door=User.objects.get(email="bart@demo.test"),
    )
    words = scene.page.locator(f"[name='antwoord-{CONTESTED}-{field}']")
    words.fill("De klastitularis stuurt ouders een bericht.")
    words.blur()
    scene.page.locator(".conflict").first.wait_for()


def new_survey(scene: Scene) -> None:
    page = scene.go("bevraging-nieuw", dossier().pk)
    page.get_by_label("Titel").fill("Leerkrachten over hun rol, winter")


def survey_of_a_teacher(scene: Scene) -> None:
    """The closed survey of the demo, which is open for a moment."""
    survey = Bevraging.objects.get()
    open_again = {"gesloten_op": None, "tot": MOMENT.date() + timedelta(days=7)}
    as_it_was = {name: getattr(survey, name) for name in open_again}
    Bevraging.objects.update(**open_again)
    scene.go("bevraging-invullen", survey.sleutel)
    Bevraging.objects.update(**as_it_was)


def talk_to_release(scene: Scene) -> None:
    """A talk with parents, with a sentence for the school."""
    page = scene.go("oudergesprek-nieuw", dossier().pk)
    page.get_by_label("Pseudoniem").fill("Wolk")
    page.get_by_role("button", name="Start het gesprek").click()
    words = page.locator("[name$='school_mag_weten']")
    words.fill("Een rustige plek voor de eerste bel helpt. We bekijken het opnieuw na de vakantie.")
    words.blur()
    page.locator(SAVED).first.wait_for()
    page.get_by_role("button", name="Bekijk wat de school zou zien").click()
    # Without the message that all is saved.
    scene.forget()
    page.reload()


def sentences(scene: Scene) -> None:
    newest = Materiaalversie.objects.filter(materiaal__slug="aanwezig-op-school").latest("datum")
    page = scene.go("admin:materialen_materiaalversie_change", newest.pk)
    page.get_by_role("button", name="Wijzig een zin").click()


SHOTS = (
    Shot("inloggen", "", lambda scene: scene.go("account_login"), show="main > .smal", height=720),
    Shot("mijn-toegang", "medewerker", lambda scene: scene.go("mfa_index"), show="main > .smal"),
    Shot("mijn-scholen", "ankerfiguur", lambda scene: scene.go("scholen"), width=1060),
    Shot("dossier", "ankerfiguur", lambda scene: scene.go("dossier", dossier().pk), height=608),
    Shot(
        "clb",
        "ankerfiguur",
        lambda scene: scene.go("clb", dossier().school.clb_id),
        show="main > .smal",
        height=960,
    ),
    Shot("overdracht", "ankerfiguur", lambda s: s.go("overdracht", dossier().pk), height=620),
    Shot("uitnodigen", "ankerfiguur", school, show="section:has(> #uitnodigen) .smal", height=720),
    Shot("gesprek-voorbereiden", "ankerfiguur", talk_to_prepare, height=580),
    Shot(
        "oudergesprek-nieuw",
        "medewerker",
        lambda scene: scene.go("oudergesprek-nieuw", dossier().pk),
        height=620,
    ),
    Shot("bespreken", "team", lambda scene: stop_of_goal(scene, f"{GOAL}-v01"), show=""),
    Shot(
        "bespreken-telefoon",
        "team",
        lambda scene: stop_of_goal(scene, f"{GOAL}-v01"),
        show="",
        width=PHONE,
        height=740,
    ),
    Shot("inschalen", "team", lambda scene: stop_of_goal(scene, "score"), show="", height=640),
    Shot("actie-maken", "team", new_action, show="", height=720),
    Shot("actie-opvolgen", "team", open_action, show=".actie-rij.is-open", width=1060),
    Shot("fase-afronden", "team", end_of_phase, width=1060, height=720),
    Shot("routekaart", "team", lambda scene: scene.go("routekaart", dossier().pk), height=920),
    Shot("routekaart-lezen", "bestuur", lambda s: s.go("routekaart", dossier().pk), height=920),
    Shot("bevraging-openen", "team", new_survey),
    Shot("bevraging-invullen", "", survey_of_a_teacher, show="", width=PHONE, height=740),
    Shot("zin-wijzigen", "sts", sentences, show="#content-main .zinnen:nth-of-type(2)"),
    Shot("vrijgeven", "medewerker", talk_to_release, height=680),
    Shot("twee-teksten", "team", two_texts, show="[data-veld]:has(.conflict)"),
)
