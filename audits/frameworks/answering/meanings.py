"""What answers mean beside the conditions that read them, as the framework says it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from audits.frameworks.evaluation import Code
from audits.frameworks.questions import Option, Way
from audits.frameworks.schema import Framework


@dataclass(frozen=True, slots=True, kw_only=True)
class Meanings:
    """The options that answers are, and how many practices are missing.

    `missing` are the practices that it takes to run a model and that are not there: at
    least, and at most. None of both where nobody asks for practices.
    """

    options: tuple[Option, ...] = ()
    missing: tuple[int, int] = (0, 0)

    @property
    def tested(self) -> frozenset[Way]:
        """The ways to do the job that were tested."""
        return frozenset(way for each in self.options for way in each.tests)

    @property
    def machines(self) -> frozenset[str]:
        """The team's own machines on which the job must run."""
        return frozenset(each.machines for each in self.options if each.machines)

    @property
    def runs_tuned_model(self) -> bool:
        """Whether a tuned model serves users."""
        return any(each.runs == "tuned_model" for each in self.options)

    @property
    def found_by_search(self) -> bool:
        """Whether a search may put right what is wrong."""
        return any(each.found_by_search for each in self.options)

    @property
    def is_about_facts(self) -> bool:
        """Whether facts are what is wrong, or what answers need."""
        return self.found_by_search or any(each.needs_facts for each in self.options)

    @property
    def smaller_passed(self) -> bool:
        """Whether the smaller model was tested and is good enough."""
        return any(each.good_enough for each in self._of_smaller)

    @property
    def smaller_failed(self) -> bool:
        """Whether the smaller model was tested and is not good enough."""
        return any(not each.good_enough for each in self._of_smaller)

    @property
    def examples_on_smaller(self) -> bool:
        """Whether examples were tested, and the smaller model passed."""
        return self.smaller_passed and "few_shot" in self.tested

    @property
    def _of_smaller(self) -> tuple[Option, ...]:
        return tuple(each for each in self.options if "prompt_smaller" in each.tests)


NO_MEANINGS = Meanings()


def meanings(framework: Framework, codes: Mapping[str, Code]) -> Meanings:
    """Return what answers that count mean."""
    return Meanings(
        options=tuple(picked(framework, codes)),
        missing=missing_practices(framework, codes),
    )


def picked(framework: Framework, codes: Mapping[str, Code]) -> Iterator[Option]:
    """Yield the options that answers are, in their order; no computed one."""
    for question_id, code in codes.items():
        if question := framework.question_by_id.get(question_id):
            picks = (code,) if isinstance(code, str) else code or ()
            yield from (each for each in question.options if each.id in picks)


def missing_practices(
    framework: Framework, codes: Mapping[str, Code], enough: int | None = None
) -> tuple[int, int]:
    """Return how many practices are missing at least, and at most; all if not known.

    Each option has fewer of them than the next.

    Args:
        framework: The framework of the answers.
        codes: The answers that count.
        enough: How many it takes; None for those of the last option.
    """
    role = framework.practices_question
    if role is None:
        return 0, 0
    options = framework.question_by_id[role].options
    least = [each.ticks_at_least for each in options]
    most = [*(each - 1 for each in least[1:]), least[-1]]
    enough = least[-1] if enough is None else enough
    for option, low, high in zip(options, least, most, strict=True):
        if option.id == codes.get(role):
            return max(enough - high, 0), max(enough - low, 0)
    return 0, enough
