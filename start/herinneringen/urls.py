from django.urls import path

from start.herinneringen import views

urlpatterns = [
    path("mijn-herinneringen/", views.herinneringen, name="herinneringen"),
    path("mijn-herinneringen/agenda/", views.make, name="agenda-maken"),
    path("mijn-herinneringen/agenda/intrekken/", views.withdraw, name="agenda-intrekken"),
    path("herinneringen/stoppen/<str:sleutel>/", views.stoppen, name="herinneringen-stoppen"),
    path("agenda/<str:sleutel>.ics", views.agenda, name="agenda"),
]
