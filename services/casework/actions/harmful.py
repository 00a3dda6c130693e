"""A harmful file among the documents of a case: what was asked for is missing again, and she is told in plain words."""

from datetime import datetime

from django.urls import reverse
from wagtail.log_actions import log

from services.casework.actions import requested
from services.casework.models import Document
from services.casework.notifications import HARMFUL_FILE
from services.messaging.actions import notify


def tell_of_harmful(document: Document, now: datetime) -> None:
    """Runs in the transaction that noted the verdict."""
    requested.reopen(document)
    log(instance=document.case, action="casework.harmful_file", user=None, data={"document": document.token})
    if her := document.worker.user:
        notify(
            HARMFUL_FILE,
            to=her,
            context={"number": document.case.number},
            dedupe_key=document.token,
            link=reverse("casework:documents", args=[document.case.token]),
        )
