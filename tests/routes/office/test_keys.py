"""How an organiser makes keys anew and revokes those that sign passes; and the same by command."""

import json
import re
from io import BytesIO

import pytest

from models.keys.seal import open_box, private_keys
from models.schema import AuditEntry, PassKey, SealKey


@pytest.fixture
def command(app, fair):
    runner = app.test_cli_runner()
    return lambda word, *words: runner.invoke(args=["key", word, "--county", "璧山区", *words])


def test_the_page_lists_the_county_s_own_keys(organiser, fair):
    assert "还没有" in organiser.get("/organiser/keys").text
    seal, sign = SealKey.current(fair.county), PassKey.current(fair.county)
    theirs = PassKey.make(fair.elsewhere)

    page = organiser.get("/organiser/keys").text

    assert re.findall(r'<th scope="row">密钥(\d+)</th>', page) == [str(seal.id), str(sign.id)]
    assert f"passes/{theirs.id}/edit" not in page
    assert "PRIVATE KEY" not in page


@pytest.mark.parametrize(("use", "model"), [("seal", SealKey), ("pass", PassKey)])
def test_a_new_key_is_used_from_now_on(organiser, fair, use, model):
    first = model.current(fair.county)

    assert organiser.post("/organiser/keys", data={"use": use}).status_code == 303

    assert model.current(fair.county).id > first.id
    assert (model.get_by_id(first.id).revoked_at is not None) == (use == "seal")
    assert AuditEntry.get(action=f"{use}_key_made").who == "chen"


@pytest.mark.parametrize("form", [{}, {"use": "other"}])
def test_another_use_is_422(organiser, form):
    assert organiser.post("/organiser/keys", data=form).status_code == 422
    assert not SealKey.select().exists() and not PassKey.select().exists()


def test_revoking_asks_first_says_what_it_means_and_makes_a_successor(organiser, fair):
    key = PassKey.current(fair.county)
    url = f"/organiser/keys/passes/{key.id}"

    assert "不能恢复" in organiser.get(f"{url}/edit").text
    assert organiser.post(f"{url}/delete").status_code == 303
    organiser.post(f"{url}/delete")  # a repeat changes nothing

    assert PassKey.get_by_id(key.id).revoked_at
    assert PassKey.newest(fair.county).id != key.id
    assert PassKey.select().count() == 2
    assert AuditEntry.select().where(AuditEntry.action == "pass_key_revoked").count() == 1
    assert "该密钥已经停用" in organiser.get(f"{url}/edit").text


def test_a_reader_sees_keys_and_changes_none(app, fair):
    PassKey.current(fair.county)
    page = app.test_client(user=fair.reader).get("/organiser/keys")

    assert page.status_code == 200
    assert "<form" not in page.text.split("<main")[1].split("</main>")[0] and "/edit" not in page.text


def test_commands_list_make_and_revoke(command, fair):
    assert command("new", "seal").output == "seal key 1 is made\n"
    assert command("new", "pass").output == "pass key 1 is made\n"
    assert [line.split("\t")[:2] for line in command("list").output.splitlines()] == [["seal", "1"], ["pass", "1"]]
    assert command("revoke", "1").output == "pass key 1 is revoked; 0 passes are signed anew\n"
    assert command("revoke", "1").exit_code == 1
    assert command("revoke", "9").exit_code == 1
    assert command("new", "other").exit_code == 2
    assert [entry.who for entry in AuditEntry.select()] == ["command line"] * 3


PASSWORD = "four words apart 24"


def _copy(organiser, password: str = PASSWORD, again: str = PASSWORD):
    return organiser.post("/organiser/keys/copy", data={"password": password, "again": again})


def _put_back(organiser, content: bytes, password: str = PASSWORD):
    file = (BytesIO(content), "keys.json")
    return organiser.post("/organiser/keys/restore", data={"file": file, "password": password})


def test_keys_of_after_a_backup_are_put_back_from_their_copy(organiser, fair):
    seal, sign = SealKey.current(fair.county), PassKey.current(fair.county)
    box = seal.seal(b"13800000000")
    copy = _copy(organiser)
    assert copy.headers["Content-Disposition"].startswith("attachment") and "PRIVATE" not in copy.text
    SealKey.delete().execute()  # the backup was made before there was one

    answer = _put_back(organiser, copy.data)

    assert answer.status_code == 303
    assert open_box(box, private_keys(fair.county.id)) == b"13800000000"
    assert PassKey.get_by_id(sign.id).private_pem == sign.private_pem
    assert {entry.action for entry in AuditEntry.select()} >= {"keys_copied", "keys_put_back"}
    assert SealKey.make(fair.county).id > seal.id
    assert "最近一次备份" in organiser.get("/organiser/keys").text
    assert _put_back(organiser, copy.data).status_code == 303  # again: nothing is missing
    assert SealKey.select().where(SealKey.id == seal.id).count() == 1


def test_a_key_whose_number_another_has_is_named(organiser, fair):
    mine = SealKey.current(fair.county)
    copy = _copy(organiser).data
    SealKey.delete().execute()
    SealKey.insert(id=mine.id, county=fair.elsewhere, private_pem="x", public="y").execute()

    _put_back(organiser, copy)

    assert SealKey.get_by_id(mine.id).private_pem == "x"
    assert f"编号已被占用，未恢复：{mine.id}" in organiser.get("/organiser/keys").text


def test_what_is_no_copy_of_this_county_s_keys_is_refused(organiser, app, fair):
    SealKey.current(fair.county)
    copy = _copy(organiser).data
    changed = json.dumps(json.loads(copy) | {"made": "2020-01-01T00:00:00+00:00"}).encode()

    for content, password in [(b"", PASSWORD), (b"[1]", PASSWORD), (b"{}", PASSWORD), (b"[" * 50_000, PASSWORD),
                              (copy, "another password 99"), (changed, PASSWORD), (copy, "")]:  # fmt: skip
        assert _put_back(organiser, content, password).status_code == 422
    theirs = _put_back(app.test_client(user=fair.neighbour), copy)
    assert theirs.status_code == 422 and "璧山区" in theirs.text


@pytest.mark.parametrize(("password", "again"), [("short", "short"), (PASSWORD, PASSWORD + "x"), ("", "")])
def test_a_weak_or_mistyped_password_makes_no_copy(organiser, password, again):
    assert _copy(organiser, password, again).status_code == 422
    assert not AuditEntry.select().where(AuditEntry.action == "keys_copied").exists()
