"""A token for the figures reads figures, and no page that names a person or an employer's contact."""

from models.schema import AccessToken
from tests.routes.safety.test_payloads import rules
from tests.routes.test_every_route import OF_A_TABLET, PUBLIC, address  # noqa: F401  a fixture

FIGURES = {
    "reports.as_csv", "reports.as_json", "reports.as_xlsx",
    "summaries.index", "summaries.as_csv", "summaries.as_json", "summaries.as_xlsx",
}  # fmt: skip


def test_a_token_opens_the_figures_and_nothing_else(app, client, fair, address):  # noqa: F811
    headers = {"Authorization": f"Bearer {AccessToken.issue(fair.county, 'bureau')}"}
    opened = set()
    for rule in rules(app, "GET", "POST"):
        if rule.endpoint in PUBLIC | OF_A_TABLET:
            continue
        answer = client.open(address(rule), method="GET" if "GET" in rule.methods else "POST", headers=headers)
        if answer.status_code == 200:
            opened.add(rule.endpoint)
        else:
            refused = answer.status_code in (401, 403) or "/sign-in" in answer.headers.get("Location", "")
            assert refused, (rule, answer.status_code)
    assert opened == FIGURES


def test_a_token_that_is_none_opens_nothing(app, client, fair, address):  # noqa: F811
    for rule in rules(app, "GET"):
        if rule.endpoint not in PUBLIC | OF_A_TABLET:
            answer = client.get(address(rule), headers={"Authorization": "Bearer made-up"})
            assert answer.status_code == 401 or "/sign-in" in answer.headers.get("Location", ""), rule


def test_nobody_keeps_what_is_not_made_to_be_kept(app, client, fair, address):  # noqa: F811
    office = app.test_client(user=fair.chen)
    for rule in rules(app, "GET"):
        for browser in (client, office):
            kept = browser.get(address(rule)).headers["Cache-Control"]
            assert kept and ("public" not in kept or rule.endpoint.startswith(("kiosk.", "static_files."))), rule
    for ending in ("json", "csv", "xlsx"):
        figures = office.get(f"/organiser/market-days/{fair.day.id}/summary.{ending}")
        assert figures.headers["Cache-Control"] == "no-store"
