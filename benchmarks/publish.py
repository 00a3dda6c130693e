"""An article goes live: revision, Wagtail's index, our index, and every cached copy gone, against a plain page.

The yardstick is ``save_revision().publish()`` of a page of Wagtail's own kind with the same title, in the same tree,
with our receivers disconnected: what Wagtail needs to publish. Ours is the same call of an article with a text of 400
characters, in a transaction, with everything that listens, up to the moment at which a copy of the old page is no
longer served. Both alternate; the result is ours divided by the yardstick, the median of the rounds.

Run it as a module. ``BENCHMARK_ROUNDS`` overrides the number of measurements.
"""

import json
import os
import random
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from benchmarks.search import text_of

ROUNDS = int(os.environ.get("BENCHMARK_ROUNDS", "40"))
BOUND = 2.0


@contextmanager
def nobody_listens():
    """Wagtail's own publishing, without what this product does at it: the guard before, copies and indexes after."""
    from django.db.models.signals import pre_save
    from wagtail.signals import page_published

    signals = (page_published, pre_save)
    kept = [signal.receivers for signal in signals]
    for signal in signals:
        signal.receivers = []
        signal.sender_receivers_cache.clear()
    try:
        yield
    finally:
        for signal, receivers in zip(signals, kept, strict=True):
            signal.receivers = receivers
            signal.sender_receivers_cache.clear()


def plain_page(parent):
    from wagtail.models import Page

    page = Page(title="一个普通页面", slug="plain")
    parent.add_child(instance=page)
    return page


def publish_plain(page, title: str) -> float:
    from django.db import transaction

    began = time.perf_counter()
    with nobody_listens(), transaction.atomic():
        page.title = title
        page.save_revision().publish()
    return time.perf_counter() - began


def publish_ours(page, client, title: str, body: str) -> float:
    """The clock stops when the copy is known to be gone; the page made anew is not part of it."""
    from django.db import transaction

    from cms_pages import freshness

    client.get(page.url)
    before = freshness.generation()
    began = time.perf_counter()
    with transaction.atomic():
        page.title = title
        page.body = [("paragraph", f"<p>{body}</p>")]
        page.save_revision().publish()
    assert freshness.generation() != before
    spent = time.perf_counter() - began
    assert title in client.get(page.url).content.decode()
    return spent


def measure() -> dict:
    from django.test import Client
    from django.utils import timezone

    from cms_pages.models import ArticleIndexPage, ArticlePage, HomePage

    draw, client = random.Random(8), Client()
    plain = plain_page(HomePage.objects.get())
    article = ArticlePage(title="一篇资讯", slug="measured", date=timezone.localdate())
    ArticleIndexPage.objects.get().add_child(instance=article)
    article.save_revision().publish()
    article.refresh_from_db()
    ratios, spent = [], {"plain": [], "ours": []}
    for number in range(ROUNDS + 3):
        title, body = text_of(draw, 14), text_of(draw, 400)
        first, second = publish_plain(plain, title), publish_ours(article, client, title, body)
        if number >= 3:
            ratios.append(second / first)
            spent["plain"].append(first)
            spent["ours"].append(second)
    return {"ratio": round(statistics.median(ratios), 2)} | {
        f"{name}_ms": round(statistics.median(times) * 1e3, 1) for name, times in spent.items()
    }


def main() -> dict:
    with tempfile.TemporaryDirectory(prefix="mumian-benchmark-") as name:
        os.environ.setdefault("VAR_DIR", name)
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(name) / 'publish.sqlite3'}")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.demo")
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        result = {"benchmark": "publish", "database": connection.vendor, "bound": BOUND} | measure()
        connection.close()
    result["met"] = result["ratio"] <= BOUND
    return result


if __name__ == "__main__":
    outcome = main()
    print(json.dumps(outcome, indent=2))
    sys.exit(0 if outcome["met"] else 1)
