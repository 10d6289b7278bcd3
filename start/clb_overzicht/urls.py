from django.urls import path

from start.clb_overzicht import views

urlpatterns = [path("clb/overzicht/", views.overzicht, name="clb-overzicht")]
