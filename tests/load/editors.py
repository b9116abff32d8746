"""Many people who save, what they were told, and whether it is so."""

import json
import re
import statistics
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.crypto import get_random_string
from django_scopes import scopes_disabled

from audits.frameworks.loading import loader
from audits.models import Audit, Membership, Organization, Role, Team, User, Version
from audits.models.audits import values
from tests.casting import register

TOGETHER = 4  # work on one audit, each on a question of their own
_NOTE = re.compile(r"Note (\d+) of editor \d+\.")
_PROBLEM = re.compile(r"Not saved|choose</a>|errorlist")


@dataclass
class Editor:
    """Somebody who writes a note and rewrites it."""

    audit: Audit
    question: str
    cookies: dict[str, str]
    number: int
    acknowledged: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    took: list[float] = field(default_factory=list)

    def save(self, site: HTTPConnection) -> None:
        """Save the next note as the page does, and remember what was answered."""
        seq = len(self.took) + 1
        note = f"Note {seq} of editor {self.number}."
        form = {
            "csrfmiddlewaretoken": self.cookies[settings.CSRF_COOKIE_NAME],
            "shown": self.question,
            "tab": f"tab{self.number}",
            "seq": seq,
            self.question: "unknown",
            f"note-{self.question}": note,
        }
        started = time.perf_counter()
        try:
            status, page = self._post(site, urlencode(form))
        except (OSError, HTTPException) as error:
            site.close()
            status, page = 0, repr(error)
        self.took.append(time.perf_counter() - started)
        if status == 200 and "Saved " in page and not _PROBLEM.search(page):
            self.acknowledged.append(note)
        else:
            self.errors.append(f"{status}: {page[:200]}")

    def _post(self, site: HTTPConnection, body: str) -> tuple[int, str]:
        headers = {
            "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
            "HX-Request": "true",
        }
        url = reverse("question", args=[self.audit.pk, self.question])
        site.request("POST", url, body, headers)
        response = site.getresponse()
        return response.status, response.read().decode()


@dataclass(frozen=True)
class Figures:
    """What came of it; times in milliseconds."""

    editors: int
    saves: int
    errors: int
    missing: int
    p50: float
    p95: float

    def to_json(self) -> str:
        return json.dumps(asdict(self))


def invite(many: int, slug: str = "load") -> list[Editor]:
    """Make people who are signed in, and audits for them to work on."""
    framework = loader.current()
    always = [question.id for question in framework.questions if not question.visible]
    with scopes_disabled():
        organization = Organization.objects.create(name=f"Load {slug}", slug=slug)
        team = Team.objects.create(organization=organization, name="Load")
        editors: list[Editor] = []
        for number in range(many):
            place = number % TOGETHER
            user = _member(organization, number)
            if not place:
                audit = register(organization, user, team, f"Case {number}")
            editors.append(Editor(audit, always[place], _signed_in(user), number))
    return editors


def _member(organization: Organization, number: int) -> User:
    user = User(email=f"{number}@{organization.slug}.example", name=f"Editor {number}")
    user.set_unusable_password()
    user.save()
    Membership.objects.create(
        user=user, organization=organization, role=Role.CONTRIBUTOR
    )
    return user


def _signed_in(user: User) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    cookies = {name: cookie.value for name, cookie in client.cookies.items()}
    return {**cookies, settings.CSRF_COOKIE_NAME: get_random_string(32)}


def edit(editors: list[Editor], port: int, seconds: float, every: float) -> None:
    """Let each save at its own moment of every few seconds, for as long as told."""
    start = time.monotonic()

    def work(editor: Editor) -> None:
        site = HTTPConnection("127.0.0.1", port, timeout=30)
        moment = start + every * editor.number / len(editors)
        while moment < start + seconds:
            time.sleep(max(0, moment - time.monotonic()))
            editor.save(site)
            moment += every
        site.close()

    with ThreadPoolExecutor(len(editors)) as pool:
        list(pool.map(work, editors))


def missing(editors: Iterable[Editor]) -> list[str]:
    """Return the acknowledged notes that the database has not.

    Each has to be a version, and what counts has to be the last one of each editor, or
    one that the editor sent later: a server that is killed may have stored it, and
    could not say so.
    """
    lost = []
    with scopes_disabled():
        for editor in editors:
            kept = Version.objects.filter(
                audit=editor.audit, kind=Version.Kind.NOTE, item=editor.question
            )
            known = set(kept.values_list("value", flat=True))
            lost += [note for note in editor.acknowledged if note not in known]
            notes = values(Audit.objects.get(pk=editor.audit.pk).notes)
            counts = notes.get(editor.question, "")
            last = editor.acknowledged[-1:]
            lost += [note for note in last if _sequence(counts) < _sequence(note)]
    return lost


def _sequence(note: str) -> int:
    """Return which save of its editor a note came with; 0 if it is none of them."""
    found = _NOTE.fullmatch(note)
    return int(found[1]) if found else 0


def figures(editors: list[Editor]) -> Figures:
    """Return what came of it."""
    took = sorted(1000 * one for editor in editors for one in editor.took)
    hundredths = statistics.quantiles(took, n=100)
    return Figures(
        editors=len(editors),
        saves=sum(len(editor.acknowledged) for editor in editors),
        errors=sum(len(editor.errors) for editor in editors),
        missing=len(missing(editors)),
        p50=round(hundredths[49], 1),
        p95=round(hundredths[94], 1),
    )
