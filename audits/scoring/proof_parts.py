"""What there is to prove of a framework: its conditions, each with its place."""

from collections.abc import Iterator
from dataclasses import dataclass

from audits.frameworks import conditions as c
from audits.frameworks.schema import Framework


@dataclass(frozen=True, slots=True)
class ProofProblem:
    """A part of a framework that can have no effect, or a wrong one.

    `where` names the part as the loader does; `sentence` says what is wrong with it.
    """

    where: str
    sentence: str


def conditions(framework: Framework) -> Iterator[tuple[str, c.Condition]]:
    """Yield every condition of a framework with its place, in document order."""
    for question in framework.questions:
        if question.visible:
            yield f"questions[{question.id}].visible.when", question.visible.when
    yield "unproven_when", framework.unproven_when
    for group, rows in (
        ("facts", framework.facts),
        ("reasons", framework.reasons),
        ("blockers", framework.blockers),
        ("context_rules", framework.context_rules),
        ("verdict_rules", framework.verdict_rules),
        ("cautions", framework.cautions),
        ("literal_test", framework.literal_test.conditions),
        ("literal_test", framework.literal_test.differences),
    ):
        for row in rows:
            for name in ("when", "claimed_when", "unless"):
                condition: c.Condition | None = getattr(row, name, None)
                if condition is not None:
                    yield f"{group}[{row.id}].{name}", condition
    yield "split.when", framework.split.when


@dataclass(frozen=True, slots=True)
class Part:
    """A condition or a part of one: its place, and the places of what encloses it."""

    where: str
    condition: c.Condition
    within: tuple[str, ...]


def parts(
    condition: c.Condition, where: str, within: tuple[str, ...] = ()
) -> Iterator[Part]:
    """Yield a condition, and the parts of it that may go wrong by themselves.

    These are combinations and tests of the market. A test of one answer, fact or
    reason goes wrong only together with what it reads.

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
