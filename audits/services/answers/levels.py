"""Evidence levels belong to the person and the answer that they were given for."""

from collections.abc import Mapping

from audits.models import Audit, User
from audits.services.answers.entry_checks import Key
from audits.services.answers.merging import Outcome, Sent


def without_old_levels(
    audit: Audit,
    by: User,
    sent: Mapping[Key, Sent],
    outcomes: Mapping[Key, Outcome],
) -> tuple[dict[Key, Sent], dict[Key, Outcome]]:
    """Take back the levels that were given for answers that are replaced now.

    So is one of somebody else that the page sends along: it shows every level as it is.
    Both stay in the history.
    """
    old: list[Key] = [
        ("level", item)
        for (kind, item), outcome in outcomes.items()
        if kind == "answer"
        and outcome == "saved"
        and audit.levels.get(item, {}).get("value") is not None
        and _is_of_the_old_one(audit, item, by, outcomes.get(("level", item)))
    ]
    taken = {level: Sent(value=None) for level in old}
    return {**sent, **taken}, {**outcomes, **dict.fromkeys(old, "saved")}


def _is_of_the_old_one(
    audit: Audit, item: str, by: User, outcome: Outcome | None
) -> bool:
    """Return whether a level is that of the replaced answer.

    Args:
        audit: The audit before the answer is replaced.
        item: The question.
        by: Who replaces the answer.
        outcome: That of the level that was sent with it; None without one.
    """
    if outcome != "same":
        return outcome is None
    answered = audit.answers.get(item, {}).get("value") is not None
    return answered and bool(audit.levels[item]["by"] != by.pk)
