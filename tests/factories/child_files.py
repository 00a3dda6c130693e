"""``Nursery()``: a home with its teacher and everybody around it; ``nursery.child()``: a file in use."""

import io
from datetime import date, timedelta

from django.utils import timezone
from PIL import Image

from services.child_files.actions import consents, filling
from services.child_files.actions.notices import ensure_first_notices
from services.child_files.actions.registering import register
from services.child_files.actions.switching import assess, switch
from services.child_files.enums import Purpose
from services.child_files.models import Child, GuardianshipLink
from services.child_files.queries.consents import notices_in_force
from services.child_files.rules.guardianship import Stated
from services.organizations.actions import assign_staff
from services.organizations.enums import Role
from tests.factories.accounts import StaffFactory
from tests.factories.childrens_homes import HomeFactory, ProgrammeFactory, homes_tree

NAMES = ("示例甲", "示例乙", "示例丙", "示例丁", "示例戊", "示例己", "示例庚", "示例辛")
MOTHER = Stated("示例妈妈", "19900001234", "mother", "parent")
# Nothing else in the tests is called so: where it turns up, a name got out.
CANARY = "金丝雀示例"


def jpeg() -> io.BytesIO:
    """A small photo."""
    picture = io.BytesIO()
    Image.new("RGB", (700, 700), "white").save(picture, "JPEG")
    return picture


def holder(organization, role):
    """Somebody with that post who may use the desk."""
    user = StaffFactory(password_changed_at=timezone.now())
    assign_staff(user, organization=organization, role=role, by=None, valid_from=date(2020, 1, 1))
    return type(user).objects.get(pk=user.pk)


class Nursery:
    """A school's home, its teacher, officers of the county (two) and the township, the city's officer for data."""

    def __init__(self, *, purposes=Purpose):
        self.tree = homes_tree()
        self.programme = ProgrammeFactory(city=self.tree["city"])
        self.home = HomeFactory(host=self.tree["school_a"], programme=self.programme, code="LSZJ-990001-001")
        self.teacher = holder(self.tree["school_a"], Role.HOME_TEACHER)
        self.officer = holder(self.tree["county_a"], Role.WF_OFFICER)
        self.leader = holder(self.tree["county_a"], Role.WF_OFFICER)
        self.town = holder(self.tree["town_a"], Role.WF_OFFICER)
        self.city = holder(self.tree["city"], Role.WF_OFFICER)
        self.privacy = holder(self.tree["city"], Role.PRIVACY_OFFICER)
        self.auditor = holder(self.tree["city"], Role.AUDITOR)
        ensure_first_notices()
        for purpose in purposes:
            self.switch_on(purpose)
        self.made = 0

    @property
    def now(self):
        return timezone.now()

    @property
    def today(self) -> date:
        return timezone.localdate()

    def switch_on(self, purpose: str, reason: str = "") -> None:
        number = f"PIA-{purpose}"
        assess(
            self.programme,
            purpose=purpose,
            number=number,
            necessity="示例",
            risks="示例",
            measures="示例",
            by=self.privacy,
            now=self.now,
        )
        switch(self.programme, purpose=purpose, on=True, reason=reason, by=self.privacy, now=self.now)

    def draft(self, guardian: Stated = MOTHER, *, home=None, by=None) -> Child:
        return register(home or self.home, guardian=guardian, by=by or self.teacher, now=self.now)

    def guardian(self, child: Child) -> GuardianshipLink:
        return child.guardianships.select_related("guardian", "child__home__host", "child__home__programme").first()

    def say(self, child: Child, purpose: str, *, yes: bool = True, **more):
        how = more.pop("how", consents.Given("sms_code"))
        giver = more.pop("giver", None) or self.guardian(child)
        notice = notices_in_force(self.now)[purpose]
        return consents.answer(giver, purpose=purpose, yes=yes, notice=notice, how=how, now=self.now, **more)

    def child(self, *, name: str = "", born: date | None = None, agreed=(Purpose.HOME_SERVICE,), home=None, by=None):
        """A file in use with its basic fields; ``agreed`` are the purposes its mother said yes to."""
        self.made += 1
        child = self.draft(home=home, by=by)
        for purpose in agreed:
            self.say(child, purpose)
        if Purpose.HOME_SERVICE in agreed:
            born = born or self.today - timedelta(days=365 * 9 + self.made)
            filling.fill_basics(
                child,
                name=name or f"{NAMES[self.made % 8]}{self.made}",
                sex="F" if self.made % 2 else "M",
                birth_date=born,
                school_class="三年级一班",
                by=by or self.teacher,
                now=self.now,
            )
        return self.fresh(child)

    def fresh(self, child: Child) -> Child:
        rows = Child.objects.unscoped().select_related("home__host", "home__county", "home__programme")
        return rows.get(pk=child.pk)

    def entrust(self, child: Child, **details):
        checks = dict.fromkeys(("violence", "addiction", "neglected_duty", "otherwise_unfit"), False)
        given = {
            "carer_name": "示例奶奶",
            "carer_phone": "19900004321",
            "carer_address": "示例省示例市示例县示例村1号",
            "relation": "grandparent",
            "starts_on": self.today - timedelta(days=30),
        }
        return filling.entrust(
            child, checks=checks | details.pop("checks", {}), by=self.teacher, now=self.now, **given | details
        )

    def absence(self, child: Child, **details):
        given = {"works_at": "示例省示例市示例区示例路1号", "phone": "19900005678", "contact": "weekly"}
        return filling.set_absence(child, parent="father", by=self.teacher, now=self.now, **given | details)
