"""The process that sets papers: what it may take, and what becomes of it."""

import hashlib
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings

from audits.reports.pdf_client import Limits, PaperRefused, PdfClient
from audits.reports.typesetting.pdf import Enclosure, Manuscript, Typesetter
from audits.reports.typesetting.pdf_worker import read_manuscript, written_manuscript

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
HTML = (
    '<!doctype html><html lang="en"><head><title>{0}</title></head><body>'
    '<article class="one"><h1>{0}</h1></article>{1}</body></html>'
)


def manuscript(title: str = "A paper", more: str = "") -> Manuscript:
    return Manuscript(html=HTML.format(title, more), identifier="UC-1", dated=AT)


@pytest.fixture(scope="module")
def pdf_client() -> Iterator[PdfClient]:
    """Share one process: it takes a second or two to start."""
    pdf_client = PdfClient()
    yield pdf_client
    pdf_client.close()


def refusal(limits: Limits, of: Manuscript) -> str:
    pdf_client = PdfClient(limits)
    try:
        with pytest.raises(PaperRefused) as caught:
            pdf_client.pdf_of(of)
    finally:
        pdf_client.close()
    return str(caught.value)


def test_one_process_sets_one_paper_after_another(pdf_client: PdfClient) -> None:
    pdfs = [pdf_client.pdf_of(manuscript(title)) for title in ("One", "Two", "One")]

    assert pdfs[0] == pdfs[2] != pdfs[1]


def test_threads_take_turns(pdf_client: PdfClient) -> None:
    made: dict[str, bytes] = {}

    def make(title: str) -> None:
        made[title] = pdf_client.pdf_of(manuscript(title))

    threads = [threading.Thread(target=make, args=(t,)) for t in ("One", "Two", "Six")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert made == {title: pdf_client.pdf_of(manuscript(title)) for title in made}
    assert len(set(made.values())) == 3


def test_too_many_pages_are_refused() -> None:
    pages = '<p style="break-before: page">Page</p>' * 5

    said = refusal(Limits(pages=4), manuscript(more=pages))

    assert said.startswith("It would have more than 4 pages.")


def test_too_much_work_is_refused() -> None:
    said = refusal(Limits(cpu=1), manuscript(more="<p>One row</p>" * 10_000))

    assert said.startswith("It took longer")


def test_too_much_memory_is_refused() -> None:
    said = refusal(
        Limits(memory=300 * 1024**2), manuscript(more="<!-- " + "x" * 50_000_000)
    )

    assert said.startswith("It needs more memory than a paper may use.")


def test_what_cannot_be_set_is_refused() -> None:
    said = refusal(Limits(), replace(manuscript(), html="\ud800"))

    assert said.startswith("This is a fault in Attune")


def test_too_much_time_is_refused_and_the_process_replaced(
    pdf_client: PdfClient,
) -> None:
    unlimited, pdf_client.limits = pdf_client.limits, Limits(wall=0)
    try:
        # Long, so that it cannot be ready before anybody looks at the clock.
        with pytest.raises(PaperRefused, match=r"^It took longer than 0 seconds to"):
            pdf_client.pdf_of(manuscript(more="<p>Some words.</p>" * 2000))
    finally:
        pdf_client.limits = unlimited

    assert pdf_client.pdf_of(manuscript()).startswith(b"%PDF-")


def test_process_that_was_killed_is_replaced(pdf_client: PdfClient) -> None:
    first = pdf_client.pdf_of(manuscript())
    assert pdf_client._process is not None
    pdf_client._process.kill()
    pdf_client._process.wait()

    assert pdf_client.pdf_of(manuscript()) == first


@pytest.mark.thorough
def test_process_knows_no_secret_and_opens_no_connection(pdf_client: PdfClient) -> None:
    pdf_client.pdf_of(manuscript())
    assert pdf_client._process is not None
    known = Path(f"/proc/{pdf_client._process.pid}/environ").read_bytes()

    assert settings.SECRET_KEY.encode() not in known
    assert b"DATABASE_URL" not in known
    assert b"PATH=" in known.split(b"\0")  # empty: it starts no program
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, socket; from audits.reports.typesetting import pdf_worker;"
            "sys.addaudithook(pdf_worker._refuse_the_network);"
            "socket.create_connection(('127.0.0.1', 9))",
        ],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "cannot fetch anything" in done.stderr


