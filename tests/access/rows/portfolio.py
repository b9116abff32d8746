"""Pages of an organization: lists, exports, imports, the time machine."""

from tests.access.rows.row import CONFIRM_HELD, SIGN_IN, row

# anonymous, unassigned, stranger, viewer, contributor, reviewer, admin
PORTFOLIO = (
    row("GET", "import_upload", SIGN_IN, 403, 200, 403, 200, 200, 200),
    row("POST", "import_upload", SIGN_IN, 403, 422, 403, 422, 422, 422),
    row("GET", "import_template", SIGN_IN, 403, 200, 200, 200, 200, 200),
    # The contributor uploaded it.
    *(
        row(method, name, SIGN_IN, 403, 404, 403, outcome, 403, 403, import_id="import")
        for method, name, outcome in (
            ("GET", "import", 200),
            ("POST", "import", 422),
            ("POST", "import_write", 302),
            ("POST", "import_undo", 302),
            ("GET", "import_report", 200),
            ("GET", "import_refused", 200),
        )
    ),
    # An administrator may remove it too.
    row(
        *("POST", "import_remove", SIGN_IN, 403, 404, 403, 302, 403, 302),
        import_id="import",
    ),
    row("GET", "bulk_changes", SIGN_IN, 403, 200, 403, 200, 200, 200),
    row("GET", "change_many", SIGN_IN, 403, 200, 403, 200, 200, 200),
    # Nothing is chosen.
    row("POST", "change_many", SIGN_IN, 403, 422, 403, 422, 422, 422),
    # The contributor planned it.
    *(
        row(method, name, SIGN_IN, 403, 404, 403, outcome, 403, 403, change_id="change")
        for method, name, outcome in (
            ("GET", "bulk_change", 200),
            ("POST", "bulk_write", 302),
            ("POST", "bulk_undo", 302),
        )
    ),
    row("GET", "use_cases", SIGN_IN, 403, 200, 200, 200, 200, 200),
    row("GET", "own_fields", SIGN_IN, 403, 200, 403, 403, 403, 200),
    # Without a name.
    row("POST", "own_fields", SIGN_IN, 403, 422, 403, 403, 403, 422),
    row("GET", "register", SIGN_IN, 403, 200, 403, 200, 200, 200),
    row("GET", "portfolio", SIGN_IN, 403, 200, 200, 200, 200, 200),
    *(
        row("GET", name, SIGN_IN, 403, 200, 200, 200, 200, 200)
        for name in (
            *("quarters", "teams", "portfolio_csv", "portfolio_json", "portfolio_xlsx"),
            *("decisions_csv", "decisions_xlsx", "quarters_csv", "quarters_xlsx"),
            "inventory_csv",
            *("saved_views", "calendars", "calibration", "calibration_csv", "search"),
        )
    ),
    # Nothing is asked for.
    row("GET", "with_ticked", SIGN_IN, 403, 404, 404, 404, 404, 404),
    row("GET", "team", SIGN_IN, 403, 404, 200, 200, 200, 200, team_id="team"),
    # Without a name.
    row("POST", "saved_views", SIGN_IN, 403, 422, 422, 422, 422, 422),
    row(
        "POST",
        "calendars",
        SIGN_IN,
        403,
        *(CONFIRM_HELD,) * 5,
    ),
    # They are the contributor's.
    row(
        "POST",
        "remove_saved_view",
        *(SIGN_IN, 403, 404, 404, 302, 404, 404),
        view_id="view",
    ),
    row(
        "POST",
        "remove_calendar",
        *(SIGN_IN, 403, 404, 404, 302, 404, 404),
        feed_id="feed",
    ),
    # Who has the key needs no more (tests/portfolio/test_calendars.py).
    row("GET", "calendar_feed", *(404,) * 7, key="no-such-key"),
    row("GET", "time_machine", SIGN_IN, 403, 200, 200, 200, 200, 200),
    row("GET", "picture_svg", SIGN_IN, 403, 200, 200, 200, 200, 200),
    row("GET", "picture_pptx", SIGN_IN, 403, 200, 200, 200, 200, 200),
    row("GET", "picture_png", SIGN_IN, 403, 200, 200, 200, 200, 200),
    row("POST", "rescore", SIGN_IN, 403, 302, 302, 302, 302, 302),
    row(
        "POST",
        "cancel_rescore",
        *(SIGN_IN, 403, 404, 403, 302, 302, 302),
        rescore_id="rescore",
    ),
    row("GET", "portfolio_checks", SIGN_IN, 403, 200, 200, 200, 200, 200),
    row(
        "GET",
        "portfolio_check",
        SIGN_IN,
        403,
        200,
        200,
        200,
        200,
        200,
        check_id="stale",
    ),
    row("GET", "impact", SIGN_IN, 403, 200, 403, 403, 403, 200),
    row("POST", "impact", SIGN_IN, 403, 422, 403, 403, 403, 422),
)
