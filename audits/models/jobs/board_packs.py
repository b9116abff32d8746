"""Board packs: the decisions of a part of the portfolio, for one meeting."""

from datetime import timedelta
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from audits.models.audits import Audit
from audits.models.covers import Cover
from audits.models.fields.text import CleanCharField
from audits.models.jobs.jobs import FileJob, Job, JobQuerySet
from audits.models.jobs.reports import Report
from audits.models.organizations import Organization
from audits.models.use_cases import Stage


class BoardPackQuerySet(JobQuerySet["BoardPack"]):
    """Reads packs; what was frozen is large, and loaded only on use."""

    def light(self) -> Self:
        """Without the frozen verdicts and outcomes of the use cases, and its words."""
        return self.defer("verdicts", "outcomes", "told")

    def with_counts(self) -> Self:
        """With `asked`, `not_ready` and `made`: how many use cases and of their papers.

        Without what was frozen. What is not ready is as the portfolio has it now: it
        lacks answers, or something else before the board can vote on it.
        """
        row = "decisions__audit__portfolio_row"
        told = models.Q(decisions__audit__cover__purpose=Cover.Purpose.INFORMATION)
        lacks = ~models.Q((f"{row}__vote_lacks", ""))
        is_asked = ~models.Q((f"{row}__stage", Stage.STOPPED)) & ~told
        waits = models.Q((f"{row}__is_provisional", True)) | (lacks & is_asked)
        ready = models.Q(decisions__report__state=Job.State.READY)
        return self.light().annotate(
            asked=models.Count("decisions"),
            not_ready=models.Count("decisions", filter=waits),
            made=models.Count("decisions", filter=ready),
        )

    def complete_with(self, report: Report) -> Self:
        """Return the packs that waited for this paper and now wait for no other."""
        decisions = PackDecision.objects.filter(pack=models.OuterRef("pk"))
        missing = models.Q(report=None) | models.Q(report__state__in=Job.WAITING)
        return (
            self.light()
            .waiting()
            .filter(
                models.Exists(decisions.filter(report=report)),
                ~models.Exists(decisions.filter(missing)),
            )
        )


class BoardPack(FileJob):
    """The decisions needed in one filter of the portfolio, as a PDF or a zip.

    What it covers is fixed when it is asked for. `filters` is the portfolio's query.
    `verdicts` has all that the filter found, by use case: {"team", "verdict",
    "answers", "given", "on", "framework"}, so that the next pack can tell what changed
    and why. `outcomes` has what usage files said of the months after signed papers, as
    `services.papers.packs.pack_outcomes` gives it. `previous` is the earlier one over
    the same filter that it is compared with, as its asker chose. `content` names the
    decisions and verdicts, whatever the filter and the meeting.
    """

    NOUN = "pack"
    FOLDER = "packs"
    LEASE = timedelta(minutes=6)
    # Up to this many decisions are one PDF; more are a zip with one PDF each.
    MOST_IN_ONE = 50

    # with_counts() fills these.
    asked: int
    not_ready: int
    made: int

    content = models.CharField(max_length=64)
    filters = models.TextField(blank=True)
    meeting = CleanCharField(max_length=60, blank=True)
    verdicts = models.JSONField(default=dict)
    outcomes = models.JSONField(default=dict)
    frozen_at = models.DateTimeField(default=timezone.now)
    previous = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="following"
    )
    file = models.FileField(upload_to=FOLDER, blank=True)
    # The record line of its request, which it prints.
    record_number = models.PositiveBigIntegerField(null=True)
    record_digest = models.CharField(max_length=64, blank=True)

    objects: ClassVar[BoardPackQuerySet] = ScopedManager(
        _manager_class=models.Manager.from_queryset(BoardPackQuerySet),
        organization="organization",
    )

    class Meta(FileJob.Meta):
        indexes: ClassVar[tuple[models.Index, ...]] = (
            *FileJob.Meta.indexes,
            models.Index(
                fields=("organization", "content"), name="boardpack_by_content"
            ),
        )

    @property
    def is_in_one_file(self) -> bool:
        """Whether it is one PDF; else it has a file for each decision."""
        decisions = PackDecision.objects.filter(pack=self)
        return decisions.count() <= self.MOST_IN_ONE

    def __str__(self) -> str:
        return f"Pack of {self.frozen_at:%Y-%m-%d} ({self.get_state_display()})"


class PackDecision(models.Model):
    """One decision in a pack: an audit as it was submitted then.

    `report` is its paper, in a pack that has a file for each.
    """

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="pack_decisions"
    )
    pack = models.ForeignKey(BoardPack, models.CASCADE, related_name="decisions")
    audit = models.ForeignKey(Audit, models.CASCADE, related_name="pack_decisions")
    number = models.PositiveIntegerField()
    submitted_at = models.DateTimeField()
    report = models.ForeignKey(
        Report, models.SET_NULL, null=True, related_name="pack_decisions"
    )

    objects: ClassVar[models.Manager["PackDecision"]] = ScopedManager(
        organization="organization"
    )

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=("pack", "number"), name="one_decision_of_a_number"
            ),
        )

    def __str__(self) -> str:
        return f"Decision {self.number} of {self.pack_id}"
