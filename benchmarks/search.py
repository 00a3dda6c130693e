"""Search over so many Chinese pages, against one indexed query of the database itself.

The yardstick is the database's own full-text index (FTS5 or GIN) holding the same texts, asked for the pairs of the
same words and ordered by its own rank: the keys, titles and introductions of the first twenty. Ours is all that the
page of results does with the database and in Python: words that mean the same, the ranking, the order, what may be
seen, the excerpts with their marks. Both are measured in turn, query by query; the result is the median of ours
divided by the median of the yardstick, over queries from rare to common.

Run it as a module. ``BENCHMARK_PAGES`` and ``BENCHMARK_ROUNDS`` override the size and the number of measurements.
"""

import json
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

PAGES = int(os.environ.get("BENCHMARK_PAGES", "20000"))
ROUNDS = int(os.environ.get("BENCHMARK_ROUNDS", "9"))
BOUND = 5.0
WORDS = (
    *("体检", "筛查", "互助", "保障", "帮扶", "救助", "培训", "讲座", "活动", "法律", "维权", "产假"),
    *("哺乳", "工资", "合同", "心理", "健康", "读书", "插花", "健步", "疗养", "托管", "儿童", "会员"),
    *("报名", "申请", "材料", "身份证", "单位", "职工", "女工", "工会", "街道", "社区", "医院", "日期"),
    *("地点", "时间", "名额", "通知", "安排", "总结", "经验", "故事", "先进", "表彰"),
)
SEEDS = "春夏秋冬东南西北山水云雨花草树木红黄蓝白金银铁石天地人和明月星光安康福乐文武智勇信义礼仁"
QUERIES = ("免费体检", "女职工 培训", "产假", "身份证", "心理健康讲座", "读书 活动 报名", "稀有草编", "法律维权 材料")


def text_of(draw: random.Random, length: int) -> str:
    """A text in which some words are common and most pairs are rare."""
    parts, size = [], 0
    while size < length:
        part = draw.choice(WORDS) if draw.random() < 0.3 else "".join(draw.choices(SEEDS, k=draw.randint(2, 5)))
        parts.append(part + ("，" if draw.random() < 0.2 else ""))
        size += len(parts[-1])
    return "".join(parts)


def fill(count: int) -> None:
    """Pages in the tree with their entries and terms, and the same texts in the database's own index."""
    from wagtail.models import Page

    from cms_pages.models import ArticleIndexPage, Posting, SearchEntry

    draw, parent = random.Random(8), ArticleIndexPage.objects.get()
    _make_yardstick()
    for start in range(0, count, 500):
        pages, entries, postings, rows = [], [], [], []
        for number in range(start, min(start + 500, count)):
            title = ("免费体检" if number % 997 == 0 else "") + text_of(draw, 14)
            if number % 4999 == 7:
                title += "稀有草编"
            intro, body = text_of(draw, 40), text_of(draw, 400)
            key = 1_000_000 + number
            pages.append(_page(parent, key, number, title))
            entries.append(_entry(key, title, intro, body))
            postings += [
                Posting(term=term, weight=weight, entry_id=key) for term, weight in _weights(title, intro, body).items()
            ]
            rows.append((key, in_pairs(title), in_pairs(f"{intro} {body}")))
        Page.objects.bulk_create(pages)
        SearchEntry.objects.bulk_create(entries)
        Posting.objects.bulk_create(postings)
        _fill_yardstick(rows)
    _settle("yardstick", Posting._meta.db_table, SearchEntry._meta.db_table, "wagtailcore_page")


def _make_yardstick() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("CREATE VIRTUAL TABLE yardstick USING fts5(title, body)")
        else:
            cursor.execute("CREATE TABLE yardstick (rowid bigint PRIMARY KEY, words tsvector)")


