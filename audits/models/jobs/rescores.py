"""Portfolios re-scored over the years."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django_scopes import ScopedManager

from audits.models.jobs.jobs import Job, JobQuerySet


class RescoreQuerySet(JobQuerySet["Rescore"]):
    """Reads re-scorings."""


class Rescore(Job):
    """One portfolio, or a part of it, re-scored over the years by a worker.

    `request_digest` identifies the request: the filters and the framework version.
    `key` also covers the state of the portfolio and the day. `done` of `total` use
    cases are re-scored; `result` exists once all are. No stored verdict changes.
    """

    NOUN = "rescore"
    # A worker reports its progress more often than this.
    LEASE = timedelta(minutes=2)

    request_digest = models.CharField(max_length=64)
    filters = models.JSONField(default=dict)
    version = models.CharField(max_length=80, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    result = models.JSONField(null=True)

    objects: ClassVar[RescoreQuerySet] = ScopedManager(
        _manager_class=models.Manager.from_queryset(RescoreQuerySet),
        organization="organization",
    )

    def __str__(self) -> str:
        return f"{self.done} of {self.total} ({self.get_state_display()})"
