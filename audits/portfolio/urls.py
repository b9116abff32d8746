"""The portfolio."""

from django.urls import path

from audits.portfolio import views

urlpatterns = [path("portfolio/", views.portfolio, name="portfolio")]
