"""Outcomes."""

from django.urls import path

from audits.outcomes import calibration, exports, views

urlpatterns = [
    path("audits/<uuid:audit_id>/outcomes/", views.outcomes, name="outcomes"),
    path(
        "audits/<uuid:audit_id>/outcomes.csv",
        exports.outcomes_csv,
        name="outcomes_csv",
    ),
    path(
        "audits/<uuid:audit_id>/outcomes/results/",
        views.check_results,
        name="check_results",
    ),
    path(
        "audits/<uuid:audit_id>/outcomes/<uuid:file_id>/",
        views.outcome_file,
        name="outcome_file",
    ),
    path(
        "audits/<uuid:audit_id>/outcomes/<uuid:file_id>/remove/",
        views.remove_outcome_file,
        name="remove_outcome_file",
    ),
    path("portfolio/calibration/", calibration.calibration, name="calibration"),
    path("portfolio/calibration.csv", exports.calibration_csv, name="calibration_csv"),
]
