"""How long what is about somebody stays; the rest of the table is in table.py."""

from django.conf import settings

from dossiers.mensen.domain import herstel, inactief, nacht, sessies, uitnodigingen, wissen
from preventieplan.bestuur.domain import codes, links
from start.bewaring.domain import technical
from start.bewaring.domain.rij import WACHTEN, Rij, Van
from start.bewaring.domain.tasks import Taak, deletion
from start.herinneringen.domain import retention as herinneringen

PEOPLE = (
    Rij(
        wat="Je account: naam, e-mailadres en rechten, en je wachtwoord als vingerafdruk",
        van=Van.JOU,
        hoe_lang="Tot je het laat wissen, of tot je twee jaar niet inlogde. Een maand vooraf krijg "
        "je een mail: één keer inloggen volstaat om het te houden.",
        waarom="Je kan maar inloggen zolang we weten wie je bent. Een schoolbestuur komt een paar "
        "keer per jaar; na twee jaar komt niemand nog.",
        daarna=f"Het account gaat uit. {WACHTEN} later gaan je naam en je adres weg. Wat je samen "
        "met anderen invulde, blijft staan als van ‘Gewist account’.",
        models=(
            *("mensen.User", "mensen.User_groups", "mensen.User_user_permissions"),
            *("account.EmailAddress", "account.EmailConfirmation"),
        ),
        taken=(
            Taak(
                "accounts verwittigd dat ze lang niet gebruikt werden",
                due=lambda op: inactief.to_warn(op).count(),
                run=lambda op: inactief.warn(op=op),
            ),
            Taak(
                "ongebruikte accounts uitgezet",
                due=lambda op: inactief.to_turn_off(op).count(),
                run=lambda op: inactief.turn_off(op=op),
            ),
            Taak(
                "accounts gewist",
                due=lambda op: wissen.due_accounts(op).count(),
                run=lambda op: wissen.erase_accounts_due(op=op),
            ),
        ),
    ),
    Rij(
        wat="Je tweede stap om in te loggen: app, passkeys en herstelcodes, versleuteld",
        van=Van.JOU,
        hoe_lang="Tot je ze weghaalt.",
        waarom="Zonder tweede stap komt wie je wachtwoord heeft in je account.",
        daarna="Gewist, ook als je account gewist wordt.",
        models=("mfa.Authenticator",),
    ),
    Rij(
        wat="Je rollen: in welke school of bij welk CLB, van wanneer tot wanneer",
        van=Van.JOU,
        hoe_lang="Zolang je account en de school of het CLB bestaan, ook een rol die voorbij is.",
        waarom="Het logboek en de geschiedenis van een tekst zeggen zo wie iemand was.",
        daarna="Zonder account blijft de rol staan, van ‘Gewist account’. Met de school of het CLB "
        "gaat ze weg.",
        models=("mensen.Lidmaatschap",),
    ),
    Rij(
        wat="Van welke PLG je lid bent of was, welke regels van een materiaal je nakeek, en wat je "
        "erbij schreef",
        van=Van.JOU,
        hoe_lang="Zolang je account en het materiaal bestaan. Een opmerking haal je zelf weg.",
        waarom="De leden van een PLG zien wie een regel al las, en waarover ze het nog hebben.",
        daarna="Zonder account blijft het staan, van ‘Gewist account’.",
        models=("mensen.Plglid", "regels.Nagekeken", "regels.Regelopmerking"),
    ),
    Rij(
        wat="Uitnodigingen: het adres, de naam en het woordje van wie uitnodigde",
        van=Van.JOU,
        hoe_lang=f"{settings.UITNODIGING_DAGEN} dagen, en daarna nog "
        f"{uitnodigingen.BEWAARD_NA_EINDE.days} dagen. Aanvaard of ingetrokken: "
        f"{uitnodigingen.BEWAARD_NA_EINDE.days} dagen vanaf dan.",
        waarom="Zo leest wie te laat klikt wat er met de link is.",
        daarna="Gewist. Dat er iemand uitgenodigd werd, staat in het logboek, zonder adres.",
        models=("mensen.Uitnodiging",),
        taken=(deletion("voorbije uitnodigingen gewist", uitnodigingen.long_ended),),
    ),
    Rij(
        wat="Links voor het schoolbestuur: het adres, de functie, op welke dag ze voor het eerst "
        "geopend werden, en de code om te antwoorden als vingerafdruk",
        van=Van.JOU,
        hoe_lang=f"Tot de laatste dag van de link, hoogstens {links.MAX_DAGEN} dagen, en daarna "
        f"nog {links.BEWAARD_NA_EINDE.days} dagen. Ingetrokken: "
        f"{links.BEWAARD_NA_EINDE.days} dagen vanaf dan. Een code telt {codes.MINUTEN} minuten.",
        waarom="Zo leest wie te laat klikt wat er met de link is.",
        daarna="Het adres en de sleutel worden gewist. De functie blijft bij het antwoord staan, "
        "zolang de vastgestelde routekaart.",
        models=("bestuur.Bestuurslink",),
        taken=(
            Taak(
                "adressen van links voor een bestuur gewist",
                due=lambda op: links.long_ended(op).count(),
                run=lambda op: links.forget_addresses(op=op),
                again=True,
            ),
        ),
    ),
    Rij(
        wat="Vragen om een nieuwe tweede stap, en welke twee collega's bevestigden",
        van=Van.JOU,
        hoe_lang=f"{herstel.GELDIG.days} dagen, en daarna nog {herstel.BEWAARD_NA_EINDE.days} "
        "dagen.",
        waarom="Zo kan je nagaan wie het vroeg, als jij het niet was.",
        daarna="Gewist. Wie wat deed, staat in het logboek.",
        models=("mensen.Herstelaanvraag",),
        taken=(deletion("voorbije vragen om een tweede stap gewist", herstel.long_ended),),
    ),
    Rij(
        wat="Met welk account van ACM/IDM, Microsoft of Google je inlogt: een kenmerk, en hoe het "
        "daar heet",
        van=Van.JOU,
        hoe_lang="Tot je het ontkoppelt.",
        waarom="Zo weet STS-Dialoog dat jij het bent die daar inlogt.",
        daarna="Gewist, ook als je account gewist wordt.",
        models=(
            "socialaccount.SocialAccount",
            # allauth's own, which stay empty: no token is kept, and providers are settings.
            *("socialaccount.SocialApp", "socialaccount.SocialToken"),
        ),
    ),
    Rij(
        wat="Dat je zo een plaats vroeg bij een school of CLB, en wat het antwoord was",
        van=Van.JOU,
        hoe_lang="Zolang je account bestaat.",
        waarom="Zo wordt het de ankerfiguur maar één keer gevraagd.",
        daarna="De vraag blijft staan, van ‘Gewist account’.",
        models=("aanmelden.Lidmaatschapsvraag",),
    ),
    Rij(
        wat="Waar je ingelogd bent: welke browser op wat voor toestel, sinds wanneer, en wanneer "
        "je er laatst iets deed",
        van=Van.JOU,
        hoe_lang="Tot je uitlogt, of een halfuur niets deed; op je eigen toestel "
        f"{sessies.LONGEST.days} dagen.",
        waarom="Anders moest je op elke pagina inloggen.",
        daarna="Gewist.",
        # Django's own table stays empty.
        models=("mensen.Sessie", "sessions.Session"),
        taken=(deletion("verlopen sessies gewist", technical.expired_sessions, again=False),),
    ),
    Rij(
        wat="Aan welke ankerfiguur gevraagd werd wie er nog werkt",
        van=Van.JOU,
        hoe_lang="Tot het volgende kalenderjaar.",
        waarom="Zo krijg je die mails maar één keer.",
        daarna="Gewist.",
        models=("mensen.Bevestigingsmail",),
        taken=(deletion("mails van een vorig jaar vergeten", nacht.mails_of_before),),
    ),
    Rij(
        wat="Hoe vaak je een herinnering wil, en waaraan je wanneer herinnerd werd: nummers van "
        "acties, geen tekst",
        van=Van.JOU,
        hoe_lang=f"Je keuze zolang je account bestaat, de rest {herinneringen.BEWAARD.days} dagen.",
        waarom="Zo krijg je nooit twee keer dezelfde herinnering.",
        daarna="Gewist, ook als je account gewist wordt.",
        models=(
            *("herinneringen.Herinnerwens", "herinneringen.Bericht"),
            *("herinneringen.Melding", "herinneringen.Ronde"),
        ),
        taken=(
            deletion("oude herinneringen vergeten", herinneringen.old_berichten),
            deletion("oude rondes van herinneringen vergeten", herinneringen.old_rondes),
            deletion("keuzes van gewiste accounts vergeten", herinneringen.left_wensen),
        ),
    ),
    Rij(
        wat="Het geheime adres waarmee je agenda meeleest, als vingerafdruk",
        van=Van.JOU,
        hoe_lang="Tot je het intrekt, of tot je een maand nergens meer een rol hebt.",
        waarom="Zo zie je in Outlook, Google of op je telefoon wanneer er iets van je verwacht "
        "wordt. Er staan dagen in, geen namen.",
        daarna="Gewist: het adres opent niets meer.",
        models=("herinneringen.Agenda",),
        taken=(deletion("adressen van een agenda gewist", herinneringen.left_agendas),),
    ),
    Rij(
        wat="Hoe vaak iemand probeerde in te loggen of een mail vroeg: getallen, met het adres van "
        "het toestel als vingerafdruk",
        van=Van.JOU,
        hoe_lang="Hoogstens een dag.",
        waarom="Zo raadt niemand je wachtwoord, en sluit niemand je buiten.",
        daarna="Gewist.",
        models=("counters.Counter",),
        taken=(deletion("tellers gewist", technical.expired_counters, again=False),),
    ),
    Rij(
        wat="Wat je typte en nog niet kon vertrekken, versleuteld in je eigen browser",
        van=Van.JOU,
        hoe_lang="Tot het bewaard is.",
        waarom="Zo ben je niets kwijt als het netwerk wegvalt.",
        daarna="Gewist in je browser. Op de server staat er niets van.",
    ),
)
