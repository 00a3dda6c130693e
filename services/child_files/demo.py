"""About 2,500 invented children in the hundred homes, in every state; single files go on through the actions.

Files are written in bulk: sealed and stored table by table, keys learned by number.
"""

from datetime import timedelta

from services.child_files.actions import concerns, consents, granting, releasing, requests, retention, sharing
from services.child_files.actions.notices import ensure_first_notices
from services.child_files.enums import Answer, ExitReason, FileState, LegalBasis, Method, Purpose, Relation
from services.child_files.models import (
    AcademicResult,
    CareDelegation,
    CaregiverMeeting,
    CareRules,
    Child,
    ChildConsent,
    ConsentNotice,
    Enrolment,
    FamilyContact,
    GrowthRecord,
    Guardian,
    GuardianshipLink,
    HomeVisit,
    ImpactAssessment,
    ParentAbsence,
    PurposeSwitch,
    Traits,
)
from services.child_files.queries.files import consents_standing
from services.child_files.rules.ages import age_band
from services.child_files.rules.clocks import years_after
from services.child_files.rules.school_terms import term_of
from services.childrens_homes.models import Home
from services.foundation.demo import DemoContext
from services.foundation.rows import store_objects
from services.organizations.models import Organization

A_HOME = 25
PHRASE = "每月至少通话一次，每学期家访一次、与看护人见面一次"
_ORDINALS = "甲乙丙丁戊己庚辛壬癸"
_PLACES = ("示例省沿海市示例区", "示例省新城市高新区", "示例省示例市开发区")
_TRAITS = (["quiet", "careful"], ["outgoing", "lively"], ["curious"], ["helpful", "persistent"], ["shy"], ["sporty"])
# Of 25 children: what the first ones of a home stand for; all others are in use.
_STATES = (
    FileState.DRAFT,
    FileState.CONSENT_PENDING,
    FileState.REVIEW_DUE,
    FileState.EXITED,
    FileState.RESTRICTED,
    FileState.ANONYMISED,
)
_USED = tuple(purpose for purpose in Purpose if purpose != Purpose.PHOTO_PUBLISHED)


def load(context: DemoContext) -> None:
    """Leaves ``child_files.children`` (how many)."""
    homes = context.made["childrens_homes.homes"]
    ensure_first_notices()
    _switches(context, homes[0].programme)
    rows = [_Row(context, home, place, number) for number, home in enumerate(homes) for place in range(A_HOME)]
    _store(context, rows)
    _single(context, homes)
    context.made["child_files.children"] = len(rows)


def _switches(context: DemoContext, programme) -> None:
    officer = context.made["organizations.staff"]["privacy"]
    CareRules.objects.create(programme=programme, phrase=PHRASE)
    for number, purpose in enumerate(_USED, start=1):
        made = ImpactAssessment.objects.create(
            programme=programme,
            purpose=purpose,
            number=f"评估-{context.today.year}-{number:02d}",
            necessity="照看孩子所必需，少一项就做不到。",
            risks="信息外泄会让陌生人找到孩子。",
            measures="加密、遮挡、逐次留痕、到期匿名。",
            made_by=officer,
            made_on=context.today - timedelta(days=200),
            kept_until=years_after(context.today, 3),
        )
        PurposeSwitch.objects.create(
            programme=programme, purpose=purpose, on=True, assessment=made, by=officer, since=context.now
        )
    city = programme.city
    retention.set_rule(
        city,
        years=3,
        basis="市妇联档案管理办法（示例）",
        valid_from=context.today - timedelta(days=400),
        by=officer,
        now=context.now,
    )


