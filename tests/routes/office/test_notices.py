"""The inbox: what waits, by county and towns. By mail each notice goes out once, whatever the mail server does."""

import smtplib
import socketserver
import threading
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from models import schema as models
from models.desk.handed_list import hand_over
from models.forgetting.retain import retain
from models.inbox import notice as notices
from models.inbox.notice import notices_of
from models.intake.ingest import ingest, record
from routes.command_line import notices as command
from routes.command_line.notices import NotSent, address_of, send_new

AFTER = datetime(2026, 3, 1, 1, tzinfo=UTC)


@pytest.fixture
def waiting(fair, enrol, operation):
    """Leave behind a market day: an unreadable entry, no signature, an old check of a vacancy, a withdrawal."""
    models.MarketDay.update(published_at=fair.day.hours_ms()[0]).execute()
    ingest(enrol(fair.clothing).tablet.log, [operation(1, "candidate.registered", name=" ", birth_year=1980)])
    id, consent = str(uuid4()), str(uuid4())
    record(fair.day, [
        operation(0, "candidate.registered", id=id, name="王小明", birth_year=1980, phone="13800006666"),
        operation(0, "consent.given", id=consent, candidate=id, vacancy=fair.sewing.number),
    ])  # fmt: skip
    hand_over(fair.factory, [fair.sewing.number], "面试", "周老板", "chen", AFTER.date())
    record(fair.day, [operation(0, "consent.withdrawn", id=consent, candidate=id, vacancy=fair.sewing.number)])


class MailServer(socketserver.ThreadingTCPServer):
    """A mail server of the standard library: keeps what it is given, or refuses it, or goes away after it."""

    allow_reuse_address = daemon_threads = True
    how = "takes"

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.mails: list[str] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 here")
        for line in self.rfile:
            word = line[:4].upper().strip()
            if word == b"DATA":
                self._say("354 go on")
                mail = b"".join(iter(lambda: self.rfile.readline(), b".\r\n")).decode()
                if self.server.how == "refuses":
                    self._say("550 no")
                    continue
                self.server.mails.append(mail)
                if self.server.how == "goes away":
                    return
            self._say("250 well")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@pytest.fixture
def mail(app, monkeypatch):
    """A mail server that the application is set up for, months after the market day."""
    monkeypatch.setattr(notices, "utcnow", lambda: AFTER)
    with MailServer() as server:
        app.config.update(SMTP_HOST="127.0.0.1", SMTP_PORT=server.server_address[1], MAIL_FROM="a@example.cn")
        yield server
        server.shutdown()


def kinds(found) -> list[str]:
    return [one.kind for one in found]


def test_what_waits_is_listed_and_leads_where_it_is_seen_to(organiser, fair, waiting, monkeypatch):
    monkeypatch.setattr(notices, "utcnow", lambda: AFTER)
    page = organiser.get("/organiser/notices?lang=en").text
    assert kinds(notices_of(fair.county)) == ["quarantine", "unsigned", "stale", "withdrawn"]
    for part in (f"market-days/{fair.day.id}/quarantine", f"market-days/{fair.day.id}/", "organiser/vacancies",
                 f"employers/{fair.factory.id}/call-lists"):  # fmt: skip
        assert part in page
    assert "王小明" not in page


def test_a_silent_tablet_is_told_of_while_the_market_goes_on(fair, enrol, operation):
    ingest(enrol(fair.clothing).tablet.log, [operation(1, "tally.counted", topic="visitor", count=1)])
    models.Tablet.update(last_contact_at=datetime(2026, 2, 24, 1, tzinfo=UTC), unsent=0).execute()
    during = [datetime(2026, 2, 24, hour, tzinfo=UTC) for hour in (1, 3)]
    assert ["silent" in kinds(notices_of(fair.county, now=now)) for now in during] == [False, True]
    assert "silent" not in kinds(notices_of(fair.county, now=AFTER))


