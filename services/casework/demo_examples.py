"""Examples of papers for the demo: our own drawings (``example_pictures``), everything in them invented."""

from pathlib import Path

from django.core.files.base import ContentFile

from services.casework.actions.examples import keep_example
from services.foundation.demo import DemoContext

PICTURES = Path(__file__).parent / "example_pictures"
_PAGE = "整张纸拍全，四个角都在画面里，没有阴影，字和印章看得清"
_SHOWN = {
    "identity": "正面平放拍摄，四角完整，不反光，号码看得清",
    "bank_card": "有卡号的一面朝上，卡号看得清，不反光",
}
# By service, which drawing shows what a good photo of which paper looks like.
DRAWN = {
    "relief": ("identity", "income", "diagnosis", "bills", "admission", "bank_card"),
    "mutual_aid": ("identity", "diagnosis", "discharge", "pathology"),
}


def load(context: DemoContext, service: str) -> None:
    """Called by the service's own demo; for every programme of it."""
    for item in DRAWN[service]:
        keep_example(
            organization=context.made["organizations.city"],
            service=service,
            subject_code="",
            item=item,
            words=_SHOWN.get(item, _PAGE),
            picture=ContentFile((PICTURES / f"{item}.jpg").read_bytes(), name=f"{item}.jpg"),
            by=context.made["organizations.staff"]["city-officer"],
            now=context.now,
        )
