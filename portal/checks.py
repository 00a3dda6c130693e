"""Checks that stop a start: what a stranger must never be able to do."""

from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from django.conf import settings
from django.contrib.auth import get_backends
from django.contrib.auth.models import AnonymousUser
from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages

from services.accounts.models import User
from services.foundation.references import unguessable
from services.messaging.models import Message


@register(Tags.security)
def strangers_hold_no_permission(app_configs, **kwargs) -> list[Error]:
    """A person who isn't signed in holds no permission, whichever backend is asked."""
    held = set()
    for backend in get_backends():
        if hasattr(backend, "get_all_permissions"):
            held |= set(backend.get_all_permissions(AnonymousUser()))
    if not held:
        return []
    return [Error(f"People who aren't signed in hold permissions: {', '.join(sorted(held))}.", id="portal.E001")]


@register(Tags.security, deploy=True)
def files_are_kept_and_kept_private(app_configs, **kwargs) -> list[Error]:
    """Before a version goes on: both buckets take a file, and strangers can't read the private one.

    Half of the settings stops a start before this (portal.settings.object_storage).
    """
    faults = (_fault_of(storages[alias], closed=alias == "private") for alias in ("default", "private"))
    return [fault for fault in faults if fault]


@register(Tags.security)
def keys_can_be_used(app_configs, **kwargs) -> list[Error]:
    """Said before the first woman is written, and before anything is touched."""
    faults = []
    for use in (User.seal_factor, Message.digest_of):
        try:
            use("probe")
        except ImproperlyConfigured as error:
            faults.append(Error(str(error), hint="See .env.example for how a key is made.", id="portal.E005"))
    return faults


@register(Tags.security, deploy=True)
def nothing_of_demos_and_rehearsals(app_configs, **kwargs) -> list[Error]:
    """What only invented people may meet: codes shown to whoever asks, numbers of nobody taken for somebody's."""
    on = [name for name in ("ALLOW_INVENTED_IDENTITIES", "SHOW_CODES_ON_SCREEN") if getattr(settings, name)]
    return [Error(f"Meant for demos, tests and rehearsals, and is on: {name}.", id="portal.E004") for name in on]


def _fault_of(store, *, closed: bool) -> Error | None:
    if isinstance(store, FileSystemStorage):
        return None
    try:
        name = store.save(f"probe/{unguessable()}", ContentFile(b"probe"))
        readable = closed and _strangers_read(store, name)
        store.delete(name)
    except OSError as error:
        return Error(f"The bucket {store.bucket_name} can't be used: {error}.", id="portal.E002")
    if readable:
        return Error(f"Strangers can read the bucket {store.bucket_name}: close it.", id="portal.E003")
    return None


def _strangers_read(store, name: str) -> bool:
    client = store.unsigned_connection.meta.client
    address = client.generate_presigned_url("get_object", Params={"Bucket": store.bucket_name, "Key": name})
    try:
        with urlopen(address, timeout=10) as answer:  # noqa: S310  the endpoint that the settings name
            return answer.status == 200
    except (HTTPError, URLError):
        return False
