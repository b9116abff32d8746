"""Board packs as one PDF: what they say, on which page, and in which form."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import outloud
import pdfua
import pikepdf
import pytest
from django.utils import timezone
from django_scopes import scope
from pypdf import PdfReader
from pytest_django import Settings

from audits.landscape.price_age import price_age
from audits.models import Audit, BoardPack, Event, PackDecision, UseCase
from audits.reports import pdf_client
from audits.reports.packs.pack_context import build_pack
from audits.reports.pdf_client import manuscript_of_pack, print_pack
from audits.reports.tasks import make_pack
from audits.reports.typesetting.branding import LOGO, Branding
from audits.reports.typesetting.pdf import Manuscript, Typesetter
from audits.scoring.sums.months_from_day import Paid
from audits.services.papers.packs.board_packs import NothingToDecide, request_pack
from audits.services.reviews.audits import reopen_audit, submit_audit
from audits.templatetags.figures import (
    amount,
    dollars,
    more_in_column,
    rise_in_column,
)
from tests.casting import CANARY, Cast, Tenant
from tests.examples import some_of
from tests.printed import Printed
from tests.reports.packs.made_packs import (
    add_decision,
    add_decisions,
    ask_for_pack,
    date_back,
    let_all_be_ready,
    parts_of,
    read,
    state_money,
)
from tests.reports.papers import typesetter
from tests.reports.test_tasks import IMMEDIATE
from tests.scoring.worked_cases import RETRIEVAL_CASE, TRAINING_CASE

pytestmark = pytest.mark.once

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
MEETING = "Board of directors, 9 December 2026"
NOBODY = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def tenant(
    cast: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Tenant]:
    """Our tenant, with three decisions; what is asked for is made at once."""
    let_all_be_ready(monkeypatch)
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    with scope(organization=cast.ours.organization):
        decisions = {"Labels": TRAINING_CASE, "Articles": RETRIEVAL_CASE}
        add_decisions(cast.ours, decisions)
        yield cast.ours


def made(tenant: Tenant, **asked: Any) -> BoardPack:
    pack = ask_for_pack(tenant, **asked)
    pack.refresh_from_db()
    assert (pack.state, pack.failure) == (BoardPack.State.READY, "")
    return pack


@pytest.fixture
def asked(tenant: Tenant, settings: Settings) -> BoardPack:
    """A pack that nobody makes, where what is in its file is not asked."""
    settings.TASKS = NOBODY
    return ask_for_pack(tenant)


@pytest.mark.thorough
def test_pack_is_an_overview_and_a_page_with_a_bookmark_for_each_decision(
    tenant: Tenant,
) -> None:
    reader = read(made(tenant, meeting=MEETING))

    pages = [*reader.words]
    assert len(pages) == 4
    assert "Three decisions wait for sign-off" in pages[0]
    assert MEETING in pages[0]
    # What is ready first, rebuilding before training; a draft is no decision.
    names = ["Northgate handbook: use", "Labels: price training", "Articles: use retr"]
    for number, (page, name) in enumerate(zip(pages[1:], names, strict=True), start=1):
        place = f"Waits for sign-off · {number} of 3 · {MEETING}"
        assert place in page
        assert name in page
        assert f"Page {number + 1} of 4" in page
    assert ["Provisional · Waits for sign-off" in page for page in pages[1:]] == [
        *(False, False, True)
    ]
    assert "Northgate triage" not in "".join(pages)
    # Each is a bookmark that leads to its page.
    root, inner = reader.outline
    assert str(root["/Title"]) == "Three decisions wait for sign-off"  # type: ignore[call-overload]
    titles = {
        str(item["/Title"]): reader.get_destination_page_number(item)
        for item in inner
        if not isinstance(item, list)
    }
    assert list(titles)[:4] == [
        "Decisions needed",
        "Money at risk",
        "What each decision changes",
        "Verdicts across the portfolio",
    ]
    decisions = {title: page for title, page in titles.items() if ":" in title}
    assert [*decisions.values()] == [1, 2, 3]
    assert [title.rpartition(":")[0] for title in decisions] == [
        *("Northgate handbook", "Labels", "Articles")
    ]


@pytest.mark.thorough
def test_page_numbers_in_the_overview_are_those_of_the_decisions(
    tenant: Tenant, tmp_path: Path
) -> None:
    for number in range(2):
        add_decision(tenant, f"Case {number}")
    file = tmp_path / "pack.pdf"
    file.write_bytes(made(tenant).file.read())

    said = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    pages = said.split("\f")
    for number in range(2):
        [row] = re.findall(rf"^Case {number}: .* (\d+)$", pages[0], re.MULTILINE)
        assert f"Case {number}: use retrieval" in pages[int(row) - 1]


@pytest.mark.thorough
def test_two_checkers_find_nothing_in_a_pack(
    tenant: Tenant, stand_ins: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    UseCase.objects.filter(name="Articles").delete()
    for audit in Audit.objects.filter(state="in_review"):
        state_money(audit)
    made(tenant)
    stand_ins.undo()
    add_decision(tenant, "Another")
    file = tmp_path / "pack.pdf"
    file.write_bytes(made(tenant, meeting=MEETING).file.read())

    heard = outloud.check(str(file))
    report = pdfua.validate(str(file))

    assert heard.error is None
    # Each decision begins with its number, which the checker takes for a running head.
    found = [f for f in heard.findings if not f.evidence.startswith("For decision · 1")]
    assert [(f.rule, f.message) for f in found if f.severity != "info"] == []
    assert [(f.rule_id, f.message) for f in report.findings] == []
    with pikepdf.open(file) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "en"


@pytest.mark.thorough
def test_pack_shows_the_logo_if_there_is_one(asked: BoardPack) -> None:
    pack = build_pack(asked)
    with_logo = replace(pack, branding=Branding(logo=b"\x89PNG"))

    assert LOGO in manuscript_of_pack(with_logo).html
    assert LOGO not in manuscript_of_pack(pack).html


@pytest.mark.usefixtures("stand_ins")
def test_title_and_tables_say_what_is_released_and_what_replaces_it(
    tenant: Tenant,
) -> None:
    asked = list(Audit.objects.filter(state="in_review"))
    for audit in asked:
        state_money(audit)
    UseCase.objects.filter(audits__in=asked[:2]).update(stage="live")
    pack = made(tenant)

    content = build_pack(pack)
    overview = " ".join(parts_of(pack))
    assert len(content.totals.released) > 1
    assert {plan.state for plan in content.totals.released} == {"running", "planned"}
    asked_for = [item.row.asked for item in content.asked if item.row.asked]
    total = sum(band.expected for band in asked_for)
    assert f" ask for {dollars(Decimal(total))} over" in content.title
    found = content.totals.meeting
    assert found is not None
    assert found.change == Decimal(total) - found.ends
    # The total has what ends, and the net.
    row = (
        f"{amount(found.ends)} {amount(Decimal(total))} {more_in_column(-found.change)}"
    )
    assert f"Total {row}" in overview
    assert "as if what does not run yet began then" in overview
    for state in ("running", "planned"):
        plans = [plan for plan in content.totals.released if plan.state == state]
        rows = [(plan.ends.year, plan.instead.year, plan.net) for plan in plans]
        *sums, net = (Decimal(sum(each)) for each in zip(*rows, strict=True))
        assert all(amount(each) in overview for each in sums)
        assert more_in_column(net) in overview
    for plan in content.totals.released:
        since = f"{plan.since.day} {plan.since:%b %Y}"
        assert f"{plan.name} {plan.state} from {since}" in overview
        assert f"{plan.ends.name} {parts(plan.ends)}" in overview
        assert f"Instead: {plan.instead.name} {parts(plan.instead)}" in overview
        assert plan.net_from_day is not None
        nets = map(more_in_column, (plan.net, plan.net_from_day))
        assert f"Net {' '.join(nets)}" in overview
    assert " ".join(content.title.split()) in overview
    assert content.goes_on is not None
    runs = f"{dollars(content.goes_on.amount)} over 12 months for what runs"
    assert runs in overview
    age = price_age(date(2026, 11, 20), timezone.localdate(pack.frozen_at))
    assert age.oldest in " ".join(overview.split())


def parts(paid: Paid) -> str:
    assert paid.changes is not None
    assert paid.from_day is not None
    first = map(amount, (paid.month, paid.months, paid.once))
    last = map(amount, (paid.year, paid.from_day.expected))
    return " ".join((*first, rise_in_column(paid.changes), *last))


@pytest.mark.thorough
def test_equal_packs_give_equal_bytes_in_every_process(tenant: Tenant) -> None:
    pack = made(tenant)
    pdf, again = pack.file.read(), build_pack(pack)

    assert print_pack(again).pdf == pdf
    assert Typesetter().pdf_of(manuscript_of_pack(again), max_pages=4) == pdf


def test_process_of_papers_sets_small_packs_too(
    asked: BoardPack, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pdf_client._AS_A_PAPER == 5
    monkeypatch.setattr(pdf_client, "_AS_A_PAPER", 1)
    pack = replace(build_pack(asked), papers=())  # an overview is enough to tell

    for decisions in (2, 1):
        several = replace(pack, asked=pack.asked[:decisions])
        made = pdf_client._press._papers

        assert print_pack(several).pdf.startswith(b"%PDF-")

        assert (pdf_client._press._papers != made) is (decisions == 1)


@pytest.mark.thorough
@pytest.mark.usefixtures("stand_ins")
def test_asking_twice_gives_the_same_pack_and_a_new_verdict_a_new_one(
    tenant: Tenant, settings: Settings
) -> None:
    first = made(tenant)
    settings.TASKS = NOBODY

    assert ask_for_pack(tenant) == first
    assert ask_for_pack(tenant, meeting=MEETING) != first
    assert ask_for_pack(tenant, filters="stage=live") != first

    submit_audit(
        audit=reopen_audit(audit=tenant.submitted, by=tenant.contributor),
        by=tenant.contributor,
    )
    assert ask_for_pack(tenant) != first


@pytest.mark.thorough
@pytest.mark.usefixtures("stand_ins")
def test_pack_leaves_its_lines_in_the_record(tenant: Tenant) -> None:
    date_back(tenant.pack, 1)
    pack = made(tenant)

    lines = Event.objects.filter(subject=str(pack.pk)).order_by("number")
    assert [line.verb for line in lines] == ["pack.requested", "pack.made"]
    assert lines[0].details == {"decisions": 3, "since": str(tenant.pack.pk)}


def test_answers_opened_again_before_it_is_made_fail_the_pack(
    tenant: Tenant, settings: Settings
) -> None:
    settings.TASKS = NOBODY
    pack = ask_for_pack(tenant)
    reopen_audit(audit=tenant.submitted, by=tenant.contributor)

    make_pack.func(str(tenant.organization.pk), str(pack.pk))

    pack.refresh_from_db()
    assert pack.state == BoardPack.State.FAILED
    assert "UC-0002 were reopened" in pack.failure


def test_nothing_to_decide_is_said_in_words(tenant: Tenant) -> None:
    with pytest.raises(NothingToDecide, match="No use case matches this filter"):
        request_pack(
            organization=tenant.organization,
            by=tenant.contributor,
            audits=Audit.objects.none(),
        )
    with pytest.raises(NothingToDecide, match="is waiting for a decision"):
        request_pack(
            organization=tenant.organization,
            by=tenant.contributor,
            audits=Audit.objects.filter(pk=tenant.draft.pk),
        )


def test_pack_has_no_word_of_the_other_organization(
    cast: Cast, asked: BoardPack
) -> None:
    pack = asked

    assert CANARY not in manuscript_of_pack(build_pack(pack)).html
    assert str(cast.theirs.submitted.use_case_id) not in pack.verdicts


def test_pack_of_fifty_is_one_file_and_one_more_is_a_zip(
    tenant: Tenant, asked: BoardPack
) -> None:
    pack = asked
    PackDecision.objects.bulk_create(
        PackDecision(
            organization=pack.organization,
            pack=pack,
            audit=tenant.submitted,
            number=number,
            submitted_at=timezone.now(),
        )
        for number in range(4, 52)
    )
    counted = BoardPack.objects.with_counts()

    assert counted.get(pk=pack.pk).asked == 51
    assert not counted.get(pk=pack.pk).is_in_one_file
    PackDecision.objects.filter(pack=pack, number=51).delete()
    assert counted.get(pk=pack.pk).is_in_one_file


def sizes(reader: PdfReader) -> list[dict[str, float]]:
    """Return how large each word of interest is set, page by page."""
    found: list[dict[str, float]] = []
    for page in reader.pages:
        words: dict[str, float] = {}

        def note(said: str, _: Any, matrix: Any, __: Any, size: float) -> None:
            if said.strip():
                words[said.split(maxsplit=1)[0]] = round(size * abs(matrix[3]), 2)  # noqa: B023

        page.extract_text(visitor_text=note)
        found.append(words)
    return found


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("words", "pages", "is_smaller"),
    some_of([(300, 3, False), (570, 3, True), (800, 4, True)], 1),
)
def test_decisions_are_set_at_the_largest_size_at_which_each_of_them_fits(
    words: int, pages: int, is_smaller: bool
) -> None:
    def sheet(number: int, text: str) -> str:
        return (
            f'<article class="one" id="decision-{number}"><h2>T{number}</h2>'
            f"<p>{text}</p></article>"
        )

    def pdf_of(long: str) -> Printed:
        html = (
            '<html lang="en"><head><title>T</title></head><body>'
            '<article class="app pack" id="overview"><h1>Over</h1></article>'
            f"{sheet(1, 'short')}{sheet(2, long)}</body></html>"
        )
        made = Manuscript(html=html, identifier="p", dated=AT)
        return Printed(typesetter().pdf_of(made, max_pages=20))

    plain, long = pdf_of("short"), pdf_of("long word " * words)

    assert len(plain.pages) == 3
    assert len(long.pages) == pages
    usual, beside, own = (
        sizes(plain)[1]["short"],
        sizes(long)[1]["short"],
        sizes(long)[2]["long"],
    )
    if pages == 3:
        assert own == beside
        assert (own < usual) == is_smaller
    else:
        # What runs on whatever its size makes no other one smaller.
        assert beside == usual
    assert "".join(long.words).count("word") == words
