"""Called numbers as the public and the called person see them: by number on the board, by booth on the own page."""

from datetime import UTC, datetime, timedelta

from models.intake.ingest import ingest
from models.schema import PhonePass, Scan, Tablet

TEN = datetime(2026, 2, 24, 2, tzinfo=UTC)


def test_the_board_and_the_own_page_say_who_is_called_for_some_minutes(app, fair, morning, sign_up, operation):
    browser = app.test_client()
    address = sign_up(browser=browser).location
    (scan,) = Scan.select()
    board, queue = f"/m/{fair.day.id}", f"{address}/queue"
    number = PhonePass.get().number
    assert "正在叫号" not in app.test_client().get(board).text
    waiting = browser.get(queue)
    assert waiting.headers["Refresh"] == "30"
    assert "您前面好像没有人了" in waiting.text and "这里只是估计" in waiting.text

    tablet = Tablet.enlist(fair.clothing, "A")
    at = TEN.isoformat()
    ingest(tablet.log, [operation(1, "calling.made", at=at, check_in=scan.id)])
    morning(TEN + timedelta(minutes=1))
    shown = app.test_client().get(board).text
    assert f"请{number[3:6]} {number[6:]}到" in shown and "1号展位" in shown.split("正在叫号")[1][:400]
    assert "王师傅" not in shown and number not in shown
    for page in (browser.get(queue), browser.get(address)):
        assert "现在叫到您了" in page.text
    morning(TEN + timedelta(minutes=9))
    assert "正在叫号" not in app.test_client().get(board).text and "现在叫到您了" not in browser.get(queue).text
    morning(TEN + timedelta(days=1))
    over = browser.get(queue)
    assert "Refresh" not in over.headers and "您现在没有在哪个展位排队" in over.text
    assert browser.get("/me/nobody/queue").status_code == 404
