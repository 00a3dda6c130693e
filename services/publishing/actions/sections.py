"""Giving an organisation its part of the page tree, and taking it back."""

from django.db import IntegrityError, transaction
from wagtail.log_actions import log
from wagtail.models import Collection, Page

from services.publishing import policies
from services.publishing.actions.rights import grant_section, withdraw_section
from services.publishing.errors import NoSection, SectionTaken
from services.publishing.models import Section

_LEAST_DEPTH = 3


@transaction.atomic
def open_section(*, page: Page, organization, by) -> Section:
    """From now on posts at ``organization``, and above it, carry rights over ``page``, what is below it, and a
    collection of files that is made here.

    ``by`` is None for commands and the demo. Raises ``PermissionDenied``, ``NoSection``, ``SectionTaken``.
    """
    if by is not None:
        policies.may_keep_sections(by).insist()
    if page.depth < _LEAST_DEPTH:
        raise NoSection()
    collection = Collection.get_first_root_node().add_child(name=organization.name)
    try:
        with transaction.atomic():
            section = Section.objects.create(page=page, organization=organization, collection=collection)
    except IntegrityError as error:
        raise SectionTaken() from error
    grant_section(section)
    log(instance=page, action="publishing.open_section", user=by, data={"organization": organization.name})
    return section


@transaction.atomic
def close_section(section: Section, *, by) -> None:
    """Rights over it end; pages, files and the collection stay. Raises ``PermissionDenied``."""
    policies.may_keep_sections(by).insist()
    withdraw_section(section)
    whose = {"organization": section.organization.name}
    log(instance=section.page, action="publishing.close_section", user=by, data=whose)
    section.delete()
