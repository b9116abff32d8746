"""What a board decided of a signed verdict, and what was done about it."""

import uuid
from decimal import Decimal
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from audits.models.audits import Audit
from audits.models.fields.text import CleanCharField, CleanTextField
from audits.models.organizations import Organization
from audits.models.sign_offs.proof_files import ProofFile
from audits.models.use_cases import Stage
from audits.scoring.board.approved_part import beside_asked, granted
from audits.scoring.board.follow_ups import FollowUp
from audits.scoring.board.standing import CARRIED_OUT_LATER
from audits.scoring.board.words import OUTCOMES

MOST_OF_WORDS = 1000


def _amount() -> "models.DecimalField[Decimal | None, Decimal | None]":
    return models.DecimalField(max_digits=16, decimal_places=2, null=True)


class BoardDecisionQuerySet(models.QuerySet["BoardDecision"]):
    """Reads decisions of boards."""

    def last_first(self) -> Self:
        """Return those of each audit, the one that counts first."""
        return self.order_by("audit", "-number")

    def that_count(self) -> Self:
        """Return the last of each audit: a later record replaces an earlier one."""
        later = BoardDecision.objects.filter(
            audit=models.OuterRef("audit"), number__gt=models.OuterRef("number")
        )
        return self.filter(~models.Exists(later))

    def in_force(self) -> Self:
        """Return those that count, of verdicts that are in force."""
        return self.that_count().filter(audit__state=Audit.State.SIGNED_OFF)


class BoardDecision(models.Model):
    """What a board decided of a signed audit, on a day; kept forever.

    A later record of the same audit, with a higher `number`, replaces it. `amount` is
    what was approved, in `currency`, and `asked` what its paper asked for, in US
    dollars as expected; None is "not stated". `link`, which is called `name`, and
    `file` are the minutes. `verdict`, `stage` and `follow_ups`, the steps that it asks
    for, are those of the moment of the record.
    """

    class Outcome(models.TextChoices):
        """What the board decided."""

        APPROVED = "approved", OUTCOMES["approved"]
        AMENDED = "amended", OUTCOMES["amended"]
        REFUSED = "refused", OUTCOMES["refused"]
        DEFERRED = "deferred", OUTCOMES["deferred"]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="board_decisions"
    )
    audit = models.ForeignKey(Audit, models.CASCADE, related_name="board_decisions")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=16, choices=Outcome)
    decided_on = models.DateField()
    meeting = CleanCharField(max_length=120)
    link = models.URLField(max_length=500, blank=True)
    name = CleanCharField(max_length=200, blank=True)
    file = models.ForeignKey(ProofFile, models.RESTRICT, null=True, related_name="+")
    words = CleanTextField(max_length=MOST_OF_WORDS, blank=True)
    amount = _amount()
    currency = models.CharField(max_length=3, default="USD")
    asked = _amount()
    carry_out_by = models.DateField(null=True)
    look_on = models.DateField(null=True)
    verdict = models.CharField(max_length=32)
    stage = models.CharField(max_length=16, choices=Stage)
    follow_ups = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[BoardDecisionQuerySet] = ScopedManager(
        _manager_class=models.Manager.from_queryset(BoardDecisionQuerySet),
        organization="organization",
    )

    class Meta:
        ordering = ("audit", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("audit", "number"), name="one_board_decision_of_a_number"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} by the board on {self.decided_on}"

    @property
    def asks(self) -> tuple[FollowUp, ...]:
        """The steps that it asks for; none unless it was approved."""
        return tuple(map(FollowUp.of_value, self.follow_ups))

    @property
    def condition(self) -> str:
        """The words of its condition; empty without one."""
        return next((each.words for each in self.asks if each.words), "")

    @property
    def minutes(self) -> str:
        """The address of the minutes, or else their file; empty without any."""
        return self.link or (self.file.told if self.file else "")

    @property
    def granted(self) -> str:
        """What it approved, and of what; empty if nobody said an amount."""
        if self.amount is None:
            return ""
        return granted(self.amount, self.currency, self.asked)

    @property
    def not_granted(self) -> str:
        """What became of the rest of the sum asked for; empty if all was approved."""
        if self.amount is None:
            return ""
        return beside_asked(self.amount, self.currency, self.asked)[1]

    @property
    def is_carried_out_later(self) -> bool:
        """Whether it was approved, so that something has to be done."""
        return self.outcome in CARRIED_OUT_LATER


class DecisionStep(models.Model):
    """What was done about a decision, or that this was taken back; kept forever.

    A step is about the use case, so it counts for a later record of the same audit,
    too. `undoes` is the step that a taking back is of, and `words` its reason. `amount`
    is money that is freed, in `currency`, by the month or once as `basis` says, since
    `day`; `is_stated` if a person says so, and no usage shows it. `stage_before` and
    `stage_after` are those of a change of the stage.
    """

    class Kind(models.TextChoices):
        """What was done."""

        STAGE = "stage", "Stage changed"
        TRAINING = "training", "Training stopped"
        SETUP = "setup", "Set up"
        OFFER = "offer", "Offer answered"
        MONEY = "money", "Money freed"
        CONDITION = "condition", "Condition of the board met"
        DONE = "done", "Done"
        TAKEN_BACK = "taken_back", "Taken back"

    class Basis(models.TextChoices):
        """How often an amount is freed."""

        MONTH = "month", "A month"
        ONCE = "once", "Once"

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="decision_steps"
    )
    public_id = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    decision = models.ForeignKey(
        BoardDecision, models.CASCADE, related_name="own_steps"
    )
    audit = models.ForeignKey(Audit, models.CASCADE, related_name="decision_steps")
    kind = models.CharField(max_length=16, choices=Kind)
    undoes = models.OneToOneField(
        "self", models.CASCADE, null=True, related_name="undone_by"
    )
    day = models.DateField()
    amount = _amount()
    currency = models.CharField(max_length=3, default="USD")
    basis = models.CharField(max_length=8, choices=Basis, blank=True)
    is_stated = models.BooleanField(default=True)
    words = CleanTextField(max_length=MOST_OF_WORDS, blank=True)
    link = models.URLField(max_length=500, blank=True)
    name = CleanCharField(max_length=200, blank=True)
    stage_before = models.CharField(max_length=16, choices=Stage, blank=True)
    stage_after = models.CharField(max_length=16, choices=Stage, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["DecisionStep"]] = ScopedManager(
        organization="organization"
    )

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} by {self.by}"

    def is_of(self, asked: FollowUp) -> bool:
        """Return whether it is about a step: one condition met is not another one."""
        is_other = self.kind == self.Kind.CONDITION and (
            self.decision.condition != asked.words
        )
        return self.kind == asked.kind and not is_other
