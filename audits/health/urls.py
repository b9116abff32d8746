"""Addresses for monitoring."""

from django.urls import path

from audits.health import views
from audits.health.csp_reports import csp_reports

urlpatterns = [
    path("livez", views.livez, name="livez"),
    path("readyz", views.readyz, name="readyz"),
    path("csp-reports/", csp_reports, name="csp_reports"),
]
