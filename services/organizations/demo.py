"""An invented city: eight counties, forty townships, some five hundred unions, and one staff member of each role."""

from datetime import date
from functools import cache

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password

from services.accounts.enums import UserKind
from services.foundation.demo import DemoContext
from services.foundation.locks import hold
from services.organizations.actions import assign_staff, create_organization
from services.organizations.actions.bulk import add_organizations
from services.organizations.actions.tree import TREE_LOCK
from services.organizations.enums import Kind, Role
from services.organizations.models import Organization

CITY = "S01"  # as in the sample list of unions, which can so be imported below it
COUNTIES = ("清河区", "东湖区", "南岭区", "西林区", "北山县", "临江县", "安平县", "望海县")
TOWNS = ("城关街道", "东河镇", "新桥镇", "柳林镇", "石门乡")
UNITS = (
    ("第{n}小学", "教育"),
    ("第{n}中学", "教育"),
    ("中心卫生院", "卫生"),
    ("第{n}幼儿园", "教育"),
    ("环卫所", "环卫"),
    ("示例纺织厂", "纺织"),
    ("示例电子有限公司", "电子"),
    ("示例食品厂", "食品"),
    ("供电所", "电力"),
    ("客运站", "交通运输"),
    ("快递物流联合", "快递物流"),
    ("家政服务联合", "家政服务"),
)
# Homes for left-behind children by county: 100, as in the example of how half of them are drawn (52).
HOSTS_BY_COUNTY = (13, 13, 12, 12, 13, 13, 12, 12)
SECRET = "Mumian-Demo-2026"  # pragma: allowlist secret
# User name, full name, role, code of the organisation at which it is held.
STAFF = (
    ("city-officer", "示例市级干部", Role.FEDERATION_OFFICER, CITY),
    ("county-officer", "示例区级干部", Role.CASE_OFFICER, "SZ-01"),
    ("unit-officer", "示例基层干部", Role.GRASSROOTS_OFFICER, "SZ-01-01-01"),
    ("finance", "示例财务", Role.FINANCE_OFFICER, CITY),
    ("editor", "示例宣传干部", Role.COMMUNICATIONS_EDITOR, CITY),
    ("clinic", "示例医院窗口", Role.CLINIC_OPERATOR, CITY),
    ("auditor", "示例审计", Role.AUDITOR, CITY),
    ("admin", "示例平台管理员", Role.PLATFORM_ADMINISTRATOR, CITY),
    ("wf-city", "示例市妇联干部", Role.WF_OFFICER, "FL"),
    ("wf-chair", "示例市妇联主席", Role.WF_OFFICER, "FL"),
    ("wf-county", "示例区妇联干部", Role.WF_OFFICER, "FL-01"),
    ("wf-leader", "示例区妇联主席", Role.WF_OFFICER, "FL-01"),
    ("wf-town", "示例街道妇联干部", Role.WF_OFFICER, "FL-01-01"),
    ("wf-finance", "示例国资管理", Role.WF_FINANCE, "FL-01"),
    ("teacher", "示例管护教师", Role.HOME_TEACHER, "FL-01-U01"),
    ("inspector", "示例验收员", Role.HOME_INSPECTOR, "FL-01"),
    ("inspector-2", "示例验收员二", Role.HOME_INSPECTOR, "FL-01"),
    ("privacy", "示例个人信息保护负责人", Role.PRIVACY_OFFICER, "FL"),
)


def load(context: DemoContext) -> None:
    """Build the tree and the staff through the actions; leaves ``organizations.city`` and ``organizations.staff``."""
    city = _unions()
    _womens_federation()
    context.made["organizations.city"] = city
    context.made["organizations.staff"] = {line[0]: staff_member(context, *line) for line in STAFF}


