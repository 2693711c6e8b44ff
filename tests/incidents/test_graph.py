"""The picture of an incident: sound, self-contained, and harmless whatever stands in it."""

import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from hunter.incidents import draw
from hunter.model import Link
from tests.world.alerts import LIVE, STEERS, hostile
from tests.world.incidents import CORE, LOOSE, incident, member

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {"svg", "title", "rect", "text", "path"}


def texts(svg: str) -> list[str]:
    """All text in the picture."""
    return [one.text or "" for one in ET.fromstring(svg).iter() if one.text and one.text.strip()]


def test_every_domain_and_everything_shared_is_drawn() -> None:
    """With a line for each, the weaker ones dashed, and the context beside the domain."""
    svg = draw(incident())
    told = " ".join(texts(svg))
    lines = ET.fromstring(svg).findall(f"{SVG}path")

    assert all(domain.replace(".", "[.]") in told for domain in (*CORE, LOOSE))
    assert "johnpinch[@]mail[.]com" in told
    assert "Grizzly Steppe of 2016-12-29" in told
    assert "Incident 1: 4 domains tied to each other and one more loosely" in told
    assert "2016-10-12" in told
    assert len(lines) == 4 + 5
    assert sum("stroke-dasharray" in line.attrib for line in lines) == 5


def test_the_picture_says_what_was_only_told() -> None:
    """Of which domain an address is a partner's word, and what an international name looks like."""
    link = Link("address", "80.82.69.134", CORE[:2], 0.8, 2, told=CORE[1:2])
    international = member("xn--brgerbund-mail-gsb.de")
    drawn = texts(draw(incident(links=(link,), members=(international, member(CORE[0])))))

    assert "told, and not seen, of mail-en-marche[.]fr" in drawn
    assert "shown as bürgerbund-mail[.]de" in drawn


def test_a_network_in_the_picture_is_an_as_once() -> None:
    """Its number says already what it is: it was `Network AS AS51177`."""
    drawn = texts(draw(incident(links=(Link("asn", "51177", CORE[:2], 0.6, 3),))))

    assert "Network AS51177" in drawn


def test_nothing_is_fetched_and_nothing_runs() -> None:
    """Shapes and text, and no address but that of the format itself."""
    svg = draw(incident())

    assert {one.tag.removeprefix(SVG) for one in ET.fromstring(svg).iter()} == DRAWN
    assert re.findall(r"https?://[^']*", svg) == ["http://www.w3.org/2000/svg"]
    assert "url(" not in svg


def test_boxes_stand_beside_and_below_each_other() -> None:
    """None covers another, and none leaves the picture."""
    many = tuple(member(f"domain{number}.fr", core=number < 30) for number in range(60))
    links = tuple(
        Link("address", f"192.0.2.{number}", (f"domain{number}.fr", "domain0.fr"), 0.6, 2)
        for number in range(1, 60)
    )
    svg = ET.fromstring(draw(incident(members=many, links=links)))
    wide, height = float(svg.attrib["width"]), float(svg.attrib["height"])
    boxes = [
        tuple(float(one.attrib[key]) for key in ("x", "y", "width", "height"))
        for one in svg.findall(f"{SVG}rect")[1:]
    ]
    told = " ".join(texts(draw(incident(members=many, links=links))))

    assert len(boxes) == 40 + 40 + 3
    assert all(y >= 0 and y + tall <= height for _, y, _, tall in boxes)
    assert all(x >= 0 and x + width <= wide for x, _, width, _ in boxes)
    for left in {x for x, *_ in boxes[:80]}:
        column = sorted((y, y + tall) for x, y, _, tall in boxes[:80] if x == left)
        assert all(below[0] >= above[1] for above, below in pairwise(column))
    assert "in the picture: domains 40 of 60, links 40 of 59" in told
    assert "in the picture" not in " ".join(texts(draw(incident(members=many[:40]))))
    few = " ".join(texts(draw(incident(members=many[:40], links=links))))
    assert "in the picture: domains 40 of 40, links 40 of 59" in few


