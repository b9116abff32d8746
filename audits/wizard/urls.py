"""The wizard."""

from django.urls import path

from audits.wizard import views

urlpatterns = [
    path("audits/<uuid:audit_id>/", views.resume, name="resume"),
    path(
        "audits/<uuid:audit_id>/sections/<slug:section_id>/",
        views.section,
        name="section",
    ),
    path("audits/<uuid:audit_id>/check/", views.check, name="check"),
    path("audits/<uuid:audit_id>/submit/", views.submit, name="submit"),
    path("audits/<uuid:audit_id>/reopen/", views.reopen, name="reopen"),
]