def test_what_the_night_takes_away_is_foretold_a_week_before(fair, operation):
    """Somebody who was tied to nothing, of a market day without a campaign: 90 days, and on the 91st they go."""
    models.MarketDay.update(campaign=None).execute()
    record(fair.day, [operation(0, "candidate.registered", name="王小明", birth_year=1980, phone="13800006666")])
    goes = datetime(2026, 2, 24, 1, tzinfo=UTC) + timedelta(days=91)
    said = [notices_of(fair.county, now=goes - timedelta(days=before))[-1] for before in (8, 7, 1, 0)]
    assert [one.count for one in said if one.kind == "retention"] == [1, 1, 1]
    retain(fair.county, goes.date())
    assert "retention" not in kinds(notices_of(fair.county, now=goes))


def test_a_clerk_is_told_of_the_days_of_their_towns_and_other_counties_of_nothing(app, fair, waiting, monkeypatch):
    monkeypatch.setattr(notices, "utcnow", lambda: AFTER)
    assert kinds(notices_of(fair.county, frozenset({fair.town.code}))) == ["quarantine", "unsigned"]
    assert kinds(notices_of(fair.county, frozenset({"500120199"}))) == []
    assert "quarantine" not in kinds(notices_of(fair.elsewhere))
    assert app.test_client(user=fair.reader).get("/organiser/notices").status_code == 403


def test_each_notice_goes_out_once_and_names_nobody(app, fair, waiting, mail):
    with app.app_context():
        assert [send_new(fair.county, "office@example.cn") for _ in range(2)] == [4, 0]
    assert len(mail.mails) == 1
    said = mail.mails[0]
    assert "To: office@example.cn" in said and "Subject: " in said and "王小明" not in said


def test_what_a_mail_server_refuses_goes_out_the_next_time(app, fair, waiting, mail):
    mail.how = "refuses"
    with app.app_context():
        with pytest.raises(NotSent):
            send_new(fair.county, "office@example.cn")
        mail.how = "takes"
        assert send_new(fair.county, "office@example.cn") == 4
    assert len(mail.mails) == 1


def test_a_mail_server_that_goes_away_with_the_mail_gets_it_once(app, fair, waiting, mail):
    mail.how = "goes away"
    with app.app_context():
        with pytest.raises((OSError, smtplib.SMTPException)):
            send_new(fair.county, "office@example.cn")
        mail.how = "takes"
        assert send_new(fair.county, "office@example.cn") == 0
    assert len(mail.mails) == 1


def test_without_a_mail_server_it_goes_out_the_next_time(app, fair, waiting, mail):
    port = app.config["SMTP_PORT"]
    with app.app_context():
        app.config["SMTP_PORT"] = 1
        with pytest.raises(NotSent):
            send_new(fair.county, "office@example.cn")
        app.config["SMTP_PORT"] = port
        assert send_new(fair.county, "office@example.cn") == 4


def test_a_server_that_dies_while_it_sends_sends_nothing_twice(app, fair, waiting, mail, monkeypatch):
    deliver = command.deliver

    def die(message):
        deliver(message)
        raise KeyboardInterrupt  # as a power cut: nothing behind it runs

    monkeypatch.setattr(command, "deliver", die)
    with app.app_context():
        with pytest.raises(KeyboardInterrupt):
            send_new(fair.county, "office@example.cn")
        monkeypatch.setattr(command, "deliver", deliver)
        assert send_new(fair.county, "office@example.cn") == 0
    assert len(mail.mails) == 1


def test_what_is_settled_and_waits_again_is_told_again(app, fair, waiting, mail):
    with app.app_context():
        send_new(fair.county, "office@example.cn")
        models.Operation.update(outcome="applied").execute()
        assert send_new(fair.county, "office@example.cn") == 0
        models.Operation.update(outcome="refused").where(models.Operation.seq == 1).execute()
        assert send_new(fair.county, "office@example.cn") == 1


@pytest.mark.parametrize(("said", "to"), [
    ("", ""), ("a@b.cn", "a@b.cn"), ("500151=c@d.cn 500120=a@b.cn", "a@b.cn"), ("500151=c@d.cn", ""),
])  # fmt: skip
def test_each_county_has_its_address(fair, said, to):
    assert address_of(fair.county, said) == to
