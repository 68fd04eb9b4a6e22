"""A CyberTipline referral: what is understood of it, and that the rest is kept."""

import json
from datetime import UTC, datetime

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from kavalan.tips import Account, Capture, File, Leftover, Moment, Passage, Person, Place
from kavalan.tips.formats.cybertipline import looks_like_one, read_document

PERSON = {
    "firstName": "Asha",
    "middleName": None,
    "lastName": "Invented",
    "dateOfBirth": "2011-05-06",
    "approximateAge": 14,
    "espUserId": "u-1",
    "espService": "Example",
    "screenName": {"value": "heron"},
    "displayNames": ["Grey Heron", "GH"],
    "emails": {"emails": [{"value": "heron@example.org", "verified": None}]},
    "phones": {"phones": [{"value": "+447700900123"}]},
    "addresses": {"addresses": [{"street1": "1 Quay", "city": "Nowhere", "country": "IN"}]},
    "profileBio": "boats",
    "accountPermanentlyDisabled": True,
    "sourceInformation": {
        "sourceCaptures": [
            {
                "captureType": "IP Address",
                "value": "203.0.113.5",
                "eventName": "Login",
                "dateTime": "2026-02-27T09:00:00Z",
                "port": 4433,
                "possibleProxy": "false",
            }
        ]
    },
}
FILE = {
    "filename": "a.jpg",
    "originalFilename": "harbour.jpg",
    "submittalId": "s-1",
    "verificationHash": "D41D8CD98F00B204E9800998ECF8427E",
    "viewedByEsp": False,
    "industryClassification": "B2",
    "ncmecTags": {"groups": [{"tags": [{"value": "one"}]}, {"tags": [{"value": "two"}]}]},
    "espMetadata": {"metadatas": [{"name": "k", "value": "v"}]},
}


def referral(**reported):
    return {"reportId": 17, "dateReceived": None, "reportedInformation": reported}


def test_a_person_with_accounts_and_captures():
    tip = read_document(referral(reportedPeople={"reportedPersons": [PERSON]}))
    at = Moment("2026-02-27T09:00:00Z", datetime(2026, 2, 27, 9, tzinfo=UTC))
    assert tip.persons == (
        Person(
            role="reported",
            name="Asha Invented",
            born="2011-05-06",
            age="14",
            account=Account("Example", "u-1", "heron", ("Grey Heron", "GH")),
            emails=("heron@example.org",),
            phones=("+447700900123",),
            addresses=("1 Quay, Nowhere, IN",),
            profile="boats",
            disabled=True,
            captures=(Capture("IP Address", "203.0.113.5", "4433", at, "Login", possible_proxy=False),),
        ),
    )
    assert tip.leftovers == ()


def test_roles_are_told_apart():
    people = {
        "reportedPeople": {"reportedPersons": [{"firstName": "A"}]},
        "intendedRecipients": {"intendedRecipients": [{"firstName": "B"}]},
        "childVictims": {"childVictims": [{"firstName": "C"}, {"firstName": "D"}]},
    }
    told = [(person.role, person.name) for person in read_document(referral(**people)).persons]
    assert told == [("reported", "A"), ("recipient", "B"), ("victim", "C"), ("victim", "D")]


def test_a_file_with_its_digest_and_who_saw_it():
    tip = read_document(referral(uploadedFiles={"uploadedFiles": [FILE]}))
    assert tip.files == (
        File(
            "a.jpg",
            "harbour.jpg",
            "s-1",
            md5="d41d8cd98f00b204e9800998ecf8427e",
            seen_by_sender=False,
            classification="B2",
            tags=("one", "two"),
            said=(("k", "v"),),
        ),
    )


def test_whether_the_sender_saw_it_stays_unknown_where_it_is_not_said():
    tip = read_document(referral(uploadedFiles={"uploadedFiles": [{"filename": "a", "viewedByEsp": None}]}))
    assert tip.files[0].seen_by_sender is None


