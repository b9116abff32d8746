"""What the panel and the check say is open: questions, levels, and the way on."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.models import Audit
from audits.scoring.assess import assess
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.scored.candidates import Candidates
from audits.services.answers.answers import save_entries
from audits.services.answers.candidates import (
    candidates_seen,
    save_candidates,
    with_target,
)
from audits.services.answers.merging import Sender, Sent
from tests.casting import Cast
from tests.frameworks.pinned import answering_the_rest
from tests.pages import html_of
from tests.proved import show
from tests.scoring.worked_cases import (
    RETRIEVAL_CASE,
    TRAINING_CASE,
    TRAINING_LEVELS,
)
from tests.wizard.page_forms import send

pytestmark = pytest.mark.once

# Nothing that could change the verdict is left open.
ANSWERED = answering_the_rest(
    current(), TRAINING_CASE, Circumstances(levels=TRAINING_LEVELS)
)
BOTH_COUNTS = "3 of 8 unanswered can change it"
SETTLED = "No unanswered question can change the verdict."
NOT_ITSELF = "<span>No unanswered question can change the verdict itself.</span>"
PREPARE = (
    "<p>Prepare fine-tuning; do not approve it yet: train a model on reviewed "
    "examples. Meanwhile you may use the best approach that you tested, but only where "
    "people check every answer.</p>"
)
both_pages = pytest.mark.parametrize("name", ["tasks", "check"])


def at(cast: Cast, name: str, *more: str) -> str:
    return reverse(name, args=[cast.ours.draft.pk, *more])


def save(
    cast: Cast, answers: dict[str, Any], levels: dict[str, str] | None = None
) -> None:
    sent = {("answer", q): Sent(value=value) for q, value in answers.items()}
    sent |= {("level", q): Sent(value=level) for q, level in (levels or {}).items()}
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.draft.pk)
        by = cast.ours.contributor
        show(audit, by, levels or {})
        save_entries(audit=audit, by=by, sent=sent, sender=Sender())


def open_points(page: str) -> str:
    """Return the one place of the page that tells what is open."""
    (found,) = re.findall(r'id="open-points">(.*?)</div>', page)
    return str(found)


@pytest.mark.thorough
@both_pages
def test_questions_that_can_still_change_it_are_linked_the_next_first(
    cast: Cast, ana: Client, name: str
) -> None:
    save(cast, ANSWERED)

    page = html_of(ana.get(at(cast, name)))
    said = open_points(page)

    first = at(cast, "question", "traceability")
    heading = '<h2 id="panel-h">Provisional</h2>'
    assert name == "check" or heading in page
    assert name == "check" or BOTH_COUNTS in said
    assert said.count("<li>") == 5
    assert f'<a href="{first}">Next: Showing sources</a>' in said
    assert said.count("Next: ") == 1
    assert said.index("Next: ") < said.index("Automatic check")
    assert "Language test, if it applies later" in said
    assert SETTLED not in said


def test_verdict_that_nobody_answered_for_is_not_called_provisional(
    cast: Cast, ana: Client
) -> None:
    page = html_of(ana.get(at(cast, "section", "purpose")))

    assert '<h2 id="panel-h">Verdict so far</h2>' in page


@pytest.mark.thorough
def test_panel_leads_to_the_questions_that_it_does_not_name(
    cast: Cast, ana: Client
) -> None:
    save(cast, {"goal": ["style"]})

    beside = open_points(html_of(ana.get(at(cast, "tasks"))))
    check = ana.get(at(cast, "check"))
    listed = open_points(html_of(check))

    [(can, every)] = re.findall(r"(\d+) of (\d+) unanswered can change it", beside)
    [later] = re.findall(r"So can (\d+) more, if they come", html_of(check))
    number = listed.count("<li>")
    assert int(can) == number - int(later) < int(every)
    rest = f"And {int(can) - 5} more, listed under “Check and submit”"
    assert f'<a href="{at(cast, "check")}#complete">{rest}</a>' in beside
    assert beside.count("<li>") == 5
    assert number > 5
    assert "listed under" not in listed


def test_check_names_each_open_question_in_one_list(cast: Cast, ana: Client) -> None:
    save(cast, {"goal": ["style"]})

    page = html_of(ana.get(at(cast, "check")))

    later = re.search(r"<p>So can (\d+) more, if they come up\.</p>", page)
    title = r"<h1>Of (\d+) unanswered questions, (\d+) can change the verdict</h1>"
    counted = re.search(title, page)
    assert later
    assert counted
    every, can = map(int, counted.groups())
    cannot = every - can
    assert page.count("can change the verdict") == 1 + page.count("alone") * 0
    assert open_points(page).count("<li>") == can + int(later[1])
    assert f"{cannot} that cannot change the verdict</summary>" in page
    labels = re.findall(r"<li><span><a [^>]*>(?:Next: )?([^<]*)</a>", page)
    assert len(labels) == len({*labels}) == can + cannot
    _, _, note = page.partition("<strong>This verdict is provisional.</strong>")
    assert '<a href="#open-points">Go to the unanswered questions</a>' in note
    assert "<li>" not in note.partition("</form>")[0]


@pytest.mark.thorough
@both_pages
def test_settled_case_has_its_sentence_and_can_be_strengthened(
    cast: Cast, ana: Client, name: str
) -> None:
    save(cast, ANSWERED, TRAINING_LEVELS)

    page = html_of(ana.get(at(cast, name)))
    said = open_points(page)

    strengthen = at(cast, "section", "strengthen")
    heading = '<h2 id="panel-h">Verdict so far</h2>'
    assert name == "check" or heading in page
    assert NOT_ITSELF in said
    there = at(cast, "question", "regulatory")
    first = f'may add a first step: <a href="{there}">Oversight</a>'
    assert said.index(NOT_ITSELF) < said.index(first)
    assert SETTLED not in said
    assert PREPARE in (said if name == "tasks" else page)
    assert name == "tasks" or 'id="so-far">The verdict so far</h2>' in page
    assert f'<a href="{strengthen}">Describe risks and changes</a>' in said
    assert "open questions can change" not in said


def test_settled_case_is_offered_for_the_check(cast: Cast, ana: Client) -> None:
    check = f'href="{at(cast, "check")}">Check and submit</a>'
    save(cast, ANSWERED)
    before = html_of(ana.get(at(cast, "tasks")))
    save(cast, {}, TRAINING_LEVELS)
    after = html_of(ana.get(at(cast, "tasks")))

    assert f'<a class="btn btn-primary btn-block-sm" {check}' not in before
    assert f'<a class="btn btn-primary btn-block-sm" {check}' in after
    rest = f'<a href="{at(cast, "resume")}">Answer the other questions'
    assert f"{rest}, section by section</a>" in " ".join(after.split())


def test_case_that_is_all_answered_is_not_to_be_strengthened(
    cast: Cast, ana: Client
) -> None:
    rest = ("regulatory", "error_cost", "iteration", "tenants", "portability")
    save(cast, ANSWERED | dict.fromkeys(rest, "unknown"), TRAINING_LEVELS)

    said = open_points(html_of(ana.get(at(cast, "tasks"))))

    assert SETTLED in said
    assert "Describe risks and changes" not in said


def test_what_nobody_knows_yet_is_named_where_it_could_change_the_verdict(
    cast: Cast, ana: Client
) -> None:
    save(cast, ANSWERED | {"quality_gap": "unknown"}, TRAINING_LEVELS)

    said = open_points(html_of(ana.get(at(cast, "tasks"))))

    there = at(cast, "question", "quality_gap")
    assert re.search(r"\d+ of \d+ without a known answer can change it", said)
    link = f'<a href="{there}">[^<]*Gap to the target</a> \\(“I don’t know yet”\\)'
    assert re.search(link, said)


@pytest.mark.thorough
def test_all_that_the_sentence_counts_is_named(cast: Cast, ana: Client) -> None:
    framework, under = current(), Circumstances()
    told = assess(framework, read(framework, RETRIEVAL_CASE), under)
    asked = (each.question for each in told.open_questions)
    save(cast, RETRIEVAL_CASE | dict.fromkeys(asked, "unknown"), {})

    said = open_points(html_of(ana.get(at(cast, "tasks"))))

    named = said.partition("not known yet could change this:")[2]
    assert "Finding out could change the verdict" not in said
    counted = said.partition("but ")[2].partition(" ")[0]
    assert named.partition("</p>")[0].count("<a") == int(counted) > 1


def test_pulse_leaves_to_the_panel_how_much_is_open(cast: Cast, ana: Client) -> None:
    save(cast, ANSWERED)
    before = html_of(ana.get(at(cast, "section", "data")))
    save(cast, {}, TRAINING_LEVELS)
    after = html_of(ana.get(at(cast, "section", "data")))

    assert "<strong>Gather evidence first</strong> so far</span>" in " ".join(
        before.split()
    )
    assert before.count(" can change it") == 1
    assert "<strong>Fine-tune</strong> so far, settled</span>" in " ".join(
        after.split()
    )


def test_options_stand_in_groups_and_keep_their_order_within(
    cast: Cast, ana: Client
) -> None:
    page = html_of(ana.get(at(cast, "section", "purpose")))

    groups = re.findall(r'id="(tried-group-\d)">([^<]+)</p>', page)
    assert [name for _, name in groups] == [
        "Without a test",
        "Rules and prompts",
        "Facts and search",
        "Another model",
        "Several steps",
    ]
    for group, _ in groups:
        assert f'role="group" aria-labelledby="{group}"' in page
    found = re.findall(r'name="tried" value="(\w+)" id="id_tried_(\d+)"', page)
    assert [value for value, _ in found][:6] == [
        "nothing",
        "demo",
        "rules",
        "instructions",
        "examples",
        "optimised",
    ]
    assert len({number for _, number in found}) == len(found) == 16


def test_section_that_asks_nothing_says_so_and_is_passed_over(
    cast: Cast, ana: Client
) -> None:
    save(cast, {"goal": ["style"]})

    page = html_of(ana.get(at(cast, "section", "cost")))
    onwards = send(ana, at(cast, "section", "data"))

    assert "With your current answers, this section asks nothing." in page
    assert onwards["Location"] == at(cast, "section", "language")


@pytest.mark.thorough
def test_reasons_are_told_by_how_they_stand(cast: Cast, ana: Client) -> None:
    save(cast, ANSWERED)
    claimed = html_of(ana.get(at(cast, "tasks")))
    save(cast, {}, TRAINING_LEVELS)
    measured = html_of(ana.get(at(cast, "tasks")))
    save(cast, {"goal": ["knowledge"]})
    none = html_of(ana.get(at(cast, "tasks")))

    skill = '<strong>Skill</strong> <span class="muted">'
    assert f"{skill}is possible, not measured</span>" in claimed
    assert f"{skill}holds</span>" in measured
    assert "Not known yet: Language, Limits." in measured
    assert "Do not hold as reasons to train: Format, Money, Speed," in measured
    assert "<p>No reason holds.</p>" in none


@pytest.mark.thorough
def test_panel_explains_only_words_that_the_page_has(cast: Cast, ana: Client) -> None:
    handbook = {"goal": ["knowledge"], "state": "none", "knowledge_size": "small"}
    save(cast, handbook)

    page = html_of(ana.get(at(cast, "section", "purpose")))

    # The headline, which says to cache the facts, is not on a page with open questions.
    assert "cache" in assess(current(), read(current(), handbook)).headline
    assert "<dt>Cache</dt>" not in page
    assert "With each answer, say how you know it." in page


@pytest.mark.thorough
@pytest.mark.parametrize(("share", "is_told"), [("0.95", True), ("0.85", False)])
def test_target_above_the_agreement_of_experts_is_told_on_the_check(
    cast: Cast, ana: Client, share: str, is_told: bool
) -> None:
    save(cast, {"goal": ["style"], "example_quality": "mostly"})
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.draft.pk)
        save_candidates(
            audit=audit,
            by=cast.ours.contributor,
            change=with_target(Candidates(target=Decimal(share))),
            seen=candidates_seen(audit),
        )

    page = html_of(ana.get(at(cast, "check")))

    told = (
        "The target is above how often experts agree: 95 of 100 cases must pass, and "
        "“Agreement of experts” is “80 to 89% (not above the target)”."
    )
    assert (told in page) is is_told


def test_page_of_one_question_says_the_levels_where_they_are_chosen(
    cast: Cast, ana: Client
) -> None:
    page = html_of(ana.get(at(cast, "question", "goal")))

    assert "With each answer, say how you know it." not in page
    assert page.count("What the levels mean") == 1
    # Its person sees whole sections: there is nothing to switch here.
    assert "Show sections question by question" not in page
