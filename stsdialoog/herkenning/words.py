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
    aaron achille adam ahmad ahmed aisha aleksander alexander alexandra ali alice amber
    amelie amina amira amélie anass anastasiia anaïs andreas andrei anke ann anna anne
    annelies annick anouk ariana arne artem arthur asma assia asya axel axelle aya aylin
    ayman ayoub bart bas basiel bilal billie bram brandon briek britt bruno burak camille
    caro chaima charlotte chiara chloé christophe daan dalia daniel danylo dario daryna
    david delphine dimitar dina dirk dounia dries dylan ebru elena eleni elias elif eline
    elisabeth elise ella ellen ellie els emiel emilia emily emine emma emmanuel emre enes
    eren erik esra esther eva evelien eveline ezra fabian fadi farah fatiha fatima fatma
    febe felix femke ferre fien filip filmon finn fleur florian frank frederik furkan
    gabriel geert georges georgi gert gilles gregory griet guy hailey hajar hala hamid hamza
    hanna hannah hanne hans hasan hassan hatice helena henri hilde hodan hugo hussain
    hussein ian ibrahim ibtissam ikram ilias ilse ilyas imad imane inaya ines inge ingrid
    ionut isabel ismail ivan jaak jade jakub jamal jan jana janne jarne jarno jasmien jasper
    jayden jean jef jelle jens jeroen jessica jitse jo johan joke jolien jonah jonas jordy
    joris jos josephine joyce jozef jules julia julie juliette kaan kaat kacper karel karen
    karim karima karolien kasper kato katrien kayden kelly kenji kenza kevin khadija khaled
    kiara kim kimberley kobe koen kofi kris kristof kyano lamar lander lars laura laure
    lauren layan leandro lena lenn lennert lennox leon leonie leyla liam lien lies liesbeth
    lieve lilly lina lisa lise lore lotte louis louise lowie loïc luc lucas lucie luka lukas
    luna maarten maja malik manon marc marcel maria mariam marie marieke marleen martine
    marwa marwan maryam mathias mathis mats matteo matthias maud maurice mauro maxim mehdi
    mehmet melike melissa merel mert merve mia michiel mila milan milo mohamed mohammad
    mohammed mona mouad moussa muhammad mustafa nadia naima naomi natalia nathalie nathan
    naël nele nicolas niel niels nina nisa noah noor nora nour noémie odin oleksandr oliver
    olivia oliwia omar oona oscar otis oussama owen patrick paul paulien pauline peter
    philippe piet pieter quinn quinten rafael rami rana rania rayan rayane rayen renée rima
    robbe robin romain rosalie ruben rune ruth saar safae safiya sam sami samira samuel
    sander sara sarah sarra saïd senne seppe seyma siebe sien sienna siham simon sofia
    sofiane sofie sofiia sophie soufiane souhaila staf stan stef stefan stephanie stijn
    suzanne sven szymon tarik tess thibault thibo thijs thomas tibo tim tine tom tommy toon
    tuur valentina valerie vic victor viktor vince vincent walid ward warre wassim wiktoria
    wim wout wouter xander yana yara yasin yasmina yasmine yassine yenthe yonas younes
    younous youssef yusuf yvan zainab zakaria zakariya zara zayd zehra zeynep zofia zoé ömer
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
    aalst amsterdam antwerpen brugge brussel dendermonde geel genk gent grote haag hasselt ieper
    kortrijk leuven lier limburg londen markt mechelen oostende panne parijs roeselare rotterdam
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

# --- what a school writes (pupils.py) ---------------------------------------------------------
TITLES = _words("mevrouw mevr mvr mw meneer mijnheer juf juffrouw meester dhr dokter dr kleuterjuf")
# Who works at or for a school: a name beside one of these is that of a colleague.
COLLEAGUES = _words(
    """
    adjunct-directeur ankerfiguur arts auteur begeleider beleidsmedewerker brugfiguur caw
    clb clb-anker clb-arts clb-medewerker clb-team coach collega collega's consulent
    coördinator directeur directeurs directie directrice graadcoördinator hulpverlener
    ict-coördinator interne internaatsbeheerder kernteam kinderverzorger klastitularis
    klastitularissen kleuterjuf leerkracht leerkrachten leerlingbegeleider
    leerlingenbegeleider leerlingenbegeleiders leersteuncentrum leersteuner maatschappelijk
    mentor naft ocmw ombudspersoon ondersteuner opvoeder opvoeders pedagoog politie
    praktijkleraar preventieadviseur psycholoog schoolbestuur schoolteam secretariaat
    secretaresse spijbelambtenaar stad stagebegeleider team teams titularis
    trajectbegeleider vclb verpleegkundige vertrouwensleerkracht vertrouwenspersoon
    voorzitter werkgroep zorgcoördinator zorgco zorgcoördinatoren zorgjuf zorgleerkracht
    zorgteam
    """
)
# What a name is part of in a policy: a book, a training, a method, an organisation.
POLICY = _words(
    """
    aanpak artikel atheneum auteur bijscholing boek campus college handboek instituut lezing
    methode methodiek methodieken model navorming onderzoek podcast prof professor project
    studiedag theorie vorming vzw
    """
)
# Words before a first name that make it a pupil's: "zoals bij Ibrahim, die vaak te laat komt".
PUPIL_FIRST = _words("bezorgd bezorgdheid zoals")
