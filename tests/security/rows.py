"""What a row of the matrix is, and who the personas are: see ``table.py``."""

from collections.abc import Callable
from dataclasses import dataclass, field

from services.organizations.enums import Role
from tests.security.world import ANONYMOUS, OTHER_WORKER, OWNER, POSITIONS, SUPERUSER, staff_name

EVERY_ROLE = tuple(Role.values)
READERS = (Role.FEDERATION_OFFICER, Role.CASE_OFFICER, Role.GRASSROOTS_OFFICER, Role.AUDITOR)
WRITERS = (Role.FEDERATION_OFFICER, Role.CASE_OFFICER, Role.GRASSROOTS_OFFICER)
KEEPERS = (Role.FEDERATION_OFFICER, Role.PLATFORM_ADMINISTRATOR)
RUNNERS = (Role.FEDERATION_OFFICER,)
OVER = ("parent", "top")
ABOVE = ("own", "parent", "top")
INVOLVED = (*ABOVE, "child")


def staff(roles=EVERY_ROLE, positions=POSITIONS) -> frozenset[str]:
    """Personas of these roles at these places."""
    return frozenset(staff_name(role, position) for role in roles for position in positions)


ALL_STAFF = staff() | {SUPERUSER}
WORKERS = frozenset({OWNER, OTHER_WORKER})
EVERYBODY = ALL_STAFF | WORKERS | {ANONYMOUS}
DESK, HERS, OPEN, STAFF_ACCOUNT = "desk", "hers", "open", "staff account"

Arguments = Callable[[dict], dict]


@dataclass(frozen=True)
class Row:
    side: str
    yes: frozenset[str]
    no: frozenset[str] = field(default_factory=frozenset)
    rest: int = 403
    arguments: Arguments = lambda world: {}

    def refusal(self, persona: str) -> int:
        """Status for somebody who may not: strangers are sent to sign in."""
        if persona == ANONYMOUS:
            return 302
        if self.side == DESK and persona in WORKERS:
            return 403
        if self.side == HERS:
            return 403 if persona in ALL_STAFF else 404
        return 403 if persona in self.no else self.rest


def at_the_desk(yes, **kwargs) -> Row:
    return Row(DESK, yes, **kwargs)


def one(yes, *, no=frozenset(), **arguments) -> Row:
    """A desk page about one thing: hidden from those whose scope doesn't reach it."""
    return Row(DESK, yes, no=no, rest=404, arguments=looked_up(arguments))


def hers(yes=WORKERS, **arguments) -> Row:
    return Row(HERS, yes, arguments=looked_up(arguments))


def for_anybody(**arguments) -> Row:
    return Row(OPEN, EVERYBODY, arguments=looked_up(arguments))


def looked_up(given: dict) -> Arguments:
    """Fixed values as they are, others taken from the world: ``token="worker.token"``, ``year="child_year"``."""

    def look_up(world: dict, value):
        if not isinstance(value, str) or value.partition(".")[0] not in world:
            return value
        thing, _, attributes = value.partition(".")
        found = world[thing]
        for attribute in filter(None, attributes.split(".")):
            found = getattr(found, attribute)
        return found

    return lambda world: {name: look_up(world, value) for name, value in given.items()}
