"""The record of who did what."""

from collections.abc import Iterator
from datetime import UTC, datetime
from math import inf
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django_scopes import ScopedManager

from audits.models.organizations import Organization
from audits.record.lines import Line
from audits.record.sign_ins import REMOVED, RETENTION, Removal, removals

# A line about a use case whose name, owner and the like changed.
CHANGED = "use_case.changed"
# A line about a use case that an inventory registered.
IMPORTED = "use_case.imported"
_PIECE = 2000
# PostgreSQL has times that Python has not, such as infinity.
_TIMES = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
_READABLE = models.Q(number__isnull=False, at__range=_TIMES)


class EventQuerySet(models.QuerySet["Event"]):
    """Reads records."""

    def lines(self, organization: Organization, after: int = 0) -> Iterator[Line]:
        """Yield the lines of a record in order, with one piece in memory at a time.

        Args:
            organization: Whose record.
            after: The number of the line before the first; 0 for all that is stored,
                even under a number that no line may have.
        """
        own = self.filter(organization=organization).readable()
        rest = own.order_by("number", "pk")
        if after:
            rest = rest.filter(number__gt=after)
        piece = list(rest[:_PIECE])
        while piece:
            yield from (event.line for event in piece)
            last = piece[-1]
            # Two lines may have one number, if somebody could remove the constraint.
            beyond = rest.filter(number__gte=last.number)
            read = models.Q(number=last.number, pk__lte=last.pk)
            piece = list(beyond.exclude(read)[:_PIECE])

    def head(self, organization: Organization) -> "Event | None":
        """Return the last line of a record."""
        own = self.filter(organization=organization).readable()
        return own.order_by("-number").first()

    def changes_of(self, reference: str) -> Self:
        """The lines of what changed of a use case itself; an index has them."""
        return self.filter(verb=CHANGED, subject=reference)

    def readable(self) -> Self:
        """The lines with a number and a time, which constraints demand of each."""
        return self.filter(_READABLE)

    def emptied(self, organization: Organization) -> list[Removal]:
        """Return the lines said to be emptied, as the organization had chosen."""
        told = self.filter(organization=organization, verb__in=(REMOVED, RETENTION))
        lines = told.readable().order_by("number")
        sealed = self.filter(organization=organization).exclude(seal="")
        numbers = sealed.readable().order_by("number").values_list("number", flat=True)
        said = lines.values_list("verb", "at", "details")
        return sorted(removals(said, numbers.first() or inf))

    def unreadable(self, organization: Organization) -> list[int | None]:
        """Return the numbers of the other lines of a record."""
        own = self.filter(organization=organization).exclude(_READABLE)
        return list(own.order_by("number", "pk").values_list("number", flat=True))


class Event(models.Model):
    """One line of an organization's append-only record.

    Each line's `digest` covers its organization, its content and the digest before
    it, so a changed, moved or removed line shows. It contains no names: a person is an
    id here, and can be forgotten without breaking the chain. Nothing removes a line, so
    an organization with lines cannot be removed.
    """

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="events"
    )
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    verb = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    details = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    # Whether who signed in was removed from it; a later line says so.
    is_emptied = models.BooleanField(default=False, editable=False)
    seal = models.CharField(max_length=64, blank=True, editable=False)

    objects: ClassVar["EventQuerySet"] = ScopedManager(
        _manager_class=models.Manager.from_queryset(EventQuerySet),
        organization="organization",
    )

    class Meta:
        ordering = ("number",)
        indexes = (
            models.Index(
                fields=("organization", "subject"),
                condition=models.Q(verb=CHANGED),
                name="changes_of_a_use_case",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "number"), name="one_event_of_a_number"
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="events_begin_with_number_1"
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.subject}"

    @property
    def line(self) -> Line:
        """The content that the digest covers."""
        return Line(
            organization=self.organization_id,
            number=self.number,
            at=self.at,
            actor=self.actor_id,
            verb=self.verb,
            subject=self.subject,
            details=self.details,
            previous=self.previous,
            digest=self.digest,
            is_emptied=self.is_emptied,
            seal=self.seal,
        )

    def compute_digest(self) -> str:
        """Return the correct digest of this line."""
        return self.line.compute_digest()
