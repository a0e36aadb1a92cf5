"""A database in which nothing can be written: 503 in words or in JSON, and all can be read."""

from uuid import uuid4

import pytest

from models.base.database import connect_database, db

# What SQLite says of a full disk, and of a file that is read-only.
FAULTS = {"full": ("max_page_count", 200), "read-only": ("query_only", 1)}


@pytest.mark.parametrize(("pragma", "most"), FAULTS.values(), ids=FAULTS)
def test_what_cannot_be_written_is_503_and_all_can_be_read(
    app, client, database, fair, enrol, operation, sign_up, pragma, most
):
    tablet, page = enrol(fair.clothing), f"/v/{fair.sewing.number}"
    notes = [operation(seq, "note.taken", text="x" * 500) for seq in range(1, 201)]
    db.obj.pragma(pragma, 1, permanent=True)

    phones = (sign_up(browser=app.test_client(), registration=str(uuid4())) for _ in range(most))
    said = next(said for said in phones if said.status_code != 303)  # no page of the file is left
    assert said.status_code == 503 and said.headers["Retry-After"]
    assert "请过几分钟再试" in said.text and "Content-Security-Policy" in said.headers
    said = tablet.sync(*notes)
    assert (said.status_code, said.json["error"]) == (503, "Service Unavailable") and said.headers["Retry-After"]
    assert client.get(page).status_code == client.get("/healthz").status_code == 200

    db.close()
    connect_database(database)
    assert tablet.sync(*notes).json["acknowledged"] == 200


def test_a_statement_that_is_wrong_is_a_500_in_words(app, client, fair):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    db.execute_sql("ALTER TABLE county RENAME TO lost")
    for path in (f"/v/{fair.sewing.number}", "/sign-in", "/nowhere"):
        said = client.get(path, headers={"Accept": "text/html"})
        assert said.status_code == 500 and "出了点问题" in said.text, path
        assert "Content-Security-Policy" in said.headers, path
