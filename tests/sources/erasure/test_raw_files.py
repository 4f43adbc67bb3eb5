"""A raw file is rewritten without some learners, every other record with its own bytes."""

import gzip
import io
import zipfile

import pytest

from gradeline.sources.erasure.learners import LearnerIds, RecordMatcher
from gradeline.sources.erasure.raw_files import erase_from_file, find_learners

WHO = LearnerIds(ids=frozenset({"17", "5f3c9a0b77"}), emails=frozenset({"ana@x.example"}))
RECORDS = RecordMatcher(fields=frozenset({"user_id"}))
STAY = [b'{"user_id": 1.50, "score":  17}', b'{"user_id":"170","n":1}']
GO = [
    b'{"user_id":17}',
    b'{"by":{"user_id":"17"}}',
    b'{"note":"to ANA@x.example."}',
    b'{"id":"5f3c9a0b77"}',
]


def find_rewritten(path, extension):
    """The file without them, and what was left out."""
    taken, to = [], path.with_name("out")
    erased = erase_from_file(
        path, extension, RECORDS, WHO, to, lambda _place, raw: taken.append(raw)
    )
    assert erased == len(taken)
    return to.read_bytes(), taken


def test_an_array_keeps_the_bytes_of_the_others(tmp_path):
    """Records that stay are as they were received, one a line."""
    path = tmp_path / "a.json"
    path.write_bytes(b"[" + b",".join([STAY[0], *GO, STAY[1]]) + b"]")
    content, taken = find_rewritten(path, "json")
    assert content == b"[\n" + STAY[0] + b",\n" + STAY[1] + b"\n]\n"
    assert taken == GO


def test_an_object_of_arrays_loses_elements(tmp_path):
    """A page of an API stays a page."""
    path = tmp_path / "a.json"
    path.write_bytes(b'{"data":[' + b",".join([*GO, STAY[1]]) + b'],"meta":{"page":1}}')
    content, taken = find_rewritten(path, "json")
    assert content == b'{"data":[\n' + STAY[1] + b'\n]\n,"meta":{"page":1}}'
    assert len(taken) == len(GO)


@pytest.mark.parametrize("extension", ["ndjson", "ndjson.gz", "zip"])
def test_lines_that_go_are_blank(tmp_path, extension):
    """Lines after them keep their numbers, folded or not."""
    path, lines = tmp_path / "a", b"\n".join([STAY[0], *GO, STAY[1]]) + b"\n"
    match extension:
        case "ndjson":
            path.write_bytes(lines)
        case "ndjson.gz":
            path.write_bytes(gzip.compress(lines))
        case "zip":
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr("p/x.json.gz", gzip.compress(lines))
    content, _ = find_rewritten(path, extension)
    if extension == "zip":
        content = zipfile.ZipFile(io.BytesIO(content)).read("p/x.json.gz")
    plain = content if extension == "ndjson" else gzip.decompress(content)
    assert plain == STAY[0] + b"\n" * 5 + STAY[1] + b"\n"


def test_csv_keeps_the_others_and_their_lines(tmp_path):
    """A record over two lines goes as a whole; a number in another column means nobody."""
    path = tmp_path / "a.csv"
    path.write_bytes(b'user_id,note\r\n1,17\r\n17,"two\r\nlines"\r\n2,x\r\n17\r\n')
    content, taken = find_rewritten(path, "csv")
    assert content == b"user_id,note\r\n1,17\r\n\n\n2,x\r\n\n"
    assert len(taken) == 2


def test_nobody_knows_other_forms(tmp_path):
    """What cannot be understood is not said to be rewritten."""
    path = tmp_path / "a.bin"
    path.write_bytes(b"17")
    to = tmp_path / "out"
    assert erase_from_file(path, "bin", RECORDS, WHO, to, lambda _place, _raw: None) is None
    assert not to.exists()


def test_who_is_in_a_file_is_found_by_what_is_known(tmp_path):
    """Ids in learners' fields, e-mails and long ids anywhere; a plain number elsewhere is none."""
    path = tmp_path / "a.json"
    path.write_bytes(b"[" + b",".join([b'{"n":"17"}', *GO[1:]]) + b"]")
    known = {"17", "5f3c9a0b77", "ana@x.example"}.__contains__
    found = find_learners(path, "json", RECORDS, lambda text: known(text.lower()))
    assert {each.lower() for each in found} == {"17", "5f3c9a0b77", "ana@x.example"}


@pytest.mark.parametrize(
    "written", [" 17\u00a0", "17_x000D_", "JOSE\u0301@x.example", "\ufeffjos\u00e9@X.example"]
)
def test_a_learner_goes_under_every_spelling(tmp_path, written):
    """Blanks around an id, accents of their own and capitals hide nobody."""
    path, to = tmp_path / "a.ndjson", tmp_path / "out"
    path.write_text(f'{{"user_id":"{written}"}}\n{{"user_id":"18"}}\n', encoding="utf-8")
    who = LearnerIds(ids=frozenset({"17"}), emails=frozenset({"jos\u00e9@x.example"}))
    erase_from_file(path, "ndjson", RECORDS, who, to, lambda _place, _raw: None)
    assert to.read_text() == '\n{"user_id":"18"}\n'
