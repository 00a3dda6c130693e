"""What women type and what they should find: a fixed corpus of invented pages, and a table of queries over it.

The table was written before the ranking was: a query that is answered otherwise is a fault of the ranking, and the
table is changed only where the words of a page were.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Doc:
    """``days``: how long ago it was published. ``kind``: a factory of ``tests.factories.pages``."""

    key: str
    kind: str
    title: str
    intro: str = ""
    body: str = ""
    days: int = 100


@dataclass(frozen=True)
class Query:
    """``first`` comes first; ``also`` are among the first five; ``absent`` isn't found at all."""

    words: str
    first: str | None
    also: frozenset[str] = frozenset()
    absent: frozenset[str] = field(default_factory=frozenset)


CORPUS = (
    Doc("tijian-tongzhi", "article", "免费体检项目通知", "今年为女职工安排的免费体检项目、时间和地点。"),
    Doc(
        "liangai-guide",
        "guide",
        "女职工免费“两癌”筛查",
        "工会出资，每两年一次，可在线预约，不用垫钱。",
        "身份证带上即可。",
    ),
    Doc(
        "liangai-qa",
        "article",
        "两癌筛查常见问题",
        "筛查前要不要空腹、多久出结果。",
        "宫颈癌筛查前三天不同房。乳腺癌筛查用超声。筛查结果只告诉本人。",
    ),
    Doc("hpv", "article", "HPV 疫苗接种补贴办法", "女职工接种 HPV 疫苗，工会补贴一部分费用。", "九价和双价都可以。"),
    Doc("tijian-old", "article", "2023 年度女职工体检总结", "去年的体检工作总结。", "全年体检三万人次。", days=900),
    Doc("tijian-new", "article", "2026 年度女职工体检安排", "新一年的体检安排。", "分四批进行。", days=5),
    Doc("huzhu-guide", "guide", "女职工安康互助保障计划", "患大病可以领取互助金，每年缴费一次。", "特疾保障期一年。"),
    Doc("huzhu-claim", "article", "互助金怎么领", "确诊以后需要的材料和步骤。", "诊断证明、身份证、银行卡。"),
    Doc(
        "kunnan-guide",
        "guide",
        "困难职工帮扶救助",
        "生活困难、大病、子女上学，都可以申请帮扶。",
        "申请材料：收入证明。",
    ),
    Doc("jinqiu", "article", "金秋助学开始申请", "困难职工家庭的大学新生可申请助学金。", "每人最高五千元。", days=20),
    Doc("songwenuan", "campaign", "送温暖活动", "元旦春节期间走访慰问困难女职工。", "慰问金和慰问品。"),
    Doc(
        "sanba", "campaign", "三八国际妇女节系列活动", "插花、读书、健步走，欢迎报名参加。", "三月八日下午在职工之家。"
    ),
    Doc("chahua", "campaign", "插花课堂", "花艺老师手把手教学。", "材料由工会准备。", days=30),
    Doc("dushu", "campaign", "书香三八读书征文", "征集女职工读书心得。", "每篇不超过一千五百字。"),
    Doc("xiangqin", "campaign", "单身青年联谊会", "面向单身职工的交友联谊活动。", "需实名登记。"),
    Doc("jianshen", "campaign", "健步走比赛", "滨河路健步走五公里。", "请穿运动鞋。"),
    Doc("xinli", "article", "心理咨询热线开通", "职工心理援助热线，全天候有人接听。", "可以匿名咨询。"),
    Doc("xinli-jiangzuo", "campaign", "心理健康讲座", "如何缓解压力、睡个好觉。", "市心理协会的老师主讲。"),
    Doc("falv", "article", "法律援助：被拖欠工资怎么办", "女职工维权可以找工会法律援助律师。", "打 12351 热线。"),
    Doc(
        "chanjia", "article", "产假与生育津贴政策解读", "产假多少天、生育津贴怎么发。", "顺产九十八天，难产增加十五天。"
    ),
    Doc("buru", "article", "哺乳时间与母婴室", "哺乳期每天有一小时哺乳时间。", "用人单位应当设立妈咪小屋。"),
    Doc(
        "tebie-baohu",
        "article",
        "女职工劳动保护特别规定全文",
        "国务院第 619 号令。",
        "孕期、产期、哺乳期不得解除劳动合同。",
    ),
    Doc("quanyi-fa", "article", "妇女权益保障法修订要点", "2023 年起施行的新规定。", "禁止性骚扰，禁止就业歧视。"),
    Doc("saorao", "article", "职场性骚扰防治指引", "遇到骚扰怎么留证据、向谁投诉。", "用人单位应当建立投诉渠道。"),
    Doc("gengnianqi", "article", "更年期保健知识", "四十五岁以上女职工的健康提示。", "规律作息，适量运动。"),
    Doc(
        "yuesao", "article", "月嫂技能培训班招生", "免费学月嫂、育婴师技能，考证有补贴。", "家政服务培训，名额四十人。"
    ),
    Doc("peixun-dianshang", "article", "电商直播技能培训", "学拍短视频、开网店。", "结业发证书。"),
    Doc("jiaoliu", "article", "女职工干部业务培训班", "各县区女职工委员会主任参加。", "以会代训，两天。"),
    Doc(
        "tuoguan",
        "article",
        "暑期爱心托管班报名",
        "暑假里孩子没人看，送到工会托管班。",
        "小学一至四年级，免费托管。",
        days=40,
    ),
    Doc("liushou", "article", "儿童之家开放时间", "留守儿童可以在儿童之家写作业、看书。", "周末也开放。"),
    Doc("ayiguli", "article", "阿依古丽·示例的故事", "一位纺织女工成为技术能手。", "她带出了十二名徒弟。"),
    Doc("lisi", "article", "劳模李示例的一天", "环卫工人清晨四点上班。", "二十年如一日。"),
    Doc(
        "nvweihui",
        "article",
        "怎样成立女职工委员会",
        "女会员十人以上的基层工会应当成立女职工委员会。",
        "不足十人设女职工委员。",
    ),
    Doc("jiti-hetong", "article", "女职工权益保护专项集体合同范本", "可下载的合同文本。", "与工资集体合同一并签订。"),
    Doc("ruhui", "article", "如何加入工会", "灵活就业人员也能入会。", "快递员、网约车司机、家政员都可以。"),
    Doc("daka", "article", "工会会员卡办理与优惠", "会员卡可坐公交、看电影打折。", "凭身份证到银行办理。"),
    Doc("liaoyang", "article", "职工疗休养安排", "一线女职工疗养名额和报名方法。", "每批五天。"),
    Doc("xuncheng", "article", "工会主席接待日", "每月十五日上午接待职工来访。", "地点：市总工会一楼。"),
    Doc("yinsi", "article", "隐私说明", "我们收集哪些信息、为什么、保存多久。", "查询身份证号须说明理由。"),
    Doc("fuwu-zhan", "article", "户外劳动者服务站点", "喝水、歇脚、热饭、充电。", "全市一百二十个站点。"),
    Doc("yinger", "article", "婴儿早教公益课", "为新手妈妈开设。", "每周六上午。"),
    Doc("guzhi", "article", "骨质疏松健康科普", "钙和维生素 D。", "体检时可加测骨密度。"),
    Doc("gongzi", "article", "工资支付条例问答", "加班费怎么算。", "节假日三倍。"),
)

