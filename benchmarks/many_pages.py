"""Anonymous readers on a site of 20,000 pages, against the same site with 20.

Two servers stand side by side on loopback, each one gunicorn with one synchronous worker and without copies of
anonymous pages: the demo as it is, filled up to 20 articles and to so many. Requests for home, the list of articles, a
campaign and a guide alternate between them; the result of a page is the time it takes on the large site
divided by that on the small one, the median of the rounds.

Run it as a module. ``BENCHMARK_PAGES``, ``BENCHMARK_SECONDS`` and ``BENCHMARK_ROUNDS`` override size and length.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks.public_pages import PAGES, ROOT, _environment, _manage, rate, server

SECONDS = float(os.environ.get("BENCHMARK_SECONDS", "0.5"))
ROUNDS = int(os.environ.get("BENCHMARK_ROUNDS", "9"))
MANY = int(os.environ.get("BENCHMARK_PAGES", "20000"))
FEW = 20
BOUND = 1.2
READ = PAGES | {"articles": "/articles/"}
FILL = "import django; django.setup(); from benchmarks.many_pages import fill; fill({count})"


def fill(count: int) -> None:
    """So many live articles of a hundred characters below the list of articles, as editors leave them."""
    from datetime import timedelta

    from django.contrib.contenttypes.models import ContentType
    from django.db import connection
    from django.utils import timezone
    from wagtail.models import Page

    from cms_pages.models import ArticleIndexPage, ArticlePage

    parent, today, now = ArticleIndexPage.objects.get(), timezone.localdate(), timezone.now()
    taken = parent.get_children().count()
    kind = ContentType.objects.get_for_model(ArticlePage)
    table, key = ArticlePage._meta.db_table, ArticlePage._meta.pk.column
    names = [field.column for field in ArticlePage._meta.local_fields]
    for start in range(taken, count, 500):
        pages, rows = [], []
        for number in range(start, min(start + 500, count)):
            title = f"第{number}号通知"
            path = f"{parent.path}{Page._int2str(number + 1000).rjust(4, '0')}"
            page = Page(pk=1_000_000 + number, path=path, depth=parent.depth + 1, title=title, draft_title=title)
            page.slug, page.url_path = f"filled-{number}", f"{parent.url_path}filled-{number}/"
            page.content_type, page.live, page.locale_id = kind, True, parent.locale_id
            page.first_published_at = page.last_published_at = now
            pages.append(page)
            article = ArticlePage(page_ptr_id=page.pk, date=today - timedelta(days=number), intro="一句介绍")
            fields = ArticlePage._meta.local_fields
            rows.append([field.get_db_prep_save(getattr(article, field.attname), connection) for field in fields])
        Page.objects.bulk_create(pages)
        places = ", ".join(["%s"] * len(names))
        quoted = ", ".join(f'"{name}"' for name in names)
        with connection.cursor() as cursor:
            cursor.executemany(f'INSERT INTO "{table}" ({quoted}) VALUES ({places})', rows)
    parent.refresh_from_db()
    Page.objects.filter(pk=parent.pk).update(numchild=parent.get_children().count())
    assert ArticlePage.objects.live().count() >= count and key in names
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def site(folder: Path, pages: int) -> None:
    folder.mkdir()
    _manage(folder, "migrate", "--verbosity", "0")
    _manage(folder, "load_demo")
    subprocess.run([sys.executable, "-c", FILL.format(count=pages)], cwd=ROOT, env=_environment(folder), check=True)


def measure(few: int, many: int) -> dict:
    ratios = {page: [] for page in READ}
    for port in (few, many):
        for path in READ.values():
            rate(port, path, 0.3)
    for _round in range(ROUNDS):
        for page, path in READ.items():
            ratios[page].append(rate(few, path, SECONDS) / rate(many, path, SECONDS))
    return {page: round(statistics.median(found), 2) for page, found in ratios.items()}


def main() -> dict:
    with tempfile.TemporaryDirectory(prefix="mumian-benchmark-") as name, ExitStack() as servers:
        ports = []
        for label, count in (("few", FEW), ("many", MANY)):
            folder = Path(name) / label
            site(folder, count)
            ports.append(servers.enter_context(server(folder, "portal.wsgi", PAGE_CACHE_SECONDS="0")))
        ratios = measure(*ports)
    result = {"benchmark": "many_pages", "pages": MANY, "bound": BOUND, "ratios": ratios}
    return result | {"met": max(ratios.values()) <= BOUND}


if __name__ == "__main__":
    outcome = main()
    print(json.dumps(outcome, indent=2))
    sys.exit(0 if outcome["met"] else 1)
