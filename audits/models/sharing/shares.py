"""Papers and packs that were shared with board readers, or by a link."""

import hashlib
from datetime import datetime
from typing import Any, ClassVar, Literal, Self, cast

from django.conf import settings
from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from audits.models.audits import Audit
from audits.models.fields.public_ids import PublicId
from audits.models.fields.text import CleanCharField
from audits.models.jobs.board_packs import BoardPack
from audits.models.jobs.reports import Report
from audits.models.organizations import Organization

type ShareState = Literal["open", "ended", "expired"]


class ShareQuerySet(models.QuerySet["Share"]):
    """Reads what was shared."""

    def open(self, at: datetime | None = None) -> Self:
        """Those that can be opened: not ended, and not expired."""
        later = models.Q(expires_at=None) | models.Q(
            expires_at__gt=at or timezone.now()
        )
        return self.filter(later, ended_at=None)

    def with_file(self) -> Self:
        """With what they open, without the frozen verdicts of packs."""
        return self.select_related(
            "report__audit__use_case", "pack", "by", "organization"
        ).defer("pack__verdicts", "pack__outcomes", "pack__told", "report__told")


class Share(PublicId):
    """One paper or one pack, as it was made, for one reader or for who has a link.

    A link has the SHA-256 of its secret as `digest`, and a slow hash of its
    `passphrase`; neither can be read back. `words` say for whom it is, and it always
    expires. What was shared with a reader is theirs until it is `ended_at`.
    """

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="shares"
    )
    report = models.ForeignKey(Report, models.CASCADE, null=True, related_name="shares")
    pack = models.ForeignKey(
        BoardPack, models.CASCADE, null=True, related_name="shares"
    )
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+"
    )
    words = CleanCharField(max_length=80, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    passphrase = models.CharField(max_length=128, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[ShareQuerySet] = ScopedManager(
        _manager_class=models.Manager.from_queryset(ShareQuerySet),
        organization="organization",
    )

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(report=None) ^ models.Q(pack=None),
                name="a_share_is_of_one_file",
            ),
            models.CheckConstraint(
                condition=models.Q(reader=None, expires_at__isnull=False)
                | models.Q(reader__isnull=False, digest="", passphrase=""),
                name="a_share_is_for_a_reader_or_a_link_that_ends",
            ),
            models.UniqueConstraint(
                fields=("digest",),
                condition=~models.Q(digest=""),
                name="one_share_of_a_secret",
            ),
        )

    def __str__(self) -> str:
        return self.words or str(self.reader)

    @property
    def job(self) -> Report | BoardPack:
        """What it opens."""
        found: Any = self.report or self.pack  # a constraint demands one
        return cast("Report | BoardPack", found)

    @property
    def audit(self) -> Audit | None:
        """Whose paper it is; None of a pack, which is of many."""
        return self.report.audit if self.report else None

    @property
    def state(self) -> ShareState:
        """Whether it can be opened, or what became of it."""
        if self.ended_at:
            return "ended"
        expires = self.expires_at
        return "expired" if expires and expires <= timezone.now() else "open"

    @staticmethod
    def digest_of(secret: str) -> str:
        """Return the digest of a secret, which is stored in its place."""
        return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
