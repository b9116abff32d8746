"""The two ways in which every page must work, as options of a browser."""

import pytest

PHONE_WITHOUT_JAVASCRIPT = {
    "java_script_enabled": False,
    "viewport": {"width": 375, "height": 667},
}
BOTH_WAYS = pytest.mark.parametrize(
    "options", [{}, PHONE_WITHOUT_JAVASCRIPT], ids=["desk", "phone"]
)
