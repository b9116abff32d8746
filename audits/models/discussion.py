"""What people say to each other about an answer."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from audits.models.audits import Audit
from audits.models.fields.public_ids import PublicId
from audits.models.fields.text import CleanTextField
from audits.models.organizations import Organization
from audits.models.people import User


class CommentQuerySet(models.QuerySet["Comment"]):
    """Reads comments."""

    def with_people(self) -> Self:
        """With everything that a comment on a page shows, in one query."""
        return self.select_related("by", "resolved_by")


class Comment(PublicId):
    """A remark on one question of an audit, until it is resolved.

    `mentioned` are the members whom its text names, as they were called then.
    """

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="comments"
    )
    audit = models.ForeignKey(Audit, models.CASCADE, related_name="comments")
    question = models.CharField(max_length=64)
    text = CleanTextField(max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True)
    mentioned = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")

    objects: ClassVar[CommentQuerySet] = ScopedManager(
        _manager_class=models.Manager.from_queryset(CommentQuerySet),
        organization="organization",
    )

    class Meta:
        ordering = ("at", "pk")
        indexes = (
            models.Index(
                fields=("audit", "question", "at"), name="comment_by_question"
            ),
            models.Index(fields=("organization", "at"), name="comment_by_moment"),
        )

    def __str__(self) -> str:
        return f"{self.by} on {self.question}"

    @property
    def is_resolved(self) -> bool:
        """Whether it is resolved."""
        return self.resolved_at is not None


class AnswerRequestQuerySet(models.QuerySet["AnswerRequest"]):
    """Reads answer requests."""

    def open(self) -> Self:
        """The open requests."""
        return self.filter(closed_at=None)

    def asked_of(self, person: User) -> Self:
        """The requests to a person."""
        return self.filter(of=person)

    def with_audit(self) -> Self:
        """With everything that a row about a request shows, in one query."""
        return self.select_related("audit__use_case", "of", "by")


class AnswerRequest(models.Model):
    """A request to a colleague to answer a section or one question of an audit.

    `question` is empty if the request covers the whole section. `closed_by` is None
    while it is open, and where nobody in person closed it. `mail_failed` says that the
    colleague got no email; they see the request in their inbox.
    """

    class ClosedAs(models.TextChoices):
        """What became of a request."""

        ANSWERED = "answered", "Answered"
        NOT_ANSWERED = "not_answered", "Closed without an answer"
        SIGNED = "signed", "Closed with the sign-off"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="asks")
    audit = models.ForeignKey(Audit, models.CASCADE, related_name="asks")
    section = models.CharField(max_length=64)
    question = models.CharField(max_length=64, blank=True)
    of = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="asked"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    message = CleanTextField(max_length=1000, blank=True)
    at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    closed_as = models.CharField(max_length=16, choices=ClosedAs, blank=True)
    mail_failed = models.BooleanField(default=False)

    objects: ClassVar[AnswerRequestQuerySet] = ScopedManager(
        _manager_class=models.Manager.from_queryset(AnswerRequestQuerySet),
        organization="organization",
    )

    class Meta:
        ordering = ("-at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("audit", "section", "question", "of"),
                condition=models.Q(closed_at=None),
                name="one_open_ask_of_a_person",
            ),
        )

    def __str__(self) -> str:
        return f"{self.of} asked for {self.question or self.section}"

    @property
    def is_open(self) -> bool:
        """Whether it is still open."""
        return self.closed_at is None
