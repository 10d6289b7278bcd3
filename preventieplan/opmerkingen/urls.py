from django.urls import path

from preventieplan.opmerkingen import views

HERE = "dossiers/<uuid:pk>/opmerkingen/"

urlpatterns = [
    path(HERE, views.opmerkingen, name="opmerkingen"),
    path(f"{HERE}<slug:code>/", views.at_question, name="opmerkingen-bij"),
    path(f"{HERE}actie/<uuid:actie>/", views.at_action, name="opmerkingen-actie"),
]
