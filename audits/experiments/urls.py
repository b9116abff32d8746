"""The steps of the evidence plan."""

from django.urls import path

from audits.experiments import views

urlpatterns = [
    path("audits/<uuid:audit_id>/experiments/", views.experiments, name="experiments"),
    path(
        "audits/<uuid:audit_id>/experiments/<slug:step>/",
        views.experiment,
        name="experiment",
    ),
    path(
        "audits/<uuid:audit_id>/experiments/<slug:step>/<str:file>",
        views.experiment_file,
        name="experiment_file",
    ),
]