def test_lines_go_from_box_to_box_and_texts_stand_in_them() -> None:
    """From the right edge of a domain to the left edge of what it shares."""
    svg = ET.fromstring(draw(incident()))
    boxes = [
        [float(one.attrib[key]) for key in ("x", "y", "width", "height")]
        for one in svg.findall(f"{SVG}rect")[1:-3]
    ]
    written = [
        (float(one.attrib["x"]), float(one.attrib["y"])) for one in svg.findall(f"{SVG}text")
    ]

    assert len(boxes) == 5 + 2
    for line in svg.findall(f"{SVG}path"):
        start, at, bend, _, _, to, end, _ = map(float, re.findall(r"[\d.]+", line.attrib["d"]))
        assert start < bend < end
        assert [1 for x, y, wide, tall in boxes if x + wide == start and y + tall / 2 == at]
        assert [1 for x, y, _, tall in boxes if x == end and y + tall / 2 == to]
    for x, y in written[1:-4]:
        (box,) = [one for one in boxes if one[1] < y < one[1] + one[3] and abs(x - one[0]) < 20]
        assert box[0] < x
    assert len(set(written)) == len(written)


def test_what_is_attached_looks_otherwise_and_is_explained() -> None:
    """Dashed, in a colour of its own, as the small box below that says what it means."""
    svg = ET.fromstring(draw(incident()))
    *boxes, core, attached, shared = svg.findall(f"{SVG}rect")[1:]
    left = [one for one in boxes if one.attrib["x"] == boxes[0].attrib["x"]]

    assert [one.attrib["fill"] for one in left] == [
        *4 * [core.attrib["fill"]],
        attached.attrib["fill"],
    ]
    assert ["stroke-dasharray" in one.attrib for one in left] == [*4 * [False], True]
    assert ["stroke-dasharray" in one.attrib for one in (core, attached, shared)] == [
        *(False, True, False),
    ]
    assert core.attrib["fill"] != attached.attrib["fill"]
    assert {one.attrib["y"] for one in (core, attached, shared)} == {core.attrib["y"]}


def test_what_few_share_stands_beside_them() -> None:
    """However strong it is: lines cross as little as they can."""
    links = (
        Link("address", "192.0.2.1", CORE[-2:], 0.9, 2),
        Link("address", "192.0.2.2", CORE[:2], 0.6, 2),
        Link("address", "192.0.2.3", CORE[:2], 0.8, 2),
    )
    members = tuple(member(domain) for domain in CORE)
    drawn = texts(draw(incident(members=members, links=links)))

    assert [one[-1] for one in drawn if one.startswith("Address")] == ["3", "2", "1"]


def test_a_persons_word_is_drawn_with_the_reason() -> None:
    """It has no strength that a person could misread; a certificate says how many it is for."""
    links = (
        Link("decision", "the same kit", CORE[:2], 1.0, 2, "anna"),
        Link("cert_domain", CORE[0], CORE[:2], 0.8, 3),
    )
    told = texts(draw(incident(links=links)))

    assert told[told.index("Decided by anna") :][:2] == ["Decided by anna", "the same kit"]
    assert "strength 0.80 of 1; the certificate is for 3 domains" in told
    assert not [line for line in told if "1.00" in line]


@pytest.mark.parametrize("text", ["領" * 200, "x" * 500, "W" * 300])
def test_a_long_text_stays_in_its_box(text: str) -> None:
    """Wide letters count twice."""
    link = Link("registrant_org", text, CORE, 0.9, 4)
    (told,) = [one for one in texts(draw(incident(links=(link,)))) if text[:5] in one]

    assert told.endswith("…")
    assert len(told) < 70


@settings(max_examples=60)
@given(hostile)
def test_hostile_values_are_text_and_nothing_else(text: str) -> None:
    """Wherever the world can put it, the picture is sound XML without a link or a script."""
    fields = dict.fromkeys(
        ("name", "registered", "a", "ioc_listing", "ioc_list", "tor_exit_last", "cdn", "origin_ip"),
        text,
    )
    links = tuple(
        Link(trait, text, (text, LOOSE), 0.9, 2, text)
        for trait in ("registrant_email", "habit", "decision", "own_name_servers", "unheard_of")
    )
    bad = incident(
        members=(member(text, **fields), member(LOOSE, core=False)), links=links, brands=(text,)
    )
    svg = draw(replace(bad))

    assert {one.tag.removeprefix(SVG) for one in ET.fromstring(svg).iter()} <= DRAWN
    assert not STEERS.search(svg)
    assert not [one for one in texts(svg) if LIVE.search(one)]
