"""AI use cases."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django_scopes import ScopedManager

from audits.models.fields.choices import display_of
from audits.models.fields.tags import MOST_OF_TAGS
from audits.models.fields.text import CleanCharField, CleanTextField
from audits.models.organizations import Organization, Team


class Stage(models.TextChoices):
    """The stage of a use case."""

    PLANNED = "planned", "Planned"
    BUILDING = "building", "Building"
    TRAINING = "training", "In training"
    LIVE = "live", "Live"
    STOPPED = "stopped", "Stopped"

    @property
    def meaning(self) -> str:
        """What it says of a use case, in half a sentence."""
        return _STAGE_MEANS[self.value]

    @classmethod
    def explained(cls) -> list[tuple[str, str]]:
        """Return the choices with what each means."""
        return [(each.value, f"{each.label}: {each.meaning}") for each in cls]


_STAGE_MEANS = {
    "planned": "nothing is built yet",
    "building": "nobody uses it yet",
    "training": "a model is being prepared or trained",
    "live": "people or programs use it",
    "stopped": "dropped or paused",
}


class UseCase(models.Model):
    """One AI use case of one team.

    A published case also says what its owners did and what happened.
    `external_reference` is its key in an imported inventory. `tags` are words of its
    organization, with ", " between them (`fields/tags.py`), and `own` has the values of
    its own fields (`fields/own_fields.py`). Who made its owner that is `given_by`,
    and whose it was before `given_from`. `given_count` is how many the owner got at
    once, and `taken_count` how many the other lost; both are 0 but for the first.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="use_cases"
    )
    number = models.PositiveIntegerField(editable=False)
    external_reference = CleanCharField(max_length=80, blank=True)
    team = models.ForeignKey(Team, models.PROTECT, related_name="use_cases")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="use_cases"
    )
    name = CleanCharField(max_length=80)
    summary = CleanTextField(max_length=500)
    stage = models.CharField(max_length=16, choices=Stage, default=Stage.PLANNED)
    get_stage_display = display_of("stage", Stage)
    tags = CleanCharField(max_length=MOST_OF_TAGS, blank=True)
    own = models.JSONField(default=dict, blank=True)
    what_was_done = CleanTextField(blank=True)
    what_happened = CleanTextField(blank=True)
    source = CleanTextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    given_at = models.DateTimeField(null=True, editable=False)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
    )
    given_from = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
    )
    given_count = models.PositiveIntegerField(default=0, editable=False)
    taken_count = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[models.Manager["UseCase"]] = ScopedManager(
        organization="organization"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "number"), name="one_use_case_of_a_number"
            ),
            models.UniqueConstraint(
                fields=("organization", "external_reference"),
                condition=~models.Q(external_reference=""),
                name="one_use_case_of_a_reference",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def stage_meaning(self) -> str:
        """What its stage says, in half a sentence."""
        return Stage(self.stage).meaning

    @property
    def has_stopped(self) -> bool:
        """Whether it was dropped or paused, so that nothing of it runs."""
        return self.stage == Stage.STOPPED

    @property
    def reference(self) -> str:
        """The reference people use, such as UC-0042."""
        return self.reference_of(self.number)

    @staticmethod
    def reference_of(number: int) -> str:
        """Return the reference of the use case with that number."""
        return f"UC-{number:04d}"
