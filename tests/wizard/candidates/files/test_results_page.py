"""A results file becomes candidates, after a look at what would change."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from audits.models import Audit, Event, ResultsFile
from audits.models.audits import values
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import submit_audit
from tests.casting import Cast
from tests.evaluations.made_files import raw
from tests.examples import some_of
from tests.pages import html_of
from tests.wizard.candidates.made_csv import upload
from tests.wizard.candidates.results_pages import page_after, read, save
from tests.wizard.candidates.results_saved import remove_result, save_results
from tests.wizard.candidates.typed import page_of
from tests.wizard.page_forms import hidden, hidden_in

TWO = {"few-shot prompt": 95, "base prompt": 60}


@pytest.fixture
def draft(aimed: Audit) -> Audit:
    """Return the draft with a target, and without earlier files."""
    return aimed


@pytest.mark.thorough
def test_file_is_three_clicks_from_another_verdict(
    client: Client, draft: Audit
) -> None:
    assert draft.verdict == "fine_tune"
    # Select the file, then press “Read the file”.
    shown = read(client, draft, upload(TWO))
    told = html_of(shown)
    assert "95 of 100 (between 89 and 98 of 100)" in told
    assert "The verdict: from “Fine-tune” to" in told
    assert fresh_audit(draft).verdict == "fine_tune"

    # Press “Save as candidates”.
    response = page_after(client, shown)

    audit = fresh_audit(draft)
    assert audit.verdict == "few_shot"
    assert response.redirect_chain == [(reverse("candidates", args=[draft.pk]), 302)]
    saved = values(audit.candidates)
    assert [(saved[c]["kind"], saved[c]["passed"]) for c in ("c1", "c2")] == [
        ("examples", 95),
        ("prompt", 60),
    ]
    assert saved["c1"]["sha256"] == ResultsFile.objects.get().digest
    assert "Measured: a results file" in html_of(response)
    assert (
        "passed 35 cases that “base prompt (Written prompt)” failed, and failed 0"
        in html_of(response)
    )


def send(client: Client, audit: Audit, file: Any, **fields: str) -> Any:
    """Send the file with the target that is beside it, as the page does."""
    seen = hidden(client, page_of(audit))["seen"][0]
    sent = {"seen": seen, "kind": "", "limit_ms": "", "file": file} | fields
    there = reverse("upload_results", args=[audit.pk])
    return client.post(there, sent, follow=True)


@pytest.mark.thorough
def test_target_that_is_typed_beside_the_file_is_saved_with_it_if_it_is_another(
    client: Client, draft: Audit
) -> None:
    send(client, draft, upload(TWO), share="80")
    assert fresh_audit(draft).revision == draft.revision

    shown = send(client, draft, upload(TWO), share="97")

    assert values(fresh_audit(draft).candidates)["target"]["share"] == "0.97"
    assert "97 of 100" in html_of(shown).partition("<dt>Target</dt>")[2][:90]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("share", "file", "said"),
    [
        ("97", b"what is this?", "results file"),
        ("much", None, "The target must be a number, like 90"),
    ],
)
def test_typed_target_is_still_there_if_something_is_wrong(
    client: Client, draft: Audit, share: str, file: bytes | None, said: str
) -> None:
    sent = upload(TWO) if file is None else SimpleUploadedFile("a.json", file)

    shown = send(client, draft, sent, share=share)

    assert shown.status_code == 422
    assert said in html_of(shown)
    assert f'value="{share}"' in html_of(shown)
    assert values(fresh_audit(draft).candidates)["target"]["share"] == "0.8"


def test_target_that_somebody_else_changed_meanwhile_is_read_again(
    client: Client, draft: Audit, cast: Cast
) -> None:
    lead = cast.ours.contributor
    sent: dict[Any, Sent] = {("candidate", "target"): Sent(value={"share": "0.9"})}
    seen = hidden(client, page_of(draft))["seen"][0]
    save_entries(audit=fresh_audit(draft), by=lead, sent=sent, sender=Sender())

    there = reverse("upload_results", args=[draft.pk])
    fields = {"seen": seen, "kind": "", "limit_ms": "", "share": "97"}
    shown = client.post(there, fields | {"file": upload(TWO)}, follow=True)

    assert shown.status_code == 409
    assert "Somebody else changed the candidates" in html_of(shown)
    assert 'value="97"' in html_of(shown)
    assert values(fresh_audit(draft).candidates)["target"]["share"] == "0.9"


@pytest.mark.thorough
def test_kind_that_is_said_with_the_file_is_chosen(
    client: Client, draft: Audit
) -> None:
    shown = read(client, draft, upload({"A": 95}), kind="retrieval")

    save(client, shown)

    assert values(fresh_audit(draft).candidates)["c1"]["kind"] == "retrieval"


@pytest.mark.thorough
def test_name_that_says_nothing_is_asked_and_never_left_out_by_itself(
    client: Client, draft: Audit
) -> None:
    shown = read(client, draft, upload({"A": 95}))
    assert "No answer changes." in html_of(shown)

    nothing = page_after(client, shown)
    changed = page_after(client, shown, **{"kind-0": "examples"})

    assert "Not counted yet: <bdi>A</bdi>. Choose above what it is." in html_of(shown)
    assert nothing.status_code == 422
    asked = "Choose what “A” is, or choose “Leave it out”"
    assert html_of(nothing).count(asked) == 2  # in the summary and at the field
    # It is not what the page showed, so it is shown first.
    assert "You changed what a run is, so nothing was saved yet" in html_of(changed)
    assert "c1" not in fresh_audit(draft).candidates
    save(client, changed)
    assert values(fresh_audit(draft).candidates)["c1"]["kind"] == "examples"


@pytest.mark.thorough
def test_script_gets_only_what_would_change(client: Client, draft: Audit) -> None:
    shown = read(client, draft, upload({"A": 95}))
    there = shown.request["PATH_INFO"]

    part = client.post(there, {"kind-0": "examples"}, headers={"HX-Request": "true"})

    assert html_of(part).startswith("<section")
    assert 'name="shown" value="examples"' in html_of(part)
    assert "from “Fine-tune” to" in html_of(part)
    assert "c1" not in fresh_audit(draft).candidates


@pytest.mark.on_both
def test_same_file_is_kept_once_and_changes_its_candidates(
    client: Client, draft: Audit
) -> None:
    save(client, read(client, draft, upload(TWO)))

    again = read(client, draft, upload(TWO))
    save(client, page_after(client, again, **{"kind-1": "smaller"}))

    assert ResultsFile.objects.count() == 1
    saved = values(fresh_audit(draft).candidates)
    assert {c: saved[c]["kind"] for c in saved if c != "target"} == {
        "c1": "examples",
        "c2": "smaller",
    }


def test_same_file_again_adds_nothing_and_keeps_what_was_typed(
    client: Client, draft: Audit
) -> None:
    save_results(draft, upload(TWO))
    of_file = values(fresh_audit(draft).candidates)["c1"]
    page = reverse("candidates", args=[draft.pk])
    form = client.get(reverse("candidate", args=[draft.pk, "c1"])).content.decode()
    typed = {"kind": "examples", "model": "sonnet", "settings": "v7", "cost": "0.02"}
    seen = hidden_in(form)["seen"][0]
    there = reverse("candidate", args=[draft.pk, "c1"])
    client.post(there, {**typed, "p95_ms": "900", "run_by": "Rosa", "seen": seen})
    before = values(fresh_audit(draft).candidates)
    assert (before["c1"]["model"], before["c1"]["cost"]) == ("sonnet", "0.02")
    # What took how long is shown by the file, so it is not typed over.
    assert before["c1"].get("p95_ms") == of_file.get("p95_ms") != 900

    shown = read(client, draft, upload(TWO))
    response = page_after(client, shown)

    assert "This file is already here: nothing would be added." in html_of(shown)
    assert "What you typed about it is kept." in html_of(shown)
    assert response.redirect_chain == [(page, 302)]
    assert "This file is already here: nothing was added." in html_of(response)
    assert values(fresh_audit(draft).candidates) == before


@pytest.mark.thorough
def test_same_file_again_puts_a_removed_run_back_and_says_so(
    client: Client, draft: Audit
) -> None:
    save_results(draft, upload(TWO))
    before = values(fresh_audit(draft).candidates)
    remove_result(draft, "c2")

    shown = read(client, draft, upload(TWO))
    assert "Saving puts it back as it was." in html_of(shown)
    assert values(fresh_audit(draft).candidates)["c2"]["removed"] is True
    save(client, shown)

    after = values(fresh_audit(draft).candidates)
    [undone] = after["c2"].pop("replaced")
    assert undone["undone"] is True
    assert after == before


def test_file_with_ten_cases_says_that_it_does_not_count_and_hides_no_comparison(
    client: Client, draft: Audit
) -> None:
    save_results(draft, upload(TWO))
    counted = client.get(page_of(draft))
    assert "100 cases.</strong> On 100 cases" in html_of(counted)

    shown = read(client, draft, upload({"few-shot": 10, "zero-shot": 2}, cases=10))

    told = html_of(shown)
    assert told.count("Does not count: fewer than 30 cases.") == 2
    assert "Reaches 80 of 100, but chance may explain it" in told
    assert "No answer changes." in told
    page = html_of(page_after(client, shown))
    first, second = page.index("100 cases.</strong>"), page.index("10 cases, does not")
    assert first < second


def test_address_of_a_refused_upload_leads_to_the_page(
    client: Client, draft: Audit
) -> None:
    there = reverse("upload_results", args=[draft.pk])

    response = client.get(there)

    assert response["Location"] == reverse("candidates", args=[draft.pk])


def test_cases_are_kept_by_digests_and_never_in_the_audit(
    client: Client, draft: Audit
) -> None:
    save_results(draft, upload(TWO))

    kept = ResultsFile.objects.get()
    assert "case 7" not in str(kept.runs)
    assert len(kept.runs[0]["cases"]) == 100
    submitted = submit_audit(audit=fresh_audit(draft), by=kept.added_by)
    assert submitted.assessment is not None
    assert kept.runs[0]["cases"][0][0] not in str(submitted.assessment)
    event = Event.objects.get(verb="results.read")
    assert event.details["sha256"] == kept.digest


@pytest.mark.thorough
@pytest.mark.parametrize(
    "name", ["promptfoo-0.123.1.json", "inspect-0.3.160-passed.eval"]
)
def test_file_of_a_real_tool_is_read(client: Client, draft: Audit, name: str) -> None:
    shown = read(client, draft, SimpleUploadedFile(name, raw(name)))

    assert shown.status_code == 200
    assert ResultsFile.objects.get().name == name
    assert "What would change" in html_of(shown)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("name", "stand_in"),
    some_of(
        [
            ("promptfoo-0.123.1-repeated.json", "“echo” of promptfoo"),
            ("inspect-0.3.160-passed.eval", "“mockllm” of Inspect"),
            ("lm-eval-0.4.13.zip", "“dummy” of lm-evaluation-harness"),
        ],
        1,
    ),
)
def test_run_that_asked_no_model_is_no_candidate(
    client: Client, draft: Audit, name: str, stand_in: str
) -> None:
    shown = read(client, draft, SimpleUploadedFile(name, raw(name)), kind="prompt")
    saved = page_after(client, shown, **{"kind-0": "prompt"})

    assert f"No model was asked, as {stand_in} answered in its place" in html_of(shown)
    assert "c1" not in fresh_audit(draft).candidates
    assert "Say what at least one run is" in html_of(saved)


@pytest.mark.thorough
def test_run_read_before_stand_ins_were_told_is_shown(
    client: Client, draft: Audit
) -> None:
    shown = read(client, draft, upload(TWO))
    kept = ResultsFile.objects.get()
    for run in kept.runs:
        del run["stand_in"]
    kept.save(update_fields=["runs"])

    again = client.get(shown.request["PATH_INFO"])

    assert "95 of 100 (between 89 and 98 of 100)" in html_of(again)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty: select a JSON file of promptfoo"),
        (b"hello", "The CSV file has no column “case”"),
    ],
)
def test_other_file_is_refused_in_one_sentence(
    client: Client, draft: Audit, content: bytes, said: str
) -> None:
    response = read(client, draft, SimpleUploadedFile("x.json", content))

    assert response.status_code == 422
    assert said in html_of(response)
    assert ResultsFile.objects.count() == 0


@pytest.mark.thorough
def test_run_that_is_left_out_is_named_beside_the_verdict(
    client: Client, draft: Audit
) -> None:
    shown = read(client, draft, upload({"Stronger model": 95, "Variant B": 60}))
    told = html_of(shown)
    one = told[told.index('id="effects"') :]

    assert [*shown.context["form"].kinds()] == ["stronger", None]
    assert "Not counted yet: <bdi>Variant B</bdi>." in one
    there, kinds = shown.request["PATH_INFO"], {"kind-0": "stronger"}
    chosen, out = (
        html_of(client.post(there, kinds | {"kind-1": kind}, HTTP_HX_REQUEST="true"))
        for kind in ("prompt", "none")
    )
    assert "Left out" not in chosen
    assert "Not counted yet" not in chosen
    assert "Left out, so the verdict does not count it, and no answer counts" in out
    assert "that it contradicts on the same cases: <bdi>Variant B</bdi>." in out


def test_second_run_that_looks_like_the_same_kind_is_asked_and_not_preset(
    client: Client, draft: Audit
) -> None:
    both = {"Prompt with long instructions": 95, "Written prompt": 43}

    shown = read(client, draft, upload(both))
    told = html_of(shown)
    asked = page_after(client, shown)
    assert asked.status_code == 422
    assert asked.context["form"].choices() == ["", "prompt"]
    out = {"kind-0": "none"}
    looked = page_after(client, shown, **out, show="")
    saved = page_after(client, looked)

    assert shown.context["form"].kinds() == [None, "prompt"]
    assert (
        "Its name looks like “Written prompt, as it is now”, and so does that of "
        "another run. Say what this one is, or leave it out."
    ) in told
    assert "<bdi>Prompt with long instructions</bdi>. To count it" in html_of(looked)
    rows = values(fresh_audit(draft).candidates)
    counted = [
        x["passed"] for c, x in rows.items() if c != "target" and "left" not in x
    ]
    assert counted == [43]
    assert saved.redirect_chain


@pytest.mark.thorough
def test_candidate_is_named_as_its_team_names_it(client: Client, draft: Audit) -> None:
    save_results(draft, upload({"Prompt with long instructions": 95}))

    page = html_of(client.get(reverse("result", args=[draft.pk])))

    assert "Use “Prompt with long instructions”: it meets the target." in page
    assert "“Written prompt”" not in page
