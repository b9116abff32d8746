"""Removes invitations that nobody can accept any more, with their addresses."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django_scopes import scopes_disabled

from audits.models import Invitation

KEPT = timedelta(days=30)
_MOST = 10_000


def forget_old() -> int:
    """Remove what was accepted or withdrawn, or expired, a month ago; say how many.

    Until then its link says what became of it. The record keeps that it was sent.
    """
    before = timezone.now() - KEPT
    over = Q(accepted_at__lt=before) | Q(withdrawn_at__lt=before)
    over |= Q(expires_at__lt=before)
    with scopes_disabled():
        found = Invitation.objects.filter(over).order_by("pk")
        pks = list(found.values_list("pk", flat=True)[:_MOST])
        return Invitation.objects.filter(pk__in=pks).delete()[0]
