"""Bad input ends with one clear message, the right exit code, and nothing half-written."""

import shutil
from dataclasses import replace
from importlib.resources import files as resources

import pytest
from proofs.rig.command import School, school
from proofs.rig.oulad import copied

AS_OF = ("--as-of", "2015-12-31")
#: What these tests look at is over once data are collected.
COLLECT = "--download-only"


def told(done, code=1):
    """The one message of a run that failed as it should."""
    said = [line for line in done.stderr.splitlines() if line.startswith("gradeline: ")]
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert len(said) <= 1, done.stderr
    return done.stdout + done.stderr


def leftovers(place):
    """Files that a run must not leave: half-written ones and the spool's, locks apart."""
    spooled = (place.home / "spool").rglob("[!.]*")
    return [*spooled, *place.home.rglob("*.part"), *(place.home / "lake").rglob(".new#*")]


@pytest.fixture
def broken(ground, sheets, migrated_home):
    """A school over CSV files that the test may break."""
    data = copied(sheets, ground / "data")
    with school(ground / "school", data, like=migrated_home, forks=True) as place:
        yield place


def test_a_missing_folder_is_named(ground):
    """A folder that is not there ends with its name, before anything is made."""
    with school(ground / "school", ground / "nowhere", forks=True) as place:
        assert "nowhere" in told(place.call("run", place.source))


def test_an_empty_file_is_named(broken):
    """A file without a byte fails its slices, and the message names it."""
    (broken.data / "studentAssessment.csv").write_bytes(b"")
    assert "studentAssessment.csv" in told(broken.call("run", broken.source, COLLECT))
    assert leftovers(broken) == []


def test_a_changed_header_is_named(broken):
    """A column that the mapping needs and the file no longer has is named."""
    file = broken.data / "studentAssessment.csv"
    file.write_text(file.read_text().replace("date_submitted", "handed_in", 1))
    assert "date_submitted" in told(broken.call("run", broken.source, COLLECT))
    assert leftovers(broken) == []


def test_a_parquet_file_cut_in_half_is_named(ground, files, migrated_home):
    """Half a Parquet file fails and is named; whole again, the next run goes on."""
    data = copied(files, ground / "data")
    half = data / "studentAssessment.parquet"
    half.write_bytes(half.read_bytes()[: half.stat().st_size // 2])
    with school(ground / "school", data, like=migrated_home, forks=True) as place:
        assert half.name in told(place.call("run", place.source, *AS_OF))
        assert leftovers(place) == []
        shutil.copy(files / half.name, half)
        place.run(*AS_OF)


def test_a_mistake_in_the_sql_of_a_mapping_is_named(ground, sheets):
    """SQL that does not parse ends with the file's name."""
    mapping = ground / "mapping"
    shutil.copytree(str(resources("gradeline.sources") / "mappings" / "oulad"), mapping)
    (mapping / "courses.sql").write_text("SELEKT _file FROM courses")
    with school(ground / "school", sheets) as first:
        place = School(home=first.home, data=sheets, mapping=str(mapping), forks=True)
        assert "courses.sql" in told(place.call("run", place.source, COLLECT))
        assert leftovers(place) == []


def test_a_wrong_password_is_refused_without_being_shown(broken, free_port):
    """A server that refuses the login is named with its user; the password is nowhere."""
    served = replace(broken, env={"GRADELINE_DB_PORT": str(free_port)})
    assert served.call("psql", "--url").returncode == 0
    url = f"postgresql://postgres:open-sesame@127.0.0.1:{free_port}/gradeline"
    other = replace(broken, home=broken.home / "other", env={"DATABASE_URL": url})
    said = told(other.call("run", other.source))
    assert "postgres" in said
    assert "open-sesame" not in said


def test_a_wrong_setting_is_named(broken):
    """A setting that cannot work ends with 2 and its name."""
    place = replace(broken, env={"PASS_MARK": "much"})
    assert "PASS_MARK" in told(place.call("run", place.source), code=2)


def test_broken_rows_are_listed_with_their_place(broken):
    """A row that means nothing goes to quarantine with file, line and reason; the rest is loaded."""
    file = broken.data / "studentAssessment.csv"
    lines = file.read_text().splitlines()
    item, student, _day, *rest = lines[3].split(",")
    lines[3] = ",".join([item, student, "soon", *rest])
    file.write_text("\n".join(lines) + "\n")
    broken.run(COLLECT)
    listed = broken.call("quarantine", "ls").stdout
    assert "studentAssessment.csv" in listed
    assert "line 4" in listed
