"""The desk of publishing: for editors and officers whose post reaches a section, sections for the top alone."""

from services.organizations.enums import Role
from tests.security.rows import ABOVE, ALL_STAFF, at_the_desk, one, staff
from tests.security.world import SUPERUSER

_works = staff((Role.COMMUNICATIONS_EDITOR, Role.FEDERATION_OFFICER), ABOVE) | {SUPERUSER}
_keeps = staff((Role.FEDERATION_OFFICER, Role.PLATFORM_ADMINISTRATOR), ["top"]) | {SUPERUSER}

ROWS = {
    **{
        f"publishing_desk:{page}{part}": at_the_desk(_works)
        for page in ("holds", "links", "ending")
        for part in ("", "_results")
    },
    # Whoever has no right on any page is told so; nobody has one elsewhere alone, so that nothing is hidden.
    "publishing_desk:one": one(_works, no=ALL_STAFF - _works, pk="hold.pk"),
    **{f"publishing_desk:{page}": at_the_desk(_keeps) for page in ("sections", "sections_results", "section_add")},
    "publishing_desk:section_end": one(_keeps, no=ALL_STAFF - _keeps, pk="pages_section.pk"),
}
