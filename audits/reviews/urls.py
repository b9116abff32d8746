"""Reviews."""

from django.urls import path

from audits.reviews import impact_views, renewals, views

urlpatterns = [
    path("audits/<uuid:audit_id>/review/", views.review, name="review"),
    path("method/impact/", impact_views.impact, name="impact"),
    path("audits/<uuid:audit_id>/again/", renewals.again, name="again"),
    path("audits/<uuid:audit_id>/move/", renewals.move, name="move"),
    path("audits/<uuid:audit_id>/discard/", renewals.discard, name="discard"),
]
