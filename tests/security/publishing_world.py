"""A section of the town's, and a page of it that is held back."""

from django.utils import timezone

from cms_pages.models import ArticlePage, HomePage, SectionPage
from services.publishing.actions.sections import open_section
from services.publishing.models import Hold


def publishing_records(town) -> dict:
    home = HomePage.objects.get()
    page = home.add_child(instance=SectionPage(title="镇里的专栏", slug="town-section"))
    section = open_section(page=page, organization=town, by=None)
    article = ArticlePage(title="被拦下的", slug="held", date=timezone.localdate(), live=False)
    page.add_child(instance=article)
    hold = Hold.objects.create(
        subject_type="page",
        subject_id=article.pk,
        title=article.title,
        digest="0" * 64,
        rules_version=1,
        through="publish",
        created_at=timezone.now(),
    )
    return {"hold": hold, "pages_section": section}
