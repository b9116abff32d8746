"""Board papers."""

from django.urls import path

from audits.reports import cover_views, views

urlpatterns = [
    path("audits/<uuid:audit_id>/paper/", views.request_paper, name="request_paper"),
    path("audits/<uuid:audit_id>/paper/page-1/", cover_views.cover, name="cover"),
    path("papers/<uuid:report_id>/", views.paper, name="paper"),
    path("papers/<uuid:report_id>/file/", views.paper_file, name="paper_file"),
]
