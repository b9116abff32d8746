"""That the end of a model on which a sum rests is not confirmed by its provider."""

from audits.landscape.catalogue import catalogue
from audits.landscape.facts import is_reported
from audits.scoring.explaining.advice_rows import in_a_row
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.words import Money

# The numbers that name a model.
_NAMES = ("model", "smaller", "tuned", "successor")


def reported_end(assessment: Assessment, money: Money | None) -> str:
    """Say which end of a model is only reported; empty where no sum rests on one.

    Args:
        assessment: What was decided.
        money: The money behind it; None without a price.
    """
    if money is None:
        return ""
    rows = [row for row in (money.today, money.chosen) if row]
    days = {x.day for row in rows for x in row.calendar.events if x.kind == "end"}
    days |= {money.move.ends} if money.move else set()
    market = catalogue(money.on)
    found = dict[str, list[str]]()
    for model_id in dict.fromkeys(assessment.numbers.get(x, "") for x in _NAMES):
        model = market.landscape.models.get(model_id)
        end = model.retires if model else None
        if model is None or end is None or end.day not in days:
            continue
        if is_reported(end.confidence, market.sources(end)):
            found.setdefault(model.provider, []).append(model.name)
    return " ".join(
        f"The end of {in_a_row(names)} is reported, not confirmed by {provider}."
        for provider, names in found.items()
    )
