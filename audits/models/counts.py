"""How often something was done of late, for limits."""

from typing import ClassVar

from django.db import models


class RecentCount(models.Model):
    """One count, by a keyed hash of what is counted and of whom.

    Nobody's address is stored. From `ends_at` on the count is over, and may be removed.
    Before `blocked_until` nothing more is let through; None if nothing waits.
    """

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    blocked_until = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(db_index=True)

    objects: ClassVar[models.Manager["RecentCount"]]

    def __str__(self) -> str:
        return f"{self.count} until {self.ends_at}"