def test_what_is_no_digest_is_kept_as_it_came():
    tip = read_document(referral(uploadedFiles={"uploadedFiles": [{"verificationHash": "not one"}]}))
    where = "reportedInformation.uploadedFiles.uploadedFiles[0].verificationHash"
    assert (tip.files[0].md5, tip.leftovers) == ("", (Leftover(where, "not one"),))


def test_the_incident_and_its_details():
    summary = {
        "incidentType": "Misleading Domain Name",
        "incidentDateTime": "2026-02-27 09:10:11",
        "incidentDateTimeDescription": "when it was seen",
        "platform": "Example",
        "escalateToHighPriority": "soon",
        "reportAnnotations": {"spam": True, "sextortion": None},
    }
    tip = read_document(referral(incidentSummary=summary, incidentDetails={"chatIncident": [{"chatClient": "X"}]}))
    assert (tip.incident, tip.platform, tip.escalation, tip.annotations) == (
        "Misleading Domain Name",
        "Example",
        "soon",
        ("spam",),
    )
    # No zone is said, so it is no moment.
    assert tip.incident_at == Moment("2026-02-27 09:10:11")
    assert tip.passages == (
        Passage("the time of the incident", "when it was seen"),
        Passage("chatIncident: chatClient", "X"),
    )


def test_what_the_clearing_house_adds():
    lookups = {"imageGeoLookups": [{"ipAddress": "203.0.113.5", "city": "Nowhere", "country": "IN"}]}
    document = referral() | {
        "automatedInformation": {"autoGeneratedNotes": {"geoLookups": lookups}},
        "additionalNcmecInformation": {"ncmecClassification": "c", "priority": {"priorityId": 1, "value": "Urgent"}},
        "lawEnforcementContactInformation": {"lawEnforcementContacts": [{"agency": "X", "dateTimeMadeAvailable": "d"}]},
    }
    tip = read_document(document)
    assert (tip.classification, tip.priority) == ("c", "1 Urgent")
    assert tip.places == (Place("a file", "203.0.113.5", "Nowhere, IN"),)
    assert tip.receivers == (Passage("X", "d"),)


def test_a_key_that_nobody_knows_is_kept_with_its_place():
    tip = read_document(referral(newThing={"deep": [1, None, "kept", True]}))
    where = "reportedInformation.newThing.deep"
    assert tip.leftovers == (
        Leftover(f"{where}[0]", "1"),
        Leftover(f"{where}[2]", "kept"),
        Leftover(f"{where}[3]", "true"),
    )


def test_any_value_may_be_null():
    nulls = dict.fromkeys(
        ["reportingEsp", "incidentSummary", "incidentDetails", "reportedPeople", "uploadedFiles", "childVictims"]
    )
    document = referral(**nulls) | {"automatedInformation": None, "lawEnforcementContactInformation": None}
    assert read_document(document).number == "17"


def test_other_documents_are_not_taken_for_one():
    assert not any(map(looks_like_one, [[], None, {"reportId": 1}, "reportId", {"reportedInformation": {}}]))


SCALARS = st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=4)
KEYS = st.sampled_from(
    [
        "reportedInformation",
        "reportId",
        "uploadedFiles",
        "reportedPeople",
        "reportedPersons",
        "emails",
        "value",
        "other",
    ]
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=25
)


def leaves(value):
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from leaves(one)
    elif value is not None:
        yield str(value).strip() if isinstance(value, str) else json.dumps(value)


@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_nothing_that_was_said_is_lost(document):
    said = [leaf for leaf in leaves(document) if leaf]
    told = json.dumps(msgspec.to_builtins(read_document(json.loads(json.dumps(document)))), ensure_ascii=False)
    for leaf in said:
        assert json.dumps(leaf, ensure_ascii=False)[1:-1] in told or leaf.strip('"') in told
