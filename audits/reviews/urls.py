"""Reviews."""

from django.urls import path

from audits.reviews import (
    condition_views,
    impact_views,
    opinion_views,
    override_views,
    renewals,
    views,
)

urlpatterns = [
    path("audits/<uuid:audit_id>/review/", views.review, name="review"),
    path(
        "conditions/<uuid:condition_id>/", condition_views.condition, name="condition"
    ),
    path(
        "conditions/<uuid:condition_id>/met/",
        condition_views.condition_met,
        name="condition_met",
    ),
    path(
        "conditions/<uuid:condition_id>/confirmed/",
        condition_views.condition_confirmed,
        name="condition_confirmed",
    ),
    path(
        "conditions/<uuid:condition_id>/open/",
        condition_views.condition_open,
        name="condition_open",
    ),
    path("method/impact/", impact_views.impact, name="impact"),
    path(
        "audits/<uuid:audit_id>/second-opinion/",
        opinion_views.second_opinion,
        name="second_opinion",
    ),
    path("second-opinions/", opinion_views.second_opinions, name="second_opinions"),
    path("audits/<uuid:audit_id>/override/", override_views.override, name="override"),
    path("audits/<uuid:audit_id>/again/", renewals.again, name="again"),
    path("audits/<uuid:audit_id>/move/", renewals.move, name="move"),
    path("audits/<uuid:audit_id>/discard/", renewals.discard, name="discard"),
]
