"""The addresses that a provider has to know, which it can be told before it is set."""

from django.conf import settings
from django.urls import reverse

from audits.models import Organization


def directory_address(organization: Organization) -> str:
    """Return the address under which a provider finds the directory."""
    some = reverse("scim_config", args=[organization.pk])
    return settings.SITE_URL + some.rpartition("/")[0]


def back_address(organization: Organization) -> str:
    """Return where browsers come back to from the provider of an organization."""
    return settings.SITE_URL + reverse("end_sign_on", args=[organization.pk])
