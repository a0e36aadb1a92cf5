"""Words of tables: how people name our codes in lists that were not made with our lists."""

import re

from models.base.typed import same_of
from models.vocabulary.trade import TRADES
from routes.office.import_reading import words_of

YES = frozenset({"是", "有", "急", "急招", "紧缺", "√", "y", "yes", "1", "true"})
DAY_WORK = re.compile("日结|零工|临时|临工|小时工|钟点工")
UNIT_WORDS = {
    "月": "month", "按月": "month", "月薪": "month", "元/月": "month", "月结": "month", "天": "day", "日": "day",
    "日结": "day", "按天": "day", "日薪": "day", "元/天": "day", "元/日": "day", "小时": "hour", "时薪": "hour",
    "元/小时": "hour", "按小时": "hour", "计件": "piece", "件": "piece", "元/件": "piece", "按件": "piece",
}  # fmt: skip
WORK_KIND_WORDS = {
    "全日制": "full_time", "全职": "full_time", "长期": "full_time", "长期工": "full_time",
    "正式工": "full_time", "合同工": "full_time", "固定工": "full_time", "非全日制": "part_time",
    "兼职": "part_time", "小时工": "part_time", "钟点工": "part_time", "临时工": "day", "临时": "day",
    "零工": "day", "日结": "day", "短工": "day", "日工": "day", "灵活用工": "day", "公益性岗位": "welfare",
    "公益岗": "welfare", "公益岗位": "welfare",
}  # fmt: skip
SHIFT_WORDS = {
    "白班": "day", "长白班": "day", "常白班": "day", "夜班": "night", "两班倒": "rotating", "三班倒": "rotating",
    "倒班": "rotating", "轮班": "rotating", "弹性": "flexible",
}  # fmt: skip
INDUSTRY_WORDS = {
    "农业": "A", "农林牧渔业": "A", "采矿业": "B", "制造业": "C", "工业": "C", "建筑业": "E", "建筑": "E",
    "批发零售": "F", "批发和零售业": "F", "零售": "F", "交通运输": "G", "物流": "G", "餐饮": "H",
    "住宿餐饮": "H", "住宿和餐饮业": "H", "餐饮业": "H", "房地产": "K", "物业": "K", "居民服务": "O",
    "家政": "O", "服务业": "O", "教育": "P", "卫生": "Q", "医疗": "Q",
}  # fmt: skip
# What is looked for in a title, the longer and rarer before the shorter.
_TRADES = tuple((re.compile(words), trade) for words, trade in (
    ("缝纫|车位工|平车|车工.*服装|服装.*车工|制衣", "sewing"),
    ("电子|装配|组装|贴片|SMT|插件", "electronics_assembly"), ("焊", "welder"),
    ("电工|电气|水电", "electrician"), ("叉车", "forklift"),
    ("钳工|车床|数控|CNC|车工|铣工|机加|模具|冲压", "fitter"), ("木工", "carpenter"), ("钢筋", "rebar"),
    ("泥瓦|瓦工|砌|抹灰|泥工", "mason"), ("油漆|喷漆|涂装|刷漆|粉刷", "painter"),
    ("货车|卡车|B2|A2", "truck_driver"), ("司机|驾驶", "passenger_driver"),
    ("快递|外卖|配送|骑手|送货", "courier"), ("搬运|装卸|小工|杂工|力工", "porter"),
    ("仓库|仓管|库管|理货|分拣|拣货", "warehouse"), ("保安|门卫|安保|秩序", "security_guard"),
    ("环卫|清运|垃圾", "sanitation"), ("保洁|清洁", "cleaner"), ("园林|绿化|花木", "gardener"),
    ("厨师|炒菜|面点|主厨|白案|红案|墩子", "cook"), ("洗碗|帮厨|配菜|后厨|切配", "kitchen_helper"),
    ("服务员|传菜|迎宾|客房", "waiter"), ("月嫂|育婴|母婴|保育", "maternity_nurse"),
    ("护工|护理|养老|陪护", "care_worker"), ("保姆|家政|钟点", "housekeeper"),
    ("主播|电商|直播|网店|运营", "e_commerce"), ("收银|导购|营业员|店员|销售|促销", "cashier"),
    ("客服|文员|前台|会计|出纳|行政|内勤|人事", "clerk"), ("养殖|饲养|养猪|养鸡", "livestock"),
    ("采摘|采收|摘果|采茶", "harvest"), ("护林|林业|伐木", "forester"),
    ("种植|农技|农场|大棚|除草", "crop_farming"), ("屠宰|水产|杀鱼|分割", "butcher"),
    ("食品|糕点|酿|包装.*食|腌", "food_processing"), ("美发|理发|美容", "hairdresser"),
    ("熨烫|普工|操作工|生产工|一线|流水线|包装|打包|质检|工人|学徒|技工|检验|注塑|印刷", "general_worker"),
))  # fmt: skip


def trade_in(text: str) -> str:
    """Return the trade that a text names, by our own word or by one that people use for it; nothing without one."""
    if not text:
        return ""
    found = words_of(tuple(TRADES.items())).get(same_of(text))
    return found or next((trade for pattern, trade in _TRADES if pattern.search(text)), "")
