"""What a programme asks for: the newest version of each of its interpretations."""

from collections import defaultdict
from datetime import timedelta

from services.childrens_homes.enums import RequirementCode
from services.childrens_homes.models import Programme, Requirement
from services.childrens_homes.rules.readiness import Asked

# A check that ends within so many days is told beforehand (B5).
WARN = timedelta(days=30)


def in_force(programme: Programme) -> dict[str, Requirement]:
    """Newest version by code: one query."""
    rows = Requirement.objects.unscoped().filter(programme=programme).order_by("version")
    return {one.code: one for one in rows}


def versions_of(programme: Programme) -> dict[str, list[Requirement]]:
    """Every version by code, the newest first."""
    found = defaultdict(list)
    rows = Requirement.objects.unscoped().filter(programme=programme).select_related("set_by")
    for one in rows.order_by("code", "-version"):
        found[one.code].append(one)
    return dict(found)


def asked_by(requirements: dict[str, Requirement]) -> Asked:
    """As the rules of readiness read it; where a programme says nothing, what the plan says stands."""

    def of(code: str, name: str, default):
        found = requirements.get(code)
        value = getattr(found, name) if found else None
        return default if value in (None, "") else value

    plain = Asked()
    return Asked(
        room_least=of(RequirementCode.ROOM, "least", plain.room_least),
        outdoor_least=of(RequirementCode.OUTDOOR, "least", plain.outdoor_least),
        teachers_least=int(of(RequirementCode.TEACHERS, "least", plain.teachers_least)),
        teachers_most=int(of(RequirementCode.TEACHERS, "most", plain.teachers_most)),
        education_school=of(RequirementCode.EDUCATION_SCHOOL, "education", plain.education_school),
        education_preschool=of(RequirementCode.EDUCATION_PRESCHOOL, "education", plain.education_preschool),
        phrases={code: one.phrase for code, one in requirements.items()},
    )


def months_of_vetting(requirements: dict[str, Requirement]) -> int:
    found = requirements.get(RequirementCode.VETTING)
    return int(found.most) if found and found.most else 12
