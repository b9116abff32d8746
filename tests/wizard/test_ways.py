"""The ways through the wizard: task list, next question, one question a page."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.frameworks.answering import flow
from audits.frameworks.answering.progress import at_start, progress
from audits.frameworks.loading.loader import current
from audits.models import Audit, Membership, Role, User
from audits.services.answers.answers import save_answers
from audits.services.use_cases.use_cases import register_use_case
from tests.casting import Cast
from tests.pages import html_of
from tests.proved import show
from tests.signed_in import sign_in
from tests.wizard.page_forms import send

STATUS_WORDS = {
    "done": "Completed",
    "doing": "In progress",
    "todo": "Not yet started",
    "none": "No questions yet",
}


def at(cast: Cast, name: str, *more: str) -> str:
    return reverse(name, args=[cast.ours.draft.pk, *more])


def save(cast: Cast, **given: object) -> None:
    with scope(organization=cast.ours.organization):
        save_answers(audit=cast.ours.draft, by=cast.ours.contributor, answers=given)


@pytest.mark.once
def test_every_page_says_the_same_before_the_first_answer(
    cast: Cast, client: Client
) -> None:
    ours, whole = cast.ours, at_start(current())
    minutes = f"{whole.minutes_left} to {whole.minutes_at_most} minutes"
    home = html_of(Client().get(reverse("home")))
    assert minutes in home
    assert f"at most {whole.at_most} questions" in home
    assert whole.at_most == len(current().questions)
    new = User.objects.create_user("new@northgate.example", "secret-of-new-1")
    with scope(organization=ours.organization):
        role = Role.CONTRIBUTOR
        Membership.objects.create(organization=ours.organization, user=new, role=role)
    sign_in(client, new)
    assert minutes in html_of(client.get(reverse("use_cases")))

    with scope(organization=ours.organization):
        audit = register_use_case(
            organization=ours.organization,
            team=ours.team,
            by=new,
            owner=new,
            name="New one",
            summary="Sorts mail.",
        )

    tasks = html_of(client.get(reverse("tasks", args=[audit.pk])))
    assert f"{minutes}." in tasks


@pytest.mark.once
def test_task_list_tells_status_and_time_of_each_section(
    cast: Cast, client: Client
) -> None:
    save(cast, goal=["style"], hosting="cloud_ok")

    text = html_of(client.get(at(cast, "tasks")))

    codes = flow.relevant(current(), {"goal": ("style",), "hosting": "cloud_ok"})
    found = progress(current(), codes)
    first = found.sections[0]
    assert (found.answered, first.answered) == (2, 1)
    left = f"About {found.minutes_left} minutes left. Answers may settle the verdict"
    is_complete = "is" if found.completed == 1 else "are"
    assert found.may_follow == len(found.sections) - found.asking > 0
    sections = len(found.sections)
    complete = f"{found.completed} of {sections} sections {is_complete} complete"
    assert f"{complete}, and {found.may_follow} may not be needed. {left}" in text
    minutes = f"about {first.minutes_left} minutes left"
    assert first.minutes_left < first.section.minutes
    answered = f'1 of {first.applicable} answered · <span class="nowrap">{minutes}'
    assert answered in text
    # Those of the sections that are open add up to those of the audit.
    each = re.findall(r'class="nowrap">\s*about (\d+) minutes?', text)
    assert sum(map(int, each)) == found.minutes_left
    listed = re.findall(r'class="row-title".*?</li>', text)
    rows = dict(zip(found.sections, listed, strict=False))
    for part, row in rows.items():
        assert part.section.task in row
        assert [word for word in STATUS_WORDS.values() if word in row] == [
            STATUS_WORDS[part.status]
        ]
        depends = "depends on your other answers" in row
        assert depends == (part.status == "none")
    assert {part.status for part in rows} >= {"none", "todo", "doing"}
    # The numbers come after the sections.
    assert "Optional" in listed[len(rows)]
    assert STATUS_WORDS["todo"] not in listed[len(rows)]
    assert f"2 of {found.applicable} answered. More questions may follow." in text


@pytest.mark.once
def test_nothing_can_be_submitted_before_something_is_answered(
    cast: Cast, client: Client
) -> None:
    text = html_of(client.get(at(cast, "tasks")))

    assert "Cannot start yet" in text
    assert at(cast, "check") not in text
    assert "Attune asks first what decides most" in text


def asked_next(cast: Cast, client: Client) -> str:
    """Return where the next question is; who does not know the target goes past it."""
    page = client.get(at(cast, "next"))
    past = re.search(r'href="([^"]*)">I don’t know yet</a>', page.content.decode())
    return past[1] if past else page.headers.get("Location", "")


def test_start_asks_what_can_change_the_verdict_until_nothing_can(
    cast: Cast, client: Client
) -> None:
    given = {
        "goal": ["task_skill"],
        "state": "live_tuned",
        "platform": "open",
        "incumbent": "meets",
        "data_rights": "clear",
    }
    asked = []
    with scope(organization=cast.ours.organization):
        show(cast.ours.draft, cast.ours.contributor, {"incumbent": "measured"})
    here = client.get(at(cast, "resume"))["Location"]
    while (question := here.rstrip("/").rpartition("/")[2]) in given:
        level = {"level__incumbent": "measured"} if question == "incumbent" else {}
        saved = send(client, here, **{question: given[question]}, **level)
        assert saved["Location"] == at(cast, "next")
        asked.append(question)
        here = asked_next(cast, client)
    settled = html_of(client.get(at(cast, "next")))

    assert asked == list(given)
    assert "No unanswered question can change the verdict itself" in settled
    result = " ".join(html_of(client.get(at(cast, "result"))).split())
    fold = r"<span>Given answers<span class=\"fold-key[^>]*>"
    told = rf"{fold}\d+ other options? could change it"
    assert re.search(told, result)
    # Without numbers the board would read no costs, so they come before the check.
    first = settled.index(f'href="{at(cast, "numbers")}">Add calls and costs</a>')
    assert first < settled.index(f'href="{at(cast, "check")}">Check and submit</a>')
    assert f'href="{at(cast, "section", "strengthen")}"' in settled
    rest = client.get(at(cast, "resume"))["Location"]
    # The first that is open there, as those above it are answered.
    assert rest == f"{at(cast, 'section', 'purpose')}#slot-tried"


def test_next_question_without_an_answer_is_asked_again(
    cast: Cast, client: Client
) -> None:
    here = at(cast, "next_question", "goal")

    response = send(client, here)
    page = html_of(client.get(response["Location"]))

    assert response["Location"] == here
    assert "Choose an answer, or “I don’t know yet”." in page


def test_not_known_is_an_answer_to_the_next_question(
    cast: Cast, client: Client
) -> None:
    send(client, at(cast, "next_question", "goal"), goal=["unknown"])
    following = client.get(at(cast, "next"))["Location"]

    assert following != at(cast, "next_question", "goal")


@pytest.mark.thorough
def test_end_of_the_questions_names_what_is_still_to_find_out(
    cast: Cast, client: Client
) -> None:
    while where := asked_next(cast, client):
        send(client, where, **{where.rstrip("/").rpartition("/")[2]: "unknown"})
    said = html_of(client.get(at(cast, "next")))

    assert "answers not known yet could change this: <a" in " ".join(said.split())
    assert f'href="{at(cast, "question", "goal")}">What is wrong</a>' in said
    assert f'href="{at(cast, "result")}">See the result</a>' in said


def test_task_list_leads_to_the_provisional_result_after_one_answer(
    cast: Cast, client: Client
) -> None:
    link = r'<a href="([^"]*)">See the provisional result</a>'
    before = re.findall(link, html_of(client.get(at(cast, "tasks"))))
    save(cast, goal=["style"])

    [there] = re.findall(link, html_of(client.get(at(cast, "tasks"))))
    result = client.get(there)

    assert before == []
    assert there == at(cast, "result")
    assert result.status_code == 200
    assert '<h1 id="headline"' in html_of(result)


def test_submitted_audit_asks_nothing_next(cast: Cast, client: Client) -> None:
    audit = cast.ours.submitted.pk

    listed = client.get(reverse("next", args=[audit]))

    assert listed["Location"] == reverse("result", args=[audit])


@pytest.mark.once
def test_one_question_a_page_goes_on_question_by_question(
    cast: Cast, client: Client
) -> None:
    client.post(reverse("layout"), {"layout": "question"})
    first = client.get(at(cast, "section", "purpose"))["Location"]

    second = send(client, first, goal=["style"])["Location"]
    last = send(client, at(cast, "question", "component"), component="generator")
    checked = html_of(client.get(last["Location"]))

    assert first == at(cast, "question", "goal")
    assert second == at(cast, "question", "state")
    assert last["Location"] == at(cast, "section_check", "purpose")
    assert "<dt>What is wrong</dt><dd>Style" in checked
    assert at(cast, "question", "examples") in checked


def test_choice_of_pages_is_kept_for_the_person(cast: Cast, client: Client) -> None:
    here = at(cast, "section", "purpose")

    back = client.post(
        reverse("layout"),
        {"layout": "question"},
        HTTP_REFERER=f"http://testserver{here}",
    )
    away = client.post(
        reverse("layout"), {"layout": "section"}, HTTP_REFERER="https://evil.example/"
    )

    person = User.objects.get(pk=cast.ours.contributor.pk)
    assert back["Location"] == f"http://testserver{here}"
    assert away["Location"] == "/"
    assert person.one_question_a_page is False


@pytest.mark.thorough
@pytest.mark.once
def test_section_leads_to_its_open_question_one_question_a_page(
    cast: Cast, client: Client
) -> None:
    save(cast, goal=["style"])
    client.post(reverse("layout"), {"layout": "question"})
    section = at(cast, "section", "purpose")

    half_way = client.get(section)["Location"]
    asked = flow.applicable(current(), {"goal": ("style",)})
    others = [q.id for q in asked if q.section == "purpose" and q.id != "goal"]
    save(cast, **dict.fromkeys(others, "unknown"))
    done = client.get(section)["Location"]
    page = html_of(client.get(done))
    back = client.post(reverse("layout"), {"layout": "section", "next": section})
    away = client.post(reverse("layout"), {"next": "//evil.example/"})

    assert half_way == at(cast, "question", "state")
    assert done == at(cast, "question", "goal")
    assert f'name="next" value="{section}"' in page
    assert back["Location"] == section
    assert away["Location"] == "/"
    assert client.get(section).content.count(b'name="shown"') == len(others) + 1


@pytest.mark.once
@pytest.mark.parametrize("name", ["layout", "choose_theme"])
def test_choice_sent_with_a_place_that_is_no_address_leads_there_or_home(
    client: Client, name: str
) -> None:
    odd = "4f9d4b7e-no-address"

    answer = client.post(reverse(name), {"next": odd}, headers={"referer": odd})

    assert answer.status_code == 302
    assert answer["Location"] == odd


@pytest.mark.thorough
@pytest.mark.once
def test_question_page_leads_on_to_the_next_open_question_of_its_section(
    cast: Cast, client: Client
) -> None:
    save(cast, regulatory="low", error_cost="low")
    response = send(client, at(cast, "question", "state"), state="none")

    # What was just saved is not asked again on top of the page.
    assert response["Location"] == at(cast, "question", "tried")
    risks = send(client, at(cast, "question", "regulatory"), regulatory="internal")
    assert risks["Location"] == at(cast, "question", "iteration")
    last = send(client, at(cast, "question", "portability"), portability="unknown")
    assert last["Location"] == at(cast, "numbers")


@pytest.mark.once
def test_question_that_does_not_apply_is_not_asked_on_its_page(
    cast: Cast, client: Client
) -> None:
    text = html_of(client.get(at(cast, "question", "latency_evidence")))

    assert 'name="shown"' not in text
    assert "does not apply" in text


@pytest.mark.once
def test_unknown_question_is_not_found(cast: Cast, client: Client) -> None:
    assert client.get(at(cast, "question", "weather")).status_code == 404


@pytest.mark.thorough
@pytest.mark.once
def test_question_made_irrelevant_is_named_on_the_next_page(
    cast: Cast, client: Client
) -> None:
    save(cast, goal=["cost_latency"], latency="hard", latency_evidence="missed")

    response = send(
        client,
        at(cast, "section", "cost"),
        latency="relaxed",
        latency_evidence="missed",
    )
    text = html_of(client.get(response["Location"]))

    assert "No longer asked: Speed measured. Its answer is kept." in text


@pytest.mark.once
def test_after_the_numbers_comes_the_first_section_that_is_open(
    cast: Cast, client: Client
) -> None:
    response = send(client, at(cast, "numbers"), requests="100")

    assert response["Location"] == at(cast, "section", "purpose")


@pytest.mark.once
def test_first_question_alone_says_at_once_what_the_levels_mean(
    cast: Cast, client: Client
) -> None:
    means = "Asserted: someone said so. Documented: a link or file shows it."
    with scope(organization=cast.ours.organization):
        audit = cast.ours.draft
        Audit.objects.filter(pk=audit.pk).update(answers={})
    first = html_of(client.get(at(cast, "next"), follow=True))
    assert means in re.sub(r"<details.*?</details>", "", first)

    save(cast, goal=["style"], state="planned", tried=["instructions"])
    proves = html_of(client.get(at(cast, "question", "eval")))
    assert f"What the levels mean</summary><p>{means}" in proves
    later = html_of(client.get(at(cast, "next"), follow=True))
    assert means not in re.sub(r"<details.*?</details>", "", later)
