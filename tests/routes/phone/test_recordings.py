"""Spoken help: a recording beside each page, whole and in parts, and pages in large letters."""

import re

import pytest

LARGE = 'data-text="large"'


def test_a_vacancy_is_read_aloud(client, fair, morning):
    answer = client.get(f"/v/{fair.sewing.number}/spoken.mp3")
    assert (answer.status_code, answer.mimetype) == (200, "audio/mpeg")
    assert answer.data.startswith(b"\xff\xf3") and len(answer.data) > 30_000


def test_a_player_may_ask_for_a_part_or_find_what_it_has_unchanged(client, fair, morning):
    path = f"/v/{fair.sewing.number}/spoken.mp3"
    whole = client.get(path)
    part = client.get(path, headers={"Range": "bytes=0-1"})
    assert (part.status_code, part.data) == (206, whole.data[:2])
    assert client.get(path, headers={"If-None-Match": whole.headers["ETag"]}).status_code == 304


def test_who_is_known_hears_nothing_of_a_form(client, fair, morning):
    path = f"/v/{fair.sewing.number}/spoken.mp3"
    assert len(client.get(path + "?known=yes").data) < len(client.get(path).data)


@pytest.mark.parametrize("path", ["/v/1/spoken.mp3", "/v/1234567/spoken.mp3", "/me/nobody/spoken.mp3"])
def test_nothing_is_said_of_what_is_not_there(client, fair, path):
    assert client.get(path).status_code == 404


def test_ones_own_page_says_the_number_of_the_pass(client, fair, sign_up):
    mine = sign_up().headers["Location"]
    page = client.get(mine).text
    source = re.search(r'<audio controls preload="none" src="([^"]+)"', page)[1]
    assert len(client.get(source).data) > 40_000


def test_large_letters_are_chosen_by_link_and_stay(client, fair, morning):
    path = f"/v/{fair.sewing.number}"
    assert LARGE not in client.get(path).text
    assert LARGE in client.get(path + "?text=large").text
    assert LARGE in client.get(path).text
    client.get(path + "?text=normal")
    assert LARGE not in client.get(path).text
    assert LARGE not in client.get(path + "?text=huge").text
