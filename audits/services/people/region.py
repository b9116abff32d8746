"""Stores in which time zone people see times of day, and how they write numbers."""

from django.core.exceptions import ValidationError
from django.db import transaction

from audits.models import Organization, User
from audits.scoring.numbers.written_numbers import SAMPLES
from audits.services.people.times_of_day import zone_names
from audits.services.record import events


def choose_region(*, user: User, time_zone: str, number_style: str) -> User:
    """Store what a person chose; empty is what their organization has.

    Raises:
        ValidationError: Nobody knows the time zone, or the way to write numbers.
    """
    _require_known(time_zone, number_style)
    user.time_zone, user.number_style = time_zone, number_style
    user.save(update_fields=["time_zone", "number_style"])
    return user


@transaction.atomic
def set_region(
    *, organization: Organization, by: User, time_zone: str, number_style: str
) -> Organization:
    """Store what the people of an organization have who did not choose.

    Args:
        organization: The organization; its row is read again and locked.
        by: The administrator; what is so already leaves no event.
        time_zone: Its name; empty is that of the installation.
        number_style: A sample; empty is as each browser's language writes numbers.

    Raises:
        ValidationError: Nobody knows the time zone, or the way to write numbers.
    """
    _require_known(time_zone, number_style)
    organization = Organization.objects.select_for_update(no_key=True).get(
        pk=organization.pk
    )
    wanted = time_zone, number_style
    if wanted == (organization.time_zone, organization.number_style):
        return organization
    organization.time_zone, organization.number_style = wanted
    organization.save(update_fields=["time_zone", "number_style"])
    events.record(
        organization=organization,
        actor=by,
        verb="organization.region",
        subject=str(organization.pk),
        time_zone=time_zone,
        number_style=number_style,
    )
    return organization


def _require_known(time_zone: str, number_style: str) -> None:
    if time_zone and time_zone not in zone_names():
        raise ValidationError({"time_zone": "Choose a time zone of the list"})
    if number_style and number_style not in SAMPLES:
        raise ValidationError({"number_style": "Choose how numbers are written"})
