"""All routes. Each feature has its own."""

from django.contrib import admin
from django.urls import include, path

from audits.too_much import too_large

# They are tried in this order, so those of the pages that people open most come first.
urlpatterns = [
    path("", include("audits.use_cases.urls")),
    path("", include("audits.portfolio.urls")),
    path("", include("audits.results.urls")),
    path("", include("audits.wizard.urls")),
    path("", include("audits.experiments.urls")),
    path("", include("audits.time_machine.urls")),
    path("", include("audits.people.urls")),
    path("", include("audits.sign_on.urls")),
    path("", include("audits.organization.urls")),
    path("", include("audits.evidence.urls")),
    path("", include("audits.outcomes.urls")),
    path("", include("audits.reports.urls")),
    path("", include("audits.reviews.urls")),
    path("", include("audits.board.urls")),
    path("", include("audits.portfolio_checks.urls")),
    path("", include("audits.imports.urls")),
    path("", include("audits.method.urls")),
    path("", include("audits.discussion.urls")),
    path("", include("audits.search.urls")),
    path("", include("audits.verify.urls")),
    path("", include("audits.scim.urls")),
    path("", include("audits.health.urls")),
    path("too-large/", too_large, name="too_large"),
    path("back-office/", admin.site.urls),
]

handler400 = "audits.too_much.bad_request"
handler500 = "audits.failures.server_error"
