from django.urls import path

from dossiers.aanmelden.views import koppelingen, via, vragen

urlpatterns = [
    path("inloggen/via/<slug:aanbieder>/", via.log_in, name="aanmelden"),
    # This address is registered with each provider (docs/operations.md).
    path("inloggen/via/<slug:aanbieder>/terug/", via.come_back, name="aanmelden-terug"),
    path("inloggen/opnieuw/via/<slug:aanbieder>/", via.prove_again, name="aanmelden-opnieuw"),
    path("inloggen/opnieuw/verder/", via.proven, name="aanmelden-bewezen"),
    path("mijn-toegang/via/<slug:aanbieder>/", via.link, name="aanmelding-koppelen"),
    path(
        "mijn-toegang/aanmelding/<str:sleutel>/weg/",
        koppelingen.unlink,
        name="aanmelding-losmaken",
    ),
    path("lidmaatschapsvragen/", vragen.lidmaatschapsvragen, name="lidmaatschapsvragen"),
    path("lidmaatschapsvragen/<uuid:pk>/", vragen.answer_vraag, name="lidmaatschapsvraag"),
]
