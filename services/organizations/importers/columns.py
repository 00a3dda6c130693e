"""The columns of the list of union organisations, and how each cell is read."""

import re

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation import spelling
from services.foundation.sheets import CellRefused, Column
from services.organizations.enums import Kind

_CODE = re.compile(r"\w[\w.-]{0,39}")
KIND_WORDS = {
    Kind.CITY_UNION: "市总工会 市级总工会 市级工会 地市总工会",
    Kind.COUNTY_UNION: "县(区)总工会 县总工会 区总工会 县区总工会 县级总工会 区县总工会 县市区总工会 县级工会",
    Kind.INDUSTRY_UNION: "产业工会 行业工会 产业(系统)工会 系统工会 局产业工会",
    Kind.TOWNSHIP_UNION: "乡镇(街道)工会 乡镇工会 街道工会 乡镇总工会 街道总工会 镇总工会 乡总工会 镇工会 园区工会",
    Kind.GRASSROOTS_UNION: "基层工会 企业工会 单位工会 基层 机关工会 事业单位工会 基层工会委员会 联合基层工会",
    Kind.CITY_WF: "市妇联 市妇女联合会",
    Kind.COUNTY_WF: "县(区)妇联 县妇联 区妇联 县区妇联",
    Kind.TOWNSHIP_WF: "乡镇(街道)妇联 乡镇妇联 街道妇联 镇妇联",
    Kind.SCHOOL: "学校 小学 中学",
    Kind.KINDERGARTEN: "幼儿园",
}
_KINDS = {spelling.label_key(word): str(kind) for kind, line in KIND_WORDS.items() for word in (*line.split(), kind)}

COLUMNS = (
    Column(
        "code",
        pgettext_lazy("organisation", "Code"),
        ("组织编码", "组织代码", "工会编码", "编码", "代码", "机构编码"),
        required=True,
    ),
    Column(
        "parent",
        _("Code of the organisation above"),
        ("上级编码", "上级组织编码", "上级代码", "上级工会编码", "所属上级编码"),
        width=18,
    ),
    Column(
        "name",
        _("Name of the organisation"),
        ("组织名称", "工会名称", "名称", "单位名称", "组织全称"),
        required=True,
        width=30,
    ),
    Column(
        "kind",
        _("Kind"),
        ("类别", "组织类别", "组织类型", "工会类别", "类型", "层级"),
        required=True,
        kind="choice",
        choices=("市总工会", "县(区)总工会", "产业工会", "乡镇(街道)工会", "基层工会"),
        width=18,
    ),
    Column("industry", _("Industry"), ("行业", "所属行业", "行业类别")),
    Column("staff_count", _("Number of staff"), ("职工数", "职工人数", "职工总数", "在职职工数"), kind="number"),
    Column("women_count", _("Women on the staff"), ("女职工数", "女职工人数", "女职工总数"), kind="number"),
    Column("member_count", _("Members"), ("会员数", "会员人数", "工会会员数", "会员总数"), kind="number"),
    Column("women_member_count", _("Women members"), ("女会员数", "女会员人数", "女会员总数"), kind="number"),
    Column(
        "established_on",
        _("Established on"),
        ("工会成立日期", "成立日期", "建会日期", "建会时间", "成立时间"),
        kind="date",
    ),
)


def _code(value) -> str:
    text = spelling.plain(value).replace(" ", "")
    if text and not _CODE.fullmatch(text):
        raise CellRefused("formula" if spelling.looks_like_formula(text) else "code_shape")
    return text


READERS = {
    "code": _code,
    "parent": _code,
    "name": lambda value: spelling.line(value, longest=120).replace(" ", ""),
    "kind": lambda value: spelling.choose(value, _KINDS, code="kind_word"),
    "industry": lambda value: spelling.line(value, longest=40),
    "staff_count": spelling.count,
    "women_count": spelling.count,
    "member_count": spelling.count,
    "women_member_count": spelling.count,
    "established_on": spelling.day,
}