def _fill_yardstick(rows: list[tuple]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany("INSERT INTO yardstick (rowid, title, body) VALUES (%s, %s, %s)", rows)
        else:
            cursor.executemany(
                "INSERT INTO yardstick VALUES (%s, setweight(to_tsvector('simple', %s), 'A') "
                "|| setweight(to_tsvector('simple', %s), 'B'))",
                rows,
            )


def _settle(*tables: str) -> None:
    """The index of the yardstick, and the statistics that the planner goes by."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("CREATE INDEX yardstick_words ON yardstick USING gin (words)")
            for table in tables:
                cursor.execute(f"VACUUM ANALYZE {table}")
        else:
            cursor.execute("ANALYZE")


def _page(parent, key: int, number: int, title: str):
    from django.contrib.contenttypes.models import ContentType
    from django.utils import timezone
    from wagtail.models import Page

    from cms_pages.models import ArticlePage

    now = timezone.now()
    return Page(
        pk=key,
        path=f"{parent.path}{Page._int2str(number + 1).rjust(4, '0')}",
        depth=parent.depth + 1,
        title=title,
        draft_title=title,
        slug=f"page-{number}",
        url_path=f"{parent.url_path}page-{number}/",
        content_type=ContentType.objects.get_for_model(ArticlePage),
        live=True,
        locale_id=parent.locale_id,
        first_published_at=now,
        last_published_at=now,
    )


def _entry(key: int, title: str, intro: str, body: str):
    from django.utils import timezone

    from cms_pages.models import SearchEntry

    return SearchEntry(
        page_id=key,
        kind="articlepage",
        title=title,
        summary=intro,
        body=body,
        shown_on=timezone.localdate(),
        published_at=timezone.now(),
    )


def _weights(title: str, intro: str, body: str) -> dict[str, int]:
    """What each term of a page weighs, as its own indexing has it."""
    from cms_pages import terms
    from cms_pages.finding import indexing, sounds

    weights = dict.fromkeys(sounds.of_title(title), indexing.SOUND)
    for words, weight in ((title, indexing.TITLE), (intro, indexing.SUMMARY), (body, indexing.BODY)):
        for term in terms.of_text(words):
            weights[term] = weights[term] + indexing.AGAIN if term in weights else weight
    return weights


def in_pairs(text: str) -> str:
    from cms_pages.search_backend import index_text

    return index_text(text)


def yardstick(query: str) -> list:
    """The first twenty by the database's own index and rank."""
    from django.db import connection

    from cms_pages.search_backend import query_text

    pairs = query_text(query).split()
    shown = (
        'SELECT e.page_id, e.title, e.summary FROM yardstick y JOIN cms_pages_searchentry e ON e.page_id = y."rowid"'
    )
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            match = " AND ".join(f'"{pair}"' for pair in pairs)
            cursor.execute(f"{shown} WHERE yardstick MATCH %s ORDER BY rank LIMIT 20", [match])
        else:
            match = " & ".join(f"'{pair}'" for pair in pairs)
            ranked = "ORDER BY ts_rank(y.words, %s::tsquery) DESC LIMIT 20"
            cursor.execute(f"{shown} WHERE y.words @@ %s::tsquery {ranked}", [match, match])
        return cursor.fetchall()


def ours(query: str):
    from django.http import QueryDict
    from django.utils import timezone

    from cms_pages.finding.filters import SearchFilters
    from cms_pages.finding.results import results_of

    return results_of(query, SearchFilters(QueryDict()), None, now=timezone.now(), today=timezone.localdate())


def timed(act, query: str) -> float:
    began = time.perf_counter()
    act(query)
    return time.perf_counter() - began


def measure() -> dict:
    for query in QUERIES:
        yardstick(query), ours(query)
    ratios, spent = [], {}
    for query in QUERIES:
        pairs = [(timed(yardstick, query), timed(ours, query)) for _round in range(ROUNDS)]
        plain, full = (statistics.median(times) for times in zip(*pairs, strict=True))
        ratios.append(full / plain)
        spent[query] = {
            "yardstick_ms": round(plain * 1e3, 2),
            "ours_ms": round(full * 1e3, 2),
            "ratio": round(full / plain, 2),
        }
    return {"ratio": round(statistics.median(ratios), 2), "worst": round(max(ratios), 2), "queries": spent}


def main() -> dict:
    with tempfile.TemporaryDirectory(prefix="mumian-benchmark-") as name:
        os.environ.setdefault("VAR_DIR", name)
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(name) / 'search.sqlite3'}")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.demo")
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        fill(PAGES)
        result = {"benchmark": "search", "database": connection.vendor, "pages": PAGES, "bound": BOUND} | measure()
        connection.close()
    result["met"] = result["ratio"] <= BOUND
    return result


if __name__ == "__main__":
    outcome = main()
    print(json.dumps(outcome, indent=2, ensure_ascii=False))
    sys.exit(0 if outcome["met"] else 1)
