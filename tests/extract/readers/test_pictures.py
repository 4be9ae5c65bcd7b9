"""A photo is known again by its bytes and, saved anew, by its look; what every return carries by right is no photo."""

from __future__ import annotations

import pytest

from extract import limits
from extract.readers.pictures import fingerprint
from forms import Fingerprint, Place
from tests.photos import again, flat, photo, seal

PLACE = Place("表1", 6, 3)


def _look(data: bytes) -> str:
    found = fingerprint(data, PLACE)
    assert found is not None
    return found.look


def _apart(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


def test_the_same_bytes_are_the_same_picture_and_others_are_not() -> None:
    """The hash is of the bytes alone; the place goes with it."""
    found = fingerprint(photo(1), PLACE)
    assert found is not None
    assert found == fingerprint(photo(1), PLACE)
    assert found.place == PLACE
    other = fingerprint(photo(2), PLACE)
    assert other is not None
    assert other.value != found.value


def test_a_picture_made_smaller_looks_the_same_and_another_does_not() -> None:
    """WPS and chat programs save pictures anew; a few of 256 bits change, of another photo a hundred."""
    looks = [_look(photo(number)) for number in range(12)]
    for number, look in enumerate(looks):
        assert _apart(look, _look(again(photo(number)))) <= 14
        assert _apart(look, _look(again(photo(number), 1.0, 40))) <= 14
    assert min(_apart(a, b) for at, a in enumerate(looks) for b in looks[:at]) > 40


def test_icons_and_seals_are_no_photos() -> None:
    """They are the same in every return by right."""
    assert fingerprint(seal(), PLACE) is None
    assert fingerprint(photo(3, (200, 95)), PLACE) is None
    assert fingerprint(b"\x89PNG" + bytes(100), PLACE) is None


def test_an_even_picture_has_no_look_and_a_broken_one_its_hash() -> None:
    """Nothing is made up where there is nothing to see; a cut picture in a form does no harm to the form."""
    assert _look(flat()) == ""
    cut = fingerprint(photo(4)[:9000], PLACE)
    assert isinstance(cut, Fingerprint)
    assert cut.look == ""
    unknown = fingerprint(b"no picture" * 1000, PLACE)
    assert unknown is not None
    assert unknown.look == ""


def test_a_picture_larger_than_any_photo_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file may claim to be as large as a house; its hash is enough."""
    monkeypatch.setattr(limits, "PIXELS", 1000)
    assert _look(photo(5)) == ""
