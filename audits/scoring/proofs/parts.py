"""The conditions of a framework to prove, each with its place."""

from collections.abc import Iterator
from dataclasses import dataclass

from audits.frameworks import conditions as c


@dataclass(frozen=True, slots=True)
class ProofProblem:
    """A part of a framework that can have no effect, or a wrong one.

    `where` names the part as the loader does; `sentence` says what is wrong with it.
    """

    where: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Part:
    """A condition or a part of one: its place, and the places of what encloses it."""

    where: str
    condition: c.Condition
    within: tuple[str, ...]


def parts(
    condition: c.Condition, where: str, within: tuple[str, ...] = ()
) -> Iterator[Part]:
    """Yield a condition, and the parts of it that can be wrong alone.

    These are combinations and tests of the market. A test of one answer, fact or reason
    can be wrong only together with what it reads.

    >>> tree = c.All((c.FactHolds("a"), c.Not(c.FactHolds("b"))))
    >>> [(part.where, part.within) for part in parts(tree, "when")]
    [('when', ()), ('when.all[2]', ('when',))]
    """
    tests = c.MarketExists | c.MarketReaches
    if not within or isinstance(condition, c.All | c.Any | c.Not | tests):
        yield Part(where, condition, within)
    inside = (*within, where)
    match condition:
        case c.All(inner):
            for place, part in enumerate(inner, 1):
                yield from parts(part, f"{where}.all[{place}]", inside)
        case c.Any(inner):
            for place, part in enumerate(inner, 1):
                yield from parts(part, f"{where}.any[{place}]", inside)
        case c.Not(part):
            yield from parts(part, f"{where}.not", inside)
