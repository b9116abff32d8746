"""How many use cases of a pack have a verdict of each family."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audits.frameworks.schema import Family, FamilyWords, Framework, Needs
from audits.models import BoardPack
from audits.reports.packs.compared.pack_changes import Frozen, words_of

NOT_SCORED = ""
_NOT_SCORED_WORDS = FamilyWords(
    name="Not scored yet",
    choice="Not scored yet",
    mark="none",
    trains=False,
    needs=Needs(one="has no verdict yet", several="have no verdict yet"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many use cases have a verdict of one family, now and in the last pack."""

    kind: str
    family: FamilyWords
    now: int
    before: int | None

    @property
    def change(self) -> int | None:
        """The difference; None without an earlier pack."""
        return None if self.before is None else self.now - self.before


def trained(counts: Sequence[Count], ready: Sequence[Family | None]) -> str:
    """Say how many verdicts name training, and how much of it a board can approve.

    Some name it only for later, or if a stopped use case is resumed.

    Args:
        counts: The verdicts.
        ready: The families of those of which the board can approve all that they say.
    """
    scored = [count for count in counts if count.kind != NOT_SCORED]
    trains = {count.kind: count.now for count in scored if count.family.trains}
    number = sum(trains.values())
    if not number:
        return "No verdict names training"
    now = sum(family in trains for family in ready)
    verdicts = f"{number} of {sum(count.now for count in scored)} verdicts"
    what = f"can approve {f'{now} of them' if now else 'none of it'} now"
    return f"{verdicts} name{'s' * (number == 1)} training; the board {what}"


def counts_of(framework: Framework, pack: BoardPack) -> Iterator[Count]:
    """Yield the count of each family, and of use cases without a verdict, if any."""
    now = _by_family(framework, pack.verdicts)
    before = _by_family(framework, pack.previous.verdicts) if pack.previous else None
    for kind, family in (*framework.families.items(), (NOT_SCORED, _NOT_SCORED_WORDS)):
        number, earlier = now.get(kind, 0), before.get(kind, 0) if before else 0
        if kind != NOT_SCORED or number or earlier:
            yield Count(
                kind=kind,
                family=family,
                now=number,
                before=None if before is None else earlier,
            )


def _by_family(framework: Framework, found: Frozen) -> dict[str, int]:
    counts: dict[str, int] = {}
    for use_case in found.values():
        words = words_of(framework, use_case)
        kind = words.family if words else NOT_SCORED
        counts[kind] = counts.get(kind, 0) + 1
    return counts
