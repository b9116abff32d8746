"""Comments, answer requests and the inbox."""

from django.urls import path

from audits.discussion import views

urlpatterns = [
    path(
        "audits/<uuid:audit_id>/questions/<slug:question>/comments/",
        views.add_comment,
        name="add_comment",
    ),
    path(
        "audits/<uuid:audit_id>/questions/<slug:question>/comments/all/",
        views.older_comments,
        name="older_comments",
    ),
    path(
        "comments/<uuid:comment_id>/resolve/",
        views.resolve_comment,
        name="resolve_comment",
    ),
    path("audits/<uuid:audit_id>/ask/", views.ask, name="ask"),
    path("asks/<uuid:ask_id>/close/", views.close_ask, name="close_ask"),
    path("inbox/", views.inbox, name="inbox"),
]
