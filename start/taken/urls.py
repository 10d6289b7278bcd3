from django.urls import path

from start.taken import views

urlpatterns = [path("taken/", views.taken, name="taken")]
