"""That axe-core without its detours finds what it finds as it is shipped."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.browser.axe import load_axe, violations
from tests.e2e.test_accessibility import COLOURS, EVERYTHING
from tests.examples import some_of

pytestmark = pytest.mark.once

BARRIERS = """<!doctype html><title></title><style>
    body { background: #fff; color: #222 }
    .pale { color: #999 } .veiled { opacity: .5 }
    .over { background: rgb(0 0 0 / 30%); color: hsl(0 60% 40%) }
    p a { color: #333; text-decoration: none } b { display: block; width: 9px }
    @media (prefers-color-scheme: dark) { .pale { color: #fff } }</style>
<h3>Heading</h3> <p class=pale>Pale <span class=pale>and pale again</span></p>
<p class=veiled>Veiled <em class=over>and over it</em></p>
<div class=over>Over <div class=over>over</div></div>
<p>Text with <a href=/>a link</a></p>
<input> <img src=data:,> <button></button> <b role=button tabindex=0>x</b>
<ul><p>No item</p></ul> <i aria-labelledby=nowhere role=checkbox tabindex=0>x</i>
<div style="height: 20px; overflow: auto"><p style="height: 99px">Far</p></div>"""


def found(page: Page) -> list[list[tuple[Any, ...]]]:
    return [
        [
            (found["id"], found["impact"], node["target"], node["failureSummary"])
            for found in violations(page, options)
            for node in found["nodes"]
        ]
        for options in (EVERYTHING, COLOURS)
    ]


@pytest.mark.parametrize("scheme", some_of(["light", "dark"], 1))
def test_quick_axe_finds_what_axe_finds(page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_content(BARRIERS)
    load_axe(page)
    quickly = found(page)

    page.evaluate("delete window.axe")
    page.evaluate(Axe().axe_script)

    assert quickly == found(page)
    rules = {rule for rule, *_ in quickly[0]}
    assert {"color-contrast", "target-size", "label", "list", "button-name"} <= rules
    assert "link-in-text-block" in {rule for rule, *_ in quickly[1]}
    pale = [target for _, _, target, _ in quickly[1] if ".pale" in str(target)]
    assert bool(pale) == (scheme == "light"), quickly[1]
