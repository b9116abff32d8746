"""How many use cases of a pack have a verdict of each family."""

from collections.abc import Iterator
from dataclasses import dataclass

from audits.frameworks.schema import FamilyWords, Framework, Needs
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
