"""The nightly look at every link on public pages."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from services.publishing.actions.visiting import visit
from services.publishing.enums import FileState, LinkFaultKind
from services.publishing.models import FileScan, LinkFault
from services.publishing.queries.contents import Link, contents_of
from services.publishing.registry import answers
from services.publishing.rules.scanning import Place

MOST_OUTSIDE = 2_000


class _Known:
    """What is there, read once for all pages."""

    def __init__(self):
        pages = Page.objects.values_list("pk", "live", "url_path")
        self.pages = {pk: live for pk, live, _path in pages}
        roots = [site.root_page.url_path.rstrip("/") for site in Site.objects.select_related("root_page")]
        live = [path for _pk, is_live, path in pages if is_live]
        self.paths = {path.removeprefix(root) or "/" for path in live for root in roots if path.startswith(root)}
        self.hosts = {site.hostname for site in Site.objects.all()} | {urlsplit(settings.PUBLIC_BASE_URL).hostname}
        self.documents = dict.fromkeys(get_document_model().objects.values_list("pk", flat=True), True)
        kept = FileScan.objects.exclude(state=FileState.CLEAN).values_list("document", flat=True)
        self.documents |= dict.fromkeys(kept, False)
        self.images = set(get_image_model().objects.values_list("pk", flat=True))
        self.outside: dict[str, str | None] = {}


def check_links(*, now: datetime, outside: bool | None = None) -> int:
    """Look at all public pages; gives how many faults stand now. Those known before keep the time they were found.

    Other sites are only visited when ``LINK_CHECK_OUTSIDE`` permits (``outside`` overrides it), each address once.
    """
    outside = settings.LINK_CHECK_OUTSIDE if outside is None else outside
    known, standing = _Known(), 0
    for page in Page.objects.live().filter(depth__gt=1).specific().iterator(chunk_size=200):
        faults = _faults(page, known, outside)
        standing += len(faults)
        _store(page, faults, now)
    LinkFault.objects.exclude(page__in=Page.objects.live()).delete()
    return standing


def _faults(page: Page, known: _Known, outside: bool) -> dict[tuple[str, str], dict]:
    """Kind and target of each fault on a page, with the first place at which it stands."""
    faults: dict[tuple[str, str], dict] = {}
    for link in contents_of(page).links:
        kind = _fault(link, known, outside)
        if kind:
            path = [list(step) if isinstance(step, tuple) else step for step in link.path]
            place = Place("field", {"model": page._meta.label_lower, "path": path})
            faults.setdefault((kind, str(link.target)[:500]), place.as_json())
    return faults


def _fault(link: Link, known: _Known, outside: bool) -> str | None:
    if link.kind == "page":
        live = known.pages.get(link.target)
        return LinkFaultKind.PAGE_GONE if live is None else None if live else LinkFaultKind.PAGE_HIDDEN
    if link.kind == "document":
        free = known.documents.get(link.target)
        return LinkFaultKind.DOCUMENT_GONE if free is None else None if free else LinkFaultKind.DOCUMENT_HELD
    if link.kind == "image":
        return None if link.target in known.images else LinkFaultKind.PICTURE_GONE
    return _address(str(link.target), known, outside)


def _address(address: str, known: _Known, outside: bool) -> str | None:
    parts = urlsplit(address)
    if parts.scheme in ("mailto", "tel") or address.startswith("#"):
        return None
    if (not parts.scheme and not parts.netloc) or parts.hostname in known.hosts:
        path = parts.path or "/"
        there = path in known.paths or f"{path}/" in known.paths or any(ask(path) for ask in answers)
        return None if there else LinkFaultKind.ADDRESS_UNKNOWN
    if not outside or (address not in known.outside and len(known.outside) >= MOST_OUTSIDE):
        return None
    if address not in known.outside:
        known.outside[address] = visit(address)
    return known.outside[address]


@transaction.atomic
def _store(page: Page, faults: dict[tuple[str, str], dict], now: datetime) -> None:
    before = {(fault.kind, fault.target): fault for fault in LinkFault.objects.filter(page=page)}
    mended = [fault.pk for key, fault in before.items() if key not in faults]
    if mended:
        LinkFault.objects.filter(pk__in=mended).delete()
    LinkFault.objects.bulk_create(
        LinkFault(page=page, kind=kind, target=target, place=place, since=now)
        for (kind, target), place in faults.items()
        if (kind, target) not in before
    )
