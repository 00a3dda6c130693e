"""The reports of the homes, by the code that stands in their address."""

from services.childrens_homes.figures import building, running

REPORTS = {
    "built": building.built,
    "coverage": building.covered,
    "late": building.late,
    "letters": building.letters,
    "compliance": running.compliance,
    "completeness": running.completeness,
    "people": running.people,
    "activities": running.activities,
}
# Those that read the figures, which are folded first.
ROLLED_UP = frozenset({"coverage"})
