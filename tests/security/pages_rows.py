"""Who may begin a page from a template: who writes pages of a section. Videos of public pages are for everybody."""

from services.organizations.enums import Role
from tests.security.rows import ABOVE, DESK, Row, at_the_desk, for_anybody, looked_up, staff
from tests.security.world import SUPERUSER

_writing = staff([Role.COMMUNICATIONS_EDITOR, Role.FEDERATION_OFFICER], ABOVE) | {SUPERUSER}

ROWS = {
    "page_templates:list": at_the_desk(_writing),
    "page_templates:list_results": at_the_desk(_writing),
    "page_templates:use": Row(DESK, _writing, arguments=looked_up({"key": "page_template.pk"})),
    "cms_pages:video": for_anybody(key="video.pk", name="video.filename"),
}
