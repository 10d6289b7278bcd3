"""How long what tells of nobody stays, and what the server keeps; the rest is in table.py."""

from start.bewaring.domain.rij import Rij, Van

OF_NOBODY = (
    Rij(
        wat="Cijfers van een provincie: hoeveel scholen welke score of stand gaven. Vanaf vijf "
        "scholen van twee CLB's, per maand; geen school staat erin",
        van=Van.TECHNIEK,
        hoe_lang="Onbeperkt.",
        waarom="Wie later kijkt, ziet waar scholen samen over praatten. Ze zeggen over geen school "
        "iets.",
        daarna="Blijven.",
        models=("regio.Regiocijfer", "regio.Rekenmaand"),
    ),
    Rij(
        wat="Wat scholen en CLB's over een regel van een materiaal zeggen: dit werkt, of niet en "
        "waarom. Geen school, geen CLB en niemand staat erbij; niveau en provincie alleen waar "
        "vijf scholen die delen",
        van=Van.TECHNIEK,
        hoe_lang="Onbeperkt.",
        waarom="De PLG leest het zodra er van vijf scholen iets is, en bij elke volgende versie "
        "opnieuw. Niemand kan nog zeggen van wie het komt, dus ook niet wat van één school is.",
        daarna="Blijft. Leest de PLG er een naam in, dan wist ze de woorden: dan brengt ook geen "
        "kopie ze terug.",
        models=("reacties.Reactie", "reacties.Reactiemaand"),
    ),
    Rij(
        wat="De materialen: doelen, vragen en fiches",
        van=Van.TECHNIEK,
        hoe_lang="Zolang er een dossier of gesprek op die versie is, en daarna als archief.",
        waarom="Een antwoord zegt niets zonder zijn vraag. Er staat niets over personen in.",
        daarna="Niets.",
        models=(
            *("materialen.Materiaal", "materialen.Materiaalversie"),
            *("preventieplan.Trede", "preventieplan.Doelstelling", "preventieplan.Checklistvraag"),
            *("dialoogfiches.Onderdeel", "dialoogfiches.Rubriek", "dialoogfiches.Item"),
        ),
    ),
    Rij(
        wat="Wat een PLG over de regels van een materiaal besliste: wat er stond en sinds wanneer, "
        "niet wie het besliste",
        van=Van.TECHNIEK,
        hoe_lang="Zolang de versie van het materiaal bestaat.",
        waarom="Wie het materiaal leest, ziet welke woorden van de bron zijn en welke niet meer.",
        daarna="Gaat mee weg met een concept dat niemand publiceerde.",
        models=("regels.Regelbesluit",),
    ),
    Rij(
        wat="Lijsten die het raamwerk zelf bijhoudt: soorten records en rechten",
        van=Van.TECHNIEK,
        hoe_lang="Altijd.",
        waarom="Er staat niets over personen in, en groepen worden niet gebruikt.",
        daarna="Niets.",
        models=(
            *("auth.Permission", "auth.Group", "auth.Group_permissions"),
            "contenttypes.ContentType",
        ),
    ),
    Rij(
        wat="Reservekopieën van de databank, zonder sessies en tellers",
        van=Van.TECHNIEK,
        hoe_lang="Zolang wie de server beheert ze houdt; de meegeleverde nachttaak houdt ze 28 "
        "dagen.",
        waarom="Na een ramp komt het werk van iedereen terug.",
        daarna="Gewist. Wordt er een teruggezet, dan gaat wat intussen gewist was er opnieuw uit.",
    ),
    Rij(
        wat="De wislijst: het toevalsnummer van wat voorgoed gewist is",
        van=Van.TECHNIEK,
        hoe_lang="Zolang er een reservekopie is waar het nog in zit.",
        waarom="Zo brengt geen kopie terug wat gewist was. Er staat niets in van wat het was.",
        daarna="Wie de server beheert, mag de oude regels weghalen.",
    ),
    Rij(
        wat="Het log van de server: fouten, nooit wat iemand typte",
        van=Van.TECHNIEK,
        hoe_lang="Zolang wie de server beheert het houdt; enkele weken is genoeg.",
        waarom="Zo vindt men waarom iets niet lukte.",
        daarna="Gewist door de server.",
    ),
)
