"""field_mappings.yaml: what a school may write, and what an error of it says."""

import pytest

from gradeline.base.errors import WrongUse
from gradeline.sources.product_events.field_mappings import PropertyPath, read_mappings


def written(home, text):
    """The mappings of a home with this file."""
    (home / "field_mappings.yaml").write_text(text, encoding="utf-8")
    return read_mappings(home)


def test_the_digest_of_the_same_mappings_stays():
    """It is part of the version of streams: another one has every slice read again."""
    assert read_mappings().digest == "9223d0ec14c8ea9c"


def test_each_key_of_the_home_replaces_ours(tmp_path):
    """One name may stand without a list; an empty key is an empty list."""
    mappings = written(tmp_path, "email: user_properties.mail\npermanent:\n")
    assert mappings.email == (PropertyPath(holder="user_properties", name="mail"),)
    assert mappings.permanent == ()
    assert mappings.ehr_id == read_mappings().ehr_id


def test_transforms_are_read_and_change_the_digest(tmp_path):
    """One may stand without a list; a property without any is as if it were not named."""
    mappings = written(tmp_path, "transforms: {level: integer, email: [strip, lower], plan: }")
    assert mappings.transforms == {"level": ("integer",), "email": ("strip", "lower")}
    assert mappings.digest != read_mappings().digest


def test_names_that_yaml_takes_for_numbers_are_names(tmp_path):
    """An empty property of an answer is none."""
    answers = written(tmp_path, "answers:\n  8: {item: 7, score: '', hints: null}\n").answers
    assert {kind: (each.item, each.score, each.hints) for kind, each in answers.items()} == {
        "8": ("7", None, None)
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("emial: []", "emial"),
        ("email: 7", r"\$\.email"),
        ("email: [user_id, 7]", r"\$\.email\[1\]"),
        ("ehr_id: [user_id, name]", r"`name`.*\$\.ehr_id\[1\]"),
        ("answers: [quiz]", r"\$\.answers"),
        ("answers: {quiz: {score: points}}", r"`item`.*\$\.answers"),
        ("answers: {quiz: {item: ''}}", r"`item`.*\$\.answers"),
        ("answers: {quiz: {item: id, points: 7}}", r"`points`.*\$\.answers"),
        ("transforms: {levl: integer}", r"`levl` is neither .*\$\.transforms\.levl"),
        ("transforms: {level: whole}", r"`whole` is none of strip, .*\$\.transforms\.level"),
        ("transforms: {level: [date, strip]}", r"`date` .*must be last.*\$\.transforms\.level"),
        ("transforms: {level: {to: date}}", r"\$\.transforms"),
        ("transforms: [level]", r"\$\.transforms"),
        ("- email", "name: value"),
        ("email: [", "not YAML"),
        ("email: &a [user_id]\ncourse: *a", "aliases"),
    ],
)
def test_an_error_names_the_place_in_the_file(tmp_path, text, words):
    """So that a person finds it without knowing how it is read."""
    with pytest.raises(WrongUse, match=rf"field_mappings\.yaml cannot be used: .*{words}"):
        written(tmp_path, text)
