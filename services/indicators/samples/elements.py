"""What the sample indicators are made of: elements, and ways to split them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SampleElement:
    code: str
    title: str
    title_en: str
    unit: str
    protected: bool = False
    splits: tuple[str, ...] = ()
    decimals: int = 0
    summed: bool = True
    fed_by: str = ""


SPLITS = (
    ("sex", "性别", "Sex", (("f", "女", "Girls and women"), ("m", "男", "Boys and men"))),
    ("area", "城乡", "Town and country", (("urban", "城市", "Urban"), ("rural", "农村", "Rural"))),
    (
        "age",
        "年龄段",
        "Age band",
        (("35-44", "35—44岁", "35 to 44"), ("45-54", "45—54岁", "45 to 54"), ("55-64", "55—64岁", "55 to 64")),
    ),
)

_P, _E = "人", SampleElement
ELEMENTS = (
    _E("live_births", "活产数", "Live births", _P, splits=("sex", "area")),
    _E("maternal_deaths", "孕产妇死亡人数", "Maternal deaths", _P, True, ("area",)),
    _E("neonatal_deaths", "新生儿死亡数", "Deaths of newborns", _P, True, ("sex", "area")),
    _E("infant_deaths", "婴儿死亡数", "Deaths of infants", _P, True, ("sex", "area")),
    _E("under5_deaths", "5岁以下儿童死亡数", "Deaths below five", _P, True, ("sex", "area")),
    _E("maternal_managed", "孕产妇系统管理人数", "Women under systematic maternal care", _P),
    _E("pregnant_due", "应接受产前筛查的孕妇人数", "Pregnant women due for prenatal screening", _P),
    _E("prenatal_screened", "产前筛查人数", "Pregnant women screened", _P),
    _E("postnatal_visited", "产后访视人数", "Women visited after birth", _P),
    _E("cervical_due", "适龄妇女人数", "Women of the age for cervical screening", _P, splits=("age",)),
    _E("cervical_screened", "接受宫颈癌筛查的适龄妇女人数", "Women screened for cervical cancer", _P, splits=("age",)),
    _E("hiv_exposed", "艾滋病感染产妇所生婴儿数", "Infants of mothers with HIV", _P, True),
    _E("hiv_infected", "其中感染艾滋病的婴儿数", "of them infected", _P, True),
    _E("marrying", "结婚登记人数", "People who registered a marriage", _P),
    _E("premarital_examined", "婚前医学检查人数", "People examined before marriage", _P),
    _E("preconception_due", "孕前优生健康检查目标人数", "People due for a check before conception", _P),
    _E("preconception_examined", "接受孕前优生健康检查人数", "People checked before conception", _P),
    _E("under3_children", "3岁以下儿童数", "Children below three", _P),
    _E("under3_managed", "3岁以下儿童系统管理人数", "Children below three under systematic care", _P),
    _E("under7_children", "7岁以下儿童数", "Children below seven", _P),
    _E("under7_managed", "7岁以下儿童健康管理人数", "Children below seven under health care", _P),
    _E("newborns_visited", "新生儿访视人数", "Newborns visited", _P),
    _E("children_0_14", "0—14岁儿童数", "Children up to 14", _P),
    _E("paediatricians", "儿科执业(助理)医师数", "Paediatricians", "名"),
    _E("paediatric_beds", "儿科床位数", "Paediatric beds", "张"),
    _E("children_0_6", "0—6岁儿童数", "Children up to six", _P),
    _E("eyes_examined", "接受眼保健和视力检查的0—6岁儿童数", "Children up to six whose eyes were examined", _P),
    _E("primary_tested", "接受视力检测的小学生数", "Primary pupils tested", _P),
    _E("primary_myopic", "其中近视的小学生数", "of them short-sighted (primary)", _P),
    _E("junior_tested", "接受视力检测的初中生数", "Junior secondary pupils tested", _P),
    _E("junior_myopic", "其中近视的初中生数", "of them short-sighted (junior)", _P),
    _E("senior_tested", "接受视力检测的高中阶段学生数", "Senior secondary pupils tested", _P),
    _E("senior_myopic", "其中近视的高中阶段学生数", "of them short-sighted (senior)", _P),
    _E("girls_school_age", "小学学龄女童数", "Girls of primary school age", _P),
    _E("girls_enrolled", "其中已入学的女童数", "of them enrolled", _P),
    _E("grade1_entrants", "同届小学入学人数", "Entrants of the same cohort", _P),
    _E("grade9_graduates", "九年级毕业人数", "Pupils who finished year nine", _P),
    _E("children_3_5", "3—5岁儿童数", "Children of three to five", _P),
    _E("kindergarten_children", "在园幼儿数", "Children in kindergartens", _P),
    _E("employed", "全部就业人数", "People employed", "人"),
    _E("women_employed", "女性就业人数", "Women employed", "人"),
    _E("employers", "年报所涉企业数", "Employers whose unions reported", "家", fed_by="coverage.employers"),
    _E(
        "special_rules_employers",
        "其中执行女职工劳动保护特别规定的企业数",
        "of them applying the special rules",
        "家",
        fed_by="coverage.special_rules",
    ),
    _E("employee_directors", "企业职工董事人数", "Employee directors", _P, fed_by="coverage.directors"),
    _E("women_directors", "其中女性职工董事人数", "of them women (directors)", _P, fed_by="coverage.women_directors"),
    _E("employee_supervisors", "企业职工监事人数", "Employee supervisors", _P, fed_by="coverage.supervisors"),
    _E(
        "women_supervisors",
        "其中女性职工监事人数",
        "of them women (supervisors)",
        _P,
        fed_by="coverage.women_supervisors",
    ),
    _E(
        "science_gap",
        "公民科学素质性别差(百分点)",
        "Gap in science literacy (points)",
        "百分点",
        decimals=2,
        summed=False,
    ),
    _E("students_higher", "高等教育在校生数", "Students of higher education", _P),
    _E("women_students", "其中女生数", "of them women (students)", _P),
    _E("teams_province", "省级政府工作部门领导班子数", "Leading teams of provincial departments", "个", summed=False),
    _E("teams_province_women", "其中配有女干部的省级班子数", "of them with women (province)", "个", summed=False),
    _E("teams_city", "市级政府工作部门领导班子数", "Leading teams of city departments", "个", summed=False),
    _E("teams_city_women", "其中配有女干部的市级班子数", "of them with women (city)", "个", summed=False),
    _E("teams_county", "县级政府工作部门领导班子数", "Leading teams of county departments", "个"),
    _E("teams_county_women", "其中配有女干部的县级班子数", "of them with women (county)", "个"),
    _E("left_behind", "农村留守儿童数", "Left-behind children", _P, True, fed_by="homes.left_behind"),
    _E("births_weighed", "称重活产数", "Live births weighed", _P),
    _E("low_weight_births", "其中低出生体重儿数", "of them of low weight", _P),
    _E("under5_examined", "接受检查的5岁以下儿童数", "Children below five examined", _P),
    _E("under5_anaemic", "其中贫血患儿数", "of them anaemic", _P),
    _E("under5_stunted", "其中生长迟缓人数", "of them stunted", _P),
    _E("under5_underweight", "其中低体重人数", "of them underweight", _P),
    _E("homes_built", "已建成留守儿童之家数", "Homes built", "个", fed_by="homes.built"),
    _E("children_in_homes", "留守儿童之家在册儿童数", "Children enrolled in homes", _P, True, fed_by="homes.enrolled"),
    _E("children_with_file", "其中已建档儿童数", "of them with a file", _P, True, fed_by="homes.with_file"),
)
BY_CODE = {element.code: element for element in ELEMENTS}
