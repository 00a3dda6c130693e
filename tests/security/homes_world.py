"""What the homes add to the world: a home in the school at which ``child`` stands, ``own`` the township above it, its
county ``parent``, its city ``top``; one thing of every kind beside it."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from services.childrens_homes import models
from services.childrens_homes.actions.programmes import set_up
from services.childrens_homes.enums import HomeState, Profile, SiteType

YEAR = 2032


def home_records(city, county, town, school) -> dict:
    now = timezone.now()
    today = timezone.localdate(now)
    numbers = {"target": 1, "target_school": 1, "target_preschool": 0, "pass_mark": 80, "lead_department": "示例"}
    programme = set_up(city, by=None, year=YEAR, phrase="", **numbers)
    models.Programme.objects.unscoped().filter(pk=programme.pk).update(state="active")
    site = {"site_type": SiteType.PRIMARY_SCHOOL, "profile": Profile.SCHOOL}
    home = models.Home.objects.create(
        code="LSZJ-990009-801", programme=programme, host=school, county=county, state=HomeState.OPERATING, **site
    )
    application = models.SiteApplication.objects.create(
        programme=programme,
        host=school,
        county=county,
        lbc_count=9,
        lbc_preschool_count=0,
        demand_note="示例",
        capacity_note="示例",
        room_m2=48,
        outdoor_m2=200,
        **site,
    )
    plan = models.ConstructionPlan.objects.create(programme=programme, version=1, state="consult")
    parties = {"programme": programme, "chain": "government", "targets": "示例"}
    upper = models.Letter.objects.create(party_a=city, party_b=county, **parties)
    letter = models.Letter.objects.create(party_a=county, party_b=town, parent=upper, **parties)
    staff = models.HomeStaff.objects.create(
        home=home, person_name="示例教师", role="teacher", education="college", from_on=today
    )
    regulation = models.RegulationDoc.objects.create(home=home, kind="study", year=today.year, title="示例")
    volunteer = models.Volunteer.objects.create(organization=town, person_name="示例志愿者", kind="youth")
    definition = models.CensusDefinition.objects.unscoped().get(city=city)
    census = models.Census.objects.create(
        programme=programme, county=county, definition=definition, as_of=today - timedelta(days=9)
    )
    summary = models.SummaryReport.objects.create(
        programme=programme, county=county, version=1, state="sent", title="示例"
    )
    activity = models.CareActivity.objects.create(home=home, on=today, kind="study", theme="示例", hours=1, children=1)
    return {
        "homes_activity": activity,
        "homes_programme": programme,
        "homes_home": home,
        "homes_application": application,
        "homes_plan": plan,
        "homes_letter": letter,
        "homes_staff": staff,
        "homes_regulation": regulation,
        "homes_volunteer": volunteer,
        "homes_census": census,
        "homes_summary": summary,
        "homes_county": county,
        "homes_paper": _paper(application, school, now),
    }


def _paper(application, school, now):
    paper = models.Paper(
        organization=school,
        application=application,
        name="x.jpg",
        extension="jpg",
        content_type="image/jpeg",
        size=1,
        digest="0" * 64,
        scan="clean",
        added_at=now,
    )
    paper.file.save("x", ContentFile(b"x"), save=False)
    paper.save()
    return paper
