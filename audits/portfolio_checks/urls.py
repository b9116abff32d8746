"""Portfolio checks."""

from django.urls import path

from audits.portfolio_checks import views

urlpatterns = [
    path("x-rays/", views.xrays, name="xrays"),
    path("x-rays/<slug:check_id>/", views.xray, name="xray"),
]
