"""How far each record of events was checked."""

from typing import ClassVar

from django.db import models
from django_scopes import ScopedManager

from audits.models.organizations import Organization


class RecordCheck(models.Model):
    """The position of the check of one organization's record, and its findings.

    `number` and `digest` are the last line that was read, on `checked_on`; `is_whole`
    says that the record ended there, so that the next check begins with line 1.
    `broken_number` is the first line known to be wrong, None if none is.
    `anchored_since` and `anchored_on` are the first and the last day whose head was
    written to the file of anchors.
    """

    organization = models.OneToOneField(
        Organization, models.CASCADE, related_name="record_check"
    )
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    is_whole = models.BooleanField(default=False)
    checked_on = models.DateField(null=True)
    broken_number = models.PositiveBigIntegerField(null=True)
    broken_words = models.CharField(max_length=300, blank=True)
    anchored_since = models.DateField(null=True)
    anchored_on = models.DateField(null=True)

    objects: ClassVar[models.Manager["RecordCheck"]] = ScopedManager(
        organization="organization"
    )

    def __str__(self) -> str:
        if self.broken_number is not None:
            return f"Record BROKEN at line {self.broken_number}: {self.broken_words}"
        if self.checked_on is None:
            return "Record not checked yet"
        day = f"{self.checked_on.day} {self.checked_on:%B %Y}"
        return f"Record checked up to line {self.number} on {day}"
