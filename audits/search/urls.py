"""One box for all that people look for."""

from django.urls import path

from audits.search import views

urlpatterns = [path("search/", views.search, name="search")]
