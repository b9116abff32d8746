"""How long a large portfolio takes to be re-scored, with and without numbers."""

import time
from collections.abc import Callable
from datetime import date
from itertools import cycle, islice

from django.core.management import call_command
from django_scopes import scope

from audits.frameworks.answering.answers import read
from audits.frameworks.loading import loader
from audits.frameworks.loading.cases import published_cases
from audits.landscape.facts import FIRST_DAY
from audits.models import Audit, Organization, Team, UseCase, User
from audits.models.audits import values
from audits.scoring.history.portfolio_history import PortfolioHistory
from audits.scoring.history.time_machine import TimeMachine
from audits.scoring.inputs import Inputs, codes_of
from audits.services.portfolio.rescoring import CHUNK, Question, build_history
from tests.bench.measure import Result

SIZE = 20_000
DAY = date(2026, 11, 24)
# Seconds that may pass, at most, on one core that does nothing else.
EVERY_DAY, ONE_DAY = 40, 5
FRAMEWORK = loader.current()
CASES = [
    {k: v for k, v in case["facts"].items() if k in FRAMEWORK.answerable}
    for case in published_cases()
]
MODELS = ("gpt-4.1", "gpt-4o", "claude-sonnet-5-5", "gemini-3.8-flash")


def rescoring() -> list[Result]:
    """Re-score 20,000 audits on every day since 2022, as the page's worker does."""
    organization = _portfolio("bench-time-machine", with_numbers=False)
    seconds, history = _timed(lambda: _retell(organization))
    alone, _ = _timed(lambda: _scoring_alone(history))
    name = f"re-score {SIZE:,} audits from the database, every day since 2022"
    against = f"the scoring alone, {alone:.2f} s"
    return [
        Result(name, seconds, "s", against, seconds / alone),
        Result(f"{name}, each", seconds / SIZE * 1000, "ms", against, seconds / alone),
    ]


def rescoring_numbers() -> list[Result]:
    """The same where every audit has numbers of its own, so that models are priced."""
    bare = _portfolio("bench-bare", with_numbers=False)
    organization = _portfolio("bench-numbers", with_numbers=True)
    without, _ = _timed(lambda: _retell(bare))
    seconds, _ = _timed(lambda: _retell(organization))
    name = f"re-score {SIZE:,} audits that all have numbers of their own"
    against = f"without numbers, {without:.2f} s"
    one_day, _ = _timed(lambda: _rescore_on_one_day(organization))
    return [
        Result(name, seconds, "s", against, seconds / without),
        _beside_bar(f"{name}, every day since 2022", seconds, EVERY_DAY),
        _beside_bar(f"{name}, one day", one_day, ONE_DAY),
    ]


BENCHMARKS = (rescoring, rescoring_numbers)


def _timed[T](work: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    made = work()
    return time.perf_counter() - start, made


def _beside_bar(name: str, seconds: float, most: int) -> Result:
    against = f"the bar of {most} s on an idle machine"
    return Result(name, seconds, "s", against, seconds / most, bar=1)


def _rescore_on_one_day(organization: Organization) -> None:
    machine = TimeMachine(FRAMEWORK, DAY, DAY)
    with scope(organization=organization):
        rows = Audit.objects.current().values_list("answers", "levels", "numbers")
        for answers, levels, numbers in rows.iterator(CHUNK):
            inputs = Inputs(
                codes=codes_of(values(answers)),
                levels=values(levels),
                numbers=values(numbers),
            )
            machine.verdict(inputs, DAY)


def _retell(organization: Organization) -> PortfolioHistory:
    with scope(organization=organization):
        history = build_history(Question(filters={}))
    assert history.total == SIZE
    return history


def _scoring_alone(history: PortfolioHistory) -> None:
    machine = TimeMachine(FRAMEWORK, FIRST_DAY, history.last)
    inputs = [Inputs(codes=read(FRAMEWORK, case)) for case in CASES]
    for each in islice(cycle(inputs), SIZE):
        machine.history(each)


def _portfolio(slug: str, *, with_numbers: bool) -> Organization:
    call_command("migrate", verbosity=0)
    organization = Organization.objects.create(name=slug, slug=slug)
    with scope(organization=organization):
        owner = User.objects.create_user(f"{slug}@example.org", None, name="Owner")
        team = Team.objects.create(organization=organization, name="Team")
        cases = [
            UseCase(
                organization=organization,
                number=number,
                team=team,
                owner=owner,
                name=f"Use case {number}",
                summary="For the benchmark",
            )
            for number in range(1, SIZE + 1)
        ]
        UseCase.objects.bulk_create(cases, batch_size=1000)
        audits = [
            Audit(
                organization=organization,
                use_case=case,
                framework=FRAMEWORK.name,
                framework_version=FRAMEWORK.version,
                framework_hash=FRAMEWORK.content_hash,
                answers=_entries(facts),
                numbers=_entries(_numbers(case.number)) if with_numbers else {},
            )
            for case, facts in zip(cases, cycle(CASES), strict=False)
        ]
        Audit.objects.bulk_create(audits, batch_size=500)
    return organization


def _numbers(number: int) -> dict[str, object]:
    return {
        "requests": str(1000 + number * 7),
        "prefix_tokens": "6000",
        "variable_tokens": "500",
        "output_tokens": "300",
        "model": MODELS[number % len(MODELS)],
        "tuned": "gpt-4.1-mini",
    }


def _entries(given: dict[str, object]) -> dict[str, object]:
    """Return entries as saving makes them, so that as much is read as in use."""
    said = {"version": 1, "by": 7, "at": "2026-11-24T09:00:00+00:00"}
    return {
        key: {"value": value, "tab": "0123456789abcdef", "seq": 3, **said}
        for key, value in given.items()
    }
