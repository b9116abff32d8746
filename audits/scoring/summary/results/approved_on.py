"""What an approval of training is on: typed results, or a file that was removed."""

from audits.frameworks.schema import Framework
from audits.scoring.assess_on import given_to
from audits.scoring.explaining.advice_rows import approval
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.summary.results.wrong_files import wrong_files

_ALL_DONE = "Approve. All checks for training are done."


def approved_on(
    framework: Framework,
    assessment: Assessment,
    said: str | None = None,
    *,
    opened_by: str = "",
) -> str:
    """Return whether training is approved, and on which condition if it has one.

    Anybody can type a result and a link, and say that a file was a wrong one. Where
    training rests on that, it is approved only if it is so: with how many deciding
    results come from files, and who opened the links of the others.

    Args:
        framework: The framework of the assessment.
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
    on = (_on_links(assessment, opened_by), _on_removed(framework, assessment))
    return " ".join(filter(None, on)) or said


def _on_links(assessment: Assessment, opened_by: str) -> str:
    """Say how many deciding results were typed; empty if none was."""
    files, typed = _deciding(assessment)
    if not typed:
        return ""
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


def _on_removed(framework: Framework, assessment: Assessment) -> str:
    """Say which verdict a file gives that was removed as wrong; empty if the same."""
    gone = wrong_files(framework, assessment)
    if gone is None or not gone.verdicts:
        return ""
    names = " or ".join(f"“{name}”" for name in gone.verdicts)
    which = "the removed file was" if len(gone.said) == 1 else "the removed files were"
    return f"Approve only if {which} wrong: counted, the verdict would be {names} (A6)."


def _deciding(assessment: Assessment) -> tuple[int, int]:
    """Return how many results behind answers come from files, and how many do not."""
    inputs, _ = given_to(assessment)
    behind = inputs.answered.behind.values()
    found = {row.id: bool(row.sha256) for rows in behind for row in rows}
    files = sum(found.values())
    return files, len(found) - files
