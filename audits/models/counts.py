"""Recent counts for limits."""

from typing import ClassVar

from django.db import models


class RecentCount(models.Model):
    """One count, by a keyed hash of its subject.

    No address is stored. The count ends at `ends_at` and can be removed then. Until
    `blocked_until` nothing more is allowed; None if nothing waits.
    """

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    blocked_until = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(db_index=True)

    objects: ClassVar[models.Manager["RecentCount"]]

    def __str__(self) -> str:
        return f"{self.count} until {self.ends_at}"
