"""The two ways in which every page must work, as options of a browser."""

import pytest

PHONE_WITHOUT_JAVASCRIPT = {
    "java_script_enabled": False,
    "viewport": {"width": 375, "height": 667},
}
# A database that serves one of them serves the other.
BOTH_WAYS = pytest.mark.parametrize(
    "options",
    [
        pytest.param({}, id="desk"),
        pytest.param(
            PHONE_WITHOUT_JAVASCRIPT,
            id="phone",
            marks=[pytest.mark.once, pytest.mark.thorough],
        ),
    ],
)
