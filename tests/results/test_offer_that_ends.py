"""An offer to train a model that ends, on the result and in the kit."""

import io
import re
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit
from audits.services.answers.answers import save_entries
from audits.services.answers.entry_checks import Key
from audits.services.answers.merging import Sender, Sent
from tests.casting import Cast
from tests.pages import html_of
from tests.scoring.deciding.test_rule_cases import UNTESTED
from tests.scoring.proposals.test_gaps import ENDS, OFFERED
from tests.scoring.test_computed_answers import NUMBERS
from tests.signed_in import sign_in


@pytest.mark.once
def test_result_and_kit_say_that_the_model_ends(cast: Cast, client: Client) -> None:
    numbers = NUMBERS | OFFERED
    sent: dict[Key, Sent] = {("answer", q): Sent(value=x) for q, x in UNTESTED.items()}
    sent |= {("number", name): Sent(value=x) for name, x in numbers.items()}
    pk = cast.ours.draft.pk
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=pk)
        by = cast.ours.contributor
        save_entries(audit=audit, by=by, sent=sent, sender=Sender())
    sign_in(client, by)

    page = html_of(client.get(reverse("result", args=[pk])))
    kit = client.get(reverse("action_kit", args=[pk]))
    with zipfile.ZipFile(io.BytesIO(kit.content)) as files:
        readme = files.read("readme.md").decode()

    trained = "a model ready on the first day of the offer serves"
    says = rf"{ENDS}January 2027: {trained} \d+ days\."
    assert re.search(says, page)
    assert re.search(rf"The offer of NordTune: {says}", readme)
