"""Referrals that come with their files."""

import hashlib
import io
import zipfile

from kavalan.casework.intake.models import ReportFile
from kavalan.casework.intake.rules import Form
from kavalan.casework.vault.store import vault

from .conftest import referral

PICTURE = b"a drawing of a harbour"


def bundle(**members):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return written.getvalue()


def spoken_of(name, data):
    return {"filename": name, "verificationHash": hashlib.md5(data, usedforsecurity=False).hexdigest()}


def test_file_is_found_by_its_md5_whatever_it_is_called(take):
    said = [spoken_of("a.jpg", PICTURE), spoken_of("b.jpg", b"did not come")]
    members = {"report": referral(7, files=said), "b.jpg": b"another", "misnamed": PICTURE}
    delivery = take(bundle(**members), Form.BUNDLE)
    came, missing = ReportFile.objects.order_by("number")
    with vault().open(came.kept.name) as reader:
        assert reader.read() == PICTURE
    assert bytes(came.kept.sha256) == bytes(came.sha256) == hashlib.sha256(PICTURE).digest()
    assert missing.kept is None
    assert delivery.beside == [["b.jpg", ""]]
    assert (delivery.reports, delivery.unread, delivery.fault) == (1, 1, "")


def test_report_has_the_digest_of_its_own_referral(take):
    first, second = referral(1), referral(2)
    delivery = take(bundle(a=first, b=second), Form.BUNDLE)
    digests = delivery.taken_in.order_by("position").values_list("digest", flat=True)
    assert [bytes(one) for one in digests] == [hashlib.sha256(data).digest() for data in (first, second)]


def test_bundle_without_a_referral_is_kept_and_its_fault_told(take):
    delivery = take(bundle(a=PICTURE), Form.BUNDLE)
    assert (delivery.reports, delivery.fault) == (0, "There is no referral in it.")
    assert delivery.beside == [["a", ""]]


def test_what_is_no_zip_is_kept_and_its_fault_told(take):
    delivery = take(b"no ZIP at all", Form.BUNDLE)
    assert (delivery.reports, bool(delivery.fault), delivery.job.state) == (0, True, "done")
