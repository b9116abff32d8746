import gzip

import pytest
from django.test import Client
from django.urls import reverse

from tests.casting import PASSWORD, Cast

pytestmark = pytest.mark.once

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; object-src 'none'; report-uri /csp-reports/"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/method/", 200),
        ("/no-such-page/", 404),
        ("/portfolio/", 302),
        ("/theme/", 405),
    ],
)
def test_every_answer_has_the_security_headers(
    db: None, path: str, status: int
) -> None:
    response = Client().get(path, headers={"Origin": "https://elsewhere.example"})

    assert response.status_code == status
    assert {name: response.get(name) for name in HEADERS} == HEADERS
    assert not [name for name in response.headers if name.startswith("Access-Control")]


def test_forged_form_is_refused_with_the_headers(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.ours.contributor)

    response = client.post(reverse("submit", args=[cast.ours.submitted.pk]))

    assert response.status_code == 403
    assert {name: response.get(name) for name in HEADERS} == HEADERS


def test_pages_of_a_signed_in_person_are_kept_by_no_cache(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.ours.contributor)

    assert client.get(reverse("portfolio"))["Cache-Control"] == "no-store"


def test_browser_forgets_what_it_kept_once_the_session_ended(cast: Cast) -> None:
    client, clears = Client(), "Clear-Site-Data"
    client.force_login(cast.ours.contributor)
    kept = client.cookies["__Host-session"].value

    inside = client.get(reverse("portfolio"))
    out = client.post(reverse("account_logout"))
    client.cookies["__Host-session"] = str(kept)
    late = client.get(reverse("portfolio"))
    visitor = Client().get(reverse("account_login"))

    assert [out[clears], late[clears]] == ['"cache"'] * 2
    assert clears not in inside
    assert clears not in visitor


def test_text_says_how_it_is_encoded(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.ours.contributor)

    kinds = [client.get(path)["Content-Type"] for path in ("/livez", "/portfolio.csv")]

    assert kinds == ["text/plain; charset=utf-8", "text/csv; charset=utf-8"]


@pytest.mark.parametrize("path", ["/", "/portfolio/", "/livez", "/verify/", "/nowhere"])
def test_trace_says_nothing_of_a_request(cast: Cast, path: str) -> None:
    client = Client(headers={"X-Secret": "0123456789"})
    client.force_login(cast.ours.contributor)

    answer = client.trace(path)

    assert answer.status_code in {404, 405}
    assert b"0123456789" not in answer.content


@pytest.mark.thorough
def test_pages_travel_compressed(cast: Cast) -> None:
    client = Client(headers={"Accept-Encoding": "gzip"})

    small, whole = client.get(reverse("method")), Client().get(reverse("method"))

    text = gzip.decompress(small.content).decode()
    assert small["Content-Encoding"] == "gzip"
    assert "How verdicts are made" in text
    assert text.endswith("</html>\n")
    assert len(small.content) < len(whole.content) / 3
    assert small["Content-Length"] == str(len(small.content))
    assert "Accept-Encoding" in small["Vary"]
    assert "Content-Encoding" not in whole


@pytest.mark.thorough
def test_compressed_page_has_a_padding_that_hides_its_length(cast: Cast) -> None:
    client = Client(headers={"Accept-Encoding": "gzip"})

    pages = [client.get(reverse("method")).content for _ in range(9)]

    named = [page for page in pages if page[3] & gzip.FNAME]
    assert len({page.index(b"\0", 10) for page in named}) > 1


def test_paper_travels_as_it_is(cast: Cast) -> None:
    client = Client(headers={"Accept-Encoding": "gzip"})
    client.force_login(cast.ours.contributor)

    paper = client.get(reverse("paper_file", args=[cast.ours.report.pk]))

    assert "Content-Encoding" not in paper
    assert b"".join(paper) == b"%PDF Northgate"


def test_session_cookie_is_locked_to_this_host(cast: Cast) -> None:
    client = Client()
    form = {"login": cast.ours.contributor.email, "password": PASSWORD}

    client.post(reverse("account_login"), form)

    cookie = client.cookies["__Host-session"]

    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (
        True,
        True,
        "Lax",
    )


def test_each_cookie_is_of_this_host_and_closed_to_scripts(cast: Cast) -> None:
    client = Client()
    form = {"login": cast.ours.contributor.email, "password": PASSWORD}

    client.get(reverse("account_login"))
    client.post(reverse("account_login"), form)
    client.post(reverse("choose_theme"), {"theme": "dark"})

    assert len(client.cookies) == 4  # session, form token, known device, colours
    for name, cookie in client.cookies.items():
        assert name.startswith("__Host-"), name
        assert cookie["samesite"] in {"Lax", "Strict"}, name
        assert (cookie["secure"], cookie["httponly"]) == (True, True), name
        assert (cookie["path"], cookie["domain"]) == ("/", ""), name
