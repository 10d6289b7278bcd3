from tests.access_matrix import LOGGED_IN, Row
from tests.conftest import Huis, load_material

ROWS = [
    Row("get", "toolbox", LOGGED_IN),
    Row("get", "materiaal", LOGGED_IN),
    Row("get", "materiaal-pdf", LOGGED_IN),
    Row("get", "materiaal-deel", LOGGED_IN),
    Row("get", "invulbladen-pdf", LOGGED_IN),
    # A user who may write in one dossier is redirected; nobody else has a dossier to choose.
    Row("get", "materiaal-starten", "302 200  200 302 302 302  200 302 302 302"),
]


def args(huis: Huis) -> dict[str, list]:
    load_material("mini-bevraging")
    slug = load_material("psychisch-kwetsbare-jongeren").materiaal.slug
    return {
        "materiaal": ["mini-bevraging"],
        "materiaal-pdf": ["mini-bevraging"],
        "materiaal-deel": [slug, "fase-0"],
        "invulbladen-pdf": [slug, "fase-0-t03"],
        "materiaal-starten": ["preventieplan"],
    }
