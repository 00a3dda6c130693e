"""Pages stay light on a slow line, pictures come in sizes and formats of today, and no copy is anybody's own."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import caches
from django.test import Client

from tests.cms_pages.test_public import EVERY_BLOCK, with_sections
from tests.factories.accounts import WorkerUserFactory
from tests.factories.pages import article, campaign, guide, picture
from tests.screening.her_world import her_world, signed_in

pytestmark = pytest.mark.django_db
# Bytes of a page and its one stylesheet, compressed, without pictures (docs: how it should feel).
HEAVIEST = 60_000


def _addresses() -> dict[str, str]:
    with_sections()
    for number in range(13):
        article(f"第{number}篇体检资讯", intro="一句介绍" * 30, cover=picture() if number == 0 else None)
    body = EVERY_BLOCK * 6
    return {
        "home": "/",
        "list": "/articles/",
        "campaign": campaign(body=body, cover=picture()).url,
        "guide": guide(programme=her_world().programme, body=body).url,
        "article": article("最长的一篇", body=body, cover=picture()).url,
        "search": "/search/?q=体检",
        "poster": f"{campaign('海报').url}poster/",
    }


def test_every_kind_of_page_is_within_the_weight(client):
    css = len(gzip.compress(Path(finders.find("css/site.css")).read_bytes()))
    weights = {}
    for name, address in _addresses().items():
        answer = client.get(address)
        assert answer.status_code == 200, name
        html = answer.content
        weights[name] = css + len(gzip.compress(html))
        assert html.count(b'rel="stylesheet"') == 1, name
        assert not re.search(rb'(?:src|href)="(?:https?:)?//(?!testserver|127\.0\.0\.1|example\.org)', html), name
    assert {name: weight for name, weight in weights.items() if weight > HEAVIEST} == {}


def test_pictures_come_in_sizes_and_formats_of_today(client):
    photo = picture()
    gallery = {"pictures": [{"image": photo, "caption": ""}, {"image": photo, "caption": ""}]}
    html = client.get(campaign(cover=photo, body=[("gallery", gallery)]).url).content.decode()
    main = html.split("<main")[1].split("</main>")[0]
    assert main.count("<picture>") == 3
    assert 'type="image/avif"' in main and ".webp" in main
    for tag in re.findall(r"<img[^>]*>", main):
        assert 'width="' in tag and 'height="' in tag and "alt=" in tag, tag
        assert "srcset=" in tag and "sizes=" in tag, tag
    article("有图的一篇", cover=photo)
    card = re.search(r"<img[^>]*>", client.get("/articles/").content.decode().split("<main")[1])[0]
    assert "srcset=" in card and 'loading="lazy"' in card and ".webp" in card


def test_no_copy_holds_a_token_a_name_or_a_message(settings, client):
    settings.PAGE_CACHE_SECONDS = 300
    caches["pages"].clear()
    page = campaign("健康月")
    for address in (page.url, f"{page.url}poster/", "/feeds/atom/", "/search/?q=健康"):
        hers, others = signed_in(WorkerUserFactory()), signed_in(WorkerUserFactory())
        hers.get(address), others.get(address)
        first, second = client.get(address).content, Client().get(address).content
        assert b"csrfmiddlewaretoken" not in first
        assert first == second or address.startswith("/feeds/")
        assert hers.get(address).get("Cache-Control", "private") in ("private, no-store", "private")
