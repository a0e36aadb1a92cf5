"""Vacancy rules: words that may not stand in a vacancy, and why.

Source: 人力资源市场暂行条例 24, 就业促进法 26-31 and 41, 妇女权益保障法 43, 劳动合同法 9. A pattern finds
words, it does not understand them: an organiser who has looked may overrule it, under their name.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from models.vocabulary.code_list import N_

RULES: dict[str, tuple[str, str]] = {
    "sex": (
        N_("Nobody may be shut out or put first for their sex."),
        r"限男|限女|仅限?[男女]|只[招要收][男女]|[男女][性士]?优先|不[招要收][男女]|[男女][性士]?勿扰|要求[男女][性士]?(?!不)",
    ),
    "family": (
        N_("Marriage, children and pregnancy are nobody's business here."),
        r"已婚已育|已婚优先|未婚优先|限未婚|限已婚|年?内不(?:得)?(?:生育|怀孕|结婚)|孕检|妊娠检测",
    ),
    "ethnicity": (
        N_("Nobody may be shut out for their people or faith."),
        r"限汉族|仅限?汉族|只[招要收]汉族|不[招要收](?:少数民族|[^，。；,;\s]{1,3}族)|信[教仰](?:者)?勿扰|不信教",
    ),
    "household": (
        N_("Nobody may be shut out for where they come from."),
        r"[限只仅](?:招|要|收)?(?:本地|本市|城镇|本区|本县)(?:户籍|户口|人)|外地(?:人)?勿扰|不[招要收](?:外地|农村|[^，。；,;\s]{2,3})(?:人|户口|户籍)",
    ),
    "health": (
        N_("Hepatitis B and other carriers may not be asked about, except where a law says so."),
        r"乙肝|两对半|大三阳|小三阳|传染病携带|病毒携带",
    ),
    "fee": (
        N_("No deposit, no fee and no identity card may be taken from who looks for work."),
        r"押金|保证金|报名费|服装费|体检费|培训费|中介费|介绍费|培训贷|[押扣](?:留)?身份证|入职费",
    ),
}
_PATTERNS = {code: re.compile(pattern) for code, (_, pattern) in RULES.items()}

# What takes the sting out of a word right before it or right after it, within the same phrase.
_PHRASE = r"[^，。；,;！!？?\s]"
_NOT_BEFORE = re.compile(
    rf"(?:不收(?:取)?|无需|不需要?|不用|不交|不查|不限|免收?|无|零|没有|不得|报销|退还){_PHRASE}{{0,6}}$"
)
_NOT_AFTER = re.compile(
    rf"^{_PHRASE}{{0,3}}(?:不限|全免|报销|免费|免|由?(?:公司|单位|厂里)(?:承担|出|付))"
)


class Find(NamedTuple):
    """A word that may not stand there: which rule it breaks, the word itself, and why."""

    rule: str
    word: str
    why: str


def forbidden_words(text: str) -> list[Find]:
    """Return what may not stand in a vacancy's text, by rule and place; a word that comes twice is one find."""
    finds = (find for code in RULES for find in _finds(code, text)) if text else ()
    return list(dict.fromkeys(finds))


def _finds(code: str, text: str) -> Iterator[Find]:
    for match in _PATTERNS[code].finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        if not (_NOT_BEFORE.search(before) or _NOT_AFTER.search(after)):
            yield Find(code, match[0], RULES[code][0])
