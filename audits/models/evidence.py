"""Evidence behind an answer: links and files."""

import uuid
from typing import ClassVar, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from audits.models.audits import Audit
from audits.models.fields.text import CleanCharField
from audits.models.file_problems import FileProblem
from audits.models.organizations import Organization

MEGABYTE = 1024 * 1024
# So many links and files removed from an answer are shown at once.
MOST_SHOWN = 30


def _told(evidence: "Evidence | RemovedEvidence") -> dict[str, str]:
    if evidence.link:
        return {"kind": "link", "name": evidence.name, "link": evidence.link}
    return {"kind": "file", "name": evidence.name, "sha256": evidence.digest}


def stored_name(evidence: "Evidence", _: str) -> str:
    """Return the path of a file: a random name that reveals nothing."""
    return f"{Evidence.FOLDER}/{evidence.organization_id}/{uuid.uuid4().hex}"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Reads evidence."""

    def behind(self, audit: Audit, question: str) -> Self:
        """The evidence for one answer, with the people who added it."""
        own = self.filter(audit=audit, question=question)
        return own.select_related("added_by").with_problem()

    def with_problem(self) -> Self:
        """With `problem`: whether the file is missing or altered; None if it is not."""
        problems = FileProblem.objects.lost().filter(
            kind=FileProblem.Kind.EVIDENCE, subject=models.OuterRef("pk")
        )
        return self.annotate(problem=models.Subquery(problems.values("state")[:1]))

    def lost_of(self, audit: Audit) -> Self:
        """Return the files behind an audit's answers that are missing or altered."""
        own = self.filter(audit=audit).exclude(file="").with_problem()
        return own.exclude(problem=None)

    def questions_text(self) -> models.Subquery:
        """Their questions as a part of a query: one text, or NULL where none is."""
        by_audit = self.order_by().values("audit")
        said = models.StringAgg("question", models.Value(" "))
        return models.Subquery(by_audit.annotate(said=said).values("said"))

    def total_size(self) -> int:
        """The bytes of all the files; audits that follow each other share some."""
        files = self.order_by().values("file", "size").distinct()
        return files.aggregate(total=models.Sum("size"))["total"] or 0


class Evidence(models.Model):
    """A link or a file behind the answer to one question.

    `name` is the person's name for the file; it is stored under another. `media_type`
    is what the content shows, and `digest` its SHA-256. `given_for` is the answer that
    it was given for; None if there was none yet.
    """

    FOLDER = "evidence"

    # with_problem() fills it.
    problem: str | None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="evidence"
    )
    audit = models.ForeignKey(Audit, models.CASCADE, related_name="evidence")
    question = models.CharField(max_length=64)
    link = models.URLField(max_length=500, blank=True)
    file = models.FileField(upload_to=stored_name, max_length=200, blank=True)
    name = CleanCharField(max_length=200)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    checked_at = models.DateTimeField(null=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now)
    given_for = models.JSONField(null=True)

    objects: ClassVar[EvidenceQuerySet] = ScopedManager(
        _manager_class=models.Manager.from_queryset(EvidenceQuerySet),
        organization="organization",
    )

    class Meta:
        ordering = ("added_at", "pk")
        indexes = (
            models.Index(fields=("audit", "question"), name="evidence_by_question"),
            models.Index(fields=("checked_at",), name="evidence_by_check"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(link="") ^ models.Q(file=""),
                name="evidence_is_a_link_or_a_file",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def told(self) -> dict[str, str]:
        """What it is, as a review and the record keep it."""
        return _told(self)

    def is_for_another_answer(self, audit: Audit) -> bool:
        """Whether the answer that it was given for has changed since, by anybody.

        It shows nothing of the new one until somebody takes it for that one.
        """
        now = audit.answers.get(self.question, {}).get("value")
        return self.given_for is not None and now not in (None, self.given_for)

    @property
    def site(self) -> str:
        """The site that a link leads to, whatever its name; empty for a file."""
        return urlsplit(self.link).netloc


def questions_with_evidence(audit: Audit) -> frozenset[str]:
    """Return the questions of an audit with evidence; one read for a page has them.

    For such a page it makes no query, not even one that is not asked.
    """
    told = vars(audit)
    if "questions_with_evidence" in told:
        return frozenset((told["questions_with_evidence"] or "").split())
    behind = Evidence.objects.filter(audit=audit).order_by()
    return frozenset(behind.values_list("question", flat=True))


class RemovedEvidenceQuerySet(models.QuerySet["RemovedEvidence"]):
    """Reads what was removed."""

    def behind(self, audit: Audit, question: str) -> Self:
        """What was removed from one answer, the latest first, with the people."""
        return self.with_people().filter(audit=audit, question=question)

    def with_people(self) -> Self:
        """With who added and who removed it, in one query."""
        return self.select_related("added_by", "removed_by")


class RemovedEvidence(models.Model):
    """A link or a file that somebody removed: all that is known of it stays.

    The content of a file is gone. `was` is the id that the evidence had.
    """

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="removed_evidence"
    )
    audit = models.ForeignKey(Audit, models.CASCADE, related_name="removed_evidence")
    was = models.UUIDField()
    question = models.CharField(max_length=64)
    link = models.URLField(max_length=500, blank=True)
    name = CleanCharField(max_length=200)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[RemovedEvidenceQuerySet] = ScopedManager(
        _manager_class=models.Manager.from_queryset(RemovedEvidenceQuerySet),
        organization="organization",
    )

    class Meta:
        ordering = ("-removed_at", "-pk")
        indexes = (
            models.Index(fields=("audit", "question"), name="removed_by_question"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def told(self) -> dict[str, str]:
        """What it was, as the record keeps it."""
        return _told(self)
