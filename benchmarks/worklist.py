"""The worklist at 200,000 cases, against the same page at 2,000 cases, and against a bare Django view.

As ``staff_list``: two PostgreSQL databases with the same tree and the same staff; one has 2,000 women with a case
each, the other 200,000. Four of five cases wait at a desk (the township's or the county's), the others are over. What
is measured is the whole page as it is asked for and answered, for whose list it is, filters, searches and pages far
down. Each page's figure is the middle one of several rounds at 200,000 cases, divided by the middle one at 2,000; it
must be full and cost the same number of queries in both. Throughput is how many first pages of 200,000 cases an
officer who is signed in gets in a second from a gunicorn with one synchronous worker, divided by how many answers
``hello`` of ``public_pages`` gives under another one: a bare view under the same server, as the peers were measured.

Run: DATABASE_URL=postgres://user@host:5432/postgres python benchmarks/worklist.py
"""

import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")

from benchmarks import public_pages, staff_list

ALLOWED, LEAST_THROUGHPUT = 1.2, 0.01
ROUNDS = staff_list.ROUNDS
SECONDS, SERVED_ROUNDS = 2.0, 7
# So many women belong to each of the two townships' unions whose clerks look, in both databases.
_CASES = """
INSERT INTO casework_case (token, number, service, subject_code, organization_id, path, worker_id, filed_by, stage,
                           route_id, position, desk_id, desk_path, due_on, version, created_at, submitted_at,
                           stage_since, reason, rounds)
SELECT 'c' || w.id, 'AL-B-26-' || lpad(w.id::text, 7, '0'), 'allowance', 'spring', o.id, o.path, w.id, 'herself',
       CASE WHEN w.id %% 5 = 4 THEN 'closed' ELSE 'in_review' END, %(route)s, 1 + w.id %% 2,
       CASE WHEN w.id %% 5 = 4 THEN NULL ELSE d.id END, CASE WHEN w.id %% 5 = 4 THEN '' ELSE d.path END,
       CASE WHEN w.id %% 5 = 4 THEN NULL ELSE date '2026-01-01' + (w.id %% 120)::int END, 3,
       now() - interval '300 days' + w.id * interval '1 minute',
       now() - interval '299 days' + w.id * interval '1 minute', now(), '', 0
FROM workers_worker w
JOIN organizations_organization o ON o.id = w.organization_id
JOIN organizations_organization d ON d.path = left(o.path, CASE WHEN w.id %% 2 = 0 THEN 12 ELSE 8 END)
ORDER BY w.id
"""
_HANDLED = """
UPDATE casework_case SET handler_id = %(handler)s WHERE id IN (
    SELECT id FROM casework_case WHERE stage = 'in_review' AND desk_path = %(desk)s ORDER BY id LIMIT 40)
"""
TOWN, COUNTY = "000100030001", "00010003"


