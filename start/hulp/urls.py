from django.urls import path

from start.hulp import views

urlpatterns = [
    path("hulp/", views.hulp, name="hulp"),
    path("hulp/<slug:slug>/", views.hoofdstuk, name="hulp-hoofdstuk"),
]
