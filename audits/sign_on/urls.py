"""Signing in by the identity provider of an organization."""

from django.urls import path

from audits.sign_on import saml, views

urlpatterns = [
    path("sign-in/organization/", views.find, name="sign_on"),
    path("sign-in/organization/first/", views.first, name="sign_on_first"),
    path(
        "sign-in/organization/<uuid:organization_id>/",
        views.start,
        name="start_sign_on",
    ),
    path(
        "sign-in/organization/<uuid:organization_id>/back/",
        views.back,
        name="end_sign_on",
    ),
    path(
        "sign-in/organization/<uuid:organization_id>/form/",
        saml.take_form,
        name="saml_form",
    ),
    path(
        "sign-in/organization/<uuid:organization_id>/metadata.xml",
        saml.metadata,
        name="saml_metadata",
    ),
]
