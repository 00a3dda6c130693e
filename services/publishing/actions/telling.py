"""Messages about what waits, what is held back, what is signed."""

from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.permissions import page_permission_policy

from services.messaging.actions import Letter, notify_many
from services.publishing.enums import Subject
from services.publishing.models import Hold
from services.publishing.notifications import HELD, SIGNED, STILL_PUBLIC

MOST = 20


def hold_link(hold: Hold) -> str:
    return f"/admin/publishing/{hold.pk}/"


def second_people(hold: Hold, subject) -> list:
    """Who may sign, at most ``MOST``; superusers aren't bothered."""
    if hold.subject_type == Subject.PAGE:
        people = page_permission_policy.users_with_permission_for_instance("publish", subject, include_superusers=False)
    else:
        publishers = page_permission_policy.users_with_permission("publish", include_superusers=False)
        keepers = document_policy.users_with_permission_for_instance("change", subject)
        people = publishers.filter(pk__in=keepers.values("pk"))
    return list(people.exclude(pk__in=hold.authors).order_by("pk")[:MOST])


def tell_second_people(hold: Hold, subject, *, public: bool = False) -> None:
    """Once for each hold. ``public``: it stands there for everybody to read already."""
    key = STILL_PUBLIC if public else HELD
    link = hold_link(hold)
    letters = [
        Letter(to=person, context={"title": hold.title}, dedupe_key=f"hold-{hold.pk}", link=link)
        for person in second_people(hold, subject)
    ]
    if letters:
        notify_many(key, letters)


def tell_signed(hold: Hold, *, by) -> None:
    """Whoever asked and whoever wrote it."""
    from django.contrib.auth import get_user_model

    keys = ({hold.asked_by_id, *hold.authors} - {None}) - {by.pk}
    people = get_user_model().objects.filter(pk__in=keys)
    letters = [
        Letter(to=person, context={"title": hold.title}, dedupe_key=f"signed-{hold.pk}", link=hold_link(hold))
        for person in people
    ]
    if letters:
        notify_many(SIGNED, letters)
