from django.urls import path

from dossiers.briefhoofd import views

urlpatterns = [
    path("clb/<uuid:pk>/op-papier/", views.of_clb, name="clb-op-papier"),
    path("clb/<uuid:pk>/op-papier/logo.png", views.logo_of_clb, name="clb-logo"),
    path("scholen/<uuid:pk>/op-papier/", views.of_school, name="school-op-papier"),
    path("scholen/<uuid:pk>/op-papier/logo.png", views.logo_of_school, name="school-logo"),
]
