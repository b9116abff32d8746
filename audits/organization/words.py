"""What the roles let people do, in the words of the pages of members."""

from audits.models import Role

ROLES = (
    (
        Role.BOARD,
        "Board reader: reads the papers and packs that were shared with them, and "
        "nothing else",
    ),
    (Role.VIEWER, "Viewer: reads everything"),
    (
        Role.CONTRIBUTOR,
        "Contributor: also registers use cases and answers their questions",
    ),
    (Role.REVIEWER, "Reviewer: also signs off what others answered"),
    (Role.ADMIN, "Administrator: also looks after members, teams and settings"),
)
A_ROLE = {
    Role.BOARD: "a board reader",
    Role.VIEWER: "a viewer",
    Role.CONTRIBUTOR: "a contributor",
    Role.REVIEWER: "a reviewer",
    Role.ADMIN: "an administrator",
}
