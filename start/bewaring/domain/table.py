"""How long what stays: one table, that `ruim_op` does and that people read.

It is the privacy page and docs/retention.md, which a test holds beside it. Each model of each app
stands in one row of it, those of Django and of packages too. We know of no law with a term for any
of it: each is a proposal, for the CLB to confirm.
"""

from datetime import date

from dialoogfiches.oudergesprekken.domain import retention
from dossiers.domain import DAYS_A_PDF_IS_KEPT, tidy_documents, untidy_documents
from dossiers.logboek.domain import forget_old, old_lines
from dossiers.logboek.models import DAGEN_BEWAARD
from dossiers.mensen.domain import verhuizen
from preventieplan.bestuur.domain import vaststellen
from preventieplan.inschalen.domain import rondes
from start.bewaring.domain import dossiers, technical
from start.bewaring.domain.of_people import PEOPLE
from start.bewaring.domain.rij import JAREN_LOG, MET_HET_DOSSIER, WACHTEN, Rij, Van
from start.bewaring.domain.tasks import Taak, deletion
from start.domain import erasing, oefendossier, vertrek, vertrek_clb
from start.notities import domain as notities

TABEL = (
    *PEOPLE,
    Rij(
        wat="Een dossier: plan, scores, acties, gesprekken, cijfers en routekaart, met elke "
        "eerdere tekst en wie die schreef, elke opmerking ernaast, en elke avond samen met wie er "
        "was",
        van=Van.SCHOOL,
        hoe_lang=f"{dossiers.SCHOOLJAREN} schooljaren na het schooljaar waarin er het laatst aan "
        "gewerkt werd.",
        waarom="De school leest terug wat ze afsprak, ook na een doorlichting: die komt minstens "
        "één keer in zes jaar.",
        daarna="Het wordt afgesloten, en het team en de ankerfiguren krijgen een mail. "
        f"{WACHTEN} later is het gewist; tot dan neemt de ankerfiguur het met één klik terug, "
        "en blijft het nog tot het einde van het volgende schooljaar.",
        models=(
            *("dossiers.Dossier", "dossiers.Voortzetting"),
            *("acties.Actie", "acties.Actierevisie"),
            *("acties.Checkmoment", "acties.Checkmomentrevisie"),
            *("acties.Trekker", "acties.Vervolg"),
            *("cijfers.Cijfers", "cijfers.Cijfergroep"),
            *("preventieplan.Antwoord", "preventieplan.Antwoordrevisie"),
            *("preventieplan.Inschaling", "preventieplan.Inschalingrevisie"),
            *("uitzoeken.Uitzoekvraag", "opmerkingen.Opmerking"),
            *("preventieplan.Prioriteit", "preventieplan.Planactie", "preventieplan.Checkscore"),
            *("routekaart.Routezinnen", "routekaart.Routezinnenrevisie"),
            *("gesprekken.Gesprek", "gesprekken.Gesprekrevisie"),
            *("gesprekken.Gesprekstap", "gesprekken.Gesprekstaprevisie"),
            *("gesprekken.Notitie", "gesprekken.Notitierevisie", "gesprekken.Gespreksactie"),
            *("gesprekken.Uitwerking", "gesprekken.Uitwerkingrevisie"),
            *("gesprekken.Voorbereiding", "gesprekken.VoorbereideVraag", "lezen.Leesactie"),
            *("avond.Avond", "avond.Agendapunt"),
            "regio.Bijdrage",
        ),
        taken=(
            Taak(
                "dossiers aangekondigd die lang genoeg bewaard zijn",
                due=lambda op: dossiers.kept_long_enough(op).count(),
                run=lambda op: dossiers.announce(op=op),
            ),
            Taak(
                "dossiers gewist",
                due=lambda op: erasing.due_dossiers(op).count(),
                run=lambda op: erasing.erase_due(op=op),
            ),
        ),
    ),
    Rij(
        wat="Antwoorden van een mini-bevraging, zonder naam en met alleen de dag",
        van=Van.SCHOOL,
        hoe_lang=f"{MET_HET_DOSSIER}.",
        waarom="Het team vergelijkt met wat het later opnieuw vraagt.",
        daarna="Gewist met het dossier.",
        models=(
            *("bevragingen.Bevraging", "bevragingen.Golf"),
            *("bevragingen.Inzending", "bevragingen.Openantwoord"),
        ),
    ),
    Rij(
        wat="Een spiegel: hoeveel leerkrachten elk antwoord kozen op vragen van het plan; geen "
        "naam, geen toestel, en alleen de dag",
        van=Van.SCHOOL,
        hoe_lang=f"{MET_HET_DOSSIER}.",
        waarom="Het team leest zijn antwoord naast dat van de leerkrachten.",
        daarna="Gewist met het dossier.",
        models=(
            *("spiegel.Spiegel", "spiegel.Spiegelvraag", "spiegel.Spiegeldag"),
            *("spiegel.Spiegelgolf", "spiegel.Golftelling"),
        ),
    ),
    Rij(
        wat="Een ronde om stil in te schalen: hoeveel mensen elke score gaven, en vanaf vijf "
        "scores wat ze erbij schreven; geen naam, geen toestel, geen uur",
        van=Van.SCHOOL,
        hoe_lang=f"{MET_HET_DOSSIER}, of tot een nieuwe ronde over dezelfde doelstelling. Een "
        "ronde die niemand toonde: één dag.",
        waarom="Het team leest terug hoe ver zijn scores uit elkaar lagen.",
        daarna="Gewist.",
        models=(
            *("inschalen.Ronde", "inschalen.Rondedoel"),
            *("inschalen.Stemmental", "inschalen.Zin"),
        ),
        taken=(
            deletion(
                "rondes gewist die niemand toonde",
                lambda op: rondes.unshown(before=technical.moment_on(op)),
            ),
        ),
    ),
    Rij(
        wat="Wat werkte, zoals een team het met andere scholen deelt, welke scholen het ook hielp "
        "en welke acties er elders naar gemaakt werden; de naam van de school alleen als het team "
        "dat aanvinkt, en nooit wie het schreef, nalas of meetelde",
        van=Van.SCHOOL,
        hoe_lang=f"{MET_HET_DOSSIER}, ook als de school naar een ander CLB gaat, of tot het team "
        "het intrekt.",
        waarom="Andere scholen leren ervan zolang de school er zelf bij kan om het te wijzigen of "
        "in te trekken.",
        daarna="Gewist met het dossier, of meteen als het team het intrekt: dan brengt ook geen "
        "kopie het terug. Wie er een eigen actie naar maakte, houdt die in eigen woorden.",
        models=("praktijken.Praktijk", "praktijken.HielpOok", "praktijken.Navolging"),
    ),
    Rij(
        wat="Dat een school of CLB iets over een regel van een materiaal zei, en niet wat",
        van=Van.SCHOOL,
        hoe_lang="Zolang de school of het CLB in STS-Dialoog staat.",
        waarom="Zo telt elke school één keer, en leest ze bij een nieuwere versie dat er iets mee "
        "gebeurde.",
        daarna="Gewist met de school of het CLB.",
        models=("reacties.Gezegd",),
    ),
    Rij(
        wat="Een vastgestelde routekaart: document en gegevens, met wat het bestuur antwoordde. Er "
        "staan functies op, en een naam alleen waar iemand die aanvinkte",
        van=Van.SCHOOL,
        hoe_lang=f"{vaststellen.JAREN} jaar vanaf de dag waarop ze vastgesteld werd, ook als het "
        "dossier eerder gewist wordt.",
        waarom="Een bestuur verantwoordt wat het besliste, ook bij een doorlichting: die komt "
        "minstens één keer in zes jaar. Wat vastligt, wijzigt niemand.",
        daarna="Gewist. Eerder kan niet: de databank weigert het. Stopt de school, dan gaat ze mee "
        "weg.",
        models=("bestuur.VastgesteldeRoutekaart", "bestuur.Bestuursantwoord"),
        taken=(deletion("vastgestelde routekaarten gewist", vaststellen.kept_long_enough),),
    ),
    Rij(
        wat="Vragen om een school naar een ander CLB te brengen: wie vroeg, wie bevestigde",
        van=Van.CLB,
        hoe_lang=f"Tot {JAREN_LOG} jaar nadat ze bevestigd of gestopt werden.",
        waarom="Even lang als het logboek, dat ze vermeldt.",
        daarna="Gewist.",
        models=("mensen.Verhuis",),
        taken=(deletion("voorbije vragen om een verhuis gewist", verhuizen.long_ended),),
    ),
    Rij(
        wat="Het oefendossier van een CLB",
        van=Van.CLB,
        hoe_lang="Tot iemand het leegmaakt, of tot het schooljaar om is.",
        waarom="Het is er om te oefenen.",
        daarna="Gewist. Alleen het nummer blijft, zodat een pagina van ervoor kan zeggen wat er "
        "gebeurde.",
        models=("dossiers.GeleegdDossier",),
        taken=(
            Taak(
                "oefendossiers van een vorig schooljaar gewist",
                due=lambda op: oefendossier.past_oefendossiers(op).count(),
                run=lambda op: oefendossier.erase_past(op=op),
            ),
        ),
    ),
    Rij(
        wat="PDF's van een dossier die iemand opvroeg",
        van=Van.SCHOOL,
        hoe_lang=f"{DAYS_A_PDF_IS_KEPT} dagen na de laatste keer.",
        waarom="Wie ze opnieuw vraagt, wacht niet.",
        daarna="Gewist. Een gesprek met ouders is daar nooit bij.",
        taken=(
            Taak(
                "bewaarde PDF's gewist",
                due=lambda _: untidy_documents(),
                run=lambda _: tidy_documents(),
            ),
        ),
    ),
    Rij(
        wat="De school: naam, instellingsnummer en gemeente, naam en logo op papier, en haar vrije "
        "dagen",
        van=Van.SCHOOL,
        hoe_lang="Tot de ankerfiguur van het CLB laat weten dat de school stopt.",
        waarom="Een dossier hoort bij een school.",
        daarna="Haar dossiers sluiten, en wie er een rol heeft, krijgt een mail. "
        f"{WACHTEN} later is alles gewist, ook de rollen; tot dan neemt de ankerfiguur het met "
        "één klik terug. Van een gesprek met ouders dat een vorig CLB er voerde, wachten we de "
        "eigen dag af.",
        models=("mensen.School", "briefhoofd.Briefhoofd", "kalender.VrijeDag"),
        taken=(
            Taak(
                "scholen gewist die stopten",
                due=lambda op: vertrek.due_schools(op).count(),
                run=lambda op: vertrek.erase_schools_due(op=op),
            ),
        ),
    ),
    Rij(
        wat="Gesprekken met ouders: versleuteld, onder een schuilnaam, met elke eerdere tekst en "
        "met wie het gedeeld is",
        van=Van.CLB,
        hoe_lang="Tot de dag die de auteur kiest, en hoogstens tot 31 augustus van het volgende "
        "schooljaar.",
        waarom="Er kan iets over gezondheid of overtuiging in staan (AVG, artikel 9): zo kort als "
        "het werk toelaat. Het dossier van de leerling is dat in het eigen systeem van het CLB.",
        daarna="Gewist, met een regel in het logboek zonder inhoud. De auteur wist het vroeger "
        "wanneer die wil, of als een ouder het vraagt.",
        models=(
            *("oudergesprekken.Oudergesprek", "oudergesprekken.Oudergesprekrevisie"),
            *("oudergesprekken.Ouderthema", "oudergesprekken.Ouderthemarevisie"),
            *("oudergesprekken.Oudernotitie", "oudergesprekken.Oudernotitierevisie"),
            "oudergesprekken.Deling",
        ),
        taken=(
            Taak(
                "gesprekken met ouders gewist",
                due=lambda op: retention.due_talks(op).count(),
                run=lambda op: retention.purge(op=op),
            ),
            Taak(
                "gesprekken met ouders gewist die niemand nog kon openen",
                due=lambda op: retention.due_left_behind(op).count(),
                run=lambda op: retention.purge_left_behind(op=op),
            ),
        ),
    ),
    Rij(
        wat="Notities van een CLB over zijn werk met een school: versleuteld, en zonder eerdere "
        "teksten",
        van=Van.CLB,
        hoe_lang="Tot 31 augustus van het volgende schooljaar, of tot het dossier eerder weggaat.",
        waarom="Wie de school volgend schooljaar volgt, leest terug wat er speelde; daarna is het "
        "voorbij.",
        daarna="Gewist. Wie voor het CLB werkt, maakt ze vroeger leeg wanneer die wil.",
        models=("notities.Gidsnotitie", "notities.Gidsnotitierevisie"),
        taken=(
            Taak(
                "notities van een CLB gewist",
                due=lambda op: notities.due_notes(op).count(),
                run=lambda op: notities.purge(op=op),
                again=True,
            ),
        ),
    ),
    Rij(
        wat="Wat het CLB uit zo'n gesprek vrijgaf voor de school",
        van=Van.CLB,
        hoe_lang="Tot de dag die de auteur koos, nooit langer dan het gesprek mocht.",
        waarom="De school weet het zolang ze er iets mee doet.",
        daarna="Gewist. Een actie die eruit groeide, blijft in het dossier, zonder verwijzing.",
        models=("oudergesprekken.Vrijgave",),
        taken=(
            Taak(
                "vrijgaven voor een school gewist",
                due=lambda op: retention.due_vrijgaven(op).count(),
                run=lambda op: retention.purge_vrijgaven(op=op),
            ),
        ),
    ),
    Rij(
        wat="Het CLB: naam en instellingsnummer, en de sociale kaart",
        van=Van.CLB,
        hoe_lang="Zolang het CLB met STS-Dialoog werkt.",
        waarom="Een school hoort bij een CLB. De sociale kaart noemt diensten, geen cliënten.",
        daarna="Een ankerfiguur vraagt dat het CLB stopt, en het STS-team bevestigt. "
        f"{WACHTEN} later zijn het CLB en zijn scholen gewist. Wie voor het CLB werkt, haalt een "
        "dienst van de kaart.",
        models=("mensen.CLB", "mensen.Vertrek", "sociale_kaart.Voorziening"),
        taken=(
            Taak(
                "CLB's gewist die stopten",
                due=lambda op: vertrek_clb.due_clbs(op).count(),
                run=lambda op: vertrek_clb.erase_clbs_due(op=op),
            ),
        ),
    ),
    Rij(
        wat="Het logboek: wie wanneer wat deed, nooit wat iemand schreef; en wat de ankerfiguren "
        "hoorden over wie toegang kreeg",
        van=Van.CLB,
        hoe_lang=f"{JAREN_LOG} jaar ({DAGEN_BEWAARD} dagen).",
        waarom="Zo lang kan een gesprek met ouders bestaan: wie het las, is na te gaan zolang het "
        "er was.",
        daarna="Gewist. Eerder kan niet: de databank weigert het.",
        models=("logboek.Logregel", "mensen.Aankondiging"),
        taken=(
            Taak(
                "regels van het logboek gewist",
                due=lambda _: old_lines().count(),
                run=lambda _: forget_old(),
                again=True,
            ),
        ),
    ),
    Rij(
        wat="Wat het STS-team in het beheer wijzigde: wie, wanneer en welk veld",
        van=Van.CLB,
        hoe_lang=f"{JAREN_LOG} jaar, zoals het logboek.",
        waarom="Wie rechten geeft, moet dat kunnen uitleggen.",
        daarna="Gewist. De naam van wie gewist werd, gaat er meteen uit.",
        models=("admin.LogEntry",),
        taken=(deletion("regels van het beheer gewist", technical.old_admin_lines),),
    ),
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


def taken() -> list[Taak]:
    """All that `ruim_op` does, in the order of the table."""
    return [taak for rij in TABEL for taak in rij.taken]


def forget_again(*, op: date) -> None:
    """Do in a restored backup, before anybody sees it, what was due of what only has a term.

    What the wislijst holds was seen to already. Raises whatever goes wrong.
    """
    for taak in taken():
        if taak.again:
            for _ in taak.run(op):
                pass


def by_owner() -> list[tuple[Van, list[Rij]]]:
    """The rows as people read them."""
    return [(van, [rij for rij in TABEL if rij.van == van]) for van in Van]
