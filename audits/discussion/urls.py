"""Comments, answer requests and the inbox."""

from django.urls import path

from audits.discussion import inbox_views, views

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
    path("inbox/", inbox_views.inbox, name="inbox"),
    path("inbox/read/", inbox_views.read_inbox, name="read_inbox"),
    path("inbox/<slug:kind>/<uuid:subject>/", inbox_views.notice, name="notice"),
]
