from django.urls import path

from start.weerklank import views

urlpatterns = [
    path("weerklank/<slug:slug>/", views.weerklank, name="weerklank"),
    path("weerklank/reden/<uuid:pk>/", views.reden, name="weerklank-reden"),
]