_all = frozenset


QUERIES = (
    # One word of two characters, inside longer words.
    Query("体检", "tijian-new", _all({"tijian-tongzhi", "tijian-old"}), _all({"sanba", "chahua"})),
    Query("免费体检", "tijian-tongzhi"),
    Query("体检项目", "tijian-tongzhi", absent=_all({"guzhi"})),
    Query("筛查", "liangai-guide", _all({"liangai-qa"})),
    Query("产假", "chanjia", absent=_all({"buru"})),
    Query("哺乳", "buru", _all({"tebie-baohu"})),
    Query("互助", "huzhu-guide", _all({"huzhu-claim"})),
    Query("助学", "jinqiu"),
    Query("插花", "chahua", _all({"sanba"})),
    Query("培训", "yuesao", _all({"peixun-dianshang", "jiaoliu"})),
    Query("疗养", "liaoyang"),
    Query("入会", "ruhui"),
    Query("工资", "gongzi", _all({"falv"})),
    Query("骚扰", "saorao", _all({"quanyi-fa"})),
    Query("隐私", "yinsi"),
    # Words in several places, and several words.
    Query("女职工 体检", "tijian-new", _all({"tijian-old"})),
    Query("体检 2023", "tijian-old"),
    Query("心理 讲座", "xinli-jiangzuo", absent=_all({"xinli"})),
    Query("心理咨询", "xinli", absent=_all({"xinli-jiangzuo"})),
    Query("月嫂 证", "yuesao"),
    Query("身份证", "liangai-guide", _all({"huzhu-claim", "yinsi", "daka"})),
    Query("集体合同", "jiti-hetong"),
    Query("女职工委员会", "nvweihui", _all({"jiaoliu"})),
    Query("儿童之家", "liushou"),
    Query("健步走", "jianshen", _all({"sanba"})),
    # Names, one character, mixed scripts, numbers.
    Query("阿依古丽", "ayiguli"),
    Query("阿依古丽·示例", "ayiguli", absent=_all({"lisi"})),
    Query("阿依古丽示例", "ayiguli"),
    Query("卡", "daka"),
    Query("HPV", "hpv"),
    Query("hpv疫苗", "hpv"),
    Query("ＨＰＶ 疫苗", "hpv"),
    Query("维生素 d", "guzhi"),
    Query("12351", "falv"),
    Query("619号令", "tebie-baohu"),
    Query("“两癌”", "liangai-guide", _all({"liangai-qa"})),
    # Other words for the same thing.
    Query("宫颈癌筛查", "liangai-guide", _all({"liangai-qa"})),
    Query("乳腺癌检查", "liangai-guide", _all({"liangai-qa"})),
    Query("健康检查", "tijian-new", _all({"tijian-tongzhi"})),
    Query("大病救助", "kunnan-guide"),
    Query("贫困补助", "kunnan-guide", _all({"jinqiu"})),
    Query("妇女节", "sanba", _all({"dushu"})),
    Query("相亲", "xiangqin"),
    Query("生孩子休假", "chanjia"),
    Query("妈妈小屋", "buru"),
    Query("维权", "falv"),
    Query("讨薪", "falv"),
    Query("保险理赔", "huzhu-claim", _all({"huzhu-guide"})),
    Query("暑假班", "tuoguan"),
    Query("妇委会", "nvweihui"),
    # As people ask.
    Query("怎么预约免费体检", "tijian-tongzhi"),
    Query("请问产假有多少天？", "chanjia"),
    Query("在哪里可以申请困难帮扶", "kunnan-guide"),
    Query("我想学做月嫂", "yuesao"),
    Query("被性骚扰了向谁投诉", "saorao"),
    # Initials and syllables of the title.
    Query("tj", "tijian-new", _all({"tijian-tongzhi", "tijian-old"})),
    Query("mftj", "tijian-tongzhi"),
    Query("lasc", "liangai-guide", _all({"liangai-qa"})),
    Query("JQZX", "jinqiu"),
    Query("aygl", "ayiguli"),
    Query("tijian", "tijian-new", _all({"tijian-tongzhi"})),
    Query("chanjia", "chanjia"),
    Query("yuesao", "yuesao"),
    # Mixed spellings and slips.
    Query("免費體檢", "tijian-tongzhi"),
    Query("免费 体检 体检", "tijian-tongzhi"),
    # Nothing there.
    Query("养老院床位", None),
    Query("zzqx", None),
)
