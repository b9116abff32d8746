"""Results."""

from django.urls import path

from audits.results import timeline, views, what_if, worked_case

urlpatterns = [
    path("audits/<uuid:audit_id>/result/", views.result, name="result"),
    path("audits/<uuid:audit_id>/result.json", views.result_json, name="result_json"),
    path("audits/<uuid:audit_id>/kit.zip", views.action_kit, name="action_kit"),
    path("audits/<uuid:audit_id>/what-if/", what_if.what_if, name="what_if"),
    path(
        "audits/<uuid:audit_id>/what-if/keep/",
        what_if.what_if_keep,
        name="what_if_keep",
    ),
    path("method/cases/<slug:case_id>/", worked_case.worked_case, name="worked_case"),
    path("audits/<uuid:audit_id>/timeline/", timeline.timeline, name="timeline"),
    path("audits/<uuid:audit_id>/changes/", timeline.changes, name="changes"),
]
