import csv
import re
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.evaluations.starters.starter import COLUMNS
from audits.frameworks.loading.loader import current
from audits.models import Role
from audits.services.answers.answers import fresh_audit, save_answers
from tests.board.boards import record
from tests.casting import CANARY, Cast
from tests.conditions import sign_with, term
from tests.examples import some_of
from tests.pages import html_of
from tests.proved import save_proved
from tests.scoring.letters import LETTERS
from tests.scoring.worked_cases import TRAINING_CASE
from tests.signed_in import sign_in

pytestmark = pytest.mark.once


def kit_of(cast: Cast, audit_id: object) -> dict[str, str]:
    client = Client()
    sign_in(client, cast.ours.contributor)
    response = client.get(reverse("action_kit", args=[audit_id]))
    assert response["Content-Disposition"].startswith('attachment; filename="UC-000')
    archive = ZipFile(BytesIO(response.content))
    return {name: archive.read(name).decode() for name in archive.namelist()}


def codes_in(kit: dict[str, str]) -> set[str]:
    """Return what looks like the code of an answer in the texts for people."""
    texts = " ".join(kit[name] for name in kit if name.endswith(".md"))
    ids = {o.id for q in current().questions for o in q.options}
    ids |= {t.id for q in current().questions for t in q.ticks}
    named = {*COLUMNS, current().name}
    found = {*re.findall(r"\b[a-z0-9]+_\w+\b", texts)} - named
    return found | {x for x in re.findall(r"[(\[](\w+)[)\]]", texts) if x in ids}


def test_rebuild_verdict_comes_with_what_to_build(cast: Cast) -> None:
    kit = kit_of(cast, cast.ours.submitted.pk)

    assert list(kit) == [
        "readme.md",
        "prompt.md",
        "retrieval-plan.md",
        "examples.csv",
        "evaluation.csv",
    ]
    assert kit["readme.md"].startswith("# Northgate handbook: what to do next\n")
    assert "- What is wrong: Facts" in kit["readme.md"]
    assert "Name the source of every statement" in kit["prompt.md"]
    assert "it changes weekly; showing sources: required." in kit["retrieval-plan.md"]
    assert CANARY not in "".join(kit.values())
    assert codes_in(kit) == set()


@pytest.mark.thorough
def test_training_verdict_comes_with_what_is_missing(cast: Cast) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        save_answers(audit=tenant.draft, by=tenant.contributor, answers=TRAINING_CASE)

    kit = kit_of(cast, tenant.draft.pk)

    assert "retrieval-plan.md" not in kit
    assert "- [x] Versioned data and models" in kit["readiness.md"]
    assert "- [ ] Monitoring with owner and budget" in kit["readiness.md"]
    assert "## What forbids training now\n\nNothing." in kit["readiness.md"]
    assert codes_in(kit) == set()


def test_nothing_comes_with_a_use_that_is_not_settled(cast: Cast) -> None:
    tenant = cast.ours
    waiting = TRAINING_CASE | {"regulatory": "not_settled"}
    with scope(organization=tenant.organization):
        save_answers(audit=tenant.draft, by=tenant.contributor, answers=waiting)

    kit = kit_of(cast, tenant.draft.pk)

    assert list(kit) == ["readme.md"]
    assert "Until then, measure, build and train nothing." in kit["readme.md"]
    assert "If it is not allowed, stop: no model does this work." in kit["readme.md"]
    assert "verdict “" not in kit["readme.md"]


def test_readiness_names_every_check_before_training(cast: Cast) -> None:
    tenant = cast.ours
    unsure = TRAINING_CASE | {"data_rights": "unclear"}
    with scope(organization=tenant.organization):
        save_proved(audit=tenant.draft, by=tenant.contributor, answers=unsure)

    settle = kit_of(cast, tenant.draft.pk)["readiness.md"].split("## Settle")[1]

    assert "- [ ] Counsel clears the data for training" in settle
    assert "Nothing." not in settle.split("## Still")[0]


