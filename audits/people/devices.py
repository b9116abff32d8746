"""Browsers by what they say of themselves, in words."""

_UNKNOWN = "Unknown browser"
# Each with what only it says; most browsers also say what others do.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_in_words(agent: str) -> str:
    """Return a browser and its system.

    >>> device_in_words("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0")
    'Firefox on Linux'
    >>> device_in_words("curl/8.14")
    'Unknown browser'
    """
    browser = next((said for part, said in _BROWSERS if part in agent), _UNKNOWN)
    system = next((said for part, said in _SYSTEMS if part in agent), "")
    return f"{browser} on {system}" if system else browser
