from django.urls import include, path

from dossiers.admin import beheer

handler403 = "stsdialoog.errors.permission_denied"

urlpatterns = [
    path("", include("start.urls")),
    path("", include("dossiers.urls")),
    path("", include("preventieplan.urls")),
    path("", include("dialoogfiches.urls")),
    path("beheer/", beheer.urls),
]
