"""Invented women: three in each grassroots union, forty in the first one, and four who can be signed in as."""

from datetime import date, timedelta

from services.accounts.enums import UserKind
from services.accounts.models import User
from services.foundation.demo import DemoContext
from services.foundation.identifiers import INVENTED_AREA, check_character
from services.organizations.enums import Kind
from services.organizations.models import Organization
from services.privacy.enums import Purpose
from services.privacy.queries import current_notice
from services.workers.actions.claims import claim_record
from services.workers.actions.roster import add_workers
from services.workers.enums import EmploymentType, MaritalStatus
from services.workers.models import Worker

FIRST_UNIT = "SZ-01-01-01"
IN_FIRST_UNIT, IN_OTHERS = 40, 3
ORDERS = 500
# Given names that nobody could take for a real person's, beside the family name 示例.
GIVEN = ("桂兰", "秀英", "玉梅", "淑珍", "丽华", "红霞", "晓燕", "雪琴", "春花", "秋月", "海燕", "素芬", "金凤", "美玲")
POSTS = ("教师", "护士", "挡车工", "保洁员", "收银员", "会计", "驾驶员", "质检员")
KINDS = (EmploymentType.ESTABLISHED, EmploymentType.CONTRACT, EmploymentType.CONTRACT, EmploymentType.DISPATCH)
STATUSES = (MaritalStatus.MARRIED, MaritalStatus.MARRIED, MaritalStatus.MARRIED, MaritalStatus.DIVORCED)


def load(context: DemoContext) -> None:
    """Fill the rosters; leaves ``workers.known`` (the four of the printed table, by part) and ``workers.others``."""
    unions = Organization.objects.filter(kind=Kind.GRASSROOTS_UNION).order_by("code")
    people = []
    for union in unions:
        for _ in range(IN_FIRST_UNIT if union.code == FIRST_UNIT else IN_OTHERS):
            people.append(_woman(context, union, number=len(people)))
    young = people[3]
    young.birth_date = date(context.today.year - 27, 4, 9)
    young.id_number = _identity_number(young.birth_date, 3)
    for person in people:
        person.fill_derived()
    add_workers(people, now=context.now)
    stored = {worker.id_index: worker for worker in Worker.objects.unscoped().select_related("organization")}
    people = [stored[person.id_index] for person in people]
    context.made["workers.known"] = dict(zip(("booked", "new", "waiting", "young"), people[:4], strict=True))
    context.made["workers.others"] = people[4:]
    for part in ("booked", "waiting", "young"):
        sign_up(context.made["workers.known"][part], context)
    _print(context)


def sign_up(worker: Worker, context: DemoContext) -> Worker:
    """Give her an account, as her first sign-in would, and have her claim her record. Once is enough."""
    known = Worker.objects.unscoped().select_related("user", "organization").get(pk=worker.pk)
    if known.user_id:
        return known
    user = User.objects.create(kind=UserKind.WORKER, phone=worker.phone)
    notice = current_notice(Purpose.ROSTER)
    return claim_record(
        by=user, name=worker.name, last4=worker.id_last4, notice=notice, language="zh-hans", now=context.now
    )


def _woman(context: DemoContext, union: Organization, *, number: int) -> Worker:
    dice = context.random
    # The block of 500 is part of the year of birth: nobody shares both a birth date and an order number.
    age = 36 + 3 * dice.randint(0, 6) + number // ORDERS % 3
    born = date(context.today.year - age, dice.randint(1, 12), dice.randint(1, 28))
    hired = context.today - timedelta(days=dice.randint(200, 6000))
    return Worker(
        organization=union,
        name=f"示例{GIVEN[number % len(GIVEN)]}",
        birth_date=born,
        id_number=_identity_number(born, number),
        phone=f"1990000{number + 1:04d}",
        position=POSTS[number % len(POSTS)],
        employment_type=KINDS[number % len(KINDS)],
        marital_status=STATUSES[number % len(STATUSES)],
        hired_on=hired,
        joined_on=hired + timedelta(days=dice.randint(0, 180)),
    )


def _identity_number(born: date, number: int) -> str:
    """A valid number of the invented area; ``number`` tells women born on one day apart (even digit: female)."""
    body = f"{INVENTED_AREA}{born:%Y%m%d}{number % ORDERS * 2:03d}"
    return body + check_character(body)


def _print(context: DemoContext) -> None:
    known = context.made["workers.known"]
    parts = {
        "booked": "女职工，已预约体检",
        "new": f"女职工，首次登录（姓名 {known['new'].name}，证件后四位 {known['new'].id_last4}）",
        "waiting": "女职工，正在候补",
        "young": "女职工，年龄暂不符合",
    }
    for part, words in parts.items():
        context.worker_can_sign_in(known[part].phone, words)