def _unions() -> Organization:
    city = _make(None, CITY, "示例市总工会", Kind.CITY_UNION, officer_contact="0990-0000000")
    units = []
    for c, county_name in enumerate(COUNTIES, start=1):
        details = {"division_code": f"9900{c:02d}"}
        county = _make(city, f"SZ-{c:02d}", f"{county_name}总工会", Kind.COUNTY_UNION, **details)
        for t, town_name in enumerate(TOWNS, start=1):
            name = f"{county_name}{town_name}"
            town = _make(county, f"SZ-{c:02d}-{t:02d}", f"{name}总工会", Kind.TOWNSHIP_UNION)
            units += [(_unit(c, t, u, name), town) for u in range(1, len(UNITS) + 1)]
    # As a list of unions brings them: five hundred one by one would take a demo's start.
    hold(TREE_LOCK)
    add_organizations(units)
    return city


def _unit(c: int, t: int, u: int, town_name: str) -> Organization:
    pattern, industry = UNITS[u - 1]
    staff = 40 + (c * 131 + t * 37 + u * 17) % 360
    women = staff * (35 + (c + t + u) % 40) // 100
    return Organization(
        code=f"SZ-{c:02d}-{t:02d}-{u:02d}",
        name=f"{town_name}{pattern.format(n=t)}工会",
        kind=Kind.GRASSROOTS_UNION,
        branch=Kind.GRASSROOTS_UNION.branch,
        industry=industry,
        staff_count=staff,
        women_count=women,
        member_count=staff - u,
        # Some state nobody to call, as in life.
        officer_contact="" if (c + t + u) % 9 == 0 else f"0990-{c:02d}{t:02d}{u:03d}",
        established_on=date(2004 + (c * 5 + t * 3 + u) % 17, 1 + (c + u) % 12, 1 + (t * 7 + u) % 28),
        women_member_count=min(women, staff - u),
    )


def _womens_federation() -> None:
    """Eight counties, forty townships, a hundred hosts: 97 schools of townships, 3 kindergartens of villages."""
    city = _make(None, "FL", "示例市妇女联合会", Kind.CITY_WF, division_code="990000")
    hosts = []
    for c, county_name in enumerate(COUNTIES, start=1):
        code = f"FL-{c:02d}"
        details = {"division_code": f"9900{c:02d}"}
        county = _make(city, code, f"{county_name}妇女联合会", Kind.COUNTY_WF, **details)
        towns = []
        for t, town_name in enumerate(TOWNS, start=1):
            name = f"{county_name}{town_name}"
            towns.append((_make(county, f"{code}-{t:02d}", f"{name}妇女联合会", Kind.TOWNSHIP_WF), name))
        for h in range(HOSTS_BY_COUNTY[c - 1]):
            town, name = towns[h % len(towns)]
            hosts.append((_host(code, h, name, kindergarten=h == HOSTS_BY_COUNTY[c - 1] - 1 and c <= 3), town))
    hold(TREE_LOCK)
    add_organizations(hosts)


def _host(county: str, place: int, town_name: str, *, kindergarten: bool) -> Organization:
    kind = Kind.KINDERGARTEN if kindergarten else Kind.SCHOOL
    name = "示例村幼儿园" if kindergarten else ("中心小学", "初级中学", "第二小学")[place // len(TOWNS)]
    return Organization(code=f"{county}-U{place + 1:02d}", name=f"{town_name}{name}", kind=kind, branch=kind.branch)


def _make(parent, code: str, name: str, kind: str, **details) -> Organization:
    return create_organization(parent=parent, by=None, code=code, name=name, kind=kind, **details)


@cache
def hashed_secret() -> str:
    """The one password of everybody, hashed once: hashing is made to be slow."""
    return make_password(SECRET)


def staff_user(context: DemoContext, username: str, name: str):
    """Somebody of the printed table."""
    stamps = {"kind": UserKind.STAFF, "password": hashed_secret(), "password_changed_at": context.now}
    return get_user_model().objects.create(username=username, first_name=name, **stamps)


def staff_member(context: DemoContext, username: str, name: str, role: Role, code: str):
    """Somebody of the printed table, with her post."""
    user = staff_user(context, username, name)
    place = Organization.objects.get(code=code)
    assign_staff(user, organization=place, role=role, by=None, valid_from=context.today)
    context.staff_can_sign_in(username, SECRET, f"{Role(role).label} · {place.name}")
    return user
