"""Lists of names with sums of money or with illness: what a village board or a workbook gives away without a number.

The headings and words follow what unions' own lists are headed with; names are told by the hundred and forty most
frequent family names (census of 2020) and by the dot of Uighur, Kazakh and Tibetan names.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from services.foundation.masking import mask_name

AMOUNTS, ILLNESS = "named_amounts", "named_illness"

_FAMILY = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范"
    "汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文庞樊兰殷施洪翟安颜倪温"
    "芦季俞章鲁葛毕申尤詹焦柴齐梅盛童霍路骆包柯阮裴翁耿柳纪左岳欧祝辛管柏苗涂舒艾甘游示"
)
_HAN = "\u3400-\u9fff"
_NAME = re.compile(rf"[{_HAN}]{{2,4}}|[{_HAN}]{{1,8}}[·•・‧][{_HAN}]{{1,12}}")
# Words of ordinary pages that begin like a name.
_WORDS = re.compile(
    "高级|高温|高危|高校|高中|高等|金额|安全|安排|方案|方式|方法|方面|成本|常见|常规|常用|时间|余额|余下|项目|费用|计划|季度|温度|"
    "温馨|路费|路线|包括|包含|包车|应急|任务|任何|任职|单位|单价|单独|平均|平台|管理|文件|文化|文明|文章|向上|白天|白色|黄色|"
    "金牌|金色|金融|石油|夏季|夏令|江苏|江西|江南|马上|马路|田间|龙头|武汉|范围|严格|严重|史料|康复|康养|易于|万元|毛利|毛巾|"
    "左右|申请|申报|申领|申诉|游泳|管护|盛大|童装|路边|章程|纪念|纪律|祝福|祝贺|示例区|示例市|示例县|示例路|何时|何地|何种|"
    "于是|付款|付费|程序|程度|任教|许可|许多|曾经|钟点|钱款|施工|施行|童年|柳州|苏州|兰州|杭州|温州|广州|通州|梅州|徐州"
)
_NAME_HEAD = re.compile(
    "姓\\s*名|申请人|受助|帮扶对象|救助对象|慰问对象|补助对象|困难职工|困难女职工|患者|参保人|被保障人|领取人|收款人|户主|"
    "职工名|会员名|儿童名|学生名|^名单$|^name$|full name",
    re.IGNORECASE,
)
_AMOUNT_HEAD = re.compile(
    "金\\s*额|补助|救助金|慰问金|帮扶金|补贴|津贴|赔付|给付|报销|工资|收入|发放|[（(]元[)）]|^元$|amount", re.IGNORECASE
)
_ILLNESS_HEAD = re.compile(
    "病种|疾病|病情|诊断|患病|病名|致困|困难原因|困难类[型别]|困难情况|致贫|检查结果|筛查结果|体检结果|残疾|伤残|健康状况|"
    "diagnosis|illness",
    re.IGNORECASE,
)
_SUM = re.compile(r"[0-9][0-9,，]*(?:\.[0-9]+)?\s*万?元")
_ILL = re.compile(
    "癌|肿瘤|白血病|尿毒症|艾滋|HIV|HPV|乙肝|丙肝|肝硬化|抑郁|精神分裂|精神障碍|糖尿病|心脏病|冠心病|脑梗|中风|残疾|"
    "流产|不孕|肌瘤|妇科炎|透析|化疗|重度贫血|癫痫|帕金森",
    re.IGNORECASE,
)
_FAMILY_CLASS = "".join(sorted(_FAMILY))
_IN_TEXT = rf"(?:^|(?<=[\s、，,；;。:：()（）]))([{_FAMILY_CLASS}][{_HAN}]{{1,2}}?|[{_HAN}]{{1,8}}·[{_HAN}]{{1,12}})"
_NAME_THEN_SUM = re.compile(
    _IN_TEXT + r"(?:同志|女士|先生)?[\s:：,，、]{0,3}[^0-9\s，,；;。]{0,6}[\s:：]{0,2}" + _SUM.pattern
)
_NAME_THEN_ILL = re.compile(_IN_TEXT + rf"[\s:：,，、（(]{{1,3}}[^。；;\n]{{0,6}}(?:{_ILL.pattern})", re.IGNORECASE)
# A list begins at so many people; where the headings say what it is, two are enough.
LEAST, LEAST_UNDER_HEADINGS = 3, 2
_HEADINGS_WITHIN = 25


def is_name(text: str) -> bool:
    """Does a cell hold nothing but a person's name as people here bear them? A masked one (张*) is none."""
    text = text.strip()
    if not 2 <= len(text) <= 21 or not _NAME.fullmatch(text):
        return False
    return "·" in text or "•" in text or "・" in text or (text[0] in _FAMILY and not _WORDS.match(text))


