"""The portfolio."""

from django.urls import path

from audits.portfolio import quarters, views
from audits.portfolio.changing import views as changing
from audits.portfolio.files import by_quarter, exports, feeds, register
from audits.portfolio.filtering import saved_views
from audits.portfolio.teams import views as compared

urlpatterns = [
    path("portfolio/", views.portfolio, name="portfolio"),
    path("portfolio/quarters/", quarters.quarters, name="quarters"),
    path("portfolio/teams/", compared.teams, name="teams"),
    path("portfolio/teams/<uuid:team_id>/", views.team, name="team"),
    path("portfolio/change/", changing.change_many, name="change_many"),
    path("portfolio/ticked/", changing.with_ticked, name="with_ticked"),
    path("portfolio/changes/", changing.bulk_changes, name="bulk_changes"),
    path(
        "portfolio/changes/<uuid:change_id>/", changing.bulk_change, name="bulk_change"
    ),
    path(
        "portfolio/changes/<uuid:change_id>/write/",
        changing.bulk_write,
        name="bulk_write",
    ),
    path(
        "portfolio/changes/<uuid:change_id>/undo/", changing.bulk_undo, name="bulk_undo"
    ),
    path("portfolio.csv", exports.portfolio_csv, name="portfolio_csv"),
    path("portfolio/inventory.csv", exports.inventory_csv, name="inventory_csv"),
    path("portfolio.json", exports.portfolio_json, name="portfolio_json"),
    path("portfolio.xlsx", exports.portfolio_xlsx, name="portfolio_xlsx"),
    path("decisions.csv", register.decisions_csv, name="decisions_csv"),
    path("decisions.xlsx", register.decisions_xlsx, name="decisions_xlsx"),
    path("portfolio/quarters.csv", by_quarter.quarters_csv, name="quarters_csv"),
    path("portfolio/quarters.xlsx", by_quarter.quarters_xlsx, name="quarters_xlsx"),
    path("portfolio/views/", saved_views.saved_views, name="saved_views"),
    path(
        "portfolio/views/<uuid:view_id>/remove/",
        saved_views.remove_saved_view,
        name="remove_saved_view",
    ),
    path("portfolio/calendars/", feeds.calendars, name="calendars"),
    path(
        "portfolio/calendars/<uuid:feed_id>/remove/",
        feeds.remove_calendar,
        name="remove_calendar",
    ),
    path("calendars/<str:key>.ics", feeds.calendar_feed, name="calendar_feed"),
]
