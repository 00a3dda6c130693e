"""What a load needs: 2,000 women and a programme with 100 places, 30 officers; and a session for each of them.

The sessions are written into the database by whoever holds it and its keys; the product has no door for this. They
are given out under ALLOW_INVENTED_IDENTITIES alone, which production has off and ``check --deploy`` refuses.
Run within an installation, with the number of women; prints JSON. ``--look TOKEN`` says instead what became of the
places of a session.
"""

import json
import sys
from datetime import date
from importlib import import_module

import django

PLACES, OFFICERS = 100, 30


class NotForProduction(Exception):
    """Sessions of anybody are given out where people are invented, and nowhere else."""


def session_of(user, **more) -> str:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    if not settings.ALLOW_INVENTED_IDENTITIES:
        raise NotForProduction("ALLOW_INVENTED_IDENTITIES is off: nobody is signed in by this.")
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    door = "WorkerCode" if user.is_worker else "StaffPassword"
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = f"services.accounts.backends.{door}"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    for name, value in more.items():
        store[name] = value
    store.create()
    return store.session_key


def women(stage, count: int) -> list[str]:
    from django.utils import timezone

    from services.accounts.models import User
    from services.privacy.enums import GivenBy, Purpose
    from services.privacy.models import Consent
    from tests.factories.accounts import WorkerUserFactory
    from tests.factories.workers import WorkerFactory

    users = User.objects.bulk_create(WorkerUserFactory.build(phone=f"1992000{n:04d}") for n in range(count))
    for number, user in enumerate(users):
        # Days on which nobody of the demo is born.
        born = date(1976 + number // 500, 3, 29)
        WorkerFactory(organization=stage.tree["unit_a"], number=number, birth_date=born, phone=user.phone, user=user)
    given = {
        "purpose": Purpose.SCREENING,
        "notice": stage.notice,
        "notice_digest": stage.notice.digest,
        "language": "zh-hans",
        "given_by": GivenBy.HERSELF,
        "given_at": timezone.now(),
    }
    Consent.objects.bulk_create(Consent(giver=user, **given) for user in users)
    return [session_of(user) for user in users]


def officers() -> list[dict]:
    """Each at a county of the demo, with a unit of her own for imports."""
    from services.accounts.middleware import SECOND_FACTOR_KEY
    from services.organizations.enums import Kind, Role
    from services.organizations.models import Organization
    from tests.factories.organizations import AssignmentFactory
    from tests.screening.people import at_the_desk, post

    counties = list(Organization.objects.filter(kind=Kind.COUNTY_UNION, code__startswith="SZ-").order_by("code"))
    made = []
    for number in range(OFFICERS):
        county = counties[number % len(counties)]
        units = Organization.objects.filter(kind=Kind.GRASSROOTS_UNION, path__startswith=county.path).order_by("-code")
        user = post(county, Role.FEDERATION_OFFICER)
        at_the_desk(AssignmentFactory(organization=county, role=Role.CASE_OFFICER, user=user).user, Role.CASE_OFFICER)
        key = session_of(user, **{SECOND_FACTOR_KEY: user.pk})
        made.append({"session": key, "unit": units[number // len(counties)].code})
    return made


def make(count: int) -> dict:
    from django.db import connection

    from services.bookings.errors import Busy, SessionFull
    from tests.races.scene import scene

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare_rows (id bigserial PRIMARY KEY, told varchar(200) NOT NULL)")
    stage = scene(capacity=PLACES)
    return {
        "programme": stage.programme.code,
        "place": stage.session.token,
        "women": women(stage, count),
        "officers": officers(),
        "full": str(SessionFull().message()),
        "busy": str(Busy().message()),
    }


def bytes_a_row(*tables: str) -> dict[str, int]:
    """With their indexes, as they lie on the disk."""
    from django.db import connection

    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT pg_total_relation_size('{table}') / greatest(count(*), 1) FROM {table}")
            found[table] = cursor.fetchone()[0]
    return found


def look(token: str) -> dict:
    from services.bookings.enums import LIVE
    from services.bookings.models import Booking, Session
    from services.bookings.queries.auditing import audit

    session = Session.objects.select_related("offering").get(token=token)
    live = Booking.objects.unscoped().filter(session=session, state__in=LIVE)
    return {
        "booked": live.count(),
        "women": live.values("worker").distinct().count(),
        "places": session.capacity,
        "differences": len(audit(session.offering)),
        "bytes a row": bytes_a_row("workers_worker", "bookings_booking", "messaging_message"),
    }


if __name__ == "__main__":
    django.setup()
    print(json.dumps(look(sys.argv[2]) if sys.argv[1] == "--look" else make(int(sys.argv[1]))))
