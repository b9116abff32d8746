"""What an approval of training is on: results of files, or results that were typed."""

from audits.scoring.assess_on import given_to
from audits.scoring.explaining.advice_rows import approval
from audits.scoring.explaining.assessment import Assessment

_ALL_DONE = "Approve. All checks for training are done."


def approved_on(
    assessment: Assessment, said: str | None = None, *, opened_by: str = ""
) -> str:
    """Return whether training is approved, and where that rests on typed results.

    Anybody can type a result and a link, so such an approval is no approval without a
    condition: it says how many deciding results come from files, and who opened the
    links of the others.

    Args:
        assessment: What was decided.
        said: The approval in words; without it, `approval`.
        opened_by: The name of the reviewer who says to have opened the links; empty
            before a sign-off.
    """
    advice = assessment.advice
    if advice is None:
        return ""
    said = approval(advice) if said is None else said
    if said != _ALL_DONE or assessment.candidates is None:
        return said
    files, typed = _deciding(assessment)
    if not typed:
        return said
    opened = (
        f"{opened_by} says to have opened" if opened_by else "nobody has opened yet"
    )
    none = "None of the deciding results comes from a file"
    some = f"{files} of {files + typed} deciding results come from files"
    one = f"1 of {files + typed} deciding results comes from a file"
    counted = {0: none, 1: one}.get(files, some)
    links = (
        "1 was typed, with a link" if typed == 1 else f"{typed} were typed, with links"
    )
    return f"Approve only if the links show it. {counted}; {links} that {opened}."


def _deciding(assessment: Assessment) -> tuple[int, int]:
    """Return how many results behind answers come from files, and how many do not."""
    inputs, _ = given_to(assessment)
    behind = inputs.answered.behind.values()
    found = {row.id: bool(row.sha256) for rows in behind for row in rows}
    files = sum(found.values())
    return files, len(found) - files