WORKER = """
import os, sys, django
django.setup()
import config.urls
from datetime import UTC, datetime
from audits.reports.pdf_client import PdfClient
from audits.reports.typesetting.pdf import Manuscript
print(*{"weasyprint", "openpyxl", "lxml", "PIL"} & {*sys.modules})
html = "<html lang=en><title>A</title><p>A paper</p></html>"
dated = datetime(2026, 11, 24, tzinfo=UTC)
client = PdfClient()
client.pdf_of(Manuscript(html=html, identifier="UC-1", dated=dated))
print(client._process.pid, flush=True)
os.kill(os.getpid(), 9)
"""


@pytest.fixture(scope="module")
def killed() -> "subprocess.CompletedProcess[str]":
    """A worker that has the code of all pages, and is killed after one paper."""
    return subprocess.run(
        [sys.executable, "-c", WORKER],
        cwd=settings.BASE_DIR,
        env={
            "SECRET_KEY": settings.SECRET_KEY,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": "sqlite://:memory:",
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.thorough
def test_pages_load_without_the_libraries_that_make_files(
    killed: "subprocess.CompletedProcess[str]",
) -> None:
    loaded, _ = killed.stdout.split("\n", 1)

    assert loaded == ""


def test_process_ends_with_its_worker(
    killed: "subprocess.CompletedProcess[str]",
) -> None:
    assert killed.returncode == -9
    pid = int(killed.stdout)
    for _ in range(100):
        if not Path(f"/proc/{pid}/cmdline").exists():
            break
        threading.Event().wait(0.05)
    assert not Path(f"/proc/{pid}/cmdline").exists()


@pytest.mark.thorough
def test_equal_manuscripts_give_equal_bytes_in_every_process(
    pdf_client: PdfClient,
) -> None:
    digests = {
        hashlib.sha256(pdf).hexdigest()
        for pdf in (
            pdf_client.pdf_of(manuscript()),
            Typesetter().pdf_of(manuscript(), max_pages=1),
        )
    }

    assert len(digests) == 1


def test_dates_in_a_paper_are_its_own(pdf_client: PdfClient) -> None:
    with pikepdf.open(BytesIO(pdf_client.pdf_of(manuscript()))) as pdf:
        assert str(pdf.docinfo.CreationDate) == "D:20261124120000Z"
        assert str(pdf.docinfo.ModDate) == "D:20261124120000Z"


def test_enclosure_goes_in_with_its_own_dates(pdf_client: PdfClient) -> None:
    enclosed = Enclosure(
        name="a.json", description="All of it", content=b'{"a": "\xc3\xa9"}', dated=AT
    )
    given = replace(manuscript(), enclosures=(enclosed,))
    assert read_manuscript(written_manuscript(given)) == given

    pdf = pdf_client.pdf_of(given)

    assert pdf == pdf_client.pdf_of(given)
    with pikepdf.open(BytesIO(pdf)) as document:
        [(name, spec)] = document.attachments.items()
        file = spec.get_file()
        assert (name, file.read_bytes()) == ("a.json", enclosed.content)
        assert spec.description == "All of it"
        assert file.creation_date == file.mod_date == AT


@pytest.mark.thorough
def test_process_ends_amid_a_paper_when_nobody_waits_for_it() -> None:
    pdf_client = PdfClient()
    pdf_client.pdf_of(manuscript())
    process = pdf_client._process
    assert process is not None
    assert process.stdin is not None
    assert process.stdout is not None
    long = manuscript(more="<p>One row</p>" * 10_000)  # takes many seconds
    process.stdin.write(written_manuscript(long))
    process.stdin.flush()

    process.stdout.close()  # as the kernel does for a worker that was killed

    assert process.wait(timeout=3) == 0
    process.stdin.close()
