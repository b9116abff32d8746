"""What two packs put to the board, compared."""

from dataclasses import replace

from audits.models import BoardPack, PackDecision
from audits.reports.packs.pack_changes import Changes


def with_asked(found: Changes, pack: BoardPack, earlier: BoardPack) -> Changes:
    """Return changes with what is put to the board now and was not then, and the rest.

    Note: two queries.
    """
    now, then = _asked_in(pack), _asked_in(earlier)
    return replace(
        found,
        asked_new=tuple(sorted(name for key, name in now.items() if key not in then)),
        asked_gone=tuple(sorted(name for key, name in then.items() if key not in now)),
    )


def _asked_in(pack: BoardPack) -> dict[object, str]:
    """Return the names of the use cases that a pack puts to the board, by their ids."""
    asked = PackDecision.objects.filter(pack=pack)
    return dict(asked.values_list("audit__use_case", "audit__use_case__name"))
