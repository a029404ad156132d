from __future__ import annotations

import hashlib
import io

import pytest

from qihou.record.api import sources
from qihou.record.api.access import Actor, NotPermitted
from qihou.record.models import AuditEvent, Source

SYSTEM = Actor.system("test")


def stored(root):
    return sorted(p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file())


def test_a_file_stands_under_its_hash(district, files_root):
    source = sources.receive(SYSTEM, district, name="规划.txt", content="正文".encode(), purpose="plan", title="规划")
    sha256 = hashlib.sha256("正文".encode()).hexdigest()
    assert (source.sha256, source.size, source.name) == (sha256, 6, "规划.txt")
    assert stored(files_root) == [f"{sha256[:2]}/{sha256[2:4]}/{sha256}"]
    assert sources.open_source(source).read() == "正文".encode()
    assert AuditEvent.objects.get().detail["sha256"] == sha256


@pytest.mark.parametrize("content", [b"", b"x" * 3_000_000], ids=["empty", "larger than a chunk"])
def test_streams_and_bytes_are_the_same(district, content):
    first = sources.receive(SYSTEM, district, name="a", content=content, purpose="plan")
    second = sources.receive(SYSTEM, district, name="b", content=io.BytesIO(content), purpose="plan")
    assert first == second
    assert first.size == len(content)
    assert AuditEvent.objects.count() == 1


def test_the_same_file_for_another_purpose_or_district_is_another_source(district, other_district, files_root):
    rows = {
        sources.receive(SYSTEM, place, name="a", content=b"a", purpose=purpose).pk
        for place, purpose in [(district, "plan"), (district, "evidence"), (other_district, "plan")]
    }
    assert len(rows) == 3
    assert len(stored(files_root)) == 1


@pytest.mark.parametrize(
    ("given", "kept"),
    [("../../etc/passwd", "passwd"), ("C:\\temp\\表.xlsx", "表.xlsx"), ("", "file"), ("长" * 400, "长" * 300)],
)
def test_a_name_is_a_name_and_no_path(district, given, kept):
    assert sources.receive(SYSTEM, district, name=given, content=given.encode(), purpose="plan").name == kept


def test_who_may_bring_in_what(district, lead, officer, auditor):
    def allowed(actor, purpose):
        try:
            return bool(sources.receive(actor, district, name="a", content=actor.name.encode(), purpose=purpose))
        except NotPermitted:
            return False

    table = {
        "lead": [allowed(lead, p) for p in ("plan", "evidence", "workbook")],
        "officer": [allowed(officer, p) for p in ("plan", "evidence", "workbook")],
        "auditor": [allowed(auditor, p) for p in ("plan", "evidence", "workbook")],
        "public": [allowed(Actor.public(), p) for p in ("plan", "evidence", "workbook")],
    }
    assert table == {
        "lead": [True, True, True],
        "officer": [False, True, True],
        "auditor": [False, False, False],
        "public": [False, False, False],
    }


def test_a_refused_file_is_not_stored(district, auditor, files_root):
    with pytest.raises(NotPermitted):
        sources.receive(auditor, district, name="a", content=b"a", purpose="plan")
    assert stored(files_root) == []


def test_an_unknown_purpose_is_refused(district):
    with pytest.raises(ValueError, match="none of them"):
        sources.receive(SYSTEM, district, name="a", content=b"a", purpose="fun")


def test_a_stream_that_breaks_leaves_nothing(district, files_root):
    class Broken(io.BytesIO):
        def read(self, size=-1):
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        sources.receive(SYSTEM, district, name="a", content=Broken(), purpose="plan")
    assert stored(files_root) == []
    assert not Source.objects.exists()


def test_what_was_altered_on_the_disk_is_not_handed_out(district):
    source = sources.receive(SYSTEM, district, name="a", content=b"abc", purpose="plan")
    path = sources.file_of(source.sha256)
    path.write_bytes(b"abd")
    with pytest.raises(sources.UnableToReadSource, match="not what was received"):
        sources.open_source(source)
    path.unlink()
    with pytest.raises(sources.UnableToReadSource, match="missing"):
        sources.open_source(source)
    again = sources.receive(SYSTEM, district, name="a", content=b"abc", purpose="plan")
    assert again == source
    assert sources.open_source(source).read() == b"abc"  # receiving it once more repairs the store


def test_evidence_keeps_the_name_and_sender_of_each_who_sent_it(officer, lead, district):
    sent = [
        sources.receive(actor, district, name=name, content=b"the same bytes", purpose="evidence")
        for actor, name in [(officer, "a.pdf"), (lead, "a.pdf"), (lead, "b.pdf"), (officer, "a.pdf")]
    ]
    assert [(s.name, s.received_by_id) for s in sent] == [
        ("a.pdf", officer.person_id), ("a.pdf", lead.person_id), ("b.pdf", lead.person_id), ("a.pdf", officer.person_id),
    ]  # fmt: skip
    assert sent[0] == sent[3]
    assert Source.objects.count() == 3
    assert len({s.sha256 for s in sent}) == 1
