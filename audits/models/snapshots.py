"""The counts and sums of the portfolio, month by month."""

from typing import ClassVar

from django.db import models
from django_scopes import ScopedManager

from audits.models.organizations import Organization, Team


class Snapshot(models.Model):
    """The counts and sums of one month, of a team or, without one, of all.

    `month` is its first day; a closed month has the figures of `taken_on`. The counts
    are by verdict, state and stage: {"rag": 7, …}; a missing key means none. Money is
    in US dollars a month; None is "not stated". A month that nobody counted at the time
    can be `worked_out` from what is stored since: its drafts have no verdict, and its
    money is not known (`services/portfolio/earlier_months.py`). That of all teams has
    `each` use case by its number, so that a filter finds its own months: its verdict,
    and what it cost a month if it ran, as text. It is empty where nobody kept it.
    """

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="snapshots"
    )
    team = models.ForeignKey(Team, models.CASCADE, null=True, related_name="snapshots")
    month = models.DateField()
    taken_on = models.DateField()
    worked_out = models.BooleanField(default=False)
    use_cases = models.PositiveIntegerField()
    verdicts = models.JSONField(default=dict)
    states = models.JSONField(default=dict)
    stages = models.JSONField(default=dict)
    running = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    planned = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    proposed = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    stopped = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    at_risk = models.DecimalField(max_digits=18, decimal_places=2, null=True)

    each = models.JSONField(default=dict)

    objects: ClassVar[models.Manager["Snapshot"]] = ScopedManager(
        organization="organization"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "month"),
                condition=models.Q(team=None),
                name="one_snapshot_a_month",
            ),
            models.UniqueConstraint(
                fields=("organization", "team", "month"),
                condition=models.Q(team__isnull=False),
                name="one_snapshot_a_month_and_team",
            ),
        )

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}, {self.team or 'all teams'}"
