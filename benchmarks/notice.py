"""A public notice of 2,000 masked lines, built and served, against the same rows unmasked in the same template.

``ours`` draws the lines from the cases (names and places read, masked, coarsened, put in order), stores them and asks
for all pages of the public notice. ``plain`` asks for the same pages with the names and unions as they are, read from
the cases page by page: nothing is masked and nothing stored beforehand. Both go through the site's middleware. They
take turns; the result is the middle of the rounds' ratios. Moving the cases to the notice is the work of the one
writer of cases and no part of either; how long a whole publication takes, moves included, is printed beside it.

Run: DATABASE_URL=postgres://user@host:5432/postgres python -m benchmarks.notice
"""

import os
import sys
import time
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")

LINES, UNIONS, ROUNDS = 2_000, 40, int(os.environ.get("BENCHMARK_ROUNDS", "9"))
ALLOWED = 1.5
FAMILIES, GIVEN = "张王李赵刘陈杨黄", "梅兰芳秀英华丽静敏燕玲娜雪琴霞萍红月晓慧"


def plain(request, token: str):
    """The same page from the cases themselves."""
    from django.core.paginator import Paginator
    from django.shortcuts import render

    from services.casework.models import Case
    from services.casework.public.notices import SHOWN
    from services.casework.queries.notices import notice_named
    from services.casework.registry import services
    from services.casework.rules.notice import fields_of

    notice = notice_named(token)
    cases = Case.objects.unscoped().filter(service=notice.service).select_related("organization").order_by("pk")
    page = Paginator(cases.annotate(name=_name()), SHOWN).get_page(request.GET.get("p"))
    fields = services[notice.service].notice_fields(list(page.object_list))
    lines = [
        {
            "number": f"{notice.number}-{page.start_index() + place:04d}",
            "position": page.start_index() + place,
            "name": case.name,
            "unit": case.organization.name,
            "fields": fields_of(fields[case.pk]),
        }
        for place, case in enumerate(page.object_list)
    ]
    context = {"notice": notice, "lines": lines, "page": page, "asked": ""}
    return render(request, "notices/notice.html", context)


def _name():
    from django.db.models import F

    return F("worker__name")


def _fields(cases) -> dict:
    return {case.pk: {"category": "相对困难", "programme": "两节送温暖", "amount": "2,000.00 元"} for case in cases}


def build():
    """A township with forty unions, fifty women each, and a case of each of them that waits for a notice."""

    from services.casework.models import Case
    from services.organizations.enums import Kind
    from services.workers.models import Worker
    from tests.factories.notices import case_with_notice, route_with_notice
    from tests.factories.organizations import UnionFactory
    from tests.factories.workers import WorkerFactory, identity_number

    city = UnionFactory(kind=Kind.CITY_UNION)
    town = UnionFactory(parent=city, kind=Kind.TOWNSHIP_UNION)
    unions = [UnionFactory(parent=town) for _ in range(UNIONS)]
    town.refresh_from_db()
    women = []
    for n in range(LINES):
        born = date(1970, 1, 1) + timedelta(days=n)
        name = FAMILIES[n % 8] + GIVEN[n // 8 % 20] + GIVEN[n // 160 % 20]
        woman = WorkerFactory.build(
            organization=unions[n % UNIONS], name=name, birth_date=born, id_number=identity_number(born, n)
        )
        woman.fill_derived()
        women.append(woman)
    women = Worker.objects.bulk_create(women)
    route = route_with_notice(town)
    first = case_with_notice(women[0], town, stage="in_review", number="AL-0", route=route)
    Case.objects.bulk_create(
        Case(
            **{
                field.attname: getattr(first, field.attname)
                for field in Case._meta.concrete_fields
                if field.name not in ("id", "token", "number", "worker", "organization", "path")
            },
            number=f"AL-{n}",
            worker=woman,
            organization=woman.organization,
            path=woman.organization.path,
        )
        for n, woman in enumerate(women[1:], start=1)
    )
    return town, list(Case.objects.unscoped().order_by("pk"))


def drawn(town, cases, number: str):
    """The notice with its lines, stored."""
    from services.casework.actions.notices import keep_lines
    from services.casework.queries.notices import drawn_lines
    from tests.factories.notices import standing_notice

    notice = standing_notice(town, number=number)
    keep_lines(notice, drawn_lines(town, "allowance", cases))
    return notice


def served(client, address: str) -> int:
    """All pages, one after the other; the number of lines that were seen."""
    seen, page = 0, 1
    while True:
        answer = client.get(address, {"p": page})
        assert answer.status_code == 200, answer.status_code
        body = answer.content.decode()
        seen += body.count('<li class="row">')
        if 'rel="next"' not in body:
            return seen
        page += 1


def _seconds(act, *arguments):
    began = time.perf_counter()
    result = act(*arguments)
    return time.perf_counter() - began, result


def measure() -> bool:
    from django.test import Client, override_settings

    from services.casework.models import Case
    from services.casework.registry import services
    from tests.factories.casework import AllowanceService

    service = services.register("allowance", AllowanceService())
    service.notice_fields = _fields
    town, cases = build()
    client, ratios, parts = Client(), [], []
    with override_settings(ROOT_URLCONF="benchmarks.notice_urls"):
        yardstick = drawn(town, cases[:1], "GS-0").token
        Case.objects.unscoped().update(stage="notice")
        for number in range(ROUNDS + 1):
            bare, seen = _seconds(served, client, f"/plain/{yardstick}/")
            assert seen == LINES, seen
            built, notice = _seconds(drawn, town, cases, f"GS-{number + 1}")
            ours, seen = _seconds(served, client, f"/notices/{notice.token}/")
            assert seen == LINES, seen
            if number:  # the first round warms both
                ratios.append((built + ours) / bare)
                parts.append((bare, built, ours))
    middle = sorted(ratios)[ROUNDS // 2]
    bare, built, ours = (sorted(part)[ROUNDS // 2] for part in zip(*parts, strict=True))
    print(f"{LINES} lines: unmasked {bare:.2f} s; masked: built {built:.2f} s, served {ours:.2f} s")
    print(f"a whole publication, every case moved: {_publication(town):.1f} s")
    print(f"notice ratio {middle:.2f} (allowed {ALLOWED})")
    return middle <= ALLOWED


def _publication(town) -> float:
    from django.utils import timezone

    from services.casework.actions.notices import publish_notice
    from services.casework.models import Case
    from services.organizations.enums import Role
    from tests.factories.organizations import AssignmentFactory

    officer = AssignmentFactory(organization=town, role=Role.CASE_OFFICER).user
    Case.objects.unscoped().update(stage="in_review")
    cases = list(Case.objects.unscoped().order_by("pk"))
    asked = {"organization": town, "service": "allowance", "cases": cases, "by": officer, "now": timezone.now()}
    return _seconds(lambda: publish_notice(**asked))[0]


def main() -> int:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    from tests.database import postgres_template

    default = settings.DATABASES["default"]
    if not default["ENGINE"].endswith("postgresql"):
        print("This benchmark needs PostgreSQL: set DATABASE_URL.")
        return 2
    default["TEST"]["TEMPLATE"] = postgres_template(default)
    default["TEST"]["NAME"] = f"bench_notice_{os.getpid()}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        return 0 if measure() else 1
    finally:
        connection.creation.destroy_test_db(default["NAME"], verbosity=0)


if __name__ == "__main__":
    raise SystemExit(main())
