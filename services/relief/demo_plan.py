"""Who applied when in the demo, and where it ends: days before today, ends, and the words of what went wrong.

Filings take the full route, the others the short one. ``demo_stories`` lets it happen.
"""

from services.relief.enums import ProgrammeKind

FILING, FESTIVAL_CARE = ProgrammeKind.FILING, ProgrammeKind.FESTIVAL_CARE
SINGLE, STUDY = ProgrammeKind.SINGLE_PARENT, ProgrammeKind.STUDY_AID
TEMPORARY, EMERGENCY = ProgrammeKind.TEMPORARY, ProgrammeKind.EMERGENCY

FILINGS = (
    *((days, "done") for days in (170, 160, 152, 141, 136, 128, 121, 110, 104, 96, 92)),
    *((days, "done") for days in (85, 80, 77, 70, 66, 62, 58, 55, 51)),
    *((days, "refused") for days in (150, 90)),
    (47, "appealed"),
    *((days, "returned") for days in (20, 6)),
    *((days, "notice") for days in (13, 12, 12)),
    (16, "objection"),
    *((days, "decide") for days in (24, 22)),
    *((days, "verify") for days in (2, 1)),
    (40, "overdue"),
    (9, "visit"),
    (3, "draft"),
    (30, "withdrawn"),
)
# Of women whose household is on file by then, in the order of their files.
FESTIVAL = (88, 85, 82, 79, 76, 73, 70, 67, 60, 55, 12)
# The place of her file among the filings: every fourth is a single mother's, every fifth has a child at senior
# secondary school or university (``demo_households``).
OF_SINGLE_MOTHERS = (
    (3, 98, "decided"),
    (7, 74, "decided"),
    (11, 45, "refused"),
    (15, 24, "returned"),
    (19, 5, "verify"),
)
OF_STUDENTS_ON_FILE = (
    (1, 76, "decided"),
    (6, 70, "decided"),
    (11, 49, "decided"),
    (16, 11, "returned"),
)
# Of other women. A household that isn't on file has another sum of study aid.
OTHERS = (
    *((days, "paid", TEMPORARY) for days in (95, 60, 41)),
    *((days, "paid", EMERGENCY) for days in (90, 83, 43)),
    *((days, "decided", EMERGENCY) for days in (18, 16)),
    *((days, "verify", TEMPORARY) for days in (5, 2)),
    (14, "refused", TEMPORARY),
    (8, "returned", EMERGENCY),
    *((days, "decided", STUDY) for days in (74, 49, 39)),
    (33, "refused", STUDY),
    (4, "verify", STUDY),
    (1, "draft", STUDY),
)
# The first woman whose story ends so can be signed in as.
PRINTED = {
    (FILING, "done"): "已建档",
    (FILING, "returned"): "困难申请待补材料",
    (FILING, "notice"): "困难申请公示中",
    (FILING, "appealed"): "困难申请申诉中",
    (TEMPORARY, "paid"): "帮扶款已支付",
    (STUDY, "draft"): "助学申请填写中",
}
AFTER_AN_EVENT = (TEMPORARY, EMERGENCY)
WITH_A_FILE = (FILING, *AFTER_AN_EVENT)
MISSING = {
    FILING: ("bills", "请补充近三个月的医疗费票据，拍照即可。"),
    EMERGENCY: ("identity", "请补充本人身份证正反面照片。"),
    SINGLE: ("divorce", "离婚证带编号的一页", "已交的照片只有封面，看不到编号。"),
    STUDY: ("fees", "请补充学费缴费凭证，拍照即可。"),
}
REFUSED = {
    FILING: "入户了解到的家庭人均收入高于当地困难标准，本次不予建档。",
    TEMPORARY: "费用发生在受理期限以前，不符合本方案的规定。",
    SINGLE: "经核实您已再婚，不再属于单亲家庭，感谢理解。",
    STUDY: "该生就读的专业由国家免除学费，本方案不重复资助。",
}
