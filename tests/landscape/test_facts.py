import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from audits.landscape.facts import Cited, Source
from audits.landscape.loader import DATA, built_in


def facts(value: object) -> Iterator[Cited]:
    if isinstance(value, Cited):
        yield value
    if is_dataclass(value):
        for field in fields(value):
            yield from facts(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from facts(item)
    elif isinstance(value, dict):
        yield from facts(tuple(value.values()))


def test_every_source_is_cited_and_no_fact_is_without_one() -> None:
    cited = {name for fact in facts(built_in()) for name in fact.sources}

    assert cited == set(built_in().sources)


def test_no_fact_is_newer_than_its_newest_source() -> None:
    sources = built_in().sources
    for fact in facts(built_in()):
        read: list[Source] = [sources[name] for name in fact.sources]

        newest = max(source.day for source in read)
        assert fact.as_of <= newest, (fact.as_of, newest, fact)


def test_what_is_confirmed_rests_on_a_vendor_or_on_two_sources() -> None:
    sources = built_in().sources
    for fact in facts(built_in()):
        vendors = [n for n in fact.sources if sources[n].publisher == "vendor"]

        assert fact.confidence != "confirmed" or vendors or len(fact.sources) > 1, fact


def test_assumptions_are_ours_and_never_confirmed() -> None:
    for assumption in built_in().assumptions.values():
        assert "ours" in assumption.sources
        assert assumption.confidence == "single"


def test_days_in_notes_and_titles_are_written_out() -> None:
    landscape = built_in()
    notes = [fact.note or "" for fact in facts(landscape)]
    titles = [source.title for source in landscape.sources.values()]
    events = [event.text for event in landscape.changes]

    for text in (*notes, *titles, *events):
        assert not re.search(r"\b20\d\d-\d\d", text), text


def test_files_name_no_place_on_a_machine() -> None:
    for path in DATA.rglob("*.yaml"):
        assert not re.search(r"file:|/home/|/tmp/", path.read_text("utf-8")), path
