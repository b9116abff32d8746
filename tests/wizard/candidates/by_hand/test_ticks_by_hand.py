"""What was ticked as tried by hand does not read as measured by results."""

import pytest
from django.test import Client
from django.urls import reverse

from audits.frameworks.loading.loader import current
from audits.models import Audit, ResultsFile
from audits.reports.context import build_paper
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.entry_checks import Key
from audits.services.answers.merging import Sender, Sent
from audits.services.papers.annexed import annexed
from audits.services.reviews.audits import submit_audit
from tests.examples import some_of
from tests.pages import html_of
from tests.proved import show
from tests.wizard.candidates.made_csv import upload
from tests.wizard.candidates.results_saved import save_results

LABEL = current().question_by_id["tried"].label


def measured(client: Client, draft: Audit, *ticks: str) -> Audit:
    """Return the draft with ticks by hand, and a results file of the current prompt."""
    ResultsFile.objects.filter(use_case=draft.use_case).delete()
    sent: dict[Key, Sent] = {
        ("candidate", "target"): Sent(value={"share": "0.8"}),
        ("answer", "tried"): Sent(value=list(ticks)),
        ("level", "tried"): Sent(value="documented"),
    }
    show(draft, draft.use_case.owner, {"tried": "documented"})
    save_entries(audit=draft, by=draft.use_case.owner, sent=sent, sender=Sender())
    save_results(fresh_audit(draft), upload({"base prompt": 60}))
    return fresh_audit(draft)


@pytest.mark.parametrize(
    ("ticks", "level"),
    some_of(
        [(("instructions",), "measured"), (("instructions", "rules"), "documented")], 1
    ),
)
def test_paper_says_which_ticks_are_by_hand(
    client: Client, draft: Audit, ticks: tuple[str, ...], level: str
) -> None:
    audit = measured(client, draft, *ticks)
    told = html_of(client.get(reverse("result", args=[audit.pk])))
    audit = submit_audit(audit=audit, by=draft.use_case.owner)

    paper = build_paper(audit)

    [row] = [each for each in paper.answers if each.label == LABEL]
    rules = current().words("tried", {"tried": ("rules",)})
    said = f"; by hand, documented: {rules}"
    entries = [entry for part in annexed(audit).parts for entry in part.entries]
    assert row.level == level
    assert [x.level for x in entries if x.label == LABEL] == [level]
    assert (said in row.answer) == (level == "documented")
    assert (said in told) == (level == "documented")