def is_sum(text: str) -> bool:
    return bool(_SUM.search(text))


def is_illness(text: str) -> bool:
    return bool(_ILL.search(text))


@dataclass(frozen=True, slots=True)
class ListFound:
    """``kind`` of list, how many people stand in it, and where its first line is."""

    kind: str
    people: int
    row: int
    column: int
    masked: str


@dataclass(slots=True)
class _Count:
    people: int = 0
    row: int = 0
    column: int = 0
    masked: str = ""

    def add(self, row: int, column: int, name: str) -> None:
        if not self.people:
            self.row, self.column, self.masked = row, column, mask_name(name)
        self.people += 1


@dataclass(slots=True)
class NameList:
    """Feed it the rows of one table in their order; ``end`` says which lists it holds."""

    rows: int = 0
    names: int | None = None
    amounts: frozenset[int] = frozenset()
    illness: frozenset[int] = frozenset()
    under: dict[str, _Count] = field(default_factory=lambda: {AMOUNTS: _Count(), ILLNESS: _Count()})
    bare: dict[str, _Count] = field(default_factory=lambda: {AMOUNTS: _Count(), ILLNESS: _Count()})

    def add(self, number: int, cells: Mapping[int, str]) -> None:
        self.rows += 1
        if self.rows <= _HEADINGS_WITHIN and len(cells) > 1 and self._headings(cells):
            return
        if self.names is not None:
            self._under_headings(number, cells)
        elif len(cells) > 1:
            self._bare(number, cells)

    def _headings(self, cells: Mapping[int, str]) -> bool:
        heads = {column: text for column, text in cells.items() if len(text) <= 30}
        names = [column for column, text in heads.items() if _NAME_HEAD.search(text)]
        amounts = frozenset(c for c, text in heads.items() if c not in names and _AMOUNT_HEAD.search(text))
        illness = frozenset(c for c, text in heads.items() if c not in names and _ILLNESS_HEAD.search(text))
        if not names or not (amounts or illness):
            return False
        self.names, self.amounts, self.illness = names[0], amounts, illness
        return True

    def _under_headings(self, number: int, cells: Mapping[int, str]) -> None:
        name = cells.get(self.names, "")
        if not name or not is_name(name):
            return
        if any(any(c in "123456789" for c in cells.get(column, "")) for column in self.amounts):
            self.under[AMOUNTS].add(number, self.names, name)
        if any(cells.get(column, "").strip() not in ("", "无", "-", "/") for column in self.illness):
            self.under[ILLNESS].add(number, self.names, name)

    def _bare(self, number: int, cells: Mapping[int, str]) -> None:
        for column, text in cells.items():
            if len(text) > 21 or not is_name(text):
                continue
            others = [other for place, other in cells.items() if place != column]
            if any(map(is_sum, others)):
                self.bare[AMOUNTS].add(number, column, text)
            if any(map(is_illness, others)):
                self.bare[ILLNESS].add(number, column, text)
            return

    def end(self) -> list[ListFound]:
        found = []
        for kind in (AMOUNTS, ILLNESS):
            for count, least in ((self.under[kind], LEAST_UNDER_HEADINGS), (self.bare[kind], LEAST)):
                if count.people >= least:
                    found.append(ListFound(kind, count.people, count.row, count.column, count.masked))
                    break
        return found


def lists_in_text(text: str) -> list[ListFound]:
    """Lists that stand in a paragraph: 张三 500元；李四 800元；…"""
    found = []
    for kind, pattern, word in ((AMOUNTS, _NAME_THEN_SUM, "元"), (ILLNESS, _NAME_THEN_ILL, None)):
        if word and text.count(word) < LEAST:
            continue
        if not word and not _ILL.search(text):
            continue
        names = list(dict.fromkeys(m[1] for m in pattern.finditer(text) if not _WORDS.match(m[1])))
        if len(names) >= LEAST:
            found.append(ListFound(kind, len(names), 0, 0, mask_name(names[0])))
    return found
