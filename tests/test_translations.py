"""Every sentence exists in English (its message id) and in every language that has a catalogue; none is left over."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages import pofile
from babel.messages.extract import extract_from_dir

from routes.web.language import LANGUAGES

ROOT = Path(__file__).parent.parent
METHODS = [
    ("templates/**.html", "jinja2"),
    ("app.py", "python"),
    ("routes/**.py", "python"),
    ("models/**.py", "python"),
]
OPTIONS = {"templates/**.html": {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}}
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "N_": None, "lazy_gettext": None}


@pytest.fixture(scope="module", params=sorted(path.name for path in (ROOT / "translations").iterdir() if path.is_dir()))
def catalogue(request):
    text = (ROOT / f"translations/{request.param}/LC_MESSAGES/messages.po").read_bytes()
    return pofile.read_po(BytesIO(text), locale=request.param)


@pytest.fixture(scope="module")
def extracted() -> set:
    found = extract_from_dir(
        ROOT, METHODS, OPTIONS, keywords=KEYWORDS,
        directory_filter=lambda path: Path(path).name not in {".venv", "node_modules", "tests", "static", "bench"},
    )  # fmt: skip
    return {_plain(message) for _, _, message, _, _ in found}


def _plain(message: object) -> str:
    return message if isinstance(message, str) else message[0]


def test_every_sentence_is_translated(catalogue, extracted):
    translated = {_plain(m.id) for m in catalogue if m.id and (m.string if isinstance(m.string, str) else m.string[0])}
    assert sorted(extracted - translated) == []


def test_no_translation_is_left_over(catalogue, extracted):
    assert sorted({_plain(m.id) for m in catalogue if m.id} - extracted) == []


def test_every_language_that_is_offered_has_a_catalogue():
    assert {path.name for path in (ROOT / "translations").iterdir() if path.is_dir()} == LANGUAGES.keys() - {"en"}


def test_placeholders_survive_translation(catalogue):
    assert [(m.id, [str(e) for e in m.check(catalogue)]) for m in catalogue if list(m.check(catalogue))] == []


# Where figures stand in Chinese there is no blank: 1号展位, never 1 号展位. A date before a word is typed with one.
MEASURES = "号|条|人|个|台|天|场|岁|元|位|次|秒|分钟|小时|张|份|项|年|月|日|家|页|行|周|公里|字|毫米|厘米"
BLANK = re.compile(rf"[一-鿿] \d|\d [一-鿿]|(?:%\([a-z_]+\)s|{{[a-z_]+}}) (?:{MEASURES})")


def test_figures_in_chinese_have_no_blank_around_them(catalogue):
    if str(catalogue.locale) != "zh":
        pytest.skip("a rule of Chinese")
    sentences = [text for m in catalogue for text in (m.string if isinstance(m.string, tuple) else [m.string])]
    assert [text for text in sentences if BLANK.search(text.replace("2027-02-06 春节停场", ""))] == []
