"""Board papers."""

from django.urls import path

from audits.reports import pack_views, views
from audits.reports.covers import cover_views
from audits.reports.office import views as office_views
from audits.reports.sharing import shared
from audits.reports.sharing import views as sharing

urlpatterns = [
    path("audits/<uuid:audit_id>/paper/", views.request_paper, name="request_paper"),
    path("audits/<uuid:audit_id>/annex/", views.request_annex, name="request_annex"),
    path("audits/<uuid:audit_id>/paper/page-1/", cover_views.cover, name="cover"),
    path(
        "audits/<uuid:audit_id>/paper/page-1/history/",
        cover_views.page_one_history,
        name="page_one_history",
    ),
    path("papers/<uuid:report_id>/", views.paper, name="paper"),
    path("papers/<uuid:report_id>/file/", views.paper_file, name="paper_file"),
    path(
        "papers/<uuid:report_id>/slides/",
        office_views.slides_of_paper,
        name="paper_slides",
    ),
    path(
        "papers/<uuid:report_id>/document/",
        office_views.document_of_paper,
        name="paper_document",
    ),
    path("papers/<uuid:report_id>/sharing/", sharing.share_paper, name="share_paper"),
    path("packs/<uuid:pack_id>/sharing/", sharing.share_pack, name="share_pack"),
    path("sharing/<uuid:share_id>/end/", sharing.end, name="end_share"),
    path("shared/", shared.shared_with_me, name="shared_with_me"),
    path("shared/<uuid:share_id>/file/", shared.shared_file, name="shared_file"),
    path("shared/by-link/<str:link>/", shared.shared_link, name="shared_link"),
    path("packs/", pack_views.packs, name="packs"),
    path("packs/new/", pack_views.new_pack, name="new_pack"),
    path("packs/<uuid:pack_id>/", pack_views.pack, name="pack"),
    path("packs/<uuid:pack_id>/file/", pack_views.pack_file, name="pack_file"),
    path(
        "packs/<uuid:pack_id>/slides/",
        office_views.slides_of_pack,
        name="pack_slides",
    ),
    path("packs/<uuid:pack_id>/cancel/", pack_views.cancel, name="cancel_pack"),
]
