"""What two packs put to the board, compared."""

from dataclasses import replace

from audits.models import BoardPack, PackDecision
from audits.reports.packs.compared.pack_changes import Changes
from audits.scoring.costs.rounding import written
from audits.services.papers.packs.pack_asked_for import asked_for_in


def with_asked(found: Changes, pack: BoardPack, earlier: BoardPack) -> Changes:
    """Return changes with what is put to the board now and was not then, and the rest.

    With it is how much more or less is asked for in all.

    Note: two queries.
    """
    now, then = _asked_in(pack), _asked_in(earlier)
    return replace(
        found,
        asked_new=tuple(sorted(name for key, name in now.items() if key not in then)),
        asked_gone=tuple(sorted(name for key, name in then.items() if key not in now)),
        asked_for=_asked_for(pack, earlier),
    )


def _asked_for(pack: BoardPack, earlier: BoardPack) -> str:
    """Say how the sum asked for has changed; empty where either is not known."""
    before = asked_for_in(earlier.verdicts.values())
    after = asked_for_in(pack.verdicts.values())
    if before is None or after is None:
        return ""
    if before == after:
        return (
            f"${written(after)} is asked for over 12 months, signed off or not, as in "
            "that pack."
        )
    how = "more" if after > before else "less"
    return (
        f"${written(after)} is asked for over 12 months, signed off or not, and "
        f"${written(before)} was in that pack: ${written(abs(after - before))} {how}."
    )


def _asked_in(pack: BoardPack) -> dict[object, str]:
    """Return the names of the use cases that a pack puts to the board, by their ids."""
    asked = PackDecision.objects.filter(pack=pack)
    return dict(asked.values_list("audit__use_case", "audit__use_case__name"))
