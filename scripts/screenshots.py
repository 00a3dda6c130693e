"""Takes the pictures of docs/screens/: every page of coverage and the chief pages beside it, at a desk and on a phone.

Starts the demo on a free port with data of its own, walks it in Chromium as the people it prints, and writes one PNG a
page and width, reduced to a palette so that all of them together stay small, and the README that names them. Run it
from the root of the repository: ``make screenshots``. Names of pages as arguments take these alone.
"""

import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page as Browser
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "screens"
SECRET = "Mumian-Demo-2026"  # noqa: S105 - printed by the demo  # pragma: allowlist secret
WIDTHS = {"desk": (1280, 900), "phone": (360, 740)}
# Of a long page so much is shown, from the top.
LONGEST = {"desk": 1700, "phone": 1500}
LARGEST, ALTOGETHER = 120_000, 3_000_000
COLOURS = (48, 32, 24, 16, 12, 8)
PATIENCE = 120_000

CITY, COUNTY, UNIT = "city-officer", "county-officer", "unit-officer"
VIEW, RECORDS = "/admin/coverage/view", "/admin/coverage"


@dataclass(frozen=True, slots=True)
class Page:
    """``who`` signs in ('': nobody). ``then`` are links or buttons to press in turn, as selectors; ``title`` is told
    in the README."""

    name: str
    title: str
    who: str
    address: str
    then: tuple[str, ...] = ()


PAGES = (
    Page(
        "coverage-overview", "The leader's page: both coverages, who moved, ranking, other services", CITY, f"{VIEW}/"
    ),
    Page(
        "coverage-month-end",
        "The same page as of a past month end",
        CITY,
        f"{VIEW}/",
        (".figures-choices nav a:nth-of-type(2)",),
    ),
    Page(
        "coverage-report",
        "A statistic with sentence, trend, split and the level below",
        CITY,
        "/admin/figures/coverage-required/",
    ),
    Page(
        "coverage-unions",
        "Unions to call, each number of the leader's page is such a list",
        CITY,
        f"{VIEW}/unions/?about=committee",
    ),
    Page(
        "coverage-remind",
        "Reminding several unions: first what will happen to each",
        CITY,
        f"{VIEW}/unions/?about=committee",
        ("table.listing input[name=union] >> nth=0 >> check", ".desk-many button[type=submit]"),
    ),
    Page(
        "coverage-then",
        "The unions behind a number of a month end, as they stood then",
        CITY,
        f"{VIEW}/then/?column=required-unreported",
    ),
    Page("coverage-changes", "Who moved: every change of a union's standing", CITY, f"{VIEW}/changes/"),
    Page("coverage-records", "Unions and their records", CITY, f"{RECORDS}/unions/"),
    Page(
        "coverage-record",
        "One union: where it stands, terms, seats, papers, story",
        UNIT,
        f"{RECORDS}/unions/SZ-01-01-01/record/",
    ),
    Page("coverage-dates", "The union states its own founding dates", UNIT, f"{RECORDS}/unions/SZ-01-01-01/dates/"),
    Page("coverage-prepare", "A union begins to prepare a term", UNIT, f"{RECORDS}/unions/SZ-01-01-01/prepare/"),
    Page(
        "coverage-requirements", "What the federation asks of its unions, in versions", CITY, f"{RECORDS}/requirements/"
    ),
    Page("coverage-requirements-add", "A new version of what is asked", CITY, f"{RECORDS}/requirements/add/"),
    Page("coverage-checklists", "Checklists of the standard, in versions", CITY, f"{RECORDS}/standard/checklists/"),
    Page("coverage-checklist-write", "Writing a checklist", CITY, f"{RECORDS}/standard/checklists/write/"),
    Page("coverage-assessments", "Self-assessments below the federation", CITY, f"{RECORDS}/standard/"),
    Page(
        "coverage-assessment",
        "One self-assessment with claimed and reviewed points",
        CITY,
        f"{RECORDS}/standard/",
        ("main table.listing td.title a >> nth=0",),
    ),
    Page("coverage-returns", "Annual returns below the federation", CITY, f"{RECORDS}/returns/"),
    Page(
        "coverage-return",
        "One annual return: what is known, what the unit says, why they differ",
        CITY,
        f"{RECORDS}/returns/",
        ("main table.listing td.title a >> nth=0",),
    ),
    Page("coverage-import", "Loading a list of unions", CITY, "/admin/imports/new/"),
    Page("coverage-public", "What everybody may read: coverage by district", "", "/coverage/"),
    Page("home", "The public home page", "", "/"),
    Page("guide", "A guide of a service", "", "/services/free-screening/"),
    Page("relief", "What can I get? Six questions without signing in", "", "/help/"),
    Page("desk", "The desk's first page: what waits", CITY, "/admin/"),
    Page("statistics", "Every statistic that she may read", CITY, "/admin/figures/"),
    Page("cases", "The worklist of applications", COUNTY, "/admin/cases/?whose=reach"),
    Page("bookings", "Bookings of the screening programmes", CITY, "/admin/screening/bookings/"),
)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


