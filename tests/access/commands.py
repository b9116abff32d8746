"""Each command, and the rows of which organizations it reads."""

_NONE = "no organization"
_ONE = "the organization that is named"
_EACH = "each organization in turn, in its scope"

COMMANDS = {
    "assess": _NONE,
    "check": _NONE,
    "check_evidence": _NONE,
    "check_usage": _NONE,
    "compare_usage": _NONE,
    "demo": "the sample organization, which it makes",
    "dumpdata": "every organization",
    "erase_person": "every organization that the person belongs to",
    "export_organization": _ONE,
    "housekeeping": _EACH,
    "impact": _EACH,
    "import_organization": "the organization that it makes",
    "invite": _ONE,
    "landscape": _EACH,
    "loaddata": "every organization",
    "rebuild_portfolio": "each organization, or the one that is named",
    "restrict_record": _NONE,
    "sign_on": _ONE,
    "verify": _NONE,
    "verify_files": "each organization, or the one that is named",
    "verify_record": "each organization, or the one that is named",
    "worker": "the organization of each task, in its scope",
}