class _Row:
    """One invented child, with the dice thrown."""

    def __init__(self, context: DemoContext, home: Home, place: int, home_number: int):
        dice, today = context.random, context.today
        self.home, self.place, self.now, self.today = home, place, context.now, today
        self.state = _STATES[place] if place < len(_STATES) else FileState.ACTIVE
        if self.state == FileState.CONSENT_PENDING and home_number % 3:
            self.state = FileState.ACTIVE
        if self.state == FileState.REVIEW_DUE and home_number % 4:
            self.state = FileState.ACTIVE
        self.code = f"{home.code}-{place + 1:04d}"
        youngest, oldest = (4, 6) if home.profile == "preschool" else (7, 14)
        self.born = today - timedelta(days=365 * dice.randint(youngest, oldest) + dice.randint(1, 360))
        self.sex = dice.choice("FM")
        # Ten and ten: no two children of a home share a name.
        self.name = f"示例{_ORDINALS[home_number % 10]}{_ORDINALS[place // 10]}{_ORDINALS[place % 10]}"
        self.phone = f"1990000{(home_number * A_HOME + place) % 9000 + 1000:04d}"
        self.since = today - timedelta(days=dice.randint(20, 170))
        self.full = dice.random() > 0.2
        self.answers = {purpose: dice.random() > 0.15 for purpose in _USED} | {Purpose.HOME_SERVICE: True}
        self.luck = dice.random()

    @property
    def consented(self) -> bool:
        return self.state not in (FileState.DRAFT, FileState.CONSENT_PENDING)

    @property
    def named(self) -> bool:
        return self.consented and self.state != FileState.ANONYMISED

    @property
    def current(self) -> bool:
        return self.state in (FileState.ACTIVE, FileState.REVIEW_DUE)

    def child(self) -> Child:
        child = Child(
            code=self.code,
            home=self.home,
            state=self.state,
            state_since=self.now,
            created_at=self.now - timedelta(days=(self.today - self.since).days if self.consented else 5),
        )
        if self.consented:
            child.sex, child.age_band = self.sex, age_band(self.born, self.today)
        if self.named:
            child.name, child.birth_date = self.name, self.born.isoformat()
            child.school_class = f"{'一二三四五六七八九'[self.place % 9]}年级"
            child.has_traits = child.has_parent_place = child.has_carer = child.has_carer_address = True
            child.has_parent_phone = child.has_carer_phone = child.complete = self.full
            child.review_due_on = self.today + timedelta(days=200)
        if self.state == FileState.REVIEW_DUE:
            child.review_due_on = self.today - timedelta(days=10)
        if self.state in (FileState.EXITED, FileState.RESTRICTED):
            child.ended_on = self.today - timedelta(days=20 if self.state == FileState.EXITED else 90)
            child.purge_on = years_after(child.ended_on, 3)
        child.index_person()
        return child


def _store(context: DemoContext, rows: list[_Row]) -> None:
    store_objects(Child, [row.child() for row in rows])
    keys = dict(Child.objects.unscoped().filter(home__in={row.home.pk for row in rows}).values_list("code", "pk"))
    for row in rows:
        row.key = keys[row.code]
    _guardians(rows)
    named = [row for row in rows if row.named]
    _family(named)
    _consents([row for row in rows if row.consented])
    store_objects(Enrolment, [_enrolment(row) for row in rows if row.consented])
    _care([row for row in named if row.current])


def _guardians(rows: list[_Row]) -> None:
    """One parent each; of those made anonymous nothing is left but that there was one."""
    people = []
    for row in rows:
        person = Guardian(home=row.home)
        if row.state != FileState.ANONYMISED:
            person.name, person.phone = f"示例家长{_ORDINALS[row.place % 10]}", row.phone
            person.address = "示例省示例市示例县示例村"
        person.person_index = Guardian.index_of(person.name, person.phone) if person.name else ""
        people.append(person)
    first = Guardian.objects.unscoped().order_by("-pk").values_list("pk", flat=True).first() or 0
    store_objects(Guardian, people)
    stored = Guardian.objects.unscoped().filter(pk__gt=first).order_by("pk").values_list("pk", flat=True)
    links = [
        GuardianshipLink(
            child_id=row.key,
            guardian_id=key,
            relation=Relation.MOTHER if row.place % 2 else Relation.FATHER,
            basis=LegalBasis.PARENT,
            valid_from=row.since,
        )
        for row, key in zip(rows, stored, strict=True)
    ]
    store_objects(GuardianshipLink, links)
    found = dict(GuardianshipLink.objects.unscoped().values_list("child", "pk"))
    for row in rows:
        row.link = found[row.key]


