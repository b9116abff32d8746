"""How alike second opinions and submissions are, over time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.utils import timezone

from audits.evaluations.statistics.kappa import FEWEST, kappa, weighted
from audits.frameworks.loading import loader
from audits.models import SecondOpinion
from audits.models.sign_offs.second_opinions import Counted, how_it_compares

_Knew = SecondOpinion.Knew
# Who knows answers agrees with them more easily.
_BLIND = (_Knew.NOTHING, _Knew.VERDICT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How alike answers are: of a quarter, of a question, or of all.

    A pair is what both answered: what the reviewer did not know is `counted` alone.
    `kappa` is None where it is not known: below five pairs, or where everybody always
    chose the same. Of several questions it is their mean by pairs, over `pairs_of`.
    """

    label: str
    opinions: int
    counted: Counted
    kappa: float | None
    pairs_of: int

    @property
    def pairs(self) -> int:
        """How many questions both answered."""
        return self.counted.alike + self.counted.differ

    @property
    def share(self) -> float | None:
        """The per cent that are alike; None without a pair."""
        return 100 * self.counted.alike / self.pairs if self.pairs else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreements:
    """The agreement of an organization: in all, by quarter and by question.

    Opinions of people who `knew_verdict` count. Those of people who had read answers,
    or who were not asked, are `not_counted`.
    """

    first: date | None
    last: date | None
    audits: int
    knew_verdict: int
    not_counted: int
    all: Agreement
    quarters: tuple[Agreement, ...]
    questions: tuple[Agreement, ...]
    fewest: int = FEWEST


def agreements(opinions: Iterable[SecondOpinion]) -> Agreements:
    """Return how alike second opinions and submissions are, the newest quarter first.

    Args:
        opinions: The opinions with their audits.
    """
    given = [*opinions]
    blind = [each for each in given if each.knew in _BLIND]
    found = sorted(blind, key=lambda each: each.at)
    days = [timezone.localdate(each.at) for each in found]
    quarters: dict[str, list[SecondOpinion]] = {}
    for each, day in zip(found, days, strict=True):
        name = f"{day.year}, quarter {(day.month + 2) // 3}"
        quarters.setdefault(name, []).append(each)
    return Agreements(
        first=min(days, default=None),
        last=max(days, default=None),
        audits=len({each.audit_id for each in found}),
        knew_verdict=sum(each.knew == _Knew.VERDICT for each in found),
        not_counted=len(given) - len(found),
        all=_agreement("All", found),
        quarters=tuple(_agreement(*each) for each in reversed(quarters.items())),
        questions=tuple(_by_question(found)),
    )


type _Rows = dict[tuple[str, int, str], list[dict[str, Any]]]


def _rows(opinions: Iterable[SecondOpinion]) -> _Rows:
    found: _Rows = {}
    for each in opinions:
        # What prices or test results answer, nobody answered.
        for row in (row for row in each.rows if not row.get("worked_out")):
            key = each.audit.framework, each.audit.framework_version, row["question"]
            found.setdefault(key, []).append(row)
    return found


def _pairs(rows: Iterable[dict[str, Any]]) -> list[tuple[str, str]]:
    return [
        ("+".join(row["team"]), "+".join(row["own"]))
        for row in rows
        if how_it_compares(row) != "not known"
    ]


def _agreement(label: str, opinions: list[SecondOpinion]) -> Agreement:
    by_question = [*_rows(opinions).values()]
    pairs = [_pairs(rows) for rows in by_question]
    mean, number = weighted((kappa(each), len(each)) for each in pairs)
    return Agreement(
        label=label,
        opinions=len(opinions),
        counted=Counted.of(chain.from_iterable(by_question)),
        kappa=mean,
        pairs_of=number,
    )


def _by_question(opinions: list[SecondOpinion]) -> list[Agreement]:
    """Return each question, the least alike first."""
    rows = []
    for (framework, version, question), found in _rows(opinions).items():
        pairs = _pairs(found)
        asked = loader.published(framework, version).question_by_id[question]
        own = kappa(pairs) if len(pairs) >= FEWEST else None
        rows.append(
            Agreement(
                label=f"{asked.label} (version {version})",
                opinions=len(found),
                counted=Counted.of(found),
                kappa=own,
                pairs_of=len(pairs) if own is not None else 0,
            )
        )
    return sorted(rows, key=_least_alike)


def _least_alike(row: Agreement) -> tuple[bool, float, int, str]:
    """Return the place of a question: what nobody knew comes last."""
    return row.share is None, row.share or 0, -row.pairs, row.label
