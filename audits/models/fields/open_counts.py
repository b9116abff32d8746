"""How many questions are open, as columns that lists read."""

from django.db import models

from audits.frameworks.answering.progress import says_left
from audits.frameworks.answering.still_open import StillOpen


class OpenCounts(models.Model):
    """What has counts of open questions.

    `open_questions` counts what could still change the verdict: 0 is settled, None not
    scored. Of them, `open_later` are asked only if other answers change what applies.
    """

    open_questions = models.PositiveSmallIntegerField(null=True)
    open_later = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def still_open(self) -> StillOpen:
        """Both counts in words."""
        return still_open(self.open_questions, self.open_later)


class MinutesLeft(models.Model):
    """What has the minutes that its open questions take, as a column."""

    minutes_left = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def says_left(self) -> str:
        """The same in words."""
        return says_left(self.minutes_left)


def still_open(every: int | None, later: int) -> StillOpen:
    """Return both counts in words, from the columns."""
    return StillOpen(now=(every or 0) - later, later=later)