def build(women: int) -> None:
    """The tree, the women, a case for each; one woman has a number to be found by."""
    from benchmarks.figures_page import _TREE, _WOMEN, COUNTIES, TOWNSHIPS, UNIONS, execute, women_columns
    from services.organizations.models import Organization
    from services.workers.models import Worker
    from tests.factories.casework import RouteFactory

    execute(_TREE, counties=COUNTIES, townships=TOWNSHIPS, unions=UNIONS)
    route = RouteFactory(
        organization=Organization.objects.get(path="0001"),
        steps=(("verify", "township_union", 3), ("approve", "county_union", 5)),
    )
    columns = women_columns()
    spread = _WOMEN.replace(
        "o.number = n %% %(unions)s", f"o.number = n::bigint * {staff_list.SPREAD} %% %(unions)s ORDER BY n"
    )
    execute(spread.format(columns=", ".join(columns), values=", ".join(columns.values())), women=women, unions=UNIONS)
    execute(staff_list._NAMES)
    union = Organization.objects.filter(path__startswith=TOWN, depth=4).order_by("path").first()
    execute(staff_list._MOVE, unit=union.pk, women=400)
    her = Worker.objects.unscoped().order_by("pk")[women // 2]
    phone = staff_list.PHONE
    Worker.objects.unscoped().filter(pk=her.pk).update(phone=phone, phone_index=Worker.index_of(phone), name="示例桂兰")
    execute(_CASES, route=route.pk)
    execute("VACUUM ANALYZE")


def staff() -> dict:
    """A signed-in client for each viewer; the township's has forty cases in hand."""
    from benchmarks.figures_page import execute
    from services.organizations.models import Organization
    from tests.screening.people import at_desk

    places = {"city": "0001", "county": COUNTY, "town": TOWN}
    clients = {name: at_desk(Organization.objects.get(path=path)) for name, path in places.items()}
    execute(_HANDLED, handler=clients["town"].user.pk, desk=TOWN)
    execute("VACUUM ANALYZE casework_case")
    return clients


def pages() -> dict[str, tuple[str, str]]:
    """Viewer and query of every page measured; what names a row is looked up in the database at hand."""
    from services.casework.models import Case
    from services.workers.models import Worker

    waiting = Case.objects.unscoped().filter(stage="in_review").order_by("due_on", "pk")
    middle = waiting[waiting.count() // 2]
    everything = Case.objects.unscoped().order_by("-pk")
    newest = everything[everything.count() // 2].pk
    token = Worker.objects.unscoped().get(phone_index=Worker.index_of(staff_list.PHONE)).token
    return {
        "first page": ("city", "whose=reach"),
        "far down": ("city", f"whose=reach&p=after~due_on~{middle.due_on:%Y-%m-%d}~{middle.pk}"),
        "overdue": ("city", "whose=reach&overdue=1"),
        "step": ("city", "whose=reach&step=approve"),
        "nobody's": ("city", "whose=reach&free=1"),
        "one county": ("city", "whose=reach&union=B00010003"),
        "name begins": ("city", "whose=reach&q=王"),
        "one woman": ("city", f"whose=all&person={token}"),
        "whatever the stage": ("city", "whose=all"),
        "whatever, far down": ("city", f"whose=all&p=after~-pk~{newest}"),
        "closed": ("city", "whose=all&stage=closed"),
        "county's desk": ("county", ""),
        "below the county": ("county", "whose=reach"),
        "township's desk": ("town", ""),
        "in her hands": ("town", "whose=mine"),
    }


class Worklist(staff_list.Side):
    prefix, list_address, tick = "bench_work", "/admin/cases/", b'name="case"'
    build, staff, pages_of = staticmethod(build), staticmethod(staff), staticmethod(pages)


def served():
    """The portal with the service whose cases are listed, as a WSGI application."""
    from portal.wsgi import application
    from services.casework.registry import services
    from tests.factories.casework import AllowanceService

    services.register(AllowanceService.code, AllowanceService())
    return application


def throughput(side: Worklist) -> float:
    """First pages answered to a signed-in officer by one gunicorn worker, relative to ``hello`` of ``public_pages``
    under another; both take turns, and the figure is the middle one of several rounds."""
    side.use()
    client, (viewer, query) = side.clients, side.pages["first page"]
    cookies = client[viewer].cookies
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())
    path = f"{side.list_address}?{query}"
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{side.name}").geturl()
    with tempfile.TemporaryDirectory(prefix="mumian-benchmark-") as name, ExitStack() as servers:
        folder = Path(name)
        hello = servers.enter_context(public_pages.server(folder, "benchmarks.public_pages:hello()"))
        ours = servers.enter_context(public_pages.server(folder, "benchmarks.worklist:served()", DATABASE_URL=database))
        assert public_pages.ask(ours, path, cookie).count(side.tick) > 1, "the list isn't shown"
        public_pages.rate(ours, path, SECONDS, cookie)
        found = []
        for _round in range(SERVED_ROUNDS):
            plain = public_pages.rate(hello, "/", SECONDS)
            found.append((public_pages.rate(ours, path, SECONDS, cookie) / plain, plain))
        ratio, plain = sorted(found)[SERVED_ROUNDS // 2]
        print(f"under gunicorn: {ratio * plain:.1f} first pages a second, {plain:.0f} answers of hello")
        return ratio


def main() -> int:
    import django

    django.setup()
    from django.conf import settings

    from tests.factories.casework import allowance_service

    if not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        print("This benchmark needs PostgreSQL: set DATABASE_URL.")
        return 2
    sides = []
    with allowance_service():
        try:
            for women in (staff_list.SMALL, staff_list.LARGE):
                sides.append(Worklist(women, settings.DATABASES["default"]["NAME"] if not sides else sides[0].before))
            worst, good = measure(*sides)
            served_ratio = throughput(sides[1])
        finally:
            for side in sides:
                side.drop()
    print(
        f"worklist ratio {worst:.2f} (allowed {ALLOWED}), throughput {served_ratio:.4f} (at least {LEAST_THROUGHPUT})"
    )
    return 0 if good and worst <= ALLOWED and served_ratio >= LEAST_THROUGHPUT else 1


def measure(small: Worklist, large: Worklist) -> tuple[float, bool]:
    """The worst ratio, and whether each page costs the same queries and is as full."""
    taken = {(side, page): [] for side in (small, large) for page in small.pages}
    for _round in range(ROUNDS):
        for side in (small, large):
            side.use()
            side.ask("first page")
            for page in side.pages:
                taken[side, page].append(side.ask(page))
    middle = {key: [sorted(column)[ROUNDS // 2] for column in zip(*found, strict=True)] for key, found in taken.items()}
    worst, good = 0.0, True
    for page in small.pages:
        few, most = middle[small, page], middle[large, page]
        same = few[2:] == most[2:]
        worst, good = max(worst, most[0] / few[0]), good and same
        print(
            f"{page:20} {1000 * few[0]:6.1f} ms  {1000 * most[0]:6.1f} ms  {most[0] / few[0]:.2f}"
            f"  database {1000 * few[1]:5.0f} ms  {1000 * most[1]:5.0f} ms  queries {few[2]} {most[2]}"
            f"  rows {few[3]} {most[3]}{'' if same else '  NOT THE SAME'}"
        )
    return worst, good


if __name__ == "__main__":
    raise SystemExit(main())
