"""Portfolio checks."""

from django.urls import path

from audits.portfolio_checks import views

urlpatterns = [
    path("portfolio-checks/", views.portfolio_checks, name="portfolio_checks"),
    path(
        "portfolio-checks/<slug:check_id>/",
        views.portfolio_check,
        name="portfolio_check",
    ),
]
