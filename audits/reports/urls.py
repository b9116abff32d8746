"""Board papers."""

from django.urls import path

from audits.reports import views

urlpatterns = [
    path("audits/<uuid:audit_id>/paper/", views.request_paper, name="request_paper"),
    path("papers/<uuid:report_id>/", views.paper, name="paper"),
    path("papers/<uuid:report_id>/file/", views.paper_file, name="paper_file"),
]
