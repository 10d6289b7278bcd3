"""Word lists for `recognise.py`, all in lower case."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that often begin a sentence: their capital says nothing about the word that follows.
STARTS = _words(
    """
    aan afspraak al alle alleen alles als altijd anders begint begrijpt behalve belde belt
    best beste bezoekt bij bijna binnen blijft boven brengt brussen buiten daar daarna
    daarom dan dat de denkt deze die dit doet door doordat drinkt durft dus een eerder eerst
    eet eigenlijk elke en enkel er even familie gaan gaat gebruikt geeft geen gezin ging
    gingen gisteren goed goede graag haalt haar had hebben heeft helpt hem hen het hielp
    hier hierna hij hoe houdt hun ik in intussen is ja jij kan kent kijkt kind komt kon
    kreeg krijgt kunnen kwam later leerling leert leest liep ligt lijkt loopt luistert maar
    mag mee meer meestal met mijn misschien mist moest moet morgen na naar nadien nee neemt
    niemand niet nieuwe niks noemde noemt nog nooit nu of om omdat ondanks onder ondertussen
    ons ontmoet ook op ouders over overmorgen per plus praat rond ruzie samen school sinds
    slaapt slecht slechts sommige soms speelt sprak spreekt staat stopt straks stuurt te
    tegen tegenover telkens ten ter terwijl thuis tijdens toch toen tot totdat tussen twee
    uit van vanaf vandaag veel verder verdraagt verhuisd verhuisde verhuist verleden vertelt
    verwacht via vindt voelt volgende volgens volgt vond voor vooral vraag vraagt vriend
    vriendin vroeg vroeger waar waarom wacht wanneer want waren was wat weer weet weigert
    welke werd werkt wie wij wil wilde wilt woonde woont wordt wou zag zat ze zegde zegt zei
    zeker zelf ziet zijn zit zo zoals zodat zoekt zolang zonder zou
    """
)

# Relations and roles: they precede a name and are not part of it.
KIN = _words(
    """
    broer broertje buurman buurvrouw coach directeur directrice dochter juf juffrouw
    leerkracht mama mams meester meneer mevrouw mijnheer moeder neef nicht nonkel oma oom
    opa papa paps pleegouders plusmama pluspapa stiefmoeder stiefvader tante trainer vader
    zoon zus zusje
    """
)

# Particles (tussenvoegsels) between the words of a name.
BETWEEN = _words("van de der den het ter ten te 't ’t von du la le el al ben bin ibn da dos di st")

# First names that are common in Flemish schools. A first name alone says little, except as a
# pseudonym; next to another word it tells which of the two is the surname. Names that are also
# ordinary words, such as Roos or Linde, are left out.
VOORNAMEN = _words(
    """
    aaron aisha alexander ali alice amber amina amira amélie anaïs andreas anke ann anna
    anne annelies anouk arne arthur axel aya ayoub bart bas bram britt camille caro
    charlotte chloé christophe daan daniel david delphine dirk dries ebru elena elias elif
    eline elise ella ellen els emiel emilia emily emine emma emre erik esther eva evelien
    fatima fatma febe felix femke ferre filip finn fleur florian frank frederik geert gert
    gilles griet guy hamza hanna hannah hanne hans hasan hassan helena hilde hugo hussein
    ibrahim ilias ilse imane ines inge ingrid isabel jaak jade jan jana jasmien jasper jef
    jelle jens jeroen jo joke jolien jonas joris jos jozef jules julie juliette kaat karel
    karen karim karolien kasper kato katrien kenza kevin khadija kim kobe koen kris kristof
    lander lars laura laure lauren lena lenn lennert leon leonie lien lies liesbeth lieve
    lina lisa lise lotte louis louise luc lucas luka lukas luna maarten malik manon marc
    maria mariam marie marieke martine maryam mats matteo matthias maud maxim mehdi mehmet
    merel mia michiel mila milan mohamed mohammad mohammed muhammad mustafa nadia nathan
    nele nicolas niels nina noah noor nora noémie olivia omar oscar patrick paul paulien
    peter philippe piet pieter quinten rania rayan robbe robin romain ruben ruth sam samira
    samuel sander sara sarah sarra seppe siebe sien simon sofia sofie soufiane stef stefan
    stijn suzanne sven tess thibault thibo thomas tibo tim tine tom toon tuur valerie vic
    victor viktor vince walid ward warre wim wout wouter xander yara yasmine yassine younes
    youssef yusuf zakaria zara zehra zeynep zoé
    """
)

# Never part of a name.
_DAYS = _words(
    """
    april augustus december dinsdag donderdag februari herfstvakantie islam januari juli
    juni kerst kerstmis kerstvakantie krokusvakantie maandag maart mei nieuwjaar november
    offerfeest oktober paasvakantie pasen ramadan september sinterklaas suikerfeest vrijdag
    woensdag zaterdag zondag
    """
)
_LANGUAGES = _words(
    """
    afghaans afghaanse albanees albanese arabisch arabische belgisch belgische berbers
    bulgaars bulgaarse dari duits duitse engels engelse farsi frans franse grieks griekse
    italiaans italiaanse latijn lingala marokkaans marokkaanse nederlands nederlandse
    oekraïens oekraïense pasjtoe pools poolse portugees portugese roemeens roemeense
    russisch russische somalisch somalische spaans spaanse syrisch syrische tigrinya turks
    turkse vlaams vlaamse
    """
)
# Countries, word by word: ‘Burkina Faso’ is two entries.
_COUNTRIES = _words(
    """
    afghanistan afrika albanië algerije amerika arabische arabië armenië azerbeidzjan azië
    bangladesh belarus belgië bosnië brazilië bulgarije burkina burundi canada chili china
    colombia congo costa cuba cyprus denemarken dominicaanse duitsland ecuador egypte
    emiraten engeland equatoriaal eritrea estland ethiopië europa faso filipijnen finland
    frankrijk gambia georgië ghana griekenland groot-brittannië guinee guinee-bissau
    herzegovina hongarije ierland india indonesië irak iran israël italië ivoorkust jamaica
    japan jemen jordanië kaapverdië kameroen kazachstan kenia koerdistan koninkrijk korea
    kosovo kroatië lanka leone letland libanon liberia libië litouwen luxemburg macedonië
    maleisië mali malta marokko mauritanië mexico moldavië mongolië montenegro nederland
    nepal nieuw nieuw-zeeland niger nigeria noord noord-macedonië noorwegen oeganda oekraïne
    oezbekistan oostenrijk pakistan palestina paraguay peru polen portugal republiek rica
    roemenië rusland rwanda salvador saoedi-arabië saudi schotland senegal servië sierra
    slovakije slovenië soedan somalië spanje sri staten suriname syrië tanzania thailand
    togo tsjechië tsjetsjenië tunesië turkije uganda uruguay venezuela verenigd verenigde
    vietnam wit-rusland zambia zeeland zimbabwe zuid zuid-afrika zuid-soedan zweden
    zwitserland
    """
)
_PLACES = _words(
    """
    aalst amsterdam antwerpen brugge brussel dendermonde geel genk gent haag hasselt ieper
    kortrijk leuven lier limburg londen mechelen oostende panne parijs roeselare rotterdam
    sint-niklaas turnhout veurne vilvoorde vlaanderen wallonië waregem
    """
)
_STUDIES = _words(
    """
    aardrijkskunde aso biologie bso bubao buso chemie dbso duaal economie elektriciteit
    elektromechanica fysica geschiedenis godsdienst grieks haarzorg horeca humane kantoor
    kso lassen-constructie latijn leren lerend logistiek mechanica moderne muziek okan
    opvoeding plastische schoonheidszorg sociale sport talen technische tso turnen
    verzorging voeding werken wetenschappen wiskunde zedenleer
    """
)
_SERVICES = _words(
    """
    academie adhd agentschap ass atheneum awel az basisschool bijzondere caw centrum cgg
    cggz ckg clb college dienst fedasil gezin gon heilig hgd hospitaal huis huizen instituut
    integrale ion jac jeugdhulp jeugdrechtbank jeugdrechter jeugdzorg kind
    kindermishandeling koninklijk kruis lagere lijn mdo middenschool mpi naft nmbs ocmw odd
    onze opgroeien overkop rode school sint team teams tele-onthaal universitair uz vaph
    vclb vdab vertrouwenscentrum vrouw welzijn ziekenhuis
    """
)
_BRANDS = _words(
    """
    chiro classroom dataloep discimus discord disney facebook fortnite google instagram klj
    ksa messenger microsoft minecraft netflix nintendo playstation roblox scouts smartschool
    snapchat spotify telegram tiktok whatsapp xbox youtube
    """
)
NEVER = _DAYS | _LANGUAGES | _COUNTRIES | _PLACES | _STUDIES | _SERVICES | _BRANDS
