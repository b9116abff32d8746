"""Organizations, their teams and their members."""

import uuid
from collections.abc import Sequence
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django_scopes import ScopedManager

from audits.models.fields.colours import validate_on_white
from audits.models.fields.logos import validate_logo
from audits.models.fields.public_ids import PublicId
from audits.models.fields.text import CleanCharField


class Organization(models.Model):
    """A customer; no organization ever sees anything of another.

    `paper_size`, `accent` and `logo` set the look of its board papers, which are PDF/A
    in place of PDF/UA if it `archives_papers`. `currency` is
    the code of what it thinks in: amounts start in it, and sums are told in it beside
    US dollars. `watched_on` is the day on which its signed-off verdicts were last
    compared with the market. Since `answerers_may_sign_since` who answered what decides
    may sign off; None: never. Since `second_opinion_since` a sign-off needs one of
    somebody else first; None: it does not. If it `requires_second_factor`, a member
    without one gets nothing of it but the way to set one up. If it
    `requires_single_sign_on`, only who came from its provider gets anything of it, and
    if `sign_on_has_factor`, who did needs no second factor here. Signed audits that
    newer ones replaced are kept for `keep_signed_years`, drafts that nobody changes for
    `keep_drafts_months`, who signed in for `keep_sign_ins_months`; None: for good.
    """

    class PaperSize(models.TextChoices):
        """The paper that its board papers are printed on."""

        A4 = "a4", "A4"
        LETTER = "letter", "US Letter"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = CleanCharField(max_length=80)
    slug = models.SlugField(unique=True)
    paper_size = models.CharField(max_length=8, choices=PaperSize, default=PaperSize.A4)
    accent = models.CharField(
        max_length=7,
        blank=True,
        validators=[validate_on_white],
        help_text="A dark colour for the head of board papers, like #0f5e5a.",
    )
    logo = models.FileField(
        upload_to="logos",
        blank=True,
        validators=[validate_logo],
        help_text="A PNG or JPEG file of up to 200 kB, for board papers.",
    )
    archives_papers = models.BooleanField(
        "Board papers are PDF/A-3a, for an archive",
        default=False,
        help_text="Otherwise they are PDF/UA-1, which says that everybody can read "
        "them. Both have the same pages, tags and attached file.",
    )
    currency = models.CharField(
        max_length=3,
        default="USD",
        help_text="What amounts that teams enter start in, and what sums are told in "
        "beside US dollars, the unit of every table.",
    )
    # The SHA-256 of the logo; empty without one, and for logos from before we stored
    # it.
    logo_digest = models.CharField(max_length=64, blank=True, editable=False)
    logo_checked_at = models.DateTimeField(null=True, editable=False)
    watched_on = models.DateField(null=True, editable=False)
    answerers_may_sign_since = models.DateField(null=True, editable=False)
    second_opinion_since = models.DateField(null=True, editable=False)
    # What its people see and write without a choice of their own; empty: the time zone
    # of the installation, and numbers as each browser's language writes them.
    time_zone = models.CharField(max_length=40, blank=True, default="", editable=False)
    number_style = models.CharField(
        max_length=8, blank=True, default="", editable=False
    )
    requires_second_factor = models.BooleanField(default=False, editable=False)
    requires_single_sign_on = models.BooleanField(default=False, editable=False)
    sign_on_has_factor = models.BooleanField(default=False, editable=False)
    keep_signed_years = models.PositiveSmallIntegerField(null=True, editable=False)
    keep_drafts_months = models.PositiveSmallIntegerField(null=True, editable=False)
    # Since when it is closed; None while it is open.
    closed_at = models.DateTimeField(null=True, editable=False)
    keep_sign_ins_months = models.PositiveSmallIntegerField(null=True, editable=False)
    # What it adds to its use cases, as fields/own_fields.py has it.
    own_fields = models.JSONField(default=list, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class TeamQuerySet(models.QuerySet["Team"]):
    """Reads teams."""

    def offered(self) -> Self:
        """The teams that take use cases: those that are not archived."""
        return self.filter(archived_at=None)


class Team(PublicId):
    """A team that has AI use cases; since `archived_at` it takes no more of them."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="teams")
    name = CleanCharField(max_length=80)
    archived_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[TeamQuerySet] = ScopedManager(
        _manager_class=models.Manager.from_queryset(TeamQuerySet),
        organization="organization",
    )

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "name"), name="one_team_of_a_name"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_archived(self) -> bool:
        """Whether it takes no use cases."""
        return self.archived_at is not None


class Role(models.TextChoices):
    """The rights of a member; each role includes those of the one before it.

    A board reader gets the papers and packs that were shared with them, and no other
    page.
    """

    BOARD = "board", "Board reader"
    VIEWER = "viewer", "Viewer"
    CONTRIBUTOR = "contributor", "Contributor"
    REVIEWER = "reviewer", "Reviewer"
    ADMIN = "admin", "Administrator"


# They see all of their organization.
SEE_ALL = (Role.VIEWER, Role.CONTRIBUTOR, Role.REVIEWER, Role.ADMIN)
REVIEWERS = (Role.REVIEWER, Role.ADMIN)
CONTRIBUTORS = (Role.CONTRIBUTOR, Role.REVIEWER, Role.ADMIN)


def stronger(one: str, other: str | None) -> Role:
    """Return the stronger of two roles; None is none.

    >>> stronger("viewer", "reviewer"), stronger("admin", None)
    (Role.REVIEWER, Role.ADMIN)
    """
    order = list(Role)
    found = Role(one)
    return max(found, Role(other), key=order.index) if other else found


def in_role(roles: Sequence[Role], **team: Any) -> models.Q:
    """Return the filter of members who have a role, in all or in one team.

    Args:
        roles: The roles.
        team: How the team is found, as a filter of TeamRole.
    """
    own = TeamRole.objects.filter(
        membership=models.OuterRef("pk"), role__in=roles, **team
    )
    return models.Q(models.Exists(own)) | models.Q(role__in=roles)


class CurrentMembers(models.Manager["Membership"]):
    """Finds who belongs to an organization now."""

    def get_queryset(self) -> models.QuerySet["Membership"]:
        return super().get_queryset().filter(ended_at=None)


class Membership(models.Model):
    """A person in one organization, with the role that they have in all of it.

    For the use cases of a team they have the stronger of that and of their TeamRole.
    `within` is the team that a request is about, known once its objects are found. A
    request about two teams has the own role alone.

    `objects` and `User.memberships` have no membership that ended: it is as none, until
    it is taken back. `ever` has those too. It is not known when the oldest began.

    Of several, they work with the one `chosen_at` the latest; one that was taken back
    was not chosen. `others` are the person's others, as a request reads them.

    They have read all of their inbox that is not newer than `inbox_read_until`;
    `inbox_marks` counts how often they marked one row as read. `inbox_state` is what
    a request knows already of their organization's inboxes (`inbox.sources.state`).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships"
    )
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=16, choices=Role)
    began_at = models.DateTimeField(null=True, default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    chosen_at = models.DateTimeField(null=True, default=timezone.now, editable=False)
    inbox_read_until = models.DateTimeField(null=True, editable=False)
    inbox_marks = models.PositiveIntegerField(default=0, editable=False)

    inbox_state: str | None = None
    within: int | None = None
    others: Sequence["Membership"] = ()

    objects: ClassVar[models.Manager["Membership"]] = ScopedManager(
        _manager_class=CurrentMembers, organization="organization"
    )
    ever: ClassVar[models.Manager["Membership"]] = ScopedManager(
        organization="organization"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "organization"), name="one_membership_each"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"

    @property
    def time_zone(self) -> str:
        """In which time zone they see times of day; empty: the installation's."""
        return self.user.time_zone or self.organization.time_zone

    @property
    def number_style(self) -> str:
        """How they write numbers, as a sample; empty: as their browser's language."""
        return self.user.number_style or self.organization.number_style

    @property
    def sees_all(self) -> bool:
        """Whether this member may read the organization, not only what was shared."""
        return self.role in SEE_ALL

    @cached_property
    def team_roles(self) -> dict[int, str]:
        """The roles of single teams, by team; a request has read them already."""
        read = vars(self)
        if "team_roles_text" not in read:
            return dict(self.roles.values_list("team", "role"))
        pairs = (read["team_roles_text"] or "").split()
        return {int(team): role for team, _, role in (x.partition(":") for x in pairs)}

    def look_at(self, team: int) -> None:
        """Ask from now on for what a member may do with the use cases of a team."""
        self.within = team if self.within in {None, team} else 0

    @property
    def acts_as(self) -> Role:
        """The role that holds for what the request is about."""
        if not self.within:
            return Role(self.role)
        return stronger(self.role, self.team_roles.get(self.within))

    @property
    def contributes_to(self) -> frozenset[int]:
        """The teams in which they may register use cases, beside their own role."""
        return frozenset(t for t, r in self.team_roles.items() if r in CONTRIBUTORS)

    @property
    def may_register(self) -> bool:
        """Whether there is any team in which they may register a use case."""
        return self.role in CONTRIBUTORS or bool(self.contributes_to)

    @property
    def may_contribute(self) -> bool:
        """Whether this member may register use cases and answer questions."""
        return self.acts_as in CONTRIBUTORS

    @property
    def administers(self) -> bool:
        """Whether this member looks after people, teams and settings."""
        return self.role == Role.ADMIN

    @property
    def may_review(self) -> bool:
        """Whether this member may sign off what others submitted."""
        return self.acts_as in REVIEWERS


class TeamRole(models.Model):
    """What a member may do with the use cases of one team, beyond their own role."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="roles")
    team = models.ForeignKey(Team, models.CASCADE, related_name="roles")
    role = models.CharField(max_length=16, choices=Role)

    objects: ClassVar[models.Manager["TeamRole"]] = ScopedManager(
        organization="organization"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("membership", "team"), name="one_role_of_a_member_and_team"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()} of {self.team}"
