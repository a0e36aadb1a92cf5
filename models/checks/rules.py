"""The rules of vacancies: the words that each finds, what takes their sting, the article, and better words.

Levels: ``stop`` (published only if a reviewer lets it stand, with a reason), ``warn``, ``inform``. Patterns are read
without blanks and line ends (`re.VERBOSE`), on text in plain width and small letters. They find words, they do not
understand them. A rule without ``finds`` looks at fields (models/checks/facts.py). More: docs/vacancy-checks.md.
"""

from typing import NamedTuple

from models.vocabulary.code_list import N_

STOP, WARN, INFORM = LEVELS = ("stop", "warn", "inform")
LEVEL_WORDS = {STOP: N_("Stop"), WARN: N_("Please check"), INFORM: N_("Note")}


class Rule(NamedTuple):
    """One rule. ``passes``: a find that touches such words is none; ``denied``: nor one that its neighbours deny.

    ``needs``: of these letters one stands in whatever the rule finds; other texts are passed over without the pattern.
    """

    code: str
    level: str
    article: str
    why: str
    better: str
    finds: str = ""
    passes: str = ""
    denied: bool = False
    needs: str = ""


# What patterns share. P: a letter of the same phrase.
P = r"[^,。;、!?\s]"
DASH = r"\s*(?:-|~|—+|–|至|到)\s*"
NO = r"(?:者|的|人|们)*(?:勿扰|免谈|莫来|莫投|莫应聘|不要|不招|不收|不用|不考虑|不予录用|除外|请?绕道|靠边)"
SEX = r"[男女](?:性|士|生|工|人|的|方|丁|将|同志|员工|职工|孩子|孩|娃儿|娃娃|娃)?"
WOMEN = r"(?:小?妹儿|小妹|嬢嬢|孃孃|阿姨|大姐|大妈|美女|姑娘|小姐姐|帅哥|小哥|小伙子?|大叔|大爷|幺妹)"
SOME = r"(?:[一二两三四五六七八九十几]+|\d+)?\s*(?:个|名|位)?"
LANDS = r"""(?:河南|河北|山东|山西|东北|新疆|西藏|四川|贵州|云南|湖南|湖北|广东|广西|福建|浙江|江苏|安徽|江西|陕西|甘肃
    |青海|宁夏|内蒙古?|辽宁|吉林|黑龙江|海南|北京|上海|天津|重庆|主城|云贵|川渝|凉山|达州|广安|璧山|永川|外国)"""
HERE = r"(?:本地|当地|本市|本区|本县|本镇|本乡|本村|本街道|城镇|城里|城市|非农)"
AWAY = r"(?:外地|外省|外市|外区|外县|外乡|外来|农村|乡下|农民工|农业)"
INFECTIONS = r"(?:乙肝|肝炎|两对半|大三阳|小三阳|大小三阳|澳抗|表面抗原|艾滋|hiv|肺结核|病毒携带|传染病)"
CHILDREN = r"(?:小孩|孩子|娃儿|小娃儿?|娃娃|娃)"