def _family(rows: list[_Row]) -> None:
    store_objects(
        Traits,
        [Traits(child_id=row.key, codes=sorted(_TRAITS[row.place % 6]), noted_at=row.now) for row in rows],
    )
    absences, carers = [], []
    for row in rows:
        absences.append(
            ParentAbsence(
                child_id=row.key,
                parent="father" if row.place % 2 else "mother",
                works_at=f"{_PLACES[row.place % 3]}示例路{row.place}号",
                phone=row.phone if row.full else "",
                left_on=row.since,
                contact="weekly",
            )
        )
        carer = CareDelegation(
            child_id=row.key,
            carer_name="示例奶奶" if row.place % 2 else "示例爷爷",
            carer_phone=row.phone if row.full else "",
            carer_address=f"示例省示例市示例县示例村{row.place}号",
            has_phone=row.full,
            has_address=True,
            relation=Relation.GRANDPARENT,
            starts_on=row.since,
            violence=False,
            addiction=False,
            neglected_duty=False,
            otherwise_unfit=False,
            told_school_on=row.since,
            told_village_on=row.since if row.luck > 0.1 else None,
            opinion_heard_on=row.since if row.luck > 0.08 else None,
        )
        carers.append(carer)
    store_objects(ParentAbsence, absences)
    store_objects(CareDelegation, carers)


def _consents(rows: list[_Row]) -> None:
    notices = {notice.purpose: notice for notice in ConsentNotice.objects.order_by("version")}
    made = []
    for row in rows:
        given_at = row.now - timedelta(days=(row.today - row.since).days)
        for purpose, yes in row.answers.items():
            notice = notices[purpose]
            over = row.state in (FileState.RESTRICTED, FileState.ANONYMISED) and purpose == Purpose.HOME_SERVICE
            made.append(
                ChildConsent(
                    child_id=row.key,
                    purpose=purpose,
                    answer=Answer.GIVEN if yes else Answer.REFUSED,
                    notice=notice,
                    notice_digest=notice.digest,
                    language="zh-hans",
                    giver_id=row.link,
                    relation=Relation.MOTHER if row.place % 2 else Relation.FATHER,
                    basis=LegalBasis.PARENT,
                    method=Method.SMS_CODE,
                    given_at=given_at,
                    expires_on=years_after(row.since, 3),
                    ended_at=row.now if over else None,
                    ended_because="withdrawn" if over else "",
                )
            )
    store_objects(ChildConsent, made)


def _enrolment(row: _Row) -> Enrolment:
    enrolment = Enrolment(child_id=row.key, home=row.home, from_on=row.since)
    if not row.current:
        gone = row.today - timedelta(days=20)
        why = ExitReason.MOVED if row.state == FileState.EXITED else ExitReason.CONSENT_WITHDRAWN
        enrolment.to_on, enrolment.exit_reason = max(gone, row.since), why
    return enrolment


def _care(rows: list[_Row]) -> None:
    contacts, growth, results, visits, meetings = [], [], [], [], []
    for row in rows:
        year, term = term_of(row.today)
        last = row.now - timedelta(days=row.place % 6 if row.luck > 0.06 else 40)
        contacts.append(
            FamilyContact(child_id=row.key, channel="video" if row.place % 3 else "phone", at=last, minutes=12)
        )
        growth.append(
            GrowthRecord(
                child_id=row.key, year=year, term=term, kind="reading", note="本学期读完三本书。", noted_on=row.today
            )
        )
        results.append(
            AcademicResult(child_id=row.key, year=year, term=term, subject="chinese", band="abc"[row.place % 3])
        )
        on = row.today - timedelta(days=15)
        done = on if row.luck > 0.05 else None
        visits.append(
            HomeVisit(child_id=row.key, planned_on=on, done_on=done, findings="家中一切正常。" if done else "")
        )
        meetings.append(CaregiverMeeting(child_id=row.key, planned_on=on, done_on=on))
    for model, made in (
        (FamilyContact, contacts),
        (GrowthRecord, growth),
        (AcademicResult, results),
        (HomeVisit, visits),
        (CaregiverMeeting, meetings),
    ):
        store_objects(model, made)


