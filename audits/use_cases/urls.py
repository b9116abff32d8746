"""A person's own use cases."""

from django.urls import path

from audits.use_cases import details, own_fields, registering, views

urlpatterns = [
    path("use-cases/", views.use_cases, name="use_cases"),
    path("use-cases/fields/", own_fields.own_fields, name="own_fields"),
    path("use-cases/register/", registering.register, name="register"),
    path("audits/<uuid:audit_id>/use-case/", details.details, name="use_case_details"),
    path("audits/<uuid:audit_id>/copy/", details.copy, name="copy_use_case"),
    path("audits/<uuid:audit_id>/delete/", details.delete, name="delete_use_case"),
]
