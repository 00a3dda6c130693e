"""Put our home page and its three lists where Wagtail's welcome page stood, so that a new installation has a site."""

from django.db import migrations

LISTS = (
    ("serviceindexpage", "ServiceIndexPage", "办事服务", "services"),
    ("campaignindexpage", "CampaignIndexPage", "主题活动", "campaigns"),
    ("articleindexpage", "ArticleIndexPage", "资讯", "articles"),
)


def make_site(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    HomePage = apps.get_model("cms_pages", "HomePage")
    if HomePage.objects.exists():
        return
    Page.objects.filter(depth=2, slug="home", content_type__model="page").delete()
    locale = Locale.objects.order_by("pk").first()

    def page(model, content_type, **fields):
        kind, _made = ContentType.objects.get_or_create(model=content_type, app_label="cms_pages")
        return apps.get_model("cms_pages", model).objects.create(
            content_type=kind, locale_id=locale.pk, live=True, draft_title=fields["title"], **fields
        )

    home = page(
        "HomePage",
        "homepage",
        title="女职工服务",
        slug="home",
        path="00010001",
        depth=2,
        numchild=len(LISTS),
        url_path="/home/",
    )
    for place, (content_type, model, title, slug) in enumerate(LISTS, start=1):
        page(
            model,
            content_type,
            title=title,
            slug=slug,
            path=f"00010001{place:04d}",
            depth=3,
            numchild=0,
            url_path=f"/home/{slug}/",
            show_in_menus=True,
        )
    Page.objects.filter(path="0001").update(numchild=Page.objects.filter(depth=2).count())
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page_id": home.pk, "port": 80}
    )


class Migration(migrations.Migration):
    dependencies = [
        ("cms_pages", "0001_initial"),
        ("wagtailcore", "0094_alter_page_locale"),
    ]
    operations = [migrations.RunPython(make_site, migrations.RunPython.noop)]
