"""axe-core, which tells of barriers, without the detours that take most of its time.

What it finds is the same; tests/e2e/test_axe.py compares.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Each of its many colours keeps its private fields in maps of weak keys, which are slow
# to fill and slow to clear away. The colour itself can keep them.
PRIVATE_FIELDS = """class PrivateField {
    key = Symbol()
    has(object) { return this.key in object }
    get(object) { return object[this.key] }
    set(object, value) { object[this.key] = value }
    add(object) { object[this.key] = true }
};"""
WEAK = ("=new WeakMap", "=new WeakSet")

# It would write each element out with all that is in it, to show its first letters.
NO_HTML = "axe.configure({noHtml: true})"

# A page has few colours, and to read one is most of what axe-core does for a contrast.
READ_EACH_COLOUR_ONCE = """(() => {
    const {prototype} = axe.commons.color.Color, read = prototype.parseString
    const known = new Map()
    prototype.parseString = function (text) {
        if (!known.has(text)) {
            const {r, g, b, alpha} = read.call(this, text)
            known.set(text, {r, g, b, alpha})
        }
        return Object.assign(this, known.get(text))
    }
})()"""

# All else that axe-core says of a page is 45 kB.
AXE_FINDS = "options => axe.run(document, options).then(found => found.violations)"


@cache
def _quick_script() -> str:
    script: str = Axe().axe_script
    for weak in WEAK:
        assert weak in script
        script = script.replace(weak, "=new PrivateField")
    axe = f"(() => {{{PRIVATE_FIELDS}{script}}})()"
    return ";".join((axe, NO_HTML, READ_EACH_COLOUR_ONCE))


def load_axe(page: Page) -> None:
    page.evaluate(_quick_script())


def violations(page: Page, options: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what is found, by any axe-core that was loaded."""
    found: list[dict[str, Any]] = page.evaluate(AXE_FINDS, options)
    return found