RULES = (
    Rule(
        "sex", STOP, "妇女权益保障法 43；就业促进法 27",
        N_("Nobody may be shut out or put first for their sex."),
        N_("Write “men and women alike” (男女不限), or what the work asks: lifting 20 kg, night shifts."),
        rf"""(?:限定?|限招|仅限|仅招|仅|只限|只招|只要|只收|只考虑|只|必须是?|须是?|需要?|要求|要|招聘|诚招
               |招收|招|聘|找|收|适合)
               {SOME}{SEX}
           | {SEX}(?:者)?(?:优先|为主|最好|来$|来[,。;])|{SEX}{NO}|优先(?:录用|考虑|招收|录取){SEX}
           | 不(?:要|招|收|用|考虑|接受){SEX}|非[男女]性?|性别(?:要求)?\s*:\s*{SEX}|性别要求\s*{SEX}
           | (?:^|(?<=[\s,;。、:(]))[男女](?:性|士|工|生)?(?=\s*(?:$|[\s,;。、)]|\d
               |[一二两三四五六七八九十]+[名人个]))
           | [男女](?:工|服务员|保安|收银员?|营业员|导购|店员|员工|普工|师傅|司机|文员|厨师|助理|技师|销售
               |保洁|护工|保姆
               |车工|客服|主播|学徒|前台|洗碗|切菜)
           | (?:招|要|只要|找|聘|限|收|需){SOME}{WOMEN}|{WOMEN}(?:优先|{NO}|\s*(?:[一二两三四五]|\d+)[名个位])
        """,
        r"""男\s*[、/和与,或及跟]?\s*女|女\s*[、/和与,或及跟]?\s*男|不[限分]\s*[男女]|性别\s*:?\s*(?:不限|无)
               |不限性别|无性别要求
           | [男女](?:士|性|生|式)?(?:装|鞋|裤|裙|包|袜|衬|帽|表|款|浴|厕|宾|科|用品|内衣|服装)|[男女](?:员工
               |职工|工|生)?(?:宿舍|休息|更衣|产假)
           | 女职工(?:产|享|特|权|保|委)|[子儿]女|女[儿婿]|妇女
        """,
        needs="男女妹嬢孃姨姐妈姑帅哥伙叔爷",
    ),
    Rule(
        "family", STOP, "妇女权益保障法 43；就业促进法 27",
        N_("Marriage, children and pregnancy are nobody's business here."),
        N_("Leave it out; write the hours and shifts, and let people decide."),
        rf"""已婚(?:已育|未育)?|未婚(?:未育)?|[已未]育|离异|丧偶|单身|未孕|有家庭|成了家|(?:没|未)?(?:耍|谈)(?:男|女)?朋友|(?:结|没结|未结|没有结)[了过]?婚(?=的
               |者)|婚姻状况
           | 不(?:得|能|准|许|可)?{P}{{0,3}}(?:结婚|生育|怀孕|生小?孩|生娃|要娃)|孕检|妊娠(?!纹)|验孕|[二三]胎
               |生育计划
           | (?:孕妇|怀孕|怀起|大肚子|哺乳期){NO}
           | (?:有|带|莫得|没得|没有|无|生过|没生过?){CHILDREN}{P}{{0,4}}(?:勿扰|不要|莫来|优先|要得)
        """,
        r"""已婚\s*[、/,]?\s*未婚|未婚\s*[、/,]?\s*已婚|婚否|婚育不限|单身(?:公寓|宿舍|房)|不(?:问|限|看)(?:婚
               |已婚|未婚)""",
        needs="婚育异偶单孕胎妊娠孩娃肚哺怀庭家朋",
    ),
    Rule(
        "ethnicity", STOP, "就业促进法 28；人力资源市场暂行条例 24",
        N_("Nobody may be shut out for their people or faith."),
        N_("Leave it out."),
        rf"""(?:限|仅限?|只[招要收限用]|要求|须|必须)(?:是)?汉族|汉族人?优先|民族(?:要求)?\s*:\s*汉
               |不[招要收用]{P}{{0,6}}族
           | 少数民族{NO}|(?:信[教佛基仰]|教徒|宗教信仰|有信仰){P}{{0,2}}{NO}|不信[教佛]|无(?:宗教)?信仰
        """,
        r"不限民族|民族不限|信仰不限|不限(?:宗教)?信仰|信仰要求",
        needs="族信教",
    ),
    Rule(
        "household", STOP, "就业促进法 31；人力资源市场暂行条例 24",
        N_("Nobody may be shut out or put first for where they come from."),
        N_("Write where the work is and whether there is lodging; from where people come is open."),
        rf"""(?:限|只|仅|须|需|要求|要|必须)(?:是|有|招|要|收|限
               |为)?(?:重庆)?(?:主城)?{HERE}{P}{{0,3}}?(?:户籍|户口|人|的|居民)
           | {HERE}{P}{{0,2}}(?:户籍|户口|人员?|者|居民)?优先
           | (?:{AWAY}|{LANDS}(?:人|川?的))(?:来的|户口|户籍|人员|人|籍)*{NO}
           | 不(?:要|招|收|用|录)(?:{AWAY}|{LANDS}(?:人|籍|户)|{P}{{2,3}}(?:户口|户籍))
           | (?:户籍|户口)(?:要求)?\s*:\s*(?!不限|无)|(?:要求|须有?|需有?|限|必须){P}{{0,6}}(?:户籍|户口)
               |{LANDS}(?:户籍|户口)
        """,
        rf"不限{P}{{0,6}}(?:户籍|户口|本地|外地)|(?:户籍|户口)(?:均|都)?(?:不限|均可)|本地外地|外地本地",
        needs="户籍优勿免莫不除绕靠限只仅须需要求必",
    ),
    Rule(
        "health", STOP, "就业促进法 30；人社部发〔2010〕12号",
        N_("Hepatitis B and other carriers may not be asked about, except where a law says so."),
        N_("Work with food needs a health certificate (健康证): write that, no illness."),
        rf"{INFECTIONS}",
        rf"""(?:不查|不检查?|无需|不需要?|不含|不包括|不做|不要求|取消){P}{{0,4}}{INFECTIONS}|传染病(?:医院|防治
               |防控|专科|科)|乙肝疫苗""",
        needs="乙肝对阳澳抗艾v核携染",
    ),
    Rule(
        "disability", STOP, "就业促进法 29；残疾人保障法 38",
        N_("Disabled people may not be shut out."),
        N_("Write what the work asks: hearing signals, standing all day."),
        rf"(?:残疾人?|残障|聋哑人?|盲人|聋人|瘸子){NO}|不(?:要|招|收|用){P}{{0,2}}(?:残疾|残障|聋哑|盲人)",
        needs="残聋盲瘸",
    ),
    Rule(
        "fee", STOP, "劳动合同法 9；就业促进法 41；人力资源市场暂行条例 15",
        N_("No deposit and no fee may be taken from who looks for work, nor wages kept back."),
        N_("Write “no fee, no deposit” (不收任何费用), or that the employer pays it."),
        rf"""押金|压金|保证金|抵押金|定金|报名费|服装[费钱]|工[衣装服][费钱]|体检[费钱]|培训[费钱]|中介[费钱]
               |介绍[费钱]|入职[费钱]
           | 资料费|自己(?:掏|出|付)钱|自掏腰包|代办{P}{{0,5}}[收交]\s*\d|建档费|工牌费|手续费|会费|考证费
               |培训贷|贷款培训|(?:体检|培训|考证)(?:费用)?(?:自费|自理
               |自付)|自费(?:体检|培训)
           | [押压扣]{P}{{0,4}}工资|工资{P}{{0,3}}[押压扣](?:到|起|在|下)|交学费
        """,
        r"押金(?:单|条|业务)|会费(?:计|管)",
        denied=True,
        needs="押金费钱贷资自学代",
    ),
    Rule(
        "papers", STOP, "劳动合同法 9；就业促进法 41",
        N_("Nobody's identity card or certificate may be kept, and no guarantor asked for."),
        N_("Write “bring the identity card, it is looked at and handed back”."),
        rf"""(?:[押扣压]|扣留|扣押|上交|保管|代管){P}{{0,3}}(?:身份证|毕业证|驾驶证|证件|学历证|户口[本簿])
           | (?:身份证|毕业证|驾驶证|证件|学历证|户口[本簿]){P}{{0,5}}(?:押|扣|保管|代管|上交|放公司)|担保
        """,
        r"复印件",
        denied=True,
        needs="证户担",
    ),
    Rule(
        "child", STOP, "禁止使用童工规定 2；劳动法 15",
        N_("Nobody under 16 may be employed or be introduced to work."),
        N_("Write “16 and over” (年满16周岁), or “18 and over” for dangerous work."),
        rf"""(?<!\d)(?:[5-9]|1[0-5])\s*周?岁(?:以上|起|也|就|即可|可|都)|(?<!\d)(?:[5-9]
               |1[0-5]){DASH}\d{{1,2}}\s*周?岁
           | 十[一二三四五]?周?岁(?:以上|起|也|就|都)|童工|初中没毕业|初中未毕业
           | 年龄{P}{{0,3}}?(?<!\d)1[0-5]\s*周?岁
        """,
        rf"""(?:照看|照顾|接送|陪护|辅导|看护|看管)?{P}{{0,2}}\d+{DASH}?\d*\s*周?岁{P}{{0,4}}(?:幼儿|儿童|学生
               |婴|宝宝|老人)""",
        denied=True,
        needs="岁工业",
    ),
    Rule(
        "fraud", STOP, "人力资源市场暂行条例 24；网络招聘服务管理规定 14",
        N_("This is how swindlers write: easy money, no interview, work abroad."),
        N_("Write what is done, where, and what was really paid last month."),
        rf"""刷单|刷好评|代刷|刷信誉|日[赚入]\s*\d|日结\s*[5-9]\d\d(?!\d)|月入(?:过
               |上)?[一二三四五六七八九十两\d]*\s*万|躺[赚挣]|躺着[赚挣]
           | 坐到起耍|耍起{P}{{0,4}}[钱赚挣]|缅北|缅甸|柬埔寨|老挝|金三角|菲律宾|泰国|东南亚|境外|出国务工|免签证
           | (?:无需|免|不用|不需要?|不|没得|莫得)面试|[包保]录|内部指标|兼职打字|打字{P}{{0,4}}\d+元?一页
               |拉人头|发展下线
           | 点赞{P}{{0,3}}[赚挣钱]|跑分|(?:出借|出租|收购|租借|借用?){P}{{0,2}}(?:银行卡|电话卡|手机卡|微信号?)
           | [一每]天{P}{{0,3}}净?[赚挣]\s*\d{{3}}|在家{P}{{0,6}}(?:手工|[赚挣])|轻松[赚挣]
        """,
        r"(?:泰国|缅甸|柬埔寨|老挝|菲律宾|东南亚)(?:菜|餐|料理|美食|香米|玉|翡翠|语|水果)|[包保]录(?:像|音|入)",
        denied=True,
        needs="刷日月躺耍缅柬挝角菲泰亚境国签试录指打拉线点跑借租购天家轻",
    ),
    Rule(
        "below_minimum", STOP, "劳动法 48；最低工资规定 3",
        N_("The pay is below the county's minimum wage."),
        N_("Write at least the minimum wage; what is added for overtime does not count."),
    ),
    Rule(
        "near_minimum", WARN, "劳动法 48；最低工资规定 3",
        N_("The lowest pay is below the county's minimum wage."),
        N_("Write what somebody surely gets for full hours."),
    ),
    Rule(
        "credit_code", STOP, "人力资源市场暂行条例 26；GB 32100",
        N_("The employer has no right unified social credit code."),
        N_("Complete the employer's papers first."),
    ),
    Rule(
        "bait", WARN, "人力资源市场暂行条例 24",
        N_("“High pay” without a figure is what bait looks like."),
        N_("Leave the word out; the pay stands in its field."),
        r"高薪(?!酬)|高工资|高收入|(?:待遇|工资|收入)(?:超高|高得很|爆高)|薪资丰厚|薪酬丰厚|不封顶|年入(?:百万|十万|过万)",
        needs="薪高丰封入",
    ),
    Rule(
        "age", WARN, "就业促进法 3",
        N_("An upper age needs a reason that lies in the work."),
        N_("Leave it out or write what the work asks; 16 is the least."),
        rf"""\d\d\s*周?岁\s*(?:及以下|以下|以内|之内|封顶)|年龄{P}{{0,4}}(?:1[6-9]|[2-9]\d){DASH}\d\d|(?:1[6-9]
               |[2-9]\d)\s*周?岁?{DASH}\d\d\s*周?岁
           | (?:不|莫|别|未)(?:要|得|能)?(?:超过|大于|满|高于)(?:\d\d(?!\d|\s*(?:斤|公|k|人|米|小|天|个|元|%
               |吨|年))|[三四五六]十)|\d\d\s*周?岁?以上{NO}|超过\d\d\s*周?岁?{NO}
           | [二三四五六]十[一二三四五六七八九]?周?岁?(?:及以下|以下|以内)|年轻{P}{{0,2}}优先|[6-9]0后
               |年纪大{NO}|年龄大{NO}
        """,
        rf"{DASH}\d+\s*周?岁{P}{{0,4}}(?:老人|儿童|学生)",
        needs="岁龄超大满于十轻后纪上",
    ),
    Rule(
        "looks", WARN, "就业促进法 3",
        N_("Looks and height are rarely what the work asks."),
        N_("Write “neat clothes” (着装整洁), or what the work needs: reaching shelves at 1.8 m."),
        rf"""五官|相貌|长相|形象(?:好|气质|佳|端正)|气质佳|颜值|身材|身高{P}{{0,5}}?\d|个子{P}{{0,3}}(?:高
               |一米|1米)|\d米\d+以上
           | 体重{P}{{0,2}}\d|长得(?:周正|乖|漂亮|好看|标致)|(?:无|没得|莫得|没有|不得有)纹身|纹身{NO}
        """,
        r"[测量]身[高材]|形象店",
        needs="五貌相象质值材身个米体长纹",
    ),
    Rule(
        "zodiac", WARN, "就业促进法 3",
        N_("Signs and blood groups have nothing to do with work."),
        N_("Leave it out."),
        rf"""属[鼠牛虎兔龙蛇马羊猴鸡狗猪](?:的|者|相|年|{NO}|优)|生肖|属相|(?:ab|[abo])型|血型|八字
           | (?:白羊|金牛|双子|巨蟹|狮子|处女|天秤|天蝎|射手|摩羯|水瓶|双鱼|星)座
        """,
        r"(?:生肖|属相|血型|星座)(?:均)?不限|不[限看](?:生肖|属相|血型|星座)",
        needs="属生型八座",
    ),
    Rule(
        "open_pay", WARN, "人力资源市场暂行条例 24",
        N_("“To be agreed” tells nobody what the work pays."),
        N_("Write from … to … yuan, as it was paid last month."),
        rf"""面议|(?:工资|薪资|薪酬|薪水|待遇|工钱|价钱|底薪|月薪|报酬){P}{{0,4}}(?:好商量|商量|面谈|详谈|再谈|另议|另谈
               |当面|协商)""",
        needs="面谈议当商",
    ),
    Rule(
        "pay_span", WARN, "人力资源市场暂行条例 24",
        N_("The highest pay is more than twice the lowest."),
        N_("Write what most people there were paid last month."),
    ),
    Rule(
        "pay_high", WARN, "人力资源市场暂行条例 24",
        N_("It pays more than three times what this trade is offered in the county."),
        N_("Ask the employer to show last month's pay sheet."),
    ),
    Rule(
        "hours", WARN, "劳动法 36、38；国务院关于职工工作时间的规定 3",
        N_("More than 8 hours a day or no day off a week, without a word about overtime."),
        N_("Write the hours of a day, the days off, and how overtime is paid."),
        rf"""(?<!\d)(?:9|1\d|2[0-4])\s*个?(?:小时|h(?![a-z]))|(?:九|十[一二三四]?)个?(?:多)?小时
           | (?<!全年)无休(?!息室)|不休息|(?:没得|莫得|无)(?:休息(?!室)|假(?![的期货肢牙发]))|月休\s*(?:[0-3]
               |[一二两三])\s*天
               |一个月[休耍]\s*(?:[1-3]|[一二两三])\s*天
           | (?:一|每)个?(?:周|星期)(?:上|做|干)?(?:七|7)天|(?<!\d)0?[5-8]:\d\d{DASH}(?:19|2\d):\d\d
               |(?<!\d)0?9:\d\d{DASH}2\d:\d\d
           | (?<!\d)0?[5-7]:\d\d{DASH}18:\d\d|早上?(?:[五六七八]|[5-8])点?{P}{{0,2}}晚上?(?:[七八九十]|[7-9]|1\d)
        """,
        r"\d\d\s*小时(?:内|热|便利|营业|服务|到|在线|之内)",
        needs="小时h休假耍:早七7",
    ),
    Rule(
        "probation", WARN, "劳动合同法 19、20",
        N_("Probation is too long for such a contract, or pays less than 80 percent."),
        N_("At most 1 month under a year's contract, 2 under three years', 6 beyond; at least 80 percent of the pay."),
        rf"""试(?:用期?|岗|工)[^。;]{{0,12}}(?:无|不发|没得|莫得|不算|没有|不给){P}{{0,2}}(?:工资|钱|薪)
               |(?:免费|无薪|义务)试[岗工用]
           | 试用期?[^。;]{{0,8}}(?<![\d])(?:[1-7]\d|\d)\s*%|试用期?[^。;]{{0,8}}(?:[一二三四五六七][折成]|一半)
           | 试用期?\D{{0,2}}(?:[7-9]|1\d|[七八九十])个月|试用期?\D{{0,2}}(?:一|1|两|二)年
           | 合同(?:期|签)?\D{{0,2}}(?:一|1|两|二|2)年\D{{0,4}}试用期?\D{{0,2}}(?:[3-6三四五六]个月|半年)
           | 试用期?\D{{0,2}}(?:[3-6三四五六]个月|半年)\D{{0,4}}合同(?:期|签)?\D{{0,2}}(?:一|1|两|二|2)年
        """,
        needs="试",
    ),
    Rule(
        "hazard", WARN, "劳动合同法 8；职业病防治法 33",
        N_("Such work harms without protection; the law wants people told before they agree."),
        N_("Write under “Hazards and protection” what may harm and what protects."),
    ),
    Rule(
        "contact", WARN, "网络招聘服务管理规定 20",
        N_("A number or code in the text is public for ever, and swindlers use it."),
        N_("Leave it out: the booth, and the office, tell people whom to call."),
        rf"""(?<![\d.])1[ -]?[3-9](?:[ -]?\d){{9}}(?!\d)|[一幺][三四五六七八九][零〇一二三四五六七八九]{{9}}
               |(?<!\d)0\d{{2,3}}-?\d{{7,8}}(?!\d)
           | (?:微信|vx|wx|v信|q\s*q)(?:群|号|同号)?\s*:?\s*[a-z0-9_-]{{5,}}|加\s*(?:我|个)?\s*(?:微信|vx|v
               |wx)(?![a-z]{{3}}管)|微信同号|v信|加q
           | 扫{P}{{0,3}}码{P}{{0,2}}(?:报名|进群|加|咨询|投|联系)|公众号{P}{{0,2}}(?:投|报名|咨询)
               |[a-z0-9._-]+@[a-z0-9-]+\.[a-z]+|https?:|www\.
        """,
        needs="0123456789一幺vxq信扫公@:w",
    ),
    Rule(
        "stale", WARN, "关于进一步规范招聘信息的通知（2026-01）",
        N_("Nobody asked the employer for more than 14 days whether it still holds."),
        N_("Call the employer, then press “Checked with the employer today”."),
    ),
    Rule(
        "juvenile", INFORM, "未成年工特殊保护规定 3；未成年人保护法 61",
        N_("Such work is not for people of 16 and 17: it is kept from them."),
        N_("If it is another work, say so plainly: “no heights, no dust”."),
        r"""高空|高处作业|外墙|吊篮|煤矿|井下|矿山|采石|ktv|酒吧|网吧|夜总会|夜店|夜场|歌舞厅|冷库|喷漆|油漆
               |接触苯|有毒|剧毒|爆破|烟花
           | 伐木|粉尘|炉前|高温作业|搭外?架|脚手架|架子工|爬架|搬水泥|扛水泥|风钻|打砂|抛光|化工厂|电镀|放射|潜水
           | 危化|炸药|农药喷洒
        """,
        denied=True,
        needs="空处墙吊矿井采k吧夜舞冷漆苯毒爆烟伐尘炉温架泥钻砂抛化镀射潜危炸洒",
    ),
    Rule(
        "twin", INFORM, "关于进一步规范招聘信息的通知（2026-01）",
        N_("The employer has a vacancy that says nearly the same."),
        N_("Change that one, or say how the two differ."),
    ),
)  # fmt: skip
BY_CODE = {rule.code: rule for rule in RULES}

# What denies a find right before it or right after it, within its phrase. A denied word does not excuse the next.
DENIED_BEFORE = rf"""(?:不收取?|无需|不需要?|不用|不交|不查|免收?|无|零|没有|没得|莫得|不得|不予?|未|非|严禁
               |禁止|杜绝|拒绝|谢绝|报销|退还
    |(?:公司|单位|厂里|老板|我们|店里|企业)(?:出|付|承担|报|管)){P}{{0,6}}$"""
DENIED_AFTER = rf"""^{P}{{0,8}}?(?:不限|全免|报销|免费|免除|免$|退还|返还|补贴|不要钱|(?:由|是)?(?:公司|单位
               |厂里|老板|我们|店里|企业)
    (?:承担|出|付|报|管|给))"""
# But a deposit that is not given back, and probation "without" a fee denied elsewhere, are none.
NOT_DENIED = r"不退|不还|不返"
