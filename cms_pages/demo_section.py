"""A district's own pages in the demo: its section, and a draft that may not become public as it is."""

from django.utils.timezone import localtime

from cms_pages.models import ArticlePage, HomePage, SectionPage
from services.foundation.demo import DemoContext


def load_section(context: DemoContext) -> None:
    """Leaves ``cms_pages.section`` and ``cms_pages.draft``."""
    section = SectionPage(title="清河区总工会", slug="qinghe", intro="清河区女职工工作的通知与活动。")
    HomePage.objects.get().add_child(instance=section)
    section.save_revision().publish()
    today = localtime(context.now).date()
    welcome = ArticlePage(title="清河区妈妈小屋开放时间", slug="qinghe-room", date=today, source="清河区总工会")
    section.add_child(instance=welcome)
    welcome.save_revision().publish()
    draft = ArticlePage(
        title="清河区法律援助值班安排", slug="qinghe-duty", date=today, live=False, intro="每周三下午，律师到场答疑。"
    )
    draft.body = [
        ("callout", {"kind": "info", "title": "联系人", "text": "示例律师，手机 19900000021。", "source": ""})
    ]
    section.add_child(instance=draft)
    context.made |= {"cms_pages.section": section, "cms_pages.draft": draft}
