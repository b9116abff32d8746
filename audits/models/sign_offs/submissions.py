"""Who submitted an audit, each time."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from audits.models.audits import Audit
from audits.models.fields.text import CleanCharField, CleanTextField
from audits.models.organizations import Organization

MOST_WORDS = 1000


class Submission(models.Model):
    """One submission of an audit; it stays when the audit is reopened.

    `verdict` and `comes_first` are those of its frozen assessment. `versions` has, by
    kind of entry and item, the number of the version that was submitted: with these
    its inputs can be read again. `returned_at` says when the audit became a draft
    again: sent back, or else `taken_back_by` somebody of the team. `words` answer the
    reviewer who had sent it back before. `without` names the newer results that
    contradict the verdict in force and were left out on purpose; empty if none were.

    `frozen` is what it takes to put a submission that was taken back into review again,
    as it was; None if that cannot be. `withdrawals` are the times that this was done:
    `by` whom and `at` what moment it was taken back, and `back_by` and `back_at`.
    """

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="submissions"
    )
    audit = models.ForeignKey(Audit, models.CASCADE, related_name="submissions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    verdict = models.CharField(max_length=32, blank=True)
    comes_first = models.CharField(max_length=60, blank=True)
    versions = models.JSONField(default=dict)
    words = CleanTextField(max_length=MOST_WORDS, blank=True)
    without = CleanCharField(max_length=300, blank=True)
    returned_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )

    frozen = models.JSONField(null=True)
    withdrawals = models.JSONField(default=list)

    objects: ClassVar[models.Manager["Submission"]] = ScopedManager(
        organization="organization"
    )

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"Submission of {self.audit_id} by {self.by_id}"
