"""The two ways in which every page must work, as options of a browser."""

import pytest

from tests.examples import thorough

PHONE_WITHOUT_JAVASCRIPT = {
    "java_script_enabled": False,
    "viewport": {"width": 375, "height": 667},
}
BOTH_WAYS = pytest.mark.parametrize(
    "options",
    [
        pytest.param({}, id="desk"),
        thorough(pytest.param(PHONE_WITHOUT_JAVASCRIPT, id="phone")),
    ],
)
