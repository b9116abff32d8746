"""The addresses that a provider has to know, which it can be told before it is set."""

from django.conf import settings
from django.urls import reverse

from audits.models import Organization


def back_address(organization: Organization) -> str:
    """Return where browsers come back to from the provider of an organization."""
    return settings.SITE_URL + reverse("end_sign_on", args=[organization.pk])
