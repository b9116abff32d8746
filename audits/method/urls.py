"""How verdicts are made."""

from django.urls import path

from audits.method import views

urlpatterns = [
    path("method/", views.method, name="method"),
    path("words/", views.words, name="words"),
]
