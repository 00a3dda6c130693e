"""When unions merge: women at work and requests that wait go over; who has left stays where she was."""

from services.organizations.models import Organization
from services.workers.enums import ClaimState, WorkerState
from services.workers.models import RecordClaim, Worker


def absorb(organization: Organization, *, into: Organization, **_more) -> None:
    """Registered with ``organizations.registry.absorbers``. Two statements, however many women."""
    at_work = Worker.objects.unscoped().filter(organization=organization, state=WorkerState.ACTIVE)
    at_work.update(organization=into)
    waiting = RecordClaim.objects.unscoped().filter(organization=organization, state=ClaimState.WAITING)
    waiting.update(organization=into)
