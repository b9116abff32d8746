"""Scenarios of an original: what they change, and what would follow."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from audits.access.sent_forms import WRITTEN_AS
from audits.frameworks.schema import Framework
from audits.landscape.catalogue import catalogue
from audits.pages import render_page
from audits.results.what_if_form import WhatIfForm
from audits.results.would_change import Others, would_change
from audits.scoring import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.money.states import PlanState
from audits.scoring.numbers.written_numbers import ENGLISH, Notation
from audits.scoring.what_if.changes import ChangeWords, changed, in_words
from audits.scoring.what_if.comparison import Comparison, Outcome, compared, outcome_of
from audits.scoring.what_if.fitting import Misfit, misfits
from audits.scoring.what_if.reading import Problem, Read, parameters_of, read_changes
from audits.services.verdicts.assessments import assess_inputs

LETTERS = ("a", "b")
_EDITED = "scenario"

type Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A scenario of a page: its changes in words, and the queries that change it.

    `misfits` are what cannot all be right in it, each with the query that adds the
    answer which fits; it is empty where none does.
    """

    letter: str
    is_edited: bool
    words: tuple[ChangeWords, ...]
    edit: str
    clear: str
    misfits: tuple[tuple[Misfit, str], ...] = ()

    @property
    def kept(self) -> int:
        """How many of its changes can be saved: no day, nor what results answer."""
        return sum(not (x.is_supposed or x.is_of_day) for x in self.words)

    @property
    def supposes(self) -> bool:
        """Whether it changes what test results answer."""
        return any(change.is_supposed for change in self.words)

    @property
    def is_of_another_day(self) -> bool:
        """Whether it is decided on another day."""
        return any(change.is_of_day for change in self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """What scenarios change: inputs, the day of its market, and where its page is.

    `stored` is what was decided from it, if the same would be decided again; `state` is
    that of its current plan's money. It `is_as_stored` unless what was decided then was
    under another method or with other market facts.
    """

    framework: Framework
    inputs: Inputs
    on: date
    where: str
    stored: Assessment | None = None
    is_as_stored: bool = True
    state: PlanState = "running"


class Scenarios:
    """An original, and the scenarios that an address names."""

    def __init__(
        self, of: Original, given: QueryDict, notation: Notation = ENGLISH
    ) -> None:
        self.of, self.given, self.notation = of, given, notation
        self.framework, self.inputs, self.on = of.framework, of.inputs, of.on
        self.where, self.is_as_stored = of.where, of.is_as_stored
        self.market = catalogue(self.on)
        self.edited = "b" if given.get(_EDITED) == "b" else "a"
        self.reads = {letter: self._read(letter) for letter in LETTERS}

    def _read(self, letter: str) -> Read:
        return read_changes(
            self.framework,
            self.inputs,
            self.given_to(letter),
            self.market,
            self.notation,
        )

    def given_to(self, letter: str) -> dict[str, list[str]]:
        """Return the texts of a scenario's parameters, as they were given."""
        start = f"{letter}."
        found = self.given.lists()
        return {x.removeprefix(start): y for x, y in found if x.startswith(start)}

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the address; the names are those of its parameters."""
        known = (
            _EDITED,
            WRITTEN_AS,
            *(x for x in self.given if x.startswith(("a.", "b."))),
        )
        unknown = [
            Problem(name[:64], f"“{name[:64]}” is not a parameter of this page")
            for name in self.given
            if name not in known
        ]
        if self.given.get(_EDITED, "a") not in LETTERS:
            unknown.append(Problem(_EDITED, "The scenario to edit is “a” or “b”"))
        is_alone = not any(name.startswith("b.") for name in known)
        where = {x: "" if is_alone else f"Scenario {x.upper()}: " for x in LETTERS}
        return (
            *unknown,
            *(
                self._problem(letter, each, where[letter])
                for letter, read in self.reads.items()
                for each in read.problems
            ),
        )

    def _problem(self, letter: str, found: Problem, where: str) -> Problem:
        """Return what is wrong under the name of its parameter, with its queries."""
        name, other = f"{letter}.{found.name}", "a" if letter == "b" else "b"
        kept = self.pairs(letter), self.pairs(other)
        choices = tuple(
            (words, self.query(letter, *kept, ((name, text),)))
            for words, text in found.choices
        )
        return Problem(name, f"{where}{found.sentence}", choices)

    def pairs(self, letter: str, of: str | None = None) -> Pairs:
        """Return the parameters of a scenario, or those of another under its letter."""
        changes = self.reads[of or letter].changes
        found = parameters_of(self.inputs, changes, self.market)
        return tuple((f"{letter}.{name}", text) for name, text in found)

    def query(self, edited: str, *groups: Pairs) -> str:
        """Return the query of these scenarios, with one of them to edit."""
        chosen = [pair for group in groups for pair in group]
        return "?" + urlencode([*chosen, *([(_EDITED, "b")] if edited == "b" else [])])

    @cached_property
    def address(self) -> str:
        """The one address of these scenarios."""
        query = self.query(self.edited, self.pairs("a"), self.pairs("b"))
        return self.where + ("" if query == "?" else query)

    @property
    def is_at_its_address(self) -> bool:
        """Whether what was given is nothing but what differs."""
        given = [(name, text) for name, texts in self.given.lists() for text in texts]
        edited = [(_EDITED, "b")] if self.edited == "b" else []
        return sorted(given) == sorted([*self.pairs("a"), *self.pairs("b"), *edited])

    @cached_property
    def scenarios(self) -> tuple[Scenario, ...]:
        """Those that change something."""
        others = {"a": "b", "b": "a"}
        return tuple(
            Scenario(
                letter=letter.upper(),
                is_edited=letter == self.edited,
                words=in_words(self.framework, self.inputs, read.changes, self.market),
                edit=self.query(letter, self.pairs("a"), self.pairs("b")),
                clear=self.query(letter, self.pairs(others[letter])),
                misfits=tuple(self._misfits(letter, self.pairs(others[letter]))),
            )
            for letter, read in self.reads.items()
            if read.changes
        )

    def _misfits(self, letter: str, other: Pairs) -> Iterator[tuple[Misfit, str]]:
        """Yield what cannot all be right, with the query of the answer that fits."""
        changes = self.reads[letter].changes
        on = changes.on or self.on
        for each in misfits(self.framework, self.inputs, changes, on):
            if each.changes is None:
                yield each, ""
                continue
            found = parameters_of(self.inputs, each.changes, self.market)
            own = tuple((f"{letter}.{name}", text) for name, text in found)
            yield each, self.query(letter, *sorted((own, other)))

    @property
    def variant(self) -> str:
        """The address with a second scenario that begins as the first."""
        return self.query("b", self.pairs("a"), self.pairs("b", of="a"))

    @cached_property
    def comparison(self) -> Comparison:
        """What the original leads to, and each scenario that changes something."""
        original = self._outcome(self.inputs, self.on, self.of.stored)
        changes = [read.changes for read in self.reads.values() if read.changes]
        others = (
            self._outcome(changed(self.inputs, each), each.on or self.on)
            for each in changes
        )
        return compared(original, tuple(others))

    @property
    def reason_rows(self) -> tuple[tuple[str, str, Pairs], ...]:
        """Each reason or blocker that changed: as it is, and in each scenario."""
        names = [scenario.letter for scenario in self.scenarios]
        return tuple(
            (name, was, tuple(zip(names, now, strict=True)))
            for name, was, *now in self.comparison.reasons
        )

    def _outcome(
        self, inputs: Inputs, on: date, stored: Assessment | None = None
    ) -> Outcome:
        assessment = stored or assess_inputs(self.framework, inputs, on)
        return outcome_of(self.framework, assessment, inputs, self.of.state)

    @property
    def others(self) -> list[tuple[str, Others]]:
        """What would change the verdict, of each scenario that leaves it as it is."""
        found = self.comparison
        return [
            (each.letter, would_change(self, each.letter.lower()))
            for each, then in zip(self.scenarios, found.scenarios, strict=True)
            if then.outcome.named == found.original.named
        ]

    @property
    def form(self) -> WhatIfForm:
        """The fields of the scenario that is edited."""
        return WhatIfForm(
            framework=self.framework,
            inputs=self.inputs,
            changes=self.reads[self.edited].changes,
            given=self.given_to(self.edited),
            market=self.market,
            letter=self.edited,
        )

    def answer(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        """Return the page, or for htmx the part that compares.

        Args:
            request: The request, which leads to `address` if it is not there.
            context: What else the page says.
        """
        htmx: Any = getattr(request, "htmx", None)
        is_part = bool(htmx) and not htmx.history_restore_request
        if not (is_part or self.problems or self.is_at_its_address):
            return redirect(self.address)
        columns = list(zip(self.scenarios, self.comparison.scenarios, strict=True))
        shown = {
            "page": self,
            "form": self.form,
            "columns": columns,
            "framework": self.framework,
            "others": self.others,
            "edited": next((found for each, found in columns if each.is_edited), None),
            "kept": self.pairs("a" if self.edited == "b" else "b"),
            "swapped": is_part,
        }
        # htmx shows no other answer, and the words are in the part.
        is_wrong = self.problems and not is_part
        response = render_page(
            request,
            "results/what_if/what_if.html",
            {**context, **shown},
            partial="compared",
            status=HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK,
        )
        if is_part and not self.problems:
            response["HX-Replace-Url"] = self.address
        return response
