"""The pages of operations."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kavalan.casework.operations.models import Operation, OperationCase, Site
from kavalan.casework.operations.rules import State
from kavalan.casework.operations.services import add_case

from ..conftest import NOW
from .conftest import HOME, TABLE, row, table_of


@pytest.fixture
def alice(client, people):
    client.force_login(people.alice)
    return client


@pytest.fixture
def charlie(client, people):
    client.force_login(people.charlie)
    return client


def text_of(answer):
    return answer.content.decode()


def moment():
    return timezone.localtime(timezone.now()).strftime("%Y-%m-%dT%H:%M")


def test_operation_is_opened_by_day_and_title(alice, series):
    answer = alice.post("/operations/new/", {"title": "Harbour lights", "day": "2026-03-07"})
    made = Operation.objects.get()
    assert answer.url == f"/operations/{made.public_id}/"
    page = text_of(alice.get(answer.url))
    assert "Teams come with the table" in page
    assert made.reference in text_of(alice.get("/operations/"))


def test_empty_list_says_how_an_operation_comes_about(charlie):
    assert "No operation is open to you" in text_of(charlie.get("/operations/"))


def test_table_is_shown_first_and_then_taken_in(alice, operation):
    address = f"/operations/{operation.public_id}/sites/take-in/"
    answer = alice.post(address, {"file": SimpleUploadedFile("sites.csv", TABLE.encode("utf-8-sig"))})
    page = text_of(answer)
    assert "3 sites would be taken in" in page
    assert "Not an officer of this desk" in page
    assert not Site.objects.exists()
    # As a browser sends the hidden field back.
    answer = alice.post(address, {"text": answer.context["text"].replace("\n", "\r\n"), "do": "take"})
    assert (answer.status_code, Site.objects.count()) == (302, 3)


def test_every_faulty_line_is_told_and_no_button_takes_it_in(alice, operation):
    table = table_of(row(1, "Atlantis"), row(2), {**row(3), "home": "?"})
    address = f"/operations/{operation.public_id}/sites/take-in/"
    answer = alice.post(address, {"file": SimpleUploadedFile("sites.csv", table.encode())})
    page = text_of(answer)
    assert answer.status_code == 422
    assert "2 lines are faulty" in page
    assert "No such district: Atlantis." in page
    assert 'value="take"' not in page
    assert alice.post(address, {"text": table, "do": "take"}).status_code == 422
    assert not Site.objects.exists()


def test_form_without_a_table_asks_for_one(alice, operation):
    answer = alice.post(f"/operations/{operation.public_id}/sites/take-in/", {})
    assert (answer.status_code, "Choose the table first." in text_of(answer)) == (422, True)


def test_site_is_told_from_a_telephone_with_one_button(charlie, sites):
    here = f"/sites/{sites[0].public_id}/"
    said = {"at": moment(), "persons": "2"}
    # The number beside another button is not meant.
    assert charlie.post(f"{here}tell/", {**said, "what": "seized"}).url == here
    assert charlie.post(f"{here}tell/", {**said, "what": "arrested"}).url == here
    assert "2 persons" in text_of(charlie.get(here))
    assert charlie.post(f"{here}tell/", {**said, "what": "nothing"}).status_code == 409


def test_wrong_entry_is_corrected_on_a_page_of_its_own(charlie, sites, tell):
    entry = tell(sites[0], State.ARRESTED, persons=3)
    address = f"/sites/entries/{entry.public_id}/"
    assert 'value="3"' in text_of(charlie.get(address))
    said = {"what": "arrested", "at": moment(), "persons": "1", "reason": "two were witnesses"}
    assert charlie.post(address, said).url == f"/sites/{sites[0].public_id}/"
    page = text_of(charlie.get(f"/sites/{sites[0].public_id}/"))
    assert "two were witnesses" in page
    assert "<s>arrested</s>" in page


def test_address_stands_on_the_page_of_its_site_and_nowhere_else(charlie, operation, sites, tell):
    tell(sites[0], State.SEARCHED)
    here = f"/operations/{operation.public_id}/"
    others = [text_of(charlie.get(f"{here}{page}")) for page in ("", "board/", "board/now/", "sites/", "report/")]
    assert [HOME in page for page in others] == [False] * 5
    page = text_of(charlie.get(f"/sites/{sites[0].public_id}/"))
    assert HOME in page
    assert "somebody’s home" in page


def test_board_asks_for_itself_and_works_without_script(charlie, operation, sites, tell):
    tell(sites[0], State.SEIZED)
    here = f"/operations/{operation.public_id}/board/"
    page, part = text_of(charlie.get(here)), text_of(charlie.get(f"{here}now/"))
    assert f'hx-get="{here}now/"' in page
    assert "<html" not in part
    assert "Load it again" in page
    assert "Thrissur" in part


def test_board_is_bounded_in_statements(charlie, operation, sites):
    here = f"/operations/{operation.public_id}/board/now/"
    charlie.get(here)
    with CaptureQueriesContext(connection) as captured:
        charlie.get(here)
    assert len(captured) <= 12


def test_sites_are_filtered_by_what_is_told_by_district_and_by_team(charlie, people, operation, sites, tell):
    tell(sites[0], State.NOTHING)
    here = f"/operations/{operation.public_id}/sites/"

    def shown(query):
        return [site.reference for site in charlie.get(here + query).context["page"].sites]

    assert shown("?which=nothing") == ["S-1"]
    assert shown("?which=waiting&district=in-32-594") == ["S-2"]
    assert shown("?mine=1") == ["S-1", "S-2", "S-3"]
    assert shown(f"?team={sites[0].team.public_id}&district=in-32-600") == ["S-3"]
    assert shown("?which=&team=nonsense&after=nonsense&district=%00") == ["S-1", "S-2", "S-3"]


def test_report_shows_each_figure_with_its_definition_and_is_closed_there(alice, operation, sites):
    here = f"/operations/{operation.public_id}/"
    page = text_of(alice.get(f"{here}report/"))
    assert "never inferred" in page
    assert alice.post(f"{here}close/", {"remark": "after the holidays"}).url == f"{here}report/"
    assert "after the holidays" in text_of(alice.get(f"{here}report/"))
    assert alice.post(f"{here}close/", {}).status_code == 409


def test_supervisor_lets_somebody_in_and_sets_the_day(alice, people, operation, sites):
    here = f"/operations/{operation.public_id}/"
    assert alice.post(f"{here}let-in/", {"who": people.dora.unit.public_id, "role": "examiner"}).url == here
    assert "everybody of Coastal Unit" in text_of(alice.get(here))
    assert alice.post(f"{here}let-teams-in/", {"until": "never"}).status_code == 422
    assert alice.post(f"{here}let-teams-in/", {"until": "2036-03-09T18:00"}).url == here
    assert "until 9 Mar 2036" in text_of(alice.get(here))
    assert alice.post(f"{here}day/", {"day": "2026-03-09", "reason": "a storm"}).url == here
    assert Operation.objects.get().day.isoformat() == "2026-03-09"


def test_case_is_put_in_and_taken_out_again(alice, people, operation, case):
    here = f"/operations/{operation.public_id}/"
    assert alice.post(f"{here}cases/", {"case": case.public_id}).url == here
    joined = OperationCase.objects.get()
    assert alice.post(f"/operations/cases/{joined.public_id}/end/", {"reason": ""}).status_code == 409
    assert alice.post(f"/operations/cases/{joined.public_id}/end/", {"reason": "another matter"}).url == here


def test_case_of_which_one_sees_nothing_is_not_taken_out_by_its_address(charlie, people, operation, case):
    joined = add_case(people.alice, NOW, operation=operation, case=case)
    assert charlie.post(f"/operations/cases/{joined.public_id}/end/", {"reason": "x"}).status_code == 404


def test_warrant_says_whether_it_was_recorded(alice, people, sites):
    address = f"/operations/warrants/{sites[0].warrant.public_id}/"
    assert "None yet" in text_of(alice.get(address))
    assert alice.post(address, {"authority": people.warrant.public_id}).url == address
    assert "W 7/2026" in text_of(alice.get(address))
