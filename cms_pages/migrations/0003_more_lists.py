"""Give every installation the lists of the new kinds of page, the folder of page templates, and the words to begin
with: the three forms of training, and topics."""

from django.db import migrations

LISTS = (
    ("trainingindexpage", "TrainingIndexPage", "培训", "training"),
    ("noticeindexpage", "NoticeIndexPage", "通知公告", "announcements"),
    ("policyindexpage", "PolicyIndexPage", "政策法规", "policies"),
    ("faqindexpage", "FaqIndexPage", "常见问题", "questions"),
    ("storyindexpage", "StoryIndexPage", "先进典型", "stories"),
    ("activityindexpage", "ActivityIndexPage", "活动掠影", "moments"),
)
FORMS = (
    ("会议式培训", "Training through a meeting", "meeting"),
    ("培训班", "Training class", "class"),
    ("座谈会", "Symposium", "symposium"),
)
TOPICS = (
    ("健康", "Health", "health"),
    ("互助保障", "Mutual aid", "mutual-aid"),
    ("帮扶", "Help in hardship", "relief"),
    ("权益维护", "Rights at work", "rights"),
    ("素质提升", "Learning", "learning"),
    ("家庭与子女", "Family and children", "family"),
    ("文体活动", "Culture and sport", "culture"),
    ("女职工组织", "Women workers' committees", "committees"),
)
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _step(number: int) -> str:
    """A step of a path: four digits to the base of 36."""
    digits = ""
    while number:
        number, rest = divmod(number, len(DIGITS))
        digits = DIGITS[rest] + digits
    return digits.rjust(4, "0")


def _next_below(Page, parent) -> int:
    last = Page.objects.filter(depth=parent.depth + 1, path__startswith=parent.path).order_by("path").last()
    return int(last.path[-4:], len(DIGITS)) + 1 if last else 1


def make_lists(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Page = apps.get_model("wagtailcore", "Page")
    Locale = apps.get_model("wagtailcore", "Locale")
    home = apps.get_model("cms_pages", "HomePage").objects.first()
    root = Page.objects.filter(depth=1).first()
    if home is None or root is None:
        return
    locale = Locale.objects.order_by("pk").first()

    def add(parent, content_type, model, title, slug, **fields):
        kind, _made = ContentType.objects.get_or_create(model=content_type, app_label="cms_pages")
        apps.get_model("cms_pages", model).objects.create(
            content_type=kind,
            locale_id=locale.pk,
            title=title,
            draft_title=title,
            slug=slug,
            path=parent.path + _step(_next_below(Page, parent)),
            depth=parent.depth + 1,
            numchild=0,
            url_path=f"{parent.url_path}{slug}/",
            **fields,
        )
        Page.objects.filter(pk=parent.pk).update(
            numchild=Page.objects.filter(depth=parent.depth + 1, path__startswith=parent.path).count()
        )

    taken = set(Page.objects.filter(depth=3, path__startswith=home.path).values_list("slug", flat=True))
    for content_type, model, title, slug in LISTS:
        if slug not in taken:
            add(home, content_type, model, title, slug, live=True, show_in_menus=True)
    add(root, "templatefolder", "TemplateFolder", "页面模板", "page-templates", live=False)


def make_words(apps, schema_editor):
    for model, rows in (("TrainingForm", FORMS), ("Topic", TOPICS)):
        kept = apps.get_model("cms_pages", model).objects
        for position, (name, name_en, slug) in enumerate(rows, start=1):
            kept.get_or_create(slug=slug, defaults={"name": name, "name_en": name_en, "position": position * 10})


def lists_and_words(apps, schema_editor):
    """In one step: each renders all models anew."""
    make_lists(apps, schema_editor)
    make_words(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("cms_pages", "0002_home_page")]
    operations = [migrations.RunPython(lists_and_words, migrations.RunPython.noop)]
