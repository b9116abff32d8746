"""The kinds of rows of an inbox, and which of them were read."""

from typing import ClassVar

from django.db import models
from django_scopes import ScopedManager

from audits.models.organizations import Membership, Organization


class NoticeKind(models.TextChoices):
    """The kinds of rows of an inbox, as its filter names them."""

    ASKED = "asked", "Questions for you"
    ANSWERED = "answered", "Answered"
    COMMENTED = "commented", "Comments"
    MENTIONED = "mentioned", "Mentions"
    SENT_BACK = "sent-back", "Sent back"
    TO_REVIEW = "to-review", "To review"
    SIGNED = "signed", "Signed off"
    OVERRIDDEN = "overridden", "Verdict overridden"
    OPINION = "opinion", "Second opinions"
    DUE = "due", "Review due"
    LATE = "late", "Overdue"
    NOT_READY = "not-ready", "Not ready"
    CARRY_OUT = "carry-out", "Decided, to be carried out"
    RECORDED = "recorded", "Decisions that others recorded"
    NOT_DONE = "not-done", "Approved and overdue"
    CONDITION = "condition", "Conditions"
    MET = "met", "Conditions to confirm"
    RETIRES = "retires", "Model retires"
    CONFLICT = "conflict", "Conflicts"
    NOT_KEPT = "not-kept", "Not kept"
    DISCARDED = "discarded", "Discarded"
    GIVEN = "given", "Yours now"
    TAKEN = "taken", "No longer yours"

    @property
    def act(self) -> str:
        """What a row of it asks its reader to do; its label where it asks nothing."""
        return _ACTS.get(self, str(self.label))


_ACTS = {
    NoticeKind.ASKED: "Answer",
    NoticeKind.SENT_BACK: "Sent back: answer",
    NoticeKind.TO_REVIEW: "Review",
    NoticeKind.NOT_READY: "Take back and answer",
    NoticeKind.DUE: "Start a new audit",
    NoticeKind.CARRY_OUT: "Carry out",
    NoticeKind.NOT_DONE: "Overdue: carry out",
    NoticeKind.CONDITION: "Meet the condition",
    NoticeKind.MET: "Confirm",
    NoticeKind.RETIRES: "Plan the move",
    NoticeKind.CONFLICT: "Choose an answer",
}


# These stay until somebody has done something.
WAITING = (
    *(NoticeKind.ASKED, NoticeKind.TO_REVIEW, NoticeKind.DUE),
    *(NoticeKind.LATE, NoticeKind.SENT_BACK, NoticeKind.NOT_DONE),
    *(NoticeKind.NOT_READY, NoticeKind.CARRY_OUT),
    *(NoticeKind.CONDITION, NoticeKind.MET),
    *(NoticeKind.RETIRES, NoticeKind.CONFLICT),
)


class ReadMark(models.Model):
    """That a member has read one row of their inbox.

    `subject` is the id of what it is about, and `at` when it was read: what happens to
    it later is unread again. Rows that are older than `Membership.inbox_read_until`
    are read without a mark.
    """

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    member = models.ForeignKey(Membership, models.CASCADE, related_name="read_marks")
    kind = models.CharField(max_length=16, choices=NoticeKind)
    subject = models.UUIDField()
    at = models.DateTimeField()

    objects: ClassVar[models.Manager["ReadMark"]] = ScopedManager(
        organization="organization"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("member", "kind", "subject"), name="one_mark_of_a_row"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
