"""Reviews."""

from django.urls import path

from audits.reviews import renewals, views

urlpatterns = [
    path("audits/<uuid:audit_id>/review/", views.review, name="review"),
    path("audits/<uuid:audit_id>/again/", renewals.again, name="again"),
    path("audits/<uuid:audit_id>/discard/", renewals.discard, name="discard"),
]
