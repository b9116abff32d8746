"""Page 1 with every budget at its maximum stays one page, in English and in German."""

from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.core.files.base import ContentFile
from django_scopes import scope

from audits.models import Audit, Organization
from audits.reports.context import Paper, build_paper
from audits.reports.page_one import ROOM, PageOne
from audits.reports.pdf_client import render_paper
from audits.reports.typesetting.branding import Branding
from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.options.option_rows import OptionLine, OptionRow
from audits.scoring.summary.found.found import Found
from audits.services.papers.reports import request_report
from tests.casting import Cast
from tests.examples import thorough
from tests.printed import Printed
from tests.reports.papers import front_of, words_of
from tests.reports.test_appendix import paper
from tests.scoring.costs.worked_decisions import OFFER
from tests.scoring.twelve_verdicts import ANSWERS
from tests.scoring.worked_cases import RETRIEVAL_CASE
from tests.scoring.worked_numbers import ON_OWN_GPUS

pytestmark = pytest.mark.once

# One red pixel.
PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAA"
    "AElFTkSuQmCC"
)
CHANGED = "Northgate admin and Northgate reviewer changed page 1 after the sign-off."
WORDS = {
    "en": "The next training run starts in January, on 240 scored cases the tuned "
    "draft gets 61% right and retrieval 88%; the target is 90%, and the assistant "
    "drafts answers with sources for a handler and does not settle claims by itself.",
    "de": "Der nächste Trainingslauf beginnt im Januar; bei 240 bewerteten Fällen "
    "liegt das trainierte Modell bei 61 %, Retrieval bei 88 %, Schadensachbearbeitung "
    "bestätigt Antwortentwürfe mit Quellenangaben, Grundsatzentscheidungen nicht.",
    "one word": "Grundsatzentscheidungsvorlage" * 20,
}


def filled(language: str, room: int, start: int = 0) -> str:
    """Return words of exactly so many characters, ending in a letter."""
    words = WORDS[language].split()
    text = " ".join(words[start:] + words)
    return text[: room - 1].rstrip().ljust(room - 1, "n") + "."


def at_its_fullest(one: PageOne, language: str) -> PageOne:
    def of(room: int, start: int = 0) -> str:
        return filled(language, room, start)

    return replace(
        one,
        meeting=of(ROOM["meeting"]),
        use_case=of(44),
        verdict=of(18, 3),
        sponsor=of(ROOM["sponsor"], 2),
        agreed="agreed on 30 September 2026",
        decision_asked=of(ROOM["decision_asked"], 4),
        recommendation=of(64, 6),
        standing="Only once",
        conditions=tuple(of(60, i) for i in range(5)),
        if_nothing=of(ROOM["if_nothing"], 1),
        why_now=of(ROOM["why_now"]),
        why=tuple(
            Found(
                condition=of(26, i),
                holds="Forbids",
                found=of(48, i),
                level="documented",
                score="" if i else of(52),
            )
            for i in range(3)
        ),
        risks=tuple((of(ROOM["risk"], i), of(ROOM["owner"], i)) for i in range(3)),
        dated_risks=of(ROOM["dated_risks"]),
        changes=(of(72, 5), ""),
        unknown=of(72, 7),
        next_date=of(ROOM["next_date"], 9),
    )


@pytest.fixture
def priced(cast: Cast) -> Paper:
    return paper(cast, RETRIEVAL_CASE, ON_OWN_GPUS | {"requests": "20000000"})


@pytest.mark.thorough
@pytest.mark.parametrize("language", [thorough("en"), "de"])
def test_fullest_page_one_is_one_page_and_nothing_is_cut(
    priced: Paper, language: str
) -> None:
    one = at_its_fullest(priced.one, language)
    full = replace(priced, one=one)

    reader = Printed(front_of(full).pdf)

    first = squeezed(reader.words[0])
    assert squeezed(reader.words[1]).startswith("A1Howtheverdict")
    said = [one.meeting, one.decision_asked, one.why_now]
    said += [f"{priced.assessment.named.name}{one.recommended}"]
    said += [one.follows, one.change, one.unknown, one.next_date, one.sponsor]
    said += [text for row in one.risks for text in row]
    said += [one.dated_risks]
    said += [text for row in one.why for text in (row.condition, row.found, row.score)]
    gone = rows_named_alone(one, first)
    kept = [row for row in one.option_rows if row not in gone]
    said += [text for row in kept for line in row.lines for text in words_in(line)]
    said += one.conditions
    for text in said:
        assert squeezed(text) in first, text
    assert "Forlackofroom" not in first
    appendix = appendix_of(full, gone)
    # The box has as much of both as a line has room for.
    for text in (one.recommendation, one.if_nothing):
        assert squeezed(text) in f"{first} {squeezed(appendix)}"
    for row in gone:
        for line in row.lines:
            assert f"{line.option.name} {line.amount} {line.span} {row.why}" in appendix


def words_in(line: OptionLine) -> tuple[str, ...]:
    return line.name, line.amount, line.range, line.why


def rows_named_alone(one: PageOne, first: str) -> list[OptionRow]:
    """Return the rows that gave way to room: on page 1, each has a name and an amount.

    They are the first of those that may, in the order in which they give way.
    """
    order = [row for row in one.option_rows if row.number]
    order.sort(key=lambda row: (int(row.kind), row.gives_way))
    table = first.rpartition(squeezed(one.events[0]))[0]
    for number in range(len(order), -1, -1):
        if table.endswith(squeezed(". ".join(lists_of(one, order[:number])))):
            return order[:number]
    raise AssertionError(table)


