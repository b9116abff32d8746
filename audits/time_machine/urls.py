"""The time machine."""

from django.urls import path

from audits.time_machine import money, pictures, views

urlpatterns = [
    path("time-machine/", views.time_machine, name="time_machine"),
    path("time-machine/picture.svg", pictures.picture_svg, name="picture_svg"),
    path("time-machine/picture.png", pictures.picture_png, name="picture_png"),
    path("time-machine/picture.pptx", pictures.picture_pptx, name="picture_pptx"),
    path("time-machine/money/<uuid:audit_id>/", money.money, name="money_by_date"),
    path("time-machine/re-score/", views.rescore, name="rescore"),
    path(
        "time-machine/<uuid:rescore_id>/cancel/",
        views.cancel,
        name="cancel_rescore",
    ),
]
