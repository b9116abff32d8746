"""Evidence."""

from django.urls import path

from audits.evidence import views

urlpatterns = [
    path(
        "audits/<uuid:audit_id>/questions/<slug:question>/evidence/",
        views.add_evidence,
        name="add_evidence",
    ),
    path("evidence/<uuid:evidence_id>/", views.evidence_file, name="evidence_file"),
    path("proofs/<uuid:file_id>/", views.proof_file, name="proof_file"),
    path(
        "evidence/<uuid:evidence_id>/take/",
        views.take_evidence,
        name="take_evidence",
    ),
    path(
        "evidence/<uuid:evidence_id>/remove/",
        views.remove_evidence,
        name="remove_evidence",
    ),
]
