"""Results."""

from django.urls import path

from audits.results import views

urlpatterns = [
    path("audits/<uuid:audit_id>/result/", views.result, name="result"),
    path("audits/<uuid:audit_id>/result.json", views.result_json, name="result_json"),
    path("audits/<uuid:audit_id>/kit.zip", views.action_kit, name="action_kit"),
]
