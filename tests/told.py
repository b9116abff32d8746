"""What a small paper says, for tenants whose papers nobody prints."""

from typing import Any

from audits.office.told import Part, Run, Sheet, Told, to_json


def told_by(word: str) -> dict[str, Any]:
    """Return what a paper of an organization says, as it is kept."""
    part = Part(frozenset({"row"}), "Decision needed", ((Run(f"{word} asks."),),))
    told = Told(
        organization=f"{word} Mutual",
        head="Board paper",
        foot="A verdict",
        title=f"{word} handbook",
        language="en",
        accent="",
        is_letter=False,
        sheets=(Sheet("page-1", "For decision", f"{word} handbook", (part,)),),
    )
    return to_json(told)
