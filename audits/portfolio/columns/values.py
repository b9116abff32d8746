"""What cells of the portfolio say that calendars, feeds and papers say, too."""

from decimal import Decimal
from typing import cast

from django.conf import settings
from django.urls import reverse

from audits.frameworks.loading import loader
from audits.frameworks.rules import Verdict
from audits.models import PortfolioRow
from audits.scoring.money.states import risk_state


def training_at_risk(row: PortfolioRow) -> Decimal | None:
    """Return what is paid once for training that the verdict is against; else None."""
    is_it = risk_state(row.stage, against=row.at_risk) == "training"
    return row.training_left if is_it else None


def link_to(row: PortfolioRow) -> str:
    """Return the address of a use case's verdict."""
    return settings.SITE_URL + reverse("result", args=[row.audit_id])


def override_in_words(row: PortfolioRow) -> str | None:
    """Return what counts in place of a computed verdict; None without an override."""
    words = loader.current().verdicts.get(cast("Verdict", row.override))
    return words.name if words else row.override or None


def verdict_in_words(row: PortfolioRow) -> str | None:
    """Return a verdict in words, or what comes first; None if there is none yet."""
    words = loader.current().verdicts.get(cast("Verdict", row.verdict))
    return row.comes_first or (words.name if words else row.verdict or None)


def verdict_that_counts(row: PortfolioRow) -> str:
    """Return a verdict in words; an override names the computed one beside it."""
    computed = verdict_in_words(row) or "not scored yet"
    override = override_in_words(row)
    return f"{override} (override; computed: {computed})" if override else computed
