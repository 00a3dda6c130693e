"""Journeys over HTTP through nginx, with real cookies, forms and codes: does what was put together work together?

Each takes a running installation with the demo's data, and raises ``Failed`` where the way ends.
"""

import hashlib
import hmac
import io
import json
import re
import struct
import time
from base64 import b32decode
from collections.abc import Callable
from datetime import date

import requests
from openpyxl import Workbook
from PIL import Image, ImageDraw

from scripts.installation import BUCKETS, Installation
from scripts.visitor import Failed, Visitor
from services.foundation.identifiers import INVENTED_AREA, check_character

UNIT, ROWS = "SZ-01-01-01", 40
_CODE = re.compile(r"\d{6}")


def visitor(place: Installation) -> Visitor:
    """Somebody new, before nginx."""
    return Visitor(place.base, verify=str(place.certificate))


# --- a woman -------------------------------------------------------------------------------------------------------
def signed_in(place: Installation, phone: str) -> Visitor:
    """By her number and the code that went out to it."""
    return asks_for_a_code(place, phone)()


def asks_for_a_code(place: Installation, phone: str) -> Callable[[], Visitor]:
    """She has sent her number; called, she types the code that came meanwhile."""
    her, before = visitor(place), set(_sms(place))
    her.get("/accounts/sign-in/")
    her.post("/accounts/sign-in/", phone=phone)
    her.stands_at(r"^/accounts/sign-in/code/$")

    def types_it() -> Visitor:
        her.post("/accounts/sign-in/code/", code=_code_for(place, phone, before))
        her.stands_at(r"^/(my|record)/")
        return her

    return types_it


def _sms(place: Installation) -> list:
    return sorted((place.var / "outbox" / "sms").glob("*.json"))


def _code_for(place: Installation, phone: str, before: set) -> str:
    def found() -> str:
        for path in _sms(place):
            if path not in before and path.stat().st_size:
                message = json.loads(path.read_text())
                if message["to"] == phone and "验证码" in message["text"]:
                    return _CODE.search(message["text"])[0]
        return ""

    place.wait(lambda: bool(found()), "the code arrives", seconds=60)
    return found()


def known(place: Installation, words: str) -> dict:
    return next(row for row in place.sign_ins() if words in row["who"])


