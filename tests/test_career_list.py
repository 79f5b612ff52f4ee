"""The list of all careers, from which a page suggests."""

from __future__ import annotations

import gzip
import json
from types import SimpleNamespace
from typing import Any

import pytest
from sanic import Blueprint
from sanic.response import HTTPResponse

from answers.model import payload
from answers.offers import offered_payloads
from channels.careers import add_careers, career_list
from guides.library import Library
from guides.loading import Guides


@pytest.fixture(scope="module")
def listed(library: Library) -> dict[str, Any]:
    """The list as pages get it."""
    return career_list(library)


async def asked(guides: Guides, **headers: str) -> HTTPResponse:
    """The answer to a request with these headers."""
    routes = Blueprint("list")
    add_careers(routes, guides)
    (route,) = routes._future_routes
    assert (route.uri, set(route.methods)) == ("/careers.json", {"GET", "HEAD"})
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response = await route.handler(SimpleNamespace(headers=named))
    assert isinstance(response, HTTPResponse)
    return response


def test_every_career_is_in_it_and_can_be_picked(listed: dict[str, Any], library: Library) -> None:
    """Each once, with its title; what picking it sends is what a button may send."""
    offered = offered_payloads(library)
    titles = {each["slug"]: each["title"] for each in listed["careers"]}
    assert len(listed["careers"]) == len(titles) == len(library)
    assert all(payload("summary", career=slug) in offered for slug in titles)
    assert titles["registered-nurse"] == "Registered Nurse"


def test_those_of_most_workers_come_first(listed: dict[str, Any]) -> None:
    """Of careers that are counted together the one that all are counted as comes first."""
    order = [each["slug"] for each in listed["careers"]]
    assert order.index("registered-nurse") < order.index("acute-care-nurse")
    assert order.index("acute-care-nurse") < order.index("nurse-practitioner")


@pytest.mark.parametrize(
    ("slug", "name", "group"),
    [
        ("registered-nurse", "rn", "healthcare"),
        ("police-officer", "cop", "law enforcement and protection"),
    ],
)
def test_students_names_and_groups_are_in_it(
    listed: dict[str, Any], slug: str, name: str, group: str
) -> None:
    """What students call a career, and the part of the world of work that it is in."""
    (career,) = (each for each in listed["careers"] if each["slug"] == slug)
    assert name in career["names"] and len(set(career["names"])) == len(career["names"])
    assert group in [listed["groups"][place] for place in career["groups"]]


def test_only_what_the_school_offers(guides: Guides) -> None:
    """The guides that there are, and no other; one without a code is in no group."""
    careers = {each["slug"]: each for each in career_list(guides)["careers"]}
    assert set(careers) == set(guides)
    assert careers["moon-lighthouse-keeper"]["groups"] == []


async def test_it_is_sent_packed_and_once(guides: Guides) -> None:
    """Compressed where that is taken; who has it already gets 304 and no body."""
    plain = await asked(guides)
    packed = await asked(guides, accept_encoding="br, gzip;q=0.5")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert json.loads(plain.body) == career_list(guides)
    tag = plain.headers["etag"]
    assert tag == packed.headers["etag"] and "max-age=3600" in plain.headers["cache-control"]
    for given in (tag, f'"x", {tag}', tag.removeprefix("W/"), "*"):
        same = await asked(guides, if_none_match=given)
        assert same.status == 304 and not same.body and same.headers["etag"] == tag
        assert same.headers["vary"] == "Accept-Encoding"
    assert (await asked(guides, if_none_match='W/"other"')).status == 200
