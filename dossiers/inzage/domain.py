"""What each kind of event is called in a sentence, and who reads which.

A sentence says who did what. It never says what stood in it: the log does not have that.
"""

from dataclasses import dataclass

from django.db import models

from dossiers.logboek.models import Handelingen


class Groep(models.TextChoices):
    """Kinds of events that belong together, to choose from."""

    INLOGGEN = "inloggen", "Inloggen en weigeringen"
    MENSEN = "mensen", "Mensen en rollen"
    WERK = "werk", "Dossier, acties en gesprekken"
    PAPIER = "papier", "Afgedrukt en opgehaald"
    OUDERS = "ouders", "Gesprekken met ouders"
    NOTITIES = "notities", "Notities van het CLB"
    WISSEN = "wissen", "Wissen"
    BEHEER = "beheer", "Organisaties en materialen"


@dataclass(frozen=True)
class Soort:
    """A kind of event.

    zin: with {door}, who did it; {wie}, whom it is about; {rol}, in which role.
    zelf: the sentence when those two are the same person; "" for the same one.
    """

    groep: Groep
    zin: str
    zelf: str = ""


SOORTEN = {
    Handelingen.INGELOGD: Soort(Groep.INLOGGEN, "{door} logde in."),
    Handelingen.INGELOGD_ACMIDM: Soort(Groep.INLOGGEN, "{door} logde in via ACM/IDM."),
    Handelingen.INGELOGD_ENTRA: Soort(Groep.INLOGGEN, "{door} logde in via Microsoft."),
    Handelingen.INGELOGD_GOOGLE: Soort(Groep.INLOGGEN, "{door} logde in via Google."),
    Handelingen.UITGELOGD: Soort(Groep.INLOGGEN, "{door} logde uit."),
    Handelingen.SESSIE_BEEINDIGD: Soort(
        Groep.INLOGGEN, "{door} logde zichzelf uit op andere toestellen."
    ),
    Handelingen.INLOGGEN_MISLUKT: Soort(
        Groep.INLOGGEN, "Iemand probeerde in te loggen als {wie}, en dat lukte niet."
    ),
    Handelingen.INLOGGEN_GEBLOKKEERD: Soort(
        Groep.INLOGGEN, "Inloggen als {wie} was even geblokkeerd, na te veel pogingen."
    ),
    Handelingen.TOEGANG_GEWEIGERD: Soort(
        Groep.INLOGGEN, "{door} vroeg iets van dit dossier zonder er recht op te hebben."
    ),
    Handelingen.ELDERS_GEWEIGERD: Soort(
        Groep.INLOGGEN, "{door} vroeg een dossier van een ander CLB, en kreeg geen toegang."
    ),
    Handelingen.UITGENODIGD: Soort(Groep.MENSEN, "{door} nodigde iemand uit."),
    Handelingen.UITNODIGING_INGETROKKEN: Soort(Groep.MENSEN, "{door} trok een uitnodiging in."),
    Handelingen.LID_GEWORDEN: Soort(
        Groep.MENSEN,
        "{door} gaf {wie} een rol: {rol}.",
        zelf="{door} nam een uitnodiging aan, als {rol}.",
    ),
    Handelingen.LIDMAATSCHAP_GEVRAAGD: Soort(
        Groep.MENSEN, "{door} vroeg via een andere dienst om mee te doen."
    ),
    Handelingen.LIDMAATSCHAP_GEWEIGERD: Soort(
        Groep.MENSEN, "{door} weigerde iemand die vroeg om mee te doen."
    ),
    Handelingen.LIDMAATSCHAP_BEEINDIGD: Soort(
        Groep.MENSEN,
        "{door} beëindigde de rol van {wie}: {rol}.",
        zelf="De rol van {wie} als {rol} eindigde, door een andere rol in die school.",
    ),
    Handelingen.LIDMAATSCHAP_BEVESTIGD: Soort(
        Groep.MENSEN, "{door} bevestigde de rol van {wie}: {rol}.", zelf="{door} bevestigde: {rol}."
    ),
    Handelingen.LIDMAATSCHAP_LOOPT_AF: Soort(
        Groep.MENSEN, "{door} zette een einddatum op de rol van {wie}: {rol}."
    ),
    Handelingen.ACCOUNT_GEMAAKT: Soort(Groep.MENSEN, "{door} maakte een account voor {wie}."),
    Handelingen.NAAM_GEWIJZIGD: Soort(
        Groep.MENSEN,
        "{door} wijzigde de naam van {wie}.",
        zelf="{door} wijzigde de eigen naam.",
    ),
    Handelingen.EMAIL_GEWIJZIGD: Soort(Groep.MENSEN, "{door} wijzigde het e-mailadres van {wie}."),
    Handelingen.ACTIEF_GEWIJZIGD: Soort(Groep.MENSEN, "{door} zette het account van {wie} uit."),
    Handelingen.ACCOUNT_AANGEZET: Soort(
        Groep.MENSEN, "{door} zette het account van {wie} weer aan."
    ),
    Handelingen.GEGEVENS_OPGEHAALD: Soort(
        Groep.MENSEN,
        "{door} haalde op wat er over {wie} bewaard is.",
        zelf="{door} haalde op wat er over zichzelf bewaard is.",
    ),
    Handelingen.AGENDA_GEMAAKT: Soort(
        Groep.MENSEN, "{door} maakte een adres waarmee een agenda buiten STS-Dialoog meeleest."
    ),
    Handelingen.AGENDA_INGETROKKEN: Soort(Groep.MENSEN, "{door} trok het adres van een agenda in."),
    Handelingen.BEHEER_GEWIJZIGD: Soort(
        Groep.MENSEN, "{door} wijzigde of {wie} in het beheer mag."
    ),
    Handelingen.ORGANISATIES_GEWIJZIGD: Soort(
        Groep.MENSEN, "{door} wijzigde of {wie} organisaties mag beheren."
    ),
    Handelingen.GEBRUIKERS_GEWIJZIGD: Soort(
        Groep.MENSEN, "{door} wijzigde of {wie} accounts mag beheren."
    ),
    Handelingen.MATERIALEN_GEWIJZIGD: Soort(
        Groep.MENSEN, "{door} wijzigde of {wie} materialen mag bewerken."
    ),
    Handelingen.PLGLID_GEWORDEN: Soort(Groep.MENSEN, "{door} maakte {wie} lid van een PLG."),
    Handelingen.PLGLID_BEEINDIGD: Soort(
        Groep.MENSEN, "{door} beëindigde het lidmaatschap van {wie} van een PLG."
    ),
    Handelingen.DOSSIER_GEOPEND: Soort(Groep.WERK, "{door} opende dit dossier."),
    Handelingen.DOSSIER_AFGESLOTEN: Soort(Groep.WERK, "{door} sloot dit dossier af."),
    Handelingen.DOSSIER_HEROPEND: Soort(Groep.WERK, "{door} heropende dit dossier."),
    Handelingen.SCHOOLJAAR_GESTART: Soort(
        Groep.WERK, "{door} begon dit schooljaar verder op het vorige dossier."
    ),
    Handelingen.SCHOOLJAAR_ONGEDAAN: Soort(
        Groep.WERK, "{door} maakte de start van het volgende schooljaar ongedaan."
    ),
    Handelingen.OEFENDOSSIER_GELEEGD: Soort(Groep.WERK, "{door} maakte het oefendossier leeg."),
    Handelingen.ACTIE_GESCHRAPT: Soort(Groep.WERK, "{door} schrapte een actie."),
    Handelingen.ACTIE_TERUGGEZET: Soort(Groep.WERK, "{door} zette een geschrapte actie terug."),
    Handelingen.TREKKERS_GEKOZEN: Soort(Groep.WERK, "{door} koos wie een actie doet."),
    Handelingen.UITZOEKEN_GEGEVEN: Soort(Groep.WERK, "{door} koos wie een vraag uitzoekt."),
    Handelingen.PRAKTIJK_VERTELD: Soort(Groep.WERK, "{door} vertelde wat werkte."),
    Handelingen.PRAKTIJK_DOORGESTUURD: Soort(
        Groep.WERK, "{door} stuurde een praktijk door naar de PLG."
    ),
    Handelingen.PRAKTIJK_GEVRAAGD: Soort(
        Groep.WERK, "{door} vroeg het team iets over een praktijk."
    ),
    Handelingen.PRAKTIJK_GOEDGEKEURD: Soort(
        Groep.WERK, "{door} zette een praktijk van deze school in de toolbox."
    ),
    Handelingen.PRAKTIJK_INGETROKKEN: Soort(Groep.WERK, "{door} trok een praktijk in."),
    Handelingen.VERSIE_OVERGENOMEN: Soort(
        Groep.WERK, "{door} nam een nieuwere versie van een materiaal in gebruik."
    ),
    Handelingen.PRIORITEITEN_GEKOZEN: Soort(
        Groep.WERK, "{door} koos de prioriteiten van een fase."
    ),
    Handelingen.GESPREK_GESCHRAPT: Soort(Groep.WERK, "{door} schrapte een gesprek."),
    Handelingen.GESPREK_TERUGGEZET: Soort(Groep.WERK, "{door} zette een geschrapt gesprek terug."),
    Handelingen.RONDE_GEOPEND: Soort(Groep.WERK, "{door} opende een ronde om stil in te schalen."),
    Handelingen.RONDE_GETOOND: Soort(
        Groep.WERK, "{door} toonde hoe de scores van een stille ronde liggen."
    ),
    Handelingen.RONDE_GESTOPT: Soort(
        Groep.WERK, "{door} stopte een stille ronde zonder iets te tonen."
    ),
    Handelingen.AVOND_BEGONNEN: Soort(Groep.WERK, "{door} begon een avond met de school."),
    Handelingen.AVOND_WEGGEHAALD: Soort(Groep.WERK, "{door} haalde een avond met de school weg."),
    Handelingen.VERSLAG_PDF: Soort(
        Groep.PAPIER, "{door} opende het verslag van een avond als PDF."
    ),
    Handelingen.VERSLAG_GEMAILD: Soort(
        Groep.WERK, "{door} mailde het team de link naar het verslag van een avond."
    ),
    Handelingen.BEVRAGING_GEOPEND: Soort(
        Groep.WERK, "{door} opende een bevraging, met een link om te antwoorden."
    ),
    Handelingen.BEVRAGING_GEWIJZIGD: Soort(
        Groep.WERK, "{door} koos een andere laatste dag voor een bevraging."
    ),
    Handelingen.BEVRAGING_GESLOTEN: Soort(
        Groep.WERK, "{door} sloot een bevraging: de link werkt niet meer."
    ),
    Handelingen.BEVRAGING_HEROPEND: Soort(
        Groep.WERK, "{door} heropende een bevraging: de link werkt weer."
    ),
    Handelingen.ANTWOORDEN_OPZIJGEZET: Soort(
        Groep.WERK, "{door} zette antwoorden van een bevraging opzij."
    ),
    Handelingen.ANTWOORDEN_TERUGGEZET: Soort(
        Groep.WERK, "{door} liet opzijgezette antwoorden van een bevraging weer meetellen."
    ),
    Handelingen.ROUTEKAART_VASTGESTELD: Soort(Groep.WERK, "{door} stelde de routekaart vast."),
    Handelingen.BESTUURSLINK_GEMAAKT: Soort(
        Groep.WERK, "{door} gaf het schoolbestuur een link naar een vastgestelde routekaart."
    ),
    Handelingen.BESTUURSLINK_INGETROKKEN: Soort(
        Groep.WERK, "{door} trok een link van het schoolbestuur in."
    ),
    Handelingen.BESTUUR_ANTWOORDDE: Soort(
        Groep.WERK, "{door} kreeg een antwoord van het schoolbestuur op een routekaart."
    ),
    Handelingen.VASTGESTELD_OPGEHAALD: Soort(
        Groep.PAPIER, "{door} haalde een vastgestelde routekaart op."
    ),
    Handelingen.PLAN_PDF: Soort(Groep.PAPIER, "{door} opende het preventieplan als PDF."),
    Handelingen.OVERZICHT_PDF: Soort(
        Groep.PAPIER, "{door} opende het overzicht van de acties als PDF."
    ),
    Handelingen.ROUTEKAART_PDF: Soort(Groep.PAPIER, "{door} opende de routekaart als PDF."),
    Handelingen.GESPREK_PDF: Soort(Groep.PAPIER, "{door} opende een gesprek als PDF."),
    Handelingen.VRAGENBLAD_PDF: Soort(
        Groep.PAPIER, "{door} opende het vragenblad van een gesprek als PDF."
    ),
    Handelingen.AFSPRAAK_OPGEHAALD: Soort(
        Groep.PAPIER, "{door} haalde de afspraak voor een gesprek op, voor de agenda."
    ),
    Handelingen.RESULTAAT_PDF: Soort(
        Groep.PAPIER, "{door} opende het resultaat van een bevraging als PDF."
    ),
    Handelingen.POSTER_PDF: Soort(
        Groep.PAPIER, "{door} opende de poster van een bevraging als PDF."
    ),
    Handelingen.OVERDRACHT_PDF: Soort(Groep.PAPIER, "{door} opende de overdracht als PDF."),
    Handelingen.LOGBOEK_OPGEHAALD: Soort(Groep.PAPIER, "{door} haalde dit logboek op als .csv."),
    Handelingen.OVERZICHT_OPGEHAALD: Soort(
        Groep.PAPIER, "{door} haalde het overzicht van de scholen op als bestand."
    ),
    Handelingen.DOSSIER_UITGEVOERD: Soort(
        Groep.PAPIER, "{door} haalde heel het dossier op, als ZIP."
    ),
    Handelingen.NOTITIES_GELEZEN: Soort(Groep.NOTITIES, "{door} las de notities van het CLB."),
    Handelingen.NOTITIES_GESCHREVEN: Soort(
        Groep.NOTITIES, "{door} schreef in de notities van het CLB."
    ),
    Handelingen.OUDERGESPREK_GEMAAKT: Soort(Groep.OUDERS, "{door} begon een gesprek met ouders."),
    Handelingen.OUDERGESPREK_GELEZEN: Soort(Groep.OUDERS, "{door} las een gesprek met ouders."),
    Handelingen.OUDERGESPREK_PDF: Soort(
        Groep.OUDERS, "{door} opende een gesprek met ouders als PDF."
    ),
    Handelingen.OUDERGESPREK_GEDEELD: Soort(
        Groep.OUDERS, "{door} deelde een gesprek met ouders met een collega."
    ),
    Handelingen.OUDERGESPREK_ONTDEELD: Soort(
        Groep.OUDERS, "{door} deelt een gesprek met ouders niet meer met een collega."
    ),
    Handelingen.OUDERGESPREK_GEWIST: Soort(Groep.OUDERS, "{door} wiste een gesprek met ouders."),
    Handelingen.OUDERGESPREK_WISSEN_GEVRAAGD: Soort(
        Groep.OUDERS, "{door} vroeg om een achtergebleven gesprek met ouders te wissen."
    ),
    Handelingen.OUDERGESPREK_WISSEN_TERUG: Soort(
        Groep.OUDERS, "{door} nam terug dat een achtergebleven gesprek met ouders gewist wordt."
    ),
    Handelingen.VRIJGEGEVEN: Soort(
        Groep.OUDERS, "{door} gaf iets uit een gesprek met ouders vrij."
    ),
    Handelingen.VRIJGAVE_INGETROKKEN: Soort(Groep.OUDERS, "{door} trok een vrijgegeven tekst in."),
    Handelingen.VRIJGAVE_GELEZEN: Soort(Groep.OUDERS, "{door} las een vrijgegeven tekst."),
    Handelingen.DOSSIER_WISSEN_GEVRAAGD: Soort(
        Groep.WISSEN, "{door} vroeg om dit dossier te wissen, ten vroegste over 30 dagen."
    ),
    Handelingen.DOSSIER_WISSEN_TERUG: Soort(
        Groep.WISSEN, "{door} nam terug dat dit dossier gewist wordt."
    ),
    Handelingen.DOSSIER_GEWIST: Soort(
        Groep.WISSEN, "{door} wiste dit dossier, met alles wat erin stond."
    ),
    Handelingen.SCHOOL_WISSEN_GEVRAAGD: Soort(
        Groep.WISSEN, "{door} vroeg om deze school te wissen, met al haar dossiers."
    ),
    Handelingen.SCHOOL_WISSEN_TERUG: Soort(
        Groep.WISSEN, "{door} nam terug dat deze school gewist wordt."
    ),
    Handelingen.SCHOOL_GEWIST: Soort(Groep.WISSEN, "{door} wiste een school."),
    Handelingen.CLB_WISSEN_GEVRAAGD: Soort(
        Groep.WISSEN, "{door} vroeg om dit CLB te wissen, met al zijn scholen."
    ),
    Handelingen.CLB_WISSEN_BEVESTIGD: Soort(
        Groep.WISSEN, "{door} bevestigde dat dit CLB gewist wordt."
    ),
    Handelingen.CLB_WISSEN_TERUG: Soort(Groep.WISSEN, "{door} nam terug dat dit CLB gewist wordt."),
    Handelingen.CLB_GEWIST: Soort(Groep.WISSEN, "{door} wiste dit CLB."),
    Handelingen.ACCOUNT_WISSEN_GEVRAAGD: Soort(
        Groep.WISSEN,
        "{door} vroeg om het account van {wie} te wissen, over 30 dagen.",
        zelf="{door} vroeg om het eigen account te wissen, over 30 dagen.",
    ),
    Handelingen.ACCOUNT_GEWIST: Soort(
        Groep.WISSEN, "{door} wiste een account: wie het had, staat er niet meer bij."
    ),
    Handelingen.TWEEDE_STAP_GEWIJZIGD: Soort(
        Groep.INLOGGEN, "{door} stelde een tweede stap in, of haalde er een weg."
    ),
    Handelingen.AANMELDING_GEKOPPELD: Soort(
        Groep.INLOGGEN, "{door} koppelde een andere manier om in te loggen."
    ),
    Handelingen.AANMELDING_ONTKOPPELD: Soort(
        Groep.INLOGGEN, "{door} maakte een andere manier om in te loggen los."
    ),
    Handelingen.AANMELDING_GEWEIGERD: Soort(
        Groep.INLOGGEN, "Een aanmelding bij een andere dienst werd geweigerd voor {wie}."
    ),
    Handelingen.HERSTEL_GEVRAAGD: Soort(
        Groep.INLOGGEN, "{door} vroeg om een nieuwe tweede stap, want die is weg."
    ),
    Handelingen.HERSTEL_BEVESTIGD: Soort(
        Groep.INLOGGEN, "{door} bevestigde dat {wie} een nieuwe tweede stap vraagt."
    ),
    Handelingen.HERSTEL_GESTOPT: Soort(
        Groep.INLOGGEN, "De vraag om een nieuwe tweede stap voor {wie} werd gestopt."
    ),
    Handelingen.HERSTEL_AFGEROND: Soort(
        Groep.INLOGGEN, "{door} kan een nieuwe tweede stap instellen: twee collega's bevestigden."
    ),
    Handelingen.GESPREKKEN_GESLOTEN: Soort(
        Groep.OUDERS,
        "De gesprekken met ouders van {wie} gingen dicht, want {door} wijzigde het adres.",
    ),
    Handelingen.GESPREKKEN_WEER_OPEN: Soort(
        Groep.OUDERS, "De gesprekken met ouders van {wie} gingen weer open."
    ),
    Handelingen.CLB_TOEGEVOEGD: Soort(Groep.BEHEER, "{door} voegde dit CLB toe."),
    Handelingen.CLB_GEWIJZIGD: Soort(Groep.BEHEER, "{door} wijzigde de gegevens van dit CLB."),
    Handelingen.SCHOOL_TOEGEVOEGD: Soort(Groep.BEHEER, "{door} voegde deze school toe."),
    Handelingen.SCHOOL_GEWIJZIGD: Soort(
        Groep.BEHEER, "{door} wijzigde de gegevens van deze school."
    ),
    Handelingen.SCHOOL_VERHUISD: Soort(
        Groep.BEHEER, "{door} bracht deze school naar een ander CLB."
    ),
    Handelingen.VERHUIS_GEVRAAGD: Soort(
        Groep.BEHEER, "{door} vroeg om deze school naar een ander CLB te brengen."
    ),
    Handelingen.VERHUIS_GESTOPT: Soort(
        Groep.BEHEER, "{door} stopte de vraag om deze school naar een ander CLB te brengen."
    ),
    Handelingen.BRIEFHOOFD_GEWIJZIGD: Soort(
        Groep.BEHEER, "{door} wijzigde naam, contact of logo op wat afgedrukt wordt."
    ),
    Handelingen.SOCIALE_KAART_GEWIJZIGD: Soort(Groep.BEHEER, "{door} wijzigde de sociale kaart."),
    Handelingen.VRIJE_DAGEN_GEWIJZIGD: Soort(Groep.BEHEER, "{door} wijzigde vrije dagen."),
    Handelingen.VERSIE_GEMAAKT: Soort(Groep.BEHEER, "{door} maakte een concept van een materiaal."),
    Handelingen.VERSIE_GEPUBLICEERD: Soort(Groep.BEHEER, "{door} publiceerde een materiaal."),
    Handelingen.REDEN_GEWIST: Soort(
        Groep.BEHEER, "{door} wiste wat iemand over een regel van een materiaal schreef."
    ),
    Handelingen.KOPIE_TERUGGEZET: Soort(
        Groep.BEHEER, "{door} zette een kopie van de databank terug."
    ),
}
# Not for the page of a dossier: who was refused is for the CLB to look into, and a school does not
# even hear that there are talks with parents, or notes of the CLB.
ALLEEN_CLB = (Groep.INLOGGEN, Groep.OUDERS, Groep.NOTITIES)


def kinds_in(groepen: tuple[Groep, ...]) -> list[str]:
    """The kinds of events in these groups."""
    return [str(handeling) for handeling, soort in SOORTEN.items() if soort.groep in groepen]


def sentence(handeling: str, *, door: str, wie: str, rol: str) -> str:
    """What happened, in a sentence.

    door: who did it; wie: whom it is about, "" for nobody; rol: "" when it is not about one, or
    about one that is gone.
    """
    soort = SOORTEN[Handelingen(handeling)]
    template = soort.zelf if soort.zelf and door == wie else soort.zin
    if not rol:
        # It went with its account or its school; that there was one is all that is left.
        template = template.replace(": {rol}", "")
    return template.format(door=door, wie=wie or "iemand", rol=rol)
