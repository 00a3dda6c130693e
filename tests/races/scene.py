"""What every race needs: an open programme, women who agreed, threads that start at one moment."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from services.bookings.actions import give_places
from services.bookings.models import Allocation, Offering, Session
from services.bookings.queries.auditing import audit
from services.foundation.errors import Refused
from services.organizations.enums import Role
from services.privacy.enums import GivenBy, Purpose
from services.privacy.models import Consent, Notice
from services.screening.models import Programme
from services.workers.models import Worker
from tests.factories.accounts import WorkerUserFactory
from tests.factories.bookings import offering_with_places
from tests.factories.organizations import AssignmentFactory, small_tree
from tests.factories.screening import ProgrammeFactory, TermsFactory
from tests.factories.workers import WorkerFactory


@dataclass
class Scene:
    tree: dict
    programme: Programme
    offering: Offering
    session: Session
    root: Allocation
    notice: Notice

    def women(self, count: int, unit: str = "unit_a") -> list[Worker]:
        made = [WorkerFactory(organization=self.tree[unit], user=WorkerUserFactory()) for _ in range(count)]
        Consent.objects.bulk_create(
            Consent(
                giver=her.user,
                purpose=Purpose.SCREENING,
                notice=self.notice,
                notice_digest=self.notice.digest,
                language="zh-hans",
                given_by=GivenBy.HERSELF,
                given_at=timezone.now(),
            )
            for her in made
        )
        return made

    def give(self, unit: str, count: int) -> Allocation:
        """Places of the top for a unit, as an officer hands them on."""
        officer = AssignmentFactory(organization=self.tree["city"], role=Role.FEDERATION_OFFICER).user
        root = Allocation.objects.unscoped().select_related("organization").get(pk=self.root.pk)
        return give_places(root, to=self.tree[unit], count=count, by=officer)

    def differences(self) -> list:
        """Counters that disagree with the bookings or with the ledger."""
        return audit(self.offering)


def scene(*, capacity: int, slots: int = 10_000, **offering) -> Scene:
    tree = small_tree()
    offering, session, root = offering_with_places(tree["city"], capacity=capacity, slots=slots, **offering)
    programme = ProgrammeFactory(offering=offering)
    TermsFactory(programme=programme, interval_months=None)
    notice, _made = Notice.objects.get_or_create(
        purpose=Purpose.SCREENING,
        version=1,
        defaults={"title": "告知书", "body": "示例", "digest": "0" * 64, "in_force_from": timezone.now()},
    )
    return Scene(tree, programme, offering, session, root, notice)


def at_once(jobs: Iterable[Callable[[], object]]) -> list[object]:
    """Run every job in a thread and connection of its own, all let go together; results or the refusals' codes."""
    jobs = list(jobs)
    results: list[object] = [None] * len(jobs)
    gate = threading.Barrier(len(jobs))

    def run(place: int, job: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            gate.wait(timeout=30)
            results[place] = job()
        except Refused as refusal:
            results[place] = refusal.code
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads), "a job never came back"
    return results
