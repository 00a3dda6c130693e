"""Files and the store they lie in, wherever that is: a folder, or buckets that may be out of reach for a while."""

import logging
from typing import BinaryIO

from django.core.files import File
from django.core.files.storage import Storage
from django.db.models.fields.files import FieldFile
from django.http import Http404

from services.foundation.errors import NotKept

logger = logging.getLogger(__name__)


class StoreUnreachable(OSError):
    """The store doesn't answer, or won't: nobody can tell whether it has the file. The portal answers 503 in words."""


class NotInStore(FileNotFoundError):
    """The store answers, and has no such file. The portal answers 404 where nobody else does."""


def put(file: FieldFile, name: str, stream: BinaryIO) -> None:
    """Store the bytes and name them in the row, which the caller saves. Raises ``NotKept``."""
    try:
        file.save(name, File(stream), save=False)
    except OSError as error:
        logger.exception("a file of %s could not be stored", file.instance._meta.label_lower)
        raise NotKept() from error


def opened_or_404(file: FieldFile) -> BinaryIO:
    """The stored file, open for reading. Raises ``Http404`` when it is gone, ``StoreUnreachable`` when nobody knows."""
    try:
        return file.open("rb")
    except (FileNotFoundError, ValueError):
        raise Http404 from None
    except StoreUnreachable:
        raise
    except OSError as error:
        raise StoreUnreachable(str(error)) from error


def insist_it_answers(storage: Storage) -> None:
    """Before a form is accepted whose file Wagtail will store by itself. Raises ``NotKept``."""
    try:
        storage.exists("-")
    except OSError as error:
        raise NotKept() from error
