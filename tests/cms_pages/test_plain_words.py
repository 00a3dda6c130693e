"""Plain words: who switches to them reads the short text first, and can open the whole one."""

import pytest
from django.test import Client

from tests.factories.pages import article

pytestmark = pytest.mark.django_db
SHORT = "先约时间。\n\n不用交钱。"


def shown(page, *, plain: bool) -> str:
    client = Client()
    client.cookies["plain_words"] = "1" if plain else "0"
    return client.get(page.url).content.decode()


def test_the_short_text_stands_first_and_the_whole_one_below_it():
    page = article("预约须知")
    page.plain_words = SHORT
    page.save_revision().publish()
    plain, usual = shown(page, plain=True), shown(page, plain=False)
    assert (
        "<li>先约时间。</li><li>不用交钱。</li>" in plain and "<details" in plain.split("</main>")[0].split("<main")[1]
    )
    assert "不用交钱" not in usual


def test_a_page_without_a_short_text_is_as_it_is():
    page = article("预约须知")
    assert "<details" not in shown(page, plain=True).split("<main")[1].split("</main>")[0]
