"""Files in buckets of an S3-compatible store, where the environment names one (portal.settings.object_storage).

What Django's own storage promises holds here too: a missing file is a ``FileNotFoundError``, any other trouble an
``OSError``, a file of the same name isn't written over, and a private file has no address. A file that was opened is
here already, so that a store which goes away meanwhile breaks no answer; only large ones (videos) are fetched in parts.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urljoin

from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import File
from django.utils.encoding import filepath_to_uri
from s3transfer.exceptions import RetriesExceededError
from storages.backends.s3 import S3File, S3Storage
from storages.utils import clean_name

from services.foundation.stored import NotInStore, StoreUnreachable

# Papers and workbooks are smaller; what is larger is read where it is asked for.
FETCHED_WHOLE = 32 * 1024 * 1024
PART = 1024 * 1024


@contextmanager
def answering(name: str) -> Iterator[None]:
    """The library's errors as Django's storages raise them. The name is ours and tells of nobody."""
    try:
        yield
    except FileNotFoundError as error:
        raise NotInStore(name) from error
    except ClientError as error:
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
        raise (NotInStore(name) if status == 404 else StoreUnreachable(f"{name}: {status}")) from error
    except (BotoCoreError, Boto3Error, RetriesExceededError) as error:
        raise StoreUnreachable(f"{name}: {type(error).__name__}") from error


class Parts(io.RawIOBase):
    """An object that is read by ranges."""

    def __init__(self, obj):
        self._object, self._at, self._size = obj, 0, obj.content_length

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer) -> int:
        last = min(self._at + len(buffer), self._size) - 1
        if last < self._at:
            return 0
        with answering(self._object.key):
            data = self._object.get(Range=f"bytes={self._at}-{last}")["Body"].read()
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


class ObjectFile(S3File):
    """A stored object, open. Another reading after it was closed fetches it anew."""

    def __init__(self, name, mode, storage, buffer_size=None):
        with answering(name):
            super().__init__(name, mode, storage, buffer_size)

    def _get_file(self):
        if self._file is None and self._mode == "rb" and self.size > FETCHED_WHOLE:
            self._file, self._closed = io.BufferedReader(Parts(self.obj), PART), False
        with answering(self.name):
            return super()._get_file()

    file = property(_get_file, S3File._set_file)


class _Objects(S3Storage):
    def _open(self, name, mode="rb") -> File:
        opened = ObjectFile(self._normalize_name(clean_name(name)), mode, self)
        if "r" in mode:
            opened.open(mode)
        return opened

    def _save(self, name, content) -> str:
        with answering(name):
            return super()._save(name, content)

    def _asked(self, ask, name):
        with answering(name):
            return ask(name)

    def exists(self, name) -> bool:
        return self._asked(super().exists, name)

    def delete(self, name) -> None:
        self._asked(super().delete, name)

    def size(self, name) -> int:
        return self._asked(super().size, name)

    def listdir(self, name):
        return self._asked(super().listdir, name)

    def get_modified_time(self, name):
        return self._asked(super().get_modified_time, name)


class PublicObjects(_Objects):
    """Pictures, documents and originals of the library. Pictures have the address that they have on disk, which the
    application answers, or one of the store itself where the environment names it."""

    def url(self, name, parameters=None, expire=None, http_method=None) -> str:
        return urljoin(settings.S3_PUBLIC_URL or settings.MEDIA_URL, filepath_to_uri(name).lstrip("/"))


class PrivateObjects(_Objects):
    """Papers, photos and workbooks: handed out by the application alone, never by an address."""

    def url(self, name, parameters=None, expire=None, http_method=None) -> str:
        raise ValueError("This file is not accessible via a URL.")
