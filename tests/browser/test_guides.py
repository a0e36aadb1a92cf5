"""The printed guides: one sheet of A4 each, in both languages, nothing cut."""

import pytest

from tests.browser.paper import Paper

CUT = """() => {
  const sheet = document.querySelector(".guide").getBoundingClientRect()
  return [...document.querySelectorAll(".guide :is(h1, h2, p, figure, img)")].filter((part) => {
    const { right, bottom, height } = part.getBoundingClientRect()
    return right > sheet.right - 30 || bottom > sheet.bottom - 30 || height < 8
  }).map((part) => part.outerHTML.slice(0, 80))
}"""

APART = """() => [...document.querySelectorAll(".guide-steps li")].map((step) => step.getBoundingClientRect())
  .every(({ top }, number, all) => !number || top >= all[number - 1].bottom)"""


@pytest.mark.parametrize("guide", ["clerk", "operator"])
def test_a_guide_is_one_sheet_with_nothing_cut(organiser, tmp_path, guide):
    organiser.emulate_media(media="print")
    for language in ("zh", "en"):
        organiser.goto(f"/organiser/help/guides/{guide}?lang={language}", wait_until="load")
        assert organiser.evaluate(CUT) == []
        assert organiser.evaluate("() => [...document.images].every((one) => one.complete && one.naturalWidth > 200)")
        assert organiser.evaluate(APART), "steps lie over each other"
        assert len(Paper(organiser, tmp_path / f"{guide}-{language}.pdf").pngs(3)) == 1
