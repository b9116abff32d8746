"""One person asks for 25 packs; a colleague asks for one paper."""

import time

from django.urls import reverse
from django_scopes import scopes_disabled

from audits.models import BoardPack, Job, Role
from tests.siege.browser import Browser
from tests.siege.figures import Figures
from tests.siege.instance import Instance
from tests.siege.kills import queue_paper, wait_for_papers
from tests.siege.people import the_cast

_PACKS, _PATIENCE = 25, 30.0


def greedy_packs(instance: Instance) -> Figures:
    """Ask for all packs at once, then for the paper, and wait for it."""
    figures, tenant = Figures("greedy_packs"), the_cast().ours
    greedy = Browser(instance.port, tenant.people[Role.VIEWER])
    answers = [
        greedy.post(reverse("packs"), {"meeting": f"Meeting {number}"})
        for number in range(_PACKS)
    ]
    begun = time.monotonic()
    made = wait_for_papers([queue_paper(3000)], patience=_PATIENCE)
    waited = time.monotonic() - begun
    for answer in answers:
        figures.answered("POST for a pack", answer.status, answer.body)
    refused = [answer for answer in answers if answer.status in (422, 429)]
    if not made:
        figures.unexpected += 1
        figures.tell(f"a colleague's paper waited more than {_PATIENCE:.0f} s")
    figures.notes = {
        "packs_accepted": len(answers) - len(refused),
        "packs_refused": len(refused),
        "colleague_waited_s": round(waited, 1),
        "still_waiting_then": _waiting(),
    }
    return figures


def _waiting() -> int:
    with scopes_disabled():
        return BoardPack.objects.filter(state__in=Job.WAITING).count()
