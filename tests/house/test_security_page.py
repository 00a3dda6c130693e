"""docs/security.md speaks of every role there is."""

from django.utils.translation import override

from services.organizations.enums import Role
from tests.house.sources import ROOT


def test_the_threats_of_every_role_are_told():
    text = (ROOT / "docs" / "security.md").read_text().split("## Threats by role\n", 1)[1].split("\n## ", 1)[0]
    told = {line.split(" | ")[0].removeprefix("| ") for line in text.splitlines() if line.startswith("| ")}
    with override("en"):
        roles = {str(role.label) for role in Role}
    assert roles - told == set()
    assert {"stranger", "woman worker", "representative of a woman", "guardian of a child"} <= told