@pytest.mark.thorough
def test_prompt_of_a_job_without_facts_decides_from_its_input(cast: Cast) -> None:
    tenant = cast.ours
    sorts = {"goal": ["consistency"], "state": "planned", "tried": ["instructions"]}
    with scope(organization=tenant.organization):
        save_answers(audit=tenant.draft, by=tenant.contributor, answers=sorts)

    prompt = kit_of(cast, tenant.draft.pk)["prompt.md"]

    assert "1. Decide from the text under “Input” and “Facts” alone." in prompt
    assert "No answer yet" not in prompt


def prompt_after(cast: Cast, **answers: object) -> str:
    """Return the prompt of our draft once it has these answers too."""
    tenant = cast.ours
    with scope(organization=tenant.organization):
        save_answers(
            audit=tenant.draft, by=tenant.contributor, answers=PLAIN_JOB | answers
        )
    return kit_of(cast, tenant.draft.pk)["prompt.md"]


PLAIN_JOB = {"goal": ["consistency"], "state": "planned", "tried": ["instructions"]}


@pytest.mark.thorough
def test_prompt_has_a_section_on_the_tone_only_where_style_was_a_fault(
    cast: Cast,
) -> None:
    without = prompt_after(cast)
    toned = prompt_after(cast, goal=["style", "format"])

    assert "# Tone" not in without
    assert "# Tone\nWrite as the right answers under “Examples” do.\n" in toned
    assert toned.index("# Rules") < toned.index("# Tone") < toned.index("# Form")


@pytest.mark.thorough
@pytest.mark.parametrize("fault", [{"goal": ["style"]}, {"format_need": "free"}])
def test_prompt_of_a_job_that_writes_makes_nothing_up(
    cast: Cast, fault: dict[str, object]
) -> None:
    prompt = prompt_after(cast, **{"goal": ["format"], **fault})

    assert "1. Write from the text under “Input” and “Facts”. Where a fact" in prompt
    assert "Decide from" not in prompt
    assert "such as your policies, deadlines and addresses. Put a date" in prompt
    assert "your labels" not in prompt


@pytest.mark.parametrize(
    ("need", "asks"),
    some_of(
        [
            ("free", "Write prose.\n[Say how long an answer should be"),
            ("loose", "[Name the headings in their order,"),
            ("schema", "[Put your schema here. Describe every field:"),
            ("bespoke", "[Describe your notation: each of its signs,"),
        ],
        2,
    ),
)
def test_prompt_says_in_a_sentence_what_shape_an_answer_has(
    cast: Cast, need: str, asks: str
) -> None:
    prompt = prompt_after(cast, goal=["format"], format_need=need)

    assert f"# Form\n{asks}" in prompt


@pytest.mark.thorough
def test_every_place_to_fill_in_is_a_sentence(cast: Cast) -> None:
    prompt = prompt_after(
        cast, goal=["style", "knowledge"], knowledge_size="small", traceability="none"
    )

    places = re.findall(r"\[(.*)\]$", prompt, re.M)
    assert len(places) == prompt.count("[") - prompt.count("[brackets]") >= 6
    assert all(re.fullmatch(r"[A-Z]\w+ (\w+ ){3}.*\.", place) for place in places)
    assert "[Put the full text of your documents here," in prompt


def test_tables_have_room_and_the_checks_of_a_pair(cast: Cast) -> None:
    kit = kit_of(cast, cast.ours.submitted.pk)

    pairs = list(csv.DictReader(StringIO(kit["examples.csv"])))
    cases = list(csv.DictReader(StringIO(kit["evaluation.csv"].lstrip("\ufeff"))))
    assert (len(pairs), len(cases)) == (20, 30)
    assert {pair["kind"] for pair in pairs} == {"typical", "hard", "must be refused"}
    assert all(pair["two_experts_agree"] == "" for pair in pairs)
    assert [*cases[0]][:6] == [*COLUMNS]
    assert (cases[4]["kind"], cases[4]["candidate"]) == (
        "must be refused",
        "With retrieval",
    )


