"""A district with its own section in the demo: an editor who has submitted a draft, and an officer who decides."""

from services.foundation.demo import DemoContext
from services.organizations.actions import assign_staff
from services.organizations.demo import SECRET, staff_user
from services.organizations.enums import Role
from services.organizations.models import Organization
from services.publishing.actions.sections import open_section

DISTRICT = "SZ-01"
STAFF = (
    ("county-editor", "示例区级宣传干部", Role.COMMUNICATIONS_EDITOR),
    ("county-leader", "示例区级负责人", Role.FEDERATION_OFFICER),
)


def load(context: DemoContext) -> None:
    """The draft waits for the officer; when she approves it, it is held back until somebody signs."""
    district = Organization.objects.get(code=DISTRICT)
    people = {}
    for username, name, role in STAFF:
        user = people[username] = staff_user(context, username, name)
        assign_staff(user, organization=district, role=role, by=None, valid_from=context.today)
        context.staff_can_sign_in(username, SECRET, f"{Role(role).label} · {district.name}")
    open_section(page=context.made["cms_pages.section"], organization=district, by=None)
    draft, editor = context.made["cms_pages.draft"], people["county-editor"]
    draft.owner = editor
    draft.save_revision(user=editor)
    draft.get_workflow().start(draft, editor)
