"""The addresses that a provider has to know, which it can be told before it is set."""

from django.conf import settings
from django.urls import reverse

from audits.models import Organization


def directory_address(organization: Organization) -> str:
    """Return the address under which a provider finds the directory."""
    some = reverse("scim_config", args=[organization.pk])
    return settings.SITE_URL + some.rpartition("/")[0]


def form_address(organization: Organization) -> str:
    """Return where a provider that speaks SAML sends its form."""
    return settings.SITE_URL + reverse("saml_form", args=[organization.pk])


def entity_address(organization: Organization) -> str:
    """Return what a provider that speaks SAML calls Attune: where its metadata is."""
    return settings.SITE_URL + reverse("saml_metadata", args=[organization.pk])


def back_address(organization: Organization) -> str:
    """Return where browsers come back to from the provider of an organization."""
    return settings.SITE_URL + reverse("end_sign_on", args=[organization.pk])
