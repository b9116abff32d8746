"""Importing an inventory."""

from django.urls import path

from audits.imports import reports, views

urlpatterns = [
    path("inventory/import/", views.upload, name="import_upload"),
    path("inventory/template/", views.template, name="import_template"),
    path("inventory/import/<uuid:import_id>/", views.inventory, name="import"),
    path("inventory/import/<uuid:import_id>/write/", views.write, name="import_write"),
    path("inventory/import/<uuid:import_id>/undo/", views.undo, name="import_undo"),
    path(
        "inventory/import/<uuid:import_id>/remove/", views.remove, name="import_remove"
    ),
    path(
        "inventory/import/<uuid:import_id>/report.csv",
        reports.report,
        name="import_report",
    ),
    path(
        "inventory/import/<uuid:import_id>/refused.csv",
        reports.refused,
        name="import_refused",
    ),
]
