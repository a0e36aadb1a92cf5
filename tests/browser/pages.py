"""Every page there is, found by following links from the front doors: one address for each kind."""

import re
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

from playwright.sync_api import APIRequestContext, BrowserContext, Page

OFFICE, MARKET = "/organiser/market-days", "/m/2"  # the demo's coming day: one that is over takes nobody
LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]+)"')
CHOICE = re.compile(r"[?&](?:lang|text)=")
NO_PAGES = re.compile(r"/static/|/wall/screen$|\.(?:csv|json|xlsx|png|mp3|webmanifest|crt)$")  # a wall scrolls nowhere
HELP = re.compile(r"^(/organiser/help)/[^/]+$")  # one template, many words
REGISTRATION = {"name": "王师傅", "birth_year": "1975", "phone": "", "consent": "yes"}


def kind_of(path: str) -> str:
    """Return what kind of page a path leads to: its numbers and secrets do not matter."""
    return HELP.sub(r"\1/#", re.sub(r"/(?:\d+|[\w-]{36,})(?=/|$)", "/#", urlsplit(path).path))


def pages_from(request: APIRequestContext, *starts: str, signed_in: bool = False) -> dict[str, str]:
    """Return one address for each kind of page reached from some pages by links, those pages included.

    A page that is not there is a kind of its own. The office's pages link to the public ones; they are
    followed only when the office is not asked for.
    """
    found: dict[str, str] = {}
    waiting = [(path, True) for path in starts]
    while waiting:
        path, is_start = waiting.pop(0)
        kind = kind_of(path)
        if NO_PAGES.search(urlsplit(path).path) or kind.startswith("/organiser") != signed_in:
            continue
        if kind in found and not is_start:
            continue
        answer = request.get(path)
        assert answer.status < 500, path
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        found.setdefault(kind if answer.ok else f"{kind} {answer.status}", path)
        here = urlsplit(answer.url).path
        links = (urldefrag(urljoin(here, unescape(link)))[0] for link in LINK.findall(answer.text()))
        waiting += [(link, False) for link in links if link.startswith("/") and not CHOICE.search(link)]
    return found


def office_pages(request: APIRequestContext) -> dict[str, str]:
    """Return the pages of a signed-in organiser; ``request`` carries the session."""
    newest, *_, oldest = (day["id"] for day in request.get("/organiser/market-days.json").json())
    # The oldest day has facts; the newest is being prepared, and only there is something to set up.
    over = [f"{OFFICE}/{oldest}{part}" for part in ("/live", "/quarantine", "/tablets", "/hand-overs", "/summary", "")]
    ahead = [f"{OFFICE}/{newest}{part}" for part in ("", "/edit", "/postponement", "/stops")]
    return pages_from(request, OFFICE, *over, *ahead, signed_in=True)


def empty_pages(request: APIRequestContext) -> dict[str, str]:
    """Return the pages of the newest day that have nothing to show yet, by the words for each."""
    newest = request.get("/organiser/market-days.json").json()[0]["id"]
    parts = ("live", "quarantine", "tablets", "hand-overs")
    return {f"{part} before the day": f"{OFFICE}/{newest}/{part}" for part in parts} | {
        "market day to come": f"{OFFICE}/{newest}",
        "nothing found": f"{OFFICE}/{newest}/vacancies?q=xyz",
    }


def phone_pages(request: APIRequestContext, market: str = MARKET) -> dict[str, str]:
    """Return the pages of a phone at a market day, its own page after registering among them."""
    board = request.get(market).text()
    vacancy = re.search(r'href="(/v/\d{7})"', board)[1]
    doors = ("/v", "/v/1", "/p/1000000005", "/p/1", "/b/999999", "/sign-in", "/enrol")
    pages = pages_from(request, market, *doors, vacancy)
    request.get(vacancy)  # the form's number comes as a cookie
    mine = request.post(vacancy, form=REGISTRATION).url
    # Its links lead to the same kinds again, for a phone that is known now.
    return {**pages, "/me/#": urlsplit(mine).path, "/v/# known": vacancy}


def own_pages(mine: str) -> dict[str, str]:
    """Return the pages that a phone's own page leads to; ``mine`` is its address, with one vacancy on it."""
    parts = ("entry", "wishes", "deletion", "forgetting", "card")
    return {f"/me/#/{part}": f"{mine}/{part}" for part in parts}


def visit(page: Page, kind: str, path: str) -> None:
    """Open a phone page as its kind wants it: all but a phone's own are seen by a phone that nobody knows."""
    cookies = page.context.cookies()
    if not kind.startswith("/me/#") and kind != "/v/# known":
        page.context.clear_cookies(name="ganchang_me")
    page.goto(path)
    page.context.add_cookies(cookies)


def signed_in(context: BrowserContext, login: str, password: str) -> Page:
    """Sign an organiser in and return a page of theirs."""
    assert context.request.post("/sign-in", form={"login": login, "password": password}, max_redirects=0).status == 303
    return context.new_page()