@contextmanager
def demo():
    """The demo on a free port; yields its address, and stops it with everything it started. DEMO_AT names one that runs
    already and is left alone."""
    if running := os.environ.get("DEMO_AT"):
        yield running
        return
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="mumian-screens-") as folder:
        outer = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        own = {"PORT": str(port), "VAR_DIR": folder, "BIN": str(Path(sys.executable).parent), "LOG_LEVEL": "ERROR"}
        command = [str(ROOT / "scripts" / "demo.sh")]
        process = subprocess.Popen(command, cwd=ROOT, env=outer | own, stdout=subprocess.DEVNULL)
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(address, process)
            yield address
        finally:
            process.terminate()
            process.wait(60)


def _wait_for(address: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + 300
    while True:
        try:
            urllib.request.urlopen(address, timeout=30).close()  # noqa: S310 - our own server
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the demo did not start") from None
            time.sleep(1)


def _sign_in(page: Browser, address: str, who: str) -> None:
    page.goto(f"{address}/admin/")
    page.fill("input[name=login]", who)
    page.fill("input[name=password]", SECRET)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{address}/admin/**")


def _step(page: Browser, step: str) -> None:
    """A selector is pressed; one that ends in ``>> check`` is ticked."""
    if step.endswith(" >> check"):
        page.locator(step.removesuffix(" >> check")).check()
        return
    page.locator(step).first.click()
    page.wait_for_load_state("load")


def _picture(page: Browser, width: str) -> bytes:
    """The page from its top, as a PNG with the most colours that keep it small."""
    wide, least = WIDTHS[width]
    page.set_viewport_size({"width": wide, "height": least})
    page.wait_for_timeout(400)
    # The desk scrolls inside its frame, not the document.
    parts = "[document.documentElement, ...document.querySelectorAll('main, .content-wrapper')]"
    high = min(page.evaluate(f"Math.max(...{parts}.map(one => one.scrollHeight)) + 80"), LONGEST[width])
    page.set_viewport_size({"width": wide, "height": max(high, least)})
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(400)
    whole = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    for colours in COLOURS:
        stream = io.BytesIO()
        # A palette without dither: text stays sharp, and flat colours compress.
        whole.quantize(colours, dither=Image.Dither.NONE).save(stream, "PNG", optimize=True)
        if stream.tell() < LARGEST:
            break
    return stream.getvalue()


def _take(tab: Browser, address: str, page: Page) -> None:
    wide, high = WIDTHS["desk"]
    tab.set_viewport_size({"width": wide, "height": high})
    answer = tab.goto(f"{address}{page.address}", wait_until="load")
    if answer.status != 200:
        raise RuntimeError(f"{page.name}: {page.address} answers {answer.status}")
    for step in page.then:
        _step(tab, step)
    for width in WIDTHS:
        picture = _picture(tab, width)
        (FOLDER / f"{page.name}.{width}.png").write_bytes(picture)
        print(f"{page.name}.{width}.png {len(picture) // 1024} kB", flush=True)


def take(browser, address: str, pages: tuple[Page, ...]) -> None:
    for who in dict.fromkeys(page.who for page in pages):
        context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
        tab = context.new_page()
        tab.set_default_timeout(PATIENCE)
        if who:
            _sign_in(tab, address, who)
        for page in (one for one in pages if one.who == who):
            _take(tab, address, page)
        context.close()


def write_readme() -> None:
    lines = [
        "# Pictures",
        "",
        "The demo's pages as `make screenshots` takes them, in Chinese, with invented people: at a desk (1280 wide)",
        "and on a phone (360 wide). Of a long page the top is shown.",
        "",
        "| page | who looks | desk | phone |",
        "|---|---|---|---|",
    ]
    for page in PAGES:
        pictures = " | ".join(f"[{width}]({page.name}.{width}.png)" for width in WIDTHS)
        lines.append(f"| {page.title} | {page.who or 'anybody'} | {pictures} |")
    (FOLDER / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(names: list[str]) -> int:
    chromium = shutil.which("chromium")
    if not chromium:
        print("chromium is missing: run `make browser`")
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    pages = tuple(page for page in PAGES if not names or page.name in names)
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        take(browser, address, pages)
        browser.close()
    write_readme()
    sizes = [file.stat().st_size for file in FOLDER.glob("*.png")]
    print(f"{len(sizes)} pictures, {sum(sizes) // 1024} kB")
    return 0 if max(sizes) <= LARGEST and sum(sizes) <= ALTOGETHER else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
