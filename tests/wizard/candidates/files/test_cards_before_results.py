"""What a card says before a test is what the results file then does."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, User
from audits.scoring.cards.card import Card
from audits.scoring.cards.tests_of_results import ADVISED_TEST
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.step_facts import card_facts
from audits.services.answers.answers import fresh_audit, save_answers, save_entries
from audits.services.answers.candidates import (
    candidates_seen,
    preview,
    save_candidates,
    with_candidates,
)
from audits.services.answers.merging import Sender, Sent
from audits.services.read_files.results_files import (
    candidate_from,
    runs_of,
)
from tests.casting import Cast
from tests.examples import all_but
from tests.proved import show
from tests.scoring.cards.test_cards import CASES
from tests.scoring.worked_cases import RETRIEVAL_CASE, TRAINING_CASE
from tests.wizard.candidates.made_csv import upload
from tests.wizard.candidates.results_saved import opened

pytestmark = pytest.mark.once

KNOWLEDGE: dict[str, Any] = {"goal": ["knowledge"], "state": "none"}
STYLE: dict[str, Any] = {"goal": ["style"], "state": "planned"}
LIVE = TRAINING_CASE | {"state": "live_tuned"}
# What is said of the format and of rights applies only once there is a gap.
HIDDEN: dict[str, Any] = {
    "goal": ["style"],
    "tried": ["stronger_model"],
    "eval": "production",
    "task_shape": "narrow_shifting",
    "component": "generator",
    "checker": "labels",
    "pairs": "many",
    "unit_economics": "not_computed",
    "volume": "1m_10m",
    "format_need": "bespoke",
    "format_evidence": "fails_unconstrained",
    "domain_vocab": "private",
    "teacher": "fails",
    "data_rights": "unclear",
    "platform": "unavailable",
    "teacher_rights": "cleared",
    "iteration": "yearly",
    "tenants": "few",
}
TRIED: dict[str, Any] = {
    "state": "in_cycle",
    "tried": ["examples"],
    "eval": "small_set",
    "quality_gap": "some_wrong",
    "passed": "model",
    "task_shape": "narrow_shifting",
    "component": "reranker",
    "examples": "hundreds",
    "checker": "none",
    "unit_economics": "too_high",
    "latency": "hard",
    "latency_evidence": "not_measured",
    "volume": "10k_100k",
    "smaller_model": "fails",
    "hosting": "device",
    "teacher": "fails",
    "team": "none",
    "example_quality": "mostly",
    "regulatory": "low",
    "error_cost": "high",
    "iteration": "weekly",
    "tenants": "few",
}
SMALLER: dict[str, Any] = {
    "goal": ["cost_latency"],
    "tried": ["instructions"],
    "task_shape": "narrow_stable",
    "retry": "nothing",
    "component": "extractor",
    "traceability": "required",
    "knowledge_size": "large",
    "checker": "automatic",
    "unit_economics": "too_high",
    "latency": "tight",
    "latency_evidence": "met",
    "volume": "1m_10m",
    "format_need": "free",
    "domain_evidence": "not_tested",
    "teacher": "passes",
    "example_quality": "consistent",
    "teacher_rights": "cleared",
    "regulatory": "internal",
    "tenants": "many",
}
# Without their levels, these are only asserted.
KNOWN_BY = ("tried", "eval", "quality_gap")
HELD: Mapping[str, Any] = {
    "kind": "prompt",
    "cases": 100,
    "passed": 90,
    "sha256": "f" * 64,
}
DRAFTS: Mapping[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "new skill": ({"goal": ["task_skill"], "state": "none"}, {}),
    "knowledge": (KNOWLEDGE, {}),
    "documents": (RETRIEVAL_CASE, {}),
    "style": (STYLE, {}),
    "live": (CASES["live"], {}),
    "live with all it takes": (LIVE, {}),
    "answers that do not apply yet": (HIDDEN, {}),
    "trained before": (TRIED, {}),
    "smaller model": (SMALLER, {}),
    "prompt that met it before": (CASES["live"], {"c1": dict(HELD)}),
    "prompt that missed it before": (CASES["live"], {"c1": {**HELD, "passed": 60}}),
    "tested on too few cases": (
        KNOWLEDGE,
        {"c1": {**HELD, "cases": 8, "passed": 3, "model": "sonnet"}},
    ),
    "removed, and holding back": (
        KNOWLEDGE,
        {"c1": {**HELD, "removed": True, "holds": True}},
    ),
}
EVERY_RUN = (
    *("new skill", "prompt that met it before"),
    *("tested on too few cases", "removed, and holding back"),
)
BY_SCORES = {each.id for each in card_facts().questions if each.by_scores}
BY_SCORES.add(ADVISED_TEST)
MEETS, MISSES = 93, 4  # of 100


@pytest.fixture(params=all_but(DRAFTS, EVERY_RUN))
def draft(cast: Cast, request: pytest.FixtureRequest) -> Iterator[Audit]:
    answers, candidates = DRAFTS[request.param]
    with scope(organization=cast.ours.organization):
        yield drafted(cast, answers, candidates)


def drafted(
    cast: Cast, answers: Mapping[str, Any], candidates: Mapping[str, Any]
) -> Audit:
    audit, lead = cast.ours.draft, cast.ours.contributor
    save_answers(audit=audit, by=lead, answers=dict(answers))
    wanted = {"target": {"share": "0.8"}, **candidates}
    sent: dict[Any, Sent] = {
        ("candidate", item): Sent(value=value) for item, value in wanted.items()
    }
    sent |= {("level", q): Sent(value="measured") for q in KNOWN_BY if q in answers}
    show(audit, lead, dict.fromkeys(KNOWN_BY, "measured"))
    save_entries(audit=fresh_audit(audit), by=lead, sent=sent, sender=Sender())
    return fresh_audit(audit)


def scored_cards(client: Client, audit: Audit) -> Iterator[tuple[Card, Any]]:
    """Yield the cards that nothing but scores answers, and their candidates."""
    plan = client.get(reverse("experiments", args=[audit.pk])).context["plan"]
    for each in plan.cards:
        shown = client.get(reverse("experiment", args=[audit.pk, each.id])).context
        if each.id in BY_SCORES:
            yield shown["card"], shown["candidates"]


def words_of(names: list[str], meets: list[bool]) -> str:
    """Return how a card calls a result."""
    if len(names) == 1:
        return f"“{names[0]}” {'meets' if all(meets) else 'is far below'} the target"
    if len(set(meets)) == 1:
        every = "Both" if len(names) == 2 else "All"
        return f"{every} {'meet' if all(meets) else 'are far below'} the target"
    [only] = [n for n, is_met in zip(names, meets, strict=True) if is_met]
    return f"Only “{only}” meets the target"


def verdict_told(card: Card, words: str) -> str | None:
    told = (x.verdict for x in card.outcomes if words in x.results)
    return next(told, None)


def uploaded(audit: Audit, by: User, kinds: list[Any], passed: list[int]) -> str | None:
    """Upload such results and save them; return the verdict, and take it all back."""
    file = upload({f"run {n}": count for n, count in enumerate(passed)}, apart=5)
    with transaction.atomic():
        kept = opened(audit, file)
        rows = [
            ScoredCandidate(id="", kind=kind, **candidate_from(run, number, kept))
            for number, (kind, run) in enumerate(zip(kinds, runs_of(kept), strict=True))
        ]
        change = with_candidates(audit, rows)
        seen = candidates_seen(audit)
        shown = preview(audit, change)
        save_candidates(audit=audit, by=by, change=change, seen=seen)
        after = fresh_audit(audit)
        transaction.set_rollback(True)
    assert after.verdict == shown.then.verdict
    return after.verdict


@pytest.mark.thorough
def test_card_says_before_the_test_what_the_file_then_does(
    client: Client, cast: Cast, draft: Audit
) -> None:
    tried, lead = 0, cast.ours.contributor

    for card, candidates in scored_cards(client, draft):
        names = [each.name for each in candidates]
        kinds = [each.kind for each in candidates]
        every = range(len(names))
        results = [[n == only for n in every] for only in every]
        for meets in (*results, [True] * len(names), [False] * len(names)):
            told = verdict_told(card, words_of(names, meets))
            passed = [MEETS if is_met else MISSES for is_met in meets]
            assert told == uploaded(draft, lead, kinds, passed), (card.id, meets)
            tried += 1

    assert tried >= 2


def test_examples_alone_lead_to_another_verdict_than_the_prompt_alone(
    client: Client, cast: Cast
) -> None:
    with scope(organization=cast.ours.organization):
        audit = drafted(cast, KNOWLEDGE, {})
        url = reverse("experiment", args=[audit.pk, "tried"])
        card = client.get(url).context["card"]

    told = [(x.results, x.verdict, x.stays) for x in card.outcomes]
    assert told == [
        (
            (
                "Only “Written prompt” meets the target",
                "Both meet the target",
            ),
            *("prompt_long_context", False),
        ),
        (
            ("Only “Prompt with examples” meets the target",),
            *("few_shot", False),
        ),
        (
            (
                "Both are just below the target",
                "Both are far below the target",
            ),
            *("rag", True),
        ),
    ]
