"""Recomputing a paper."""

from django.urls import path

from audits.verify import views

urlpatterns = [path("verify/", views.verify, name="verify")]
