"""Log lines tell what happened, and no secret of anybody."""

import json
import logging
import sys
import time
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from audits.logs import formatter, request_name
from audits.logs.redaction import redacted, redacted_address

SECRET = "s3cr3t-Value_0"  # noqa: S105 - made up

PLAIN = "s3cr3tValue0"
UUID = "4f9d2f6e-1c1b-4d52-9a4e-0a1f6a0c9b7d"


def record(message: str, *arguments: object) -> logging.LogRecord:
    return logging.LogRecord(
        "django.request", logging.WARNING, "", 0, message, arguments, None
    )


def lines(monkeypatch: pytest.MonkeyPatch, kind: str) -> logging.Formatter:
    monkeypatch.setenv("LOG_FORMAT", kind)
    return formatter()


def routes(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry)
        else:
            yield entry


def test_no_secret_of_any_address_is_told() -> None:
    found = 0
    for route in routes(get_resolver()):
        names = set(route.pattern.regex.groupindex)
        if not names & {"key", "token", "secret"} or not route.name:
            continue
        path = reverse(route.name, kwargs=dict.fromkeys(names, PLAIN))
        for text in (
            redacted(f"Not Found: {path}"),
            redacted(f"Referer https://attune.example.org{path} does not match"),
            redacted_address(path, "page=2"),
        ):
            assert PLAIN not in text, route.name
        found += 1
    assert found == 2


@pytest.mark.parametrize(
    "text",
    [
        f"postgres://attune:{SECRET}@db:5432/attune",
        f"/calendars/{SECRET}.ics",
        f'GET /password/reset/key/1-{SECRET}/?next=/ HTTP/1.1"',
        f'GET /invitation/{SECRET}/ HTTP/1.1"',
        f'GET /shared/by-link/{SECRET}/ HTTP/1.1"',
        f'GET /sign-in/?next=/invitation/{SECRET}/ HTTP/1.1"',
        f"Forbidden (Referer https://a.example/password/reset/key/2-{SECRET}/): /x/",
        f"somebody+{SECRET}@mail.example.org is not known",
        f"duplicate key\nDETAIL:  Key (name)=({SECRET}) already exists.",
        f"/use-cases/?words={SECRET}",
        f"Invalid request from ip=192.0.2.7: Invalid HTTP Header: 'Cookie {SECRET}'",
        f"Invalid request from ip=::1: Invalid HTTP header name: 'A: {SECRET}\\n'",
        f"Invalid request from ip=::1: Expected preface, got b'{SECRET}'",
    ],
)
def test_secret_is_hidden(text: str) -> None:
    assert SECRET not in redacted(text)


def test_reason_of_a_request_that_cannot_be_read_is_told() -> None:
    text = f"Invalid request from ip=192.0.2.7: Invalid HTTP Header: 'Cookie {SECRET}'"

    shown = "Invalid request from ip=[hidden]: Invalid HTTP Header: [hidden]"
    assert redacted(text) == shown


def test_query_tells_harmless_values_only() -> None:
    shown = redacted_address("/portfolio/", f"page=2&words={SECRET}&stage=a%40b.org")

    assert shown == "/portfolio/?page=2&words=&stage="


def test_record_is_one_json_object(monkeypatch: pytest.MonkeyPatch) -> None:
    request_name.wear("a-name-1")
    try:
        message = "\r\n{}\x1b[2J\u2028 a@example.org"
        json_line = lines(monkeypatch, "json").format(record("Not Found: %s", message))
    finally:
        request_name.wear("")

    assert json_line.isascii()
    assert json_line.isprintable()
    told = json.loads(json_line)
    assert told.pop("time").endswith("+00:00")
    assert told == {
        "level": "WARNING",
        "logger": "django.request",
        "message": "Not Found: \r\n{}\x1b[2J\u2028 [hidden]",
        "request_id": "a-name-1",
    }