def public_pages(place: Installation) -> None:
    """public pages, with hashed and compressed files beside them"""
    anybody = visitor(place)
    for path in ("/", "/campaigns/health-month/", "/services/free-screening/", "/screening/", "/help/", "/activities/"):
        policy = anybody.get(path).headers["Content-Security-Policy"]
        if "unsafe-inline" in policy:
            raise Failed(f"{path} lets scripts of anybody run")
    style = anybody.sees(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"')[1]
    answer = anybody.get(style)
    if "immutable" not in answer.headers["Cache-Control"] or answer.headers.get("Content-Encoding") != "gzip":
        raise Failed(f"{style} is neither kept nor compressed")


def nothing_inside_is_shown(place: Installation) -> None:
    """what is for monitoring, closed to strangers"""
    anybody = visitor(place)
    for path, status in (("/metrics", 404), ("/health/deep/", 404), ("/health/ready/", 200), ("/admin/x/", 200)):
        anybody.get(path, status=status)
    anybody.stands_at(r"^/staff/login/")


def she_books(place: Installation) -> None:
    """a woman's first sign-in by code, her record, a booking"""
    new = known(place, "首次登录")
    name, last4 = re.search(r"姓名 (\S+)，证件后四位 (\w{4})", new["who"]).groups()
    her = signed_in(place, new["name"])
    her.get("/record/")
    her.post("/record/", name=name, last4=last4, agree="on")
    her.get("/screening/")
    for code in re.findall(r'href="/screening/([\w-]+)/"', her.text):
        if session := _free_session(her, code):
            break
    else:
        raise Failed("no programme has a place for her")
    her.post(her.path, session=session)
    her.stands_at(r"/check/$")
    her.post(her.path)
    her.stands_at(r"/booked/$")


def _free_session(her: Visitor, code: str) -> str:
    """Agree to the notice and answer what is asked on the way to the times that can be chosen."""
    her.get(f"/screening/{code}/book/")
    for step, fields in (("consent", {"agree": "on"}), ("history", {"screened": "never"})):
        if her.path == f"/screening/{code}/{step}/":
            her.post(her.path, **fields)
    if her.path != f"/screening/{code}/book/":
        return ""
    found = re.search(r'name="session" value="([\w-]+)"(?![^>]*disabled)', her.page.text)
    return found[1] if found else ""


# --- staff ---------------------------------------------------------------------------------------------------------
def factor(secret: str) -> str:
    """The six digits of this half minute (RFC 6238)."""
    key = b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def at_the_desk(place: Installation, username: str) -> Visitor:
    """By password, a second factor set up on the way; then in another browser with the factor she has now."""
    password = next(row["secret"] for row in place.sign_ins() if row["name"] == username)
    officer = visitor(place)
    _password(officer, username, password)
    officer.stands_at(r"^/staff/second-factor/totp/activate/")
    secret, used = officer.sees(r'class="secret-text">(\w+)<')[1], int(time.time()) // 30
    officer.post("/staff/second-factor/totp/activate/", code=factor(secret))
    officer.get("/admin/")
    officer.stands_at(r"^/admin/$")
    place.wait(lambda: int(time.time()) // 30 > used, "the next half minute")
    officer = visitor(place)
    _password(officer, username, password)
    officer.stands_at(r"^/staff/second-factor/authenticate/")
    officer.post("/staff/second-factor/authenticate/", code=factor(secret))
    officer.stands_at(r"^/admin/")
    return officer


def _password(officer: Visitor, username: str, password: str) -> None:
    officer.get("/staff/login/")
    officer.post("/staff/login/", login=username, password=password)


def roster(rows: int, *, born: date = date(1993, 1, 5)) -> bytes:
    """Invented women whom nobody has on record."""
    book = Workbook()
    page = book.active
    page.title = "花名册"
    page.append(["姓名", "身份证号", "手机号码"])
    for number in range(rows):
        body = f"{INVENTED_AREA}{born.replace(day=1 + number // 400):%Y%m%d}{number % 400 * 2:03d}"
        page.append(["示例丁", body + check_character(body), f"1990009{number:04d}"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def staff_import(place: Installation) -> None:
    """staff by password and second factor; a roster checked and written by the worker"""
    officer = at_the_desk(place, "unit-officer")
    token = _uploaded(place, officer)
    officer.post(f"/admin/imports/job/{token}/apply/")
    _until_it_rests(place, officer, token)
    if "已完成" not in officer.text:
        raise Failed("the import isn't finished")
    # The same file again finds every row on record.
    _uploaded(place, officer)
    facts = [int(value.replace(",", "")) for value in re.findall(r"</dt><dd>([\d,]+)</dd>", officer.text)[:5]]
    if facts != [ROWS, 0, 0, ROWS, 0]:
        raise Failed(f"after the import the same rows are judged {facts}")


def _uploaded(place: Installation, officer: Visitor) -> str:
    """The token of the import, checked by the worker."""
    officer.get("/admin/imports/new/?sheet=workers")
    file = ("名册.xlsx", roster(ROWS), "application/zip")
    officer.post("/admin/imports/new/", sheet="workers", unit=UNIT, files={"file": file})
    token = officer.stands_at(r"^/admin/imports/job/([\w-]+)/$")[1]
    _until_it_rests(place, officer, token)
    return token


def _until_it_rests(place: Installation, officer: Visitor, token: str) -> None:
    address = f"{place.base}/admin/imports/job/{token}/progress/"
    place.wait(lambda: officer.session.get(address, timeout=60).status_code == 204, "the worker is done", seconds=120)
    officer.get(f"/admin/imports/job/{token}/")


def private_paper(place: Installation) -> None:
    """a private paper up and down again; nobody else gets it"""
    her = signed_in(place, known(place, "已预约体检")["name"])
    her.get("/help/apply/emergency/")
    her.post("/help/apply/emergency/", agree="on")
    token = her.stands_at(r"^/help/application/([\w-]+)/$")[1]
    papers = f"/my/cases/{token}/documents/"
    her.get(papers)
    kind = her.sees(r'name="([\w-]+)-files"')[1]
    her.post(papers, kind=kind, files={f"{kind}-files": ("诊断.jpg", _photo(), "image/jpeg")})
    paper = her.sees(rf'href="({papers}[\w-]+/)"')[1]
    answer = her.get(paper)
    if answer.headers["Content-Type"] != "image/jpeg" or Image.open(io.BytesIO(answer.content)).size != (600, 800):
        raise Failed("the paper came back as something else")
    if "no-store" not in answer.headers["Cache-Control"]:
        raise Failed("the paper may be kept by whatever lies between")
    other = signed_in(place, known(place, "正在候补")["name"])
    other.get(paper, status=404)
    stranger = visitor(place)
    stranger.get(paper)
    stranger.stands_at(r"^/accounts/sign-in/")
    _closed_to_strangers(place)


def _closed_to_strangers(place: Installation) -> None:
    bucket = BUCKETS["S3_PRIVATE_BUCKET"]
    names = [row["Key"] for row in place.store_client().list_objects_v2(Bucket=bucket).get("Contents", [])]
    if not names:
        raise Failed("the private bucket is empty: the paper lies somewhere else")
    address = f"{place.variables['S3_ENDPOINT_URL']}/{bucket}/{names[0]}"
    if requests.get(address, timeout=30).status_code == 200:
        raise Failed("strangers can read the private bucket")


def _photo() -> bytes:
    image = Image.new("RGB", (600, 800), "white")
    draw = ImageDraw.Draw(image)
    for line in range(26):
        draw.text((20, 20 + 30 * line), "1234567890 " * 6, fill="black")
    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


JOURNEYS = (public_pages, nothing_inside_is_shown, she_books, staff_import, private_paper)