def lists_of(one: PageOne, gone: list[OptionRow]) -> Iterator[str]:
    """Yield what page 1 says of rows that it names alone: those of no table, too."""
    where = " (appendix)"
    for each in one.named_alone:
        rows = [row for row in each.rows if row in gone or not row.number]
        names = ["; ".join(line.named for line in row.lines) for row in rows]
        why = [f": {row.why_cheaper}" if row.why_cheaper else "" for row in rows]
        if names:
            told = map("".join, zip(names, why, strict=True))
            yield f"{each.said}{where}: {'; '.join(told)}"
            where = ""


def appendix_of(full: Paper, gone: list[OptionRow]) -> str:
    """Return the words of the appendix where these rows have left page 1."""
    lines = [f" {x.name} {x.amount} {x.range}" for row in gone for x in row.lines]
    for given in range(40):
        page, appendix = words_of(full, given)
        if not any(line in page for line in lines):
            return appendix
    raise AssertionError(lines)


@pytest.mark.parametrize("is_letter", [thorough(False), True])
def test_fullest_page_one_has_room_for_every_option_and_an_offer(
    cast: Cast, *, is_letter: bool
) -> None:
    models = {"smaller": "gpt-6-luna", "tuned": "gpt-6.1-sol"}
    offer = OFFER | {"proposal_by": filled("en", 60)}
    numbers = ON_OWN_GPUS | models | offer | {"today": "fine_tune_hosted"}
    numbers |= {"requests": "20000000", "proposal_requests": "1000000"}
    answers = ANSWERS["stop_fine_tuning"] | {"data_rights": "prohibited"}
    stopped = paper(cast, answers, numbers)
    costs = stopped.assessment.costs
    assert costs is not None
    one = at_its_fullest(stopped.one, "en")
    branding = Branding(is_letter=is_letter, accent="", logo=PNG)

    full = replace(stopped, one=one, branding=branding)

    reader = Printed(front_of(full).pdf)

    first, second, *_ = (squeezed(page) for page in reader.words)
    assert second.startswith("A1Howtheverdict")
    assert squeezed(f"Offer: {offer['proposal_by']}") in first
    for technique in costs.plan.techniques:
        assert squeezed(SHORT_NAMES[technique.technique]) in first


def squeezed(text: str) -> str:
    """Return a text without its spaces and the hyphens of line ends."""
    return "".join(text.split())


@pytest.mark.thorough
def test_page_one_that_cannot_fit_runs_on_and_is_not_cut(priced: Paper) -> None:
    wide = " ".join(["WMWMWMW"] * 40)
    one = replace(
        at_its_fullest(priced.one, "en"),
        decision_asked=wide,
        why_now=wide,
        risks=((wide, wide),) * 3,
    )

    reader = Printed(front_of(replace(priced, one=one)).pdf)

    texts = [squeezed(page) for page in reader.words]
    appendix = next(i for i, text in enumerate(texts) if text.startswith("A1How"))
    assert appendix > 1
    assert "".join(texts[:appendix]).count("WM") == 40 * 8 * 3


@pytest.mark.thorough
@pytest.mark.parametrize("language", [thorough("en"), "de"])
def test_fullest_page_one_is_one_page_on_letter_too(
    priced: Paper, language: str
) -> None:
    # The box of what no board can vote on yet is grey.
    one = replace(at_its_fullest(priced.one, language), purpose="For decision")
    branding = Branding(is_letter=True, accent="#7a1f3d", logo=PNG)
    full = replace(priced, one=one, branding=branding)

    reader = Printed(render_paper(full))

    assert not full.frame

    width, height = (float(x) for x in reader.pages[0].mediabox.upper_right)
    assert (round(width), round(height)) == (612, 792)
    assert squeezed(reader.words[1]).startswith("A1Howtheverdict")
    assert len(reader.words) <= 6
    assert len(reader.pages[0].images) == 1
    drawn = reader.pages[0].get_contents()
    assert drawn is not None
    assert b"0.478431 0.121569 0.239216 rg" in drawn.get_data()


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("is_letter", "since"),
    [
        (False, ("Signed off under the name “Northgate handbook”.", CHANGED)),
        thorough((True, ())),
    ],
)
def test_fullest_page_one_has_room_for_who_wrote_and_who_changed_it(
    priced: Paper, since: tuple[str, ...], *, is_letter: bool
) -> None:
    names = "Northgate contributor, Northgate reviewer, Northgate admin and 2 more (A8)"
    signed = replace(priced.signed, writers=names, since=since)
    branding = Branding(is_letter=is_letter, accent="#7a1f3d", logo=PNG)
    one = at_its_fullest(priced.one, "en")
    full = replace(priced, one=one, signed=signed, branding=branding)

    reader = Printed(render_paper(full))

    first = squeezed(reader.words[0])
    assert squeezed(reader.words[1]).startswith("A1Howtheverdict")
    for text in (names, *since):
        assert squeezed(text) in first


def test_papers_look_as_their_organization_wants(cast: Cast) -> None:
    tenant = cast.ours.organization
    tenant.paper_size, tenant.accent = Organization.PaperSize.LETTER, "#7a1f3d"
    tenant.logo.save("logo.png", ContentFile(PNG))
    with scope(organization=tenant):
        before, _ = request_report(audit=cast.ours.submitted, by=cast.ours.contributor)
        audit = Audit.objects.select_related("use_case__organization").get(
            pk=cast.ours.submitted.pk
        )
        after, to_make = request_report(audit=audit, by=cast.ours.contributor)

        assert build_paper(audit).branding == Branding(
            is_letter=True, accent="#7a1f3d", logo=PNG
        )
        tenant.logo.delete()
        assert build_paper(audit).branding.logo == b""
    assert (before.pk != after.pk, to_make) == (True, True)
