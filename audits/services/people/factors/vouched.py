"""What was set in an account while an organization vouched for its person.

Its provider and its directory speak for one organization. Until a person has a second
one, they open the account too, and can give it another address; those who run them may
know what was set then, so it opens no other (decision 0190).
"""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from audits.models import User
from audits.services.people.factors.factors import FACTORS, Kind, remove_factor
from audits.services.people.factors.told import tell_soon
from audits.services.people.sessions import end_sessions
from audits.services.people.sign_ins import record_of_person


def note_vouched(*, user: User) -> None:
    """Note that an account is changed in a session that a provider began.

    From then on nothing that is set counts as the person's own: a factor that was
    planted can prove the next one. Call it with the row of the person locked.
    """
    if user.vouched_since is None:
        user.vouched_since = timezone.now()
        user.vouched_password = not user.has_usable_password()
        user.save(update_fields=["vouched_since", "vouched_password"])


@transaction.atomic
def readdress(*, user: User, email: str) -> None:
    """Give an account the address that an organization says its person has.

    Who reads the mails of one of the two addresses may be somebody else: nothing that
    is in the account, or is set later, counts as the person's own. The sessions end,
    and the address before gets a mail.
    """
    before, user.email = user.email, email
    user.vouched_since, user.vouched_password = user.date_joined, True
    user.save(update_fields=["email", "vouched_since", "vouched_password"])
    end_sessions(user=user, by=None)
    tell_soon(user=user, what="address changed", to=before)


@transaction.atomic
def drop_vouched(*, user: User) -> None:
    """Drop what an organization could set, before a person gets one more of them.

    Their sessions end, factors that are newer go, as do recovery codes, and a password
    where there was none, or the address was another one. Nothing happens where nobody
    vouched for them.

    Args:
        user: The person; they set what they need again by their email address.
    """
    row = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if row.vouched_since is None:
        return
    own = Authenticator.objects.filter(user_id=row.pk)
    for factor in own.filter(type__in=FACTORS, created_at__gte=row.vouched_since):
        remove_factor(user=row, by=row, factor=factor)
    own.filter(type=Kind.RECOVERY_CODES).delete()
    if row.vouched_password and row.has_usable_password():
        row.set_unusable_password()
        record_of_person(person=row, by=row, verb="person.password_changed")
    row.vouched_since, row.vouched_password = None, False
    row.vouched_drops += 1  # for a session that begins just now
    columns = ("password", "vouched_since", "vouched_password", "vouched_drops")
    row.save(update_fields=columns)
    for column in columns:
        setattr(user, column, getattr(row, column))
    end_sessions(user=row, by=row)
    tell_soon(user=row, what="one more organization")