@pytest.mark.thorough
@pytest.mark.parametrize("separator", [",", ";"])
def test_evaluation_that_is_filled_in_is_a_results_file(
    cast: Cast, separator: str
) -> None:
    tenant, client = cast.ours, Client()
    sign_in(client, tenant.contributor)
    with scope(organization=tenant.organization):
        save_answers(audit=tenant.draft, by=tenant.contributor, answers=TRAINING_CASE)
    rows = list(
        csv.DictReader(
            StringIO(kit_of(cast, tenant.draft.pk)["evaluation.csv"].lstrip("\ufeff"))
        )
    )
    rows = [row for row in rows if row["candidate"] == "Written prompt"]
    for number, row in enumerate(rows):
        passed = "Yes" if number < 25 else "No"
        row |= {"input": "a; b", "right_answer": "c", "passed": passed}
    made = StringIO()
    writer = csv.DictWriter(made, [*rows[0]], delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)

    file = SimpleUploadedFile("evaluation.csv", made.getvalue().encode("utf-8-sig"))
    there = reverse("upload_results", args=[tenant.draft.pk])
    shown = client.post(there, {"file": file, "kind": ""}, follow=True)

    assert shown.context["form"].kinds() == ["prompt"]
    assert "25 of 30 (between" in html_of(shown)


def test_kit_says_how_to_upload_the_evaluation(cast: Cast, client: Client) -> None:
    sign_in(client, cast.ours.contributor)
    there = reverse("candidates", args=[cast.ours.draft.pk])
    kit = kit_of(cast, cast.ours.submitted.pk)

    said = " ".join(kit["readme.md"].split())
    assert "write yes or no under `passed`" in said
    # The rule of the page on which it is uploaded, in the same words.
    rule = "If such cases could change an answer, that answer counts as asserted"
    assert rule in said
    assert rule in " ".join(html_of(client.get(there)).split())


def test_equal_verdicts_give_equal_bytes_and_words_stay_text(
    cast: Cast, client: Client
) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        tenant.submitted.use_case.name = "<b>A & B</b>"
        tenant.submitted.use_case.save(update_fields=["name"])
    sign_in(client, tenant.contributor)
    url = reverse("action_kit", args=[tenant.submitted.pk])

    assert client.get(url).content == client.get(url).content
    kit = kit_of(cast, tenant.submitted.pk)
    assert kit["readme.md"].startswith("# <b>A & B</b>: what to do next\n")


def test_examples_that_are_looked_up_are_none_in_a_fixed_prompt(cast: Cast) -> None:
    tenant = cast.ours
    answers = dict(LETTERS) | {"tried": ["instructions", "examples"]}
    with scope(organization=tenant.organization):
        save_answers(
            audit=tenant.draft,
            by=tenant.contributor,
            answers=answers | {"quality_gap": "some_wrong", "eval": "small_set"},
        )

    kit = kit_of(cast, tenant.draft.pk)

    assert "look up the most similar examples for each input" in kit["readme.md"]
    assert "Put 10 to 20 pairs" not in kit["prompt.md"]
    assert "the few pairs from examples.csv whose inputs are most" in kit["prompt.md"]
    assert "the examples to choose from for each input" in kit["readme.md"]


def test_kit_names_the_conditions_and_what_the_board_decided(
    cast: Cast,
) -> None:
    audit, reviewer = cast.ours.submitted, cast.ours.people[Role.REVIEWER]
    assert "What was signed and decided" not in kit_of(cast, audit.pk)["readme.md"]
    with scope(organization=cast.ours.organization):
        sign_with(audit, reviewer, term(audit, "Test it on 30 cases."))
        signed = fresh_audit(audit)
        record(signed, cast.ours.contributor, "amended", words="Only the test.")

    readme = kit_of(cast, audit.pk)["readme.md"]

    assert "- Condition of the sign-off: Test it on 30 cases. (by " in readme
    assert "approved with changes. Approved with changes. “Only the test.”" in readme
