"""Trades: the 36 plain trades a candidate picks by icon and a vacancy is filed under.

Source: our own list over the eight major classes of 职业分类大典, in the order of the icons.
"""

from models.vocabulary.code_list import N_

TRADES = {
    "general_worker": N_("General worker"),
    "sewing": N_("Sewing worker"),
    "electronics_assembly": N_("Electronics assembler"),
    "welder": N_("Welder"),
    "electrician": N_("Electrician"),
    "fitter": N_("Fitter or lathe operator"),
    "carpenter": N_("Carpenter"),
    "rebar": N_("Steel fixer"),
    "mason": N_("Mason"),
    "painter": N_("Painter"),
    "porter": N_("Labourer or porter"),
    "warehouse": N_("Warehouse worker"),
    "forklift": N_("Forklift driver"),
    "truck_driver": N_("Lorry driver"),
    "passenger_driver": N_("Bus or car driver"),
    "courier": N_("Courier"),
    "security_guard": N_("Security guard"),
    "cleaner": N_("Cleaner"),
    "gardener": N_("Gardener"),
    "sanitation": N_("Street sanitation worker"),
    "cook": N_("Cook"),
    "kitchen_helper": N_("Kitchen helper"),
    "waiter": N_("Waiter"),
    "housekeeper": N_("Housekeeper"),
    "maternity_nurse": N_("Maternity or infant nurse"),
    "care_worker": N_("Care worker"),
    "cashier": N_("Cashier or shop assistant"),
    "clerk": N_("Customer service or office clerk"),
    "crop_farming": N_("Crop farming"),
    "livestock": N_("Livestock farming"),
    "harvest": N_("Harvest help"),
    "forester": N_("Forester"),
    "food_processing": N_("Food processing worker"),
    "butcher": N_("Butcher or fish worker"),
    "hairdresser": N_("Hairdresser"),
    "e_commerce": N_("Online sales or live streaming"),
}