def _single(context: DemoContext, homes: list[Home]) -> None:
    """What hangs on single files of the first county: approvals, an emergency, a concern, requests, a drill."""
    staff, now = context.made["organizations.staff"], context.now
    county = Organization.objects.get(code="FL-01")
    mine = Child.objects.below(county.path).filter(state=FileState.ACTIVE).select_related("home__host", "home__county")
    children = list(mine.order_by("code")[6:20])
    officer, leader = staff["wf-county"], staff["wf-leader"]
    concerns.name_keepers(county, first=leader, second=staff["wf-town"], by=staff["privacy"])
    granting.ask(children[0], of=leader, purpose="home_visit", reason="准备入户走访", by=officer, now=now)
    asked = granting.ask(children[1], of=leader, purpose="help", reason="联系助学", by=officer, now=now)
    granting.decide(asked, yes=True, note="同意，限本次使用", by=leader, now=now)
    refused = granting.ask(children[2], of=leader, purpose="check", reason="核对", by=officer, now=now)
    granting.decide(refused, yes=False, note="看名册即可", by=leader, now=now)
    granting.break_glass(
        children[3], reason="放学后未归，联系不上家人", hours=2, by=officer, now=now - timedelta(days=2)
    )
    _releases(staff, next(home for home in homes if home.host.code == "FL-01-U01"), now)
    concerns.note_concern(
        children[4],
        category="neglect",
        words="连续三天无人接送。",
        observed_at=now - timedelta(hours=3),
        by=officer,
        now=now,
    )
    _asked(context, children)
    _beyond(context, county.get_parent(), children)


def _releases(staff, home: Home, now) -> None:
    """In clear: one waits for the leader, one for the second yes, one can be taken, one was refused."""
    said = (
        ("safety", "台风期间联系家长", staff["teacher"], ()),
        ("trip", "秋游交接签到", staff["wf-county"], (True,)),
        ("check", "与学籍核对", staff["teacher"], (False,)),
        ("help", "联系助学单位", staff["teacher"], (True, True)),
    )
    for purpose, reason, asker, answers in reversed(said):
        made = releasing.ask_release(
            home,
            fields=["name", "class", "guardian"],
            purpose=purpose,
            reason=reason,
            leader=staff["wf-leader"],
            by=asker,
            now=now - timedelta(hours=2),
        )
        for yes, who in zip(answers, (staff["wf-leader"], staff["privacy"]), strict=False):
            note = "" if yes else "看遮挡名单即可"
            releasing.decide_release(made, yes=yes, note=note, by=who, now=now - timedelta(hours=1))


def _asked(context: DemoContext, children: list[Child]) -> None:
    officer, now = context.made["organizations.staff"]["privacy"], context.now
    for child, kind in zip(children[5:8], ("correct", "copy", "delete"), strict=True):
        link = GuardianshipLink.objects.unscoped().select_related("child__home__host").get(child=child)
        wish = requests.receive(link, kind=kind, words="", now=now - timedelta(days=6))
        if kind == "copy":
            requests.move_request(wish, "do", answer="已寄出纸质副本。", by=officer, now=now)
    gone = children[9]
    consents.withdraw(consents_standing(gone)[Purpose.HOME_SERVICE], now=now)


def _beyond(context: DemoContext, city: Organization, children: list[Child]) -> None:
    """A line of the sharing ledger and a drill of an incident."""
    officer, now = context.made["organizations.staff"]["privacy"], context.now
    agreed = [child.code for child in children[10:] if Purpose.SHARING in consents_standing(child)][:2]
    if agreed:
        sharing.share(
            city,
            codes=agreed,
            recipient="civil_affairs",
            recipient_name="示例区民政局",
            purpose="困境儿童帮扶",
            fields=["identity", "family"],
            agreement="数据共享协议 2026-示例",
            by=officer,
            now=now,
        )
    drill = sharing.record_incident(
        city,
        codes=[child.code for child in children[:5]],
        found_at=now - timedelta(hours=5),
        kinds="姓名、班级",
        cause="演练：名册误发",
        harm="陌生人可能知道孩子在哪所学校",
        measures="已要求删除；请提醒孩子不跟陌生人走",
        contact="0990-0000000",
        drill=True,
        by=officer,
        now=now,
    )
    sharing.draft_letters(drill, by=officer, now=now)