def test_text_cannot_forge_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = lines(monkeypatch, "text").format(record("bad\r\n2026 INFO x\x9b"))

    assert shown.endswith(r"WARNING django.request bad\r\n2026 INFO x\x9b")
    assert "\n" not in shown


@pytest.mark.parametrize("kind", ["json", "text"])
def test_exception_is_told_without_its_secrets(
    monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    broken = record("broke off")
    try:
        message = f"{SECRET}@example.org\n2026 forged"
        raise ValueError(message)
    except ValueError:
        broken.exc_info = sys.exc_info()

    shown = lines(monkeypatch, kind).format(broken)

    assert SECRET not in shown
    assert "ValueError: [hidden]" in shown
    assert all(line.startswith("    ") for line in shown.splitlines()[1:])


@pytest.mark.parametrize("given", ["", "short", "a b c d e f", "x" * 65, "ok\nforged8"])
def test_name_that_does_not_fit_is_replaced(given: str) -> None:
    assert request_name.choose(given) != given
    assert request_name.choose("req-12345678") == "req-12345678"


@pytest.mark.parametrize(
    "path",
    [
        "/calendars/s3cret",
        "//calendars//s3cret.ics?x",
        "/portfolio/calendars/s3cret.ics",
        "/xportfolio/calendars/s3cret.ics",
        "/portfolio/calendars/s3cret/remove/",
        "/portfolio/calendars/ s3cret.ics",
        f"/portfolio/calendars/{UUID}/remove/s3cret.ics",
        f"/portfolio/calendars/{UUID}/remove/ s3cret.ics",
        f"/portfolio/calendars//{UUID}/remove/s3cret",
        "/password//reset/key/1-s3cret/",
        "/invitation//s3cret/",
        "/shared//by-link/s3cret/",
    ],
)
def test_secret_of_an_odd_address_is_hidden(path: str) -> None:
    assert "s3cret" not in redacted(f"Not Found: {path}")
    assert "s3cret" not in redacted_address(path)


def test_key_behind_a_line_break_in_an_address_is_hidden() -> None:
    path = f"/portfolio/calendars/{UUID}/remove/\ns3cret"

    assert "s3cret" not in redacted_address(path)


@pytest.mark.parametrize(
    "path", ["/portfolio/calendars/", f"/portfolio/calendars/{UUID}/remove/"]
)
def test_page_about_calendars_is_not_hidden(path: str) -> None:
    assert redacted(path) == redacted_address(path) == path
    assert redacted(f'"GET {path}"') == f'"GET {path}"'


# Each made one of the expressions try every place of a long run again.
LONG_RUNS = (
    "/", "//calendars", "/password//", "/password/reset//", "a", "a.", "a@", "a@b",
    "://a:", "://", ":", "?a", "?", "&", "DETAIL: ", "\n ", "Invalid request from ip=",
)  # fmt: skip


@pytest.mark.parametrize("run", LONG_RUNS)
def test_time_to_hide_grows_with_the_length_only(run: str) -> None:
    def seconds(length: int) -> float:
        text = (run * length)[:length]
        began = time.process_time()
        for _ in range(5):
            redacted(text, len(text))
            redacted_address(text, text)
        return time.process_time() - began

    short = min(seconds(4_000) for _ in range(3))

    # Eight times as long took sixty-four times as long.
    assert min(seconds(32_000) for _ in range(3)) < 24 * short + 0.02


def test_long_message_is_cut_between_words() -> None:
    text = (
        "begins " + "x" * 3900 + f" postgres://attune:{SECRET * 20}@db/ " + "y" * 9000
    )

    shown = redacted(text)

    assert SECRET not in shown
    assert shown == "begins " + "x" * 3900 + " [cut]"


def test_trace_may_be_longer_than_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = record("broke off")
    try:
        raise ValueError("word " * 2000 + "the end")
    except ValueError:
        broken.exc_info = sys.exc_info()

    assert "the end" in lines(monkeypatch, "text").format(broken)
