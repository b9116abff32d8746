"""The people who sign in."""

from collections.abc import Iterator
from typing import Any, ClassVar

from asgiref.sync import sync_to_async
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models

from audits.models.fields.public_ids import PublicId
from audits.models.fields.text import CleanCharField


class Mails(models.TextChoices):
    """How often a person gets emails about what their inbox lists."""

    AT_ONCE = "at-once", "At once"
    DAILY = "daily", "Once a day"
    WEEKLY = "weekly", "Once a week"
    NONE = "none", "No emails"


# They get everything in one email.
DIGESTS = (Mails.DAILY, Mails.WEEKLY)


class UserManager(BaseUserManager["User"]):
    """Creates people, who are identified by their email address."""

    def create_user(self, email: str, password: str | None, **fields: Any) -> "User":
        """Create a person; without a password nobody can sign in as them."""
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self, email: str, password: str | None, **fields: Any
    ) -> "User":
        """Create a person with access to the back office."""
        return self.create_user(
            email, password, is_staff=True, is_superuser=True, **fields
        )


class User(AbstractUser, PublicId):
    """A person; their Membership gives their rights.

    A digest on `mailed_on`, at the latest, was queued for them; what happened until
    `mailed_until` is in no other digest.
    """

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField("email address", unique=True)
    name = CleanCharField(max_length=80)
    one_question_a_page = models.BooleanField(default=False)
    # Empty: what the organization chose.
    time_zone = models.CharField(max_length=40, blank=True, default="", editable=False)
    number_style = models.CharField(
        max_length=8, blank=True, default="", editable=False
    )
    mails = models.CharField(max_length=8, choices=Mails, default=Mails.AT_ONCE)
    mailed_on = models.DateField(null=True, editable=False)
    mailed_until = models.DateTimeField(null=True, editable=False)
    # Names and addresses that they had before, so that an erasure finds them, too.
    former = models.JSONField(default=list, blank=True, editable=False)
    # Since when an organization's word let somebody change how they sign in; None if
    # never, and whether their password may be of that time (decision 0190).
    vouched_since = models.DateTimeField(null=True, editable=False)
    vouched_password = models.BooleanField(default=False, editable=False)
    # How often that was dropped: an earlier session opens nothing.
    vouched_drops = models.PositiveIntegerField(default=0, editable=False)
    # How many sign-ins failed on the last day with a failure.
    failed_on = models.DateField(null=True, editable=False)
    failed_times = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the address in lower case, because lookups use that.

        A name or an address that changes is kept in `former`.
        """
        self.email = self.email.lower()
        names = kwargs.get("update_fields")
        if not self._state.adding and (names is None or {*names} & {"name", "email"}):
            self._keep_former()
            if names is not None:
                kwargs["update_fields"] = {*names, "former"}
        super().save(*args, **kwargs)

    def _keep_former(self) -> None:
        own = User.objects.filter(pk=self.pk)
        before = own.values_list("name", "email").first() or ()
        now, known = (self.name, self.email), self.former
        self.former = [*known, *(x for x in before if x and x not in (*now, *known))]

    def check_password(self, raw_password: str | None) -> bool:
        """Return whether this is the password.

        A newer hash of it replaces the one that was checked, and nothing else: the
        password may have been changed or dropped meanwhile (decision 0190).
        """
        checked = self.password

        def store_newer_hash(right: str | None) -> None:
            own = User.objects.filter(pk=self.pk, password=checked)
            newer = make_password(right)
            if own.update(password=newer):
                self.password = newer

        return check_password(raw_password, checked, store_newer_hash)

    async def acheck_password(self, raw_password: str | None) -> bool:
        """Return the same to code that waits for nothing."""
        return await sync_to_async(self.check_password)(raw_password)

    def get_session_auth_hash(self) -> str:
        """Return what a session has to be of: the password, and the latest drop."""
        return f"{super().get_session_auth_hash()}{self.vouched_drops or ''}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Return the same with each key that was in use before."""
        for each in super().get_session_auth_fallback_hash():
            yield f"{each}{self.vouched_drops or ''}"

    def get_full_name(self) -> str:
        """Return the name, as other people read it."""
        return str(self)

    def get_short_name(self) -> str:
        """Return the name, as other people read it."""
        return str(self)
