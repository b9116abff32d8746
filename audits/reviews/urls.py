"""Reviews."""

from django.urls import path

from audits.reviews import views

urlpatterns = [path("audits/<uuid:audit_id>/review/", views.review, name="review")]
