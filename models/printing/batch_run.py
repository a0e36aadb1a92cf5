"""Batch runs: draw the papers of a batch, have them set in a process of its own, store the file."""

import json
import logging
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import TemporaryDirectory

from models.market.booth import stands_of
from models.market.market_day import MarketDay
from models.market.service_point import ServicePoint
from models.market.stop import Stop
from models.printing import typesetting
from models.printing.day_paper import DAY_PAPERS, drawn_sheets
from models.printing.drawn_card import drawn_cards
from models.printing.drawn_poster import drawn_poster
from models.printing.drawn_sheet import DrawnSheet
from models.printing.drawn_text import drawn_text
from models.printing.loudspeaker_text import loudspeaker_text
from models.printing.paper_batch import (
    DONE,
    FAILED,
    BatchStopped,
    PaperBatch,
    claim_next,
    drop_old,
    go_on,
)
from models.printing.paper_words import PaperWords
from models.printing.poster import board_posters, booth_posters, vacancy_posters
from models.printing.poster_words import booth_said, day_said, vacancy_said

BATCHED = ("gate", "booths", "vacancies", "signs", "tents", "strip", "passes", "loudspeaker", "sign-in")
MOST_SHEETS = 2_000
MOST_TRIES = 2
MOST_SECONDS = 300  # of the clock, for setting
BROKEN, NO_FONT, SLOW, TOO_MANY, NOTHING = "broken", "no_font", "slow", "too_many", "nothing"

InLanguage = Callable[[str], AbstractContextManager[PaperWords]]


class BatchTrouble(Exception):
    """Why a batch could not be made: ``code`` is one of the words above."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def run_all(origin: str, in_language: InLanguage) -> int:
    """Make the batches that wait, one after the other; return how many were tried."""
    drop_old()
    count = 0
    while batch := claim_next():
        count += 1
        try:
            if batch.tries > MOST_TRIES:
                raise BatchTrouble(BROKEN)  # it ended the processes before this one
            with in_language(str(batch.language)) as words:
                job, sheets = _job(batch, origin, words)
            content = _set(batch, job)
            go_on(batch, state=DONE, content=content, sheets=sheets)
        except BatchStopped:
            continue
        except BatchTrouble as trouble:
            _fail(batch, trouble.code)
        except Exception:
            logging.exception("papers %s", batch.id)
            _fail(batch, BROKEN)
    return count


def _fail(batch: PaperBatch, code: str) -> None:
    try:
        go_on(batch, state=FAILED, trouble=code)
    except BatchStopped:
        return


def _job(batch: PaperBatch, origin: str, words: PaperWords) -> tuple[str, int]:
    """Return the sheets of a batch as JSON, with their places in the outline, and how many they are."""
    days = batch.market_days()
    papers = [code for code in BATCHED if code in (batch.papers or [])]
    parts: list[str] = []
    for place, day in enumerate(days):
        heading = f"{words.date(day.date, 'long')} {day.town_name}"
        entries: list[tuple[int, str]] = [(1, heading)]
        for number, code in enumerate(papers):
            go_on(batch, done=place * len(papers) + number, total=len(days) * len(papers))
            entries.append((2, words.gettext(DAY_PAPERS[code].name)))
            for sheet in _sheets(code, day, origin, words, str(batch.size)):
                data = sheet.as_data() | {"outline": [*entries, (3, sheet.name)]}
                parts.append(json.dumps(data, ensure_ascii=False))
                entries = []
            entries = [entry for entry in entries if entry[0] == 1]  # a paper without sheets has no entry
            if len(parts) > MOST_SHEETS:
                raise BatchTrouble(TOO_MANY)
    if not parts:
        raise BatchTrouble(NOTHING)
    go_on(batch, done=len(days) * len(papers))
    head = json.dumps({"title": words.gettext("Papers to print"), "lang": words.locale}, ensure_ascii=False)
    return f'{head[:-1]}, "sheets": [{",".join(parts)}]}}', len(parts)


def _sheets(code: str, day: MarketDay, origin: str, words: PaperWords, size: str) -> Iterator[DrawnSheet]:
    """Yield the sheets of a paper, by booth; where no booth stands yet, those of passes alone."""
    if code != "passes" and not stands_of(day):
        return
    if code == "gate":
        booths, stops = stands_of(day), Stop.of_day(day)
        for poster in board_posters(day, origin):
            yield drawn_poster(day_said(poster, day, booths, stops, words), size)
    elif code == "booths":
        for poster in booth_posters(day, origin):
            yield drawn_poster(booth_said(poster, day, words), size)
    elif code == "vacancies":
        for poster in vacancy_posters(day, origin):
            yield drawn_poster(vacancy_said(poster, day, words), size)
    elif code == "passes":
        point = ServicePoint.nearest(day.county_id, "", day.town_name)
        for span in day.pass_ranges:
            yield from drawn_cards(day, span, origin, point, words)
    elif code == "loudspeaker":
        yield from drawn_text(day, loudspeaker_text(day, words), words)
    else:
        yield from drawn_sheets(code, day, origin, words)


def _set(batch: PaperBatch, job: str) -> bytes:
    """Return the PDF, made by a process that dies alone: by its own limits, or when somebody stops the batch."""
    with TemporaryDirectory(prefix="ganchang-papers-") as name:
        folder = Path(name)
        (folder / typesetting.JOB).write_text(job, encoding="utf-8")
        process = subprocess.Popen(
            [sys.executable, "-m", typesetting.__name__, name], cwd=typesetting.ROOT, stdin=subprocess.DEVNULL
        )
        try:
            until = time.monotonic() + MOST_SECONDS
            while process.poll() is None:
                go_on(batch)
                if time.monotonic() > until:
                    raise BatchTrouble(SLOW)
                time.sleep(0.2)
        finally:
            process.kill()
            process.wait()
        if process.returncode:
            raise BatchTrouble(NO_FONT if process.returncode == typesetting.NO_FONT else BROKEN)
        return (folder / typesetting.MADE).read_bytes()
