"""Decisions of a board."""

from django.urls import path

from audits.board import views

urlpatterns = [
    path("audits/<uuid:audit_id>/board/", views.board, name="board"),
    path(
        "audits/<uuid:audit_id>/board/decided/",
        views.board_decided,
        name="board_decided",
    ),
    path(
        "audits/<uuid:audit_id>/board/<slug:kind>/", views.board_step, name="board_step"
    ),
    path(
        "board-steps/<uuid:step_id>/back/",
        views.board_step_back,
        name="board_step_back",
    ),
]
