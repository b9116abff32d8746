"""The operator's market facts that are in force."""

from typing import ClassVar

from django.db import models

# The key of the only row.
ONLY = 1


class LandscapeFile(models.Model):
    """The operator's file over the built-in landscape; one row, or none so far.

    An empty `content` means that the built-in landscape is in force again. `sha256` is
    that of the content, and `as_of` the day that it gives. `command` says what put it
    there, and which account of which machine ran it. While `drafts_are_due`, some draft
    may have been scored with what was in force before `since`.
    """

    slot = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    content = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    as_of = models.DateField(null=True)
    command = models.CharField(max_length=300)
    since = models.DateTimeField()
    drafts_are_due = models.BooleanField(default=True)

    objects: ClassVar[models.Manager["LandscapeFile"]]

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(slot=ONLY), name="one_landscape_file"
            ),
        )

    def __str__(self) -> str:
        day = f"{self.as_of.day} {self.as_of:%B %Y}" if self.as_of else ""
        return f"Market facts of {day}" if day else "The built-in market facts"
