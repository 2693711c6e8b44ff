"""The page enricher against web servers on loopback."""

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import replace

import pytest

from hunter.contracts import EnricherContext
from hunter.enrichers import page
from hunter.enrichers.page import Settings
from hunter.model import Brand, BrandKind
from hunter.net.http import HttpAnswer, HttpDoor
from hunter.pages import links, reading
from hunter.pages.icon import icon_hash
from hunter.pages.reading import Page
from tests.world.dns import dns_server
from tests.world.doors import context, doors, dossier, unknowns, values
from tests.world.http import Handler, Request, Response, http_server
from tests.world.silence import never_answer
from tests.world.streams import tcp_server

HTML = {"Content-Type": "text/html; charset=utf-8"}
WORDS = "en marche la France doit choisir son avenir avec vous demain ensemble partout bonjour"
BRAND = "".join(
    f"<div><p>{word} {n}</p><a href=/{n}>{n * 7}</a>" for n in range(9) for word in WORDS.split()
)
LOGIN = f"<title>Connexion</title>{BRAND}<form action=/in><input type=password></form>"
STRANGER = "".join(f"<td>{n * 31 % 97} quick brown foxes jump over {n}" for n in range(200))


def pages(found: Mapping[str, Response | str]) -> Handler:
    """A server with these pages; text is HTML, and anything else is 404."""

    def respond(request: Request) -> Response:
        answer = found.get(request.path, Response(404, b"none", HTML))
        if isinstance(answer, str):
            return Response(200, answer.encode(), HTML)
        port = request.headers["host"].rpartition(":")[2]
        headers = {key: value.replace("PORT", port) for key, value in answer.headers.items()}
        return replace(answer, headers=headers)

    return respond


async def look(
    found: Mapping[str, Response | str] | Handler, dns: int = 9, **fields: object
) -> tuple[dict, dict]:
    """Values and reasons about x.fr, whose every host leads to the server on loopback."""

    async def resolve(_host: str, _port: int) -> tuple[str, ...]:
        return ("127.0.0.1",)

    handler = found if callable(found) else pages(found)
    async with http_server(handler) as server, doors(dns=dns) as opened:
        door = HttpDoor("hunter/test", allow_private=True, timeout=2.0, resolve=resolve)
        settings = Settings(
            enabled=True,
            urls=(f"http://{{host}}:{server.port}/",),
            compare=(f"http://en-marche.fr:{server.port}/brand",),
        )
        asking = replace(context(replace(opened, http=door)), brands=(Brand("en-marche.fr"),))
        try:
            facts = await page.enrich(dossier("x.fr", **fields), settings, asking)
        finally:
            await door.close()
    assert {fact.field for fact in facts} <= page.FIELDS.keys()
    plain = str(server.port)
    found_values = {
        field: {str(one).replace(f":{plain}", "") if isinstance(one, str) else one for one in some}
        for field, some in values(facts, "x.fr").items()
    }
    return found_values, unknowns(facts, "x.fr")


async def test_suspects_that_never_answer_keep_nobody_else_waiting() -> None:
    """However many there are, the same door asks others meanwhile."""
    async with tcp_server(never_answer) as silent, http_server(pages({"/": "here"})) as server:
        door = HttpDoor("hunter/test", allow_private=True, timeout=60.0)
        settings = Settings(enabled=True, urls=(f"http://127.0.0.1:{silent}/",))
        async with doors() as opened, asyncio.TaskGroup() as group:
            asking = context(replace(opened, http=door))
            visits = [
                group.create_task(_visited(f"x{number}.fr", settings, asking))
                for number in range(150)
            ]
            await asyncio.sleep(0.2)
            assert (await door.get(f"{server.url}/")).body == b"here"
            assert not any(visit.done() for visit in visits)
            for visit in visits:
                visit.cancel()
        await door.close()


async def _visited(domain: str, settings: Settings, asking: EnricherContext) -> None:
    await page.enrich(dossier(domain, a="127.0.0.1"), settings, asking)


async def test_a_copied_login_page_is_told_with_all_it_asks_for() -> None:
    """Status, title, password, icon, and how near it is to the brand's own."""
    icon = b"\x89PNG not really"
    found, unknown = await look({"/": LOGIN, "/brand": BRAND, "/favicon.ico": Response(200, icon)})
    assert unknown == {}
    similarity = found.pop("page_similarity")
    assert next(iter(similarity)) > 50
    assert found.pop("page_tlsh")
    assert found == {
        "page_status": {200},
        "page_title": {"Connexion"},
        "page_final_url": {"http://x.fr/"},
        "page_final_host": {"x.fr"},
        "page_password": {True},
        "page_favicon": {hashlib.sha256(icon).hexdigest()},
        "page_favicon_hash": {icon_hash(icon)},
        "page_similar_to": {"http://en-marche.fr/brand"},
    }


async def test_a_strangers_page_is_not_like_the_brands() -> None:
    """Zero is a finding too, and names no page."""
    found, unknown = await look({"/": STRANGER, "/brand": BRAND})
    assert found["page_similarity"] == {0}
    assert "page_similar_to" not in found
    assert found["page_password"] == {False}
    assert unknown == {}


async def test_the_way_to_the_page_is_told() -> None:
    """Redirects with the domain they end at, forms, and where the page itself sends on to."""
    end = "<meta http-equiv=refresh content='0;url=//next.fr/z'><form action=http://in.evil.co.uk>"
    found, unknown = await look(
        {
            "/": Response(302, headers={"Location": "/a"}),
            "/a": Response(301, headers={"Location": "http://www.shop.fr:PORT/b"}),
            "/b": end,
        }
    )
    assert found["page_redirects"] == {"http://x.fr/", "http://x.fr/a"}
    assert found["page_final_url"] == {"http://www.shop.fr/b"}
    assert found["page_final_domain"] == {"shop.fr"}
    assert found["page_final_host"] == {"www.shop.fr"}
    assert found["page_refresh"] == {"http://next.fr/z"}
    assert found["page_form_domain"] == {"evil.co.uk"}
    assert "too little" in unknown["page_similarity"]


async def test_links_are_relative_to_what_the_page_says() -> None:
    """A form or an icon that seems to be the lookalike's own may be elsewhere."""
    written = (
        "<base><base href=//evil.fr:PORT/kit/><base href=//other.fr/>"
        "<form action=in.php><form><button formaction=//third.fr/></form>"
        "<link rel=icon href=i.png><meta http-equiv=refresh content='0;url=next'>"
    )

    def respond(request: Request) -> Response:
        port = request.headers["host"].rpartition(":")[2]
        if request.path == "/":
            return Response(200, written.replace("PORT", port).encode(), HTML)
        host = request.headers["host"].partition(":")[0]
        return Response(200, f"{host}{request.path}".encode())

    found, _ = await look(respond)
    assert found["page_form_domain"] == {"evil.fr", "third.fr"}
    assert found["page_refresh"] == {"http://evil.fr/kit/next"}
    assert found["page_favicon_hash"] == {icon_hash(b"evil.fr/kit/i.png")}


async def test_a_header_may_send_visitors_on() -> None:
    """Browsers go by it as by what the page says, and before that."""
    said = b"<meta http-equiv=refresh content='0;url=/later'>"
    found, _ = await look({"/": Response(200, said, HTML | {"Refresh": "0; url=//next.fr/z"})})
    assert found["page_refresh"] == {"http://next.fr/z"}


async def test_what_a_header_says_is_relative_to_the_page_s_own_address() -> None:
    """It is read before the page is, and what that says its links are relative to."""
    for said, where in (({"Refresh": "0; url=/z"}, "x.fr/z"), ({}, "base.fr/later")):
        body = b"<base href=http://base.fr><meta http-equiv=refresh content='0;url=/later'>"
        found, _ = await look({"/": Response(200, body, HTML | said)})
        assert found["page_refresh"] == {f"http://{where}"}


@pytest.mark.parametrize("base", ["data:text/html,x", "javascript:x", "http://[", ""])
def test_what_links_cannot_be_relative_to_is_passed_over(base: str) -> None:
    """As browsers do."""
    assert links.base_of("http://x.fr/a", base) == "http://x.fr/a"


async def test_an_error_page_is_an_answer() -> None:
    """A 503 tells that something listens."""
    found, _ = await look({"/": Response(503, b"down")})
    assert found["page_status"] == {503}
    assert found["page_password"] == {False}


@pytest.mark.parametrize(
    "trouble", [Response(200, b"xx", cut_after=1), Response(302, headers={"Location": "/"})]
)
async def test_a_server_that_does_not_answer_properly_is_no_trouble_of_ours(
    trouble: Response,
) -> None:
    """Cut off, or an endless redirect: every field is in doubt, and no operator is written to."""
    found, unknown = await look({"/": trouble})
    assert found == {}
    assert unknown.keys() == page.FIELDS.keys()


async def test_the_next_url_is_asked_when_one_fails() -> None:
    """https first, then http; what answers first is the page."""
    async with http_server(pages({"/": "<title>plain</title>"})) as server, doors() as opened:
        settings = Settings(urls=("https://127.0.0.1:1/", f"{server.url}/"))
        facts = await page.enrich(dossier("x.fr"), settings, context(opened))
    assert values(facts, "x.fr")["page_title"] == {"plain"}


async def test_private_addresses_are_never_visited() -> None:
    """Neither at once nor after a redirect; the guard decides."""
    async with http_server(pages({"/": LOGIN})) as server, doors(private=()) as opened:
        settings = Settings(urls=(f"{server.url}/",))
        facts = await page.enrich(dossier("x.fr"), settings, context(opened))
    assert "loopback" in unknowns(facts, "x.fr")["page_status"]
    assert server.requests == []


async def test_hostile_pages_are_cleaned_and_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten megabytes, escape codes, broken links: facts stay printable and small."""
    monkeypatch.setattr(reading, "_SECONDS", 0.2)
    evil = "<title>\x1b[31m<b>\u202e" + "T" * 5000 + "</title><link rel=icon href='http://['>"
    found, _ = await look({"/": evil + "<a " * 3_000_000})
    for several in found.values():
        assert all(str(value).isprintable() and len(str(value)) <= 300 for value in several)


@pytest.mark.parametrize(
    "page",
    [
        "<frameset rows=100%><frame src=/login></frameset>",
        "<p>x</p><iframe src=/login></iframe>",
        "<iframe srcdoc='<input type=password>'></iframe>",
    ],
)
async def test_a_password_field_within_a_frame_is_in_doubt(page: str) -> None:
    """Registrars forward names in a frame; visitors see what is in it, and hunter does not."""
    found, unknown = await look({"/": page})
    assert "page_password" not in found
    assert "its frames" in unknown["page_password"]
    found, _ = await look({"/": f"{page}<input type=password>"})
    assert found["page_password"] == {True}


@pytest.mark.parametrize(
    "page",
    ["<noscript><iframe src=/ad></noscript>", "<iframe></iframe>", "<svg><iframe src=/x></svg>"],
)
async def test_a_frame_that_shows_nothing_leaves_no_doubt(page: str) -> None:
    """Nor does one that only a browser without scripts shows."""
    found, _ = await look({"/": page})
    assert found["page_password"] == {False}


@pytest.mark.parametrize("padding", [" " * 600_000, "€" * 400_000])
async def test_a_password_field_behind_much_of_nothing_is_in_doubt(padding: str) -> None:
    """Who pads the page is not believed to ask for none; what stands before the padding counts."""
    found, unknown = await look({"/": f"<title>x</title><!--{padding}--><input type=password>"})
    assert found["page_title"] == {"x"}
    assert "page_password" not in found
    assert "only the beginning" in unknown["page_password"]
    found, _ = await look({"/": f"<input type=password><!--{padding}-->"})
    assert found["page_password"] == {True}


async def test_others_go_on_while_a_large_icon_is_hashed() -> None:
    """A squatter may have hundreds of names with one, each of which takes half a second."""
    turns = 0

    async def take_turns() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    others = asyncio.create_task(take_turns())
    embedded = f"data:,{'x' * 400_000}"
    answer = HttpAnswer(200, {}, b"", "http://x.fr/")
    door = HttpDoor("hunter/test")
    told = await page._icon(answer, Page(icon=embedded), door)
    others.cancel()
    await door.close()

    assert turns > 1
    assert told["page_favicon_hash"] == [icon_hash(b"x" * 400_000)]


async def test_a_form_behind_many_others_is_in_doubt() -> None:
    """Whoever writes twenty that stay is not believed to send nothing elsewhere."""
    stay = "".join(f"<form action=/{number}>" for number in range(20))
    found, unknown = await look({"/": f"{stay}<form action=//evil.fr/in>"})
    assert "page_form_domain" not in found
    assert "more than twenty places" in unknown["page_form_domain"]
    assert found["page_password"] == {False}
    found, unknown = await look({"/": f"{'<form action=/same>' * 99}<form action=//evil.fr/in>"})
    assert found["page_form_domain"] == {"evil.fr"}
    found, unknown = await look({"/": stay})
    assert "page_form_domain" not in unknown


async def test_an_icon_may_be_embedded_or_in_doubt() -> None:
    """A data URL holds it; an icon that is too large is not known."""
    found, _ = await look({"/": "<link rel=icon href='data:image/png;base64,aWNvbg=='>"})
    assert found["page_favicon_hash"] == {icon_hash(b"icon")}
    huge = Response(200, b"x" * 400_000)
    found, unknown = await look({"/": "<p>", "/favicon.ico": huge})
    assert "page_favicon" not in found
    assert "larger than" in unknown["page_favicon"]


@pytest.mark.parametrize(
    "answer",
    [
        Response(404, b"\x89PNG"),
        Response(200, b"<title>x", {"Content-Type": "TEXT/HTML"}),
        Response(200, b""),
    ],
)
async def test_a_site_without_an_icon_shares_none_with_others(answer: Response) -> None:
    """Nor has a page of hardly anything a digest: strangers would be tied together."""
    found, unknown = await look({"/": "<p>", "/favicon.ico": answer})
    fields = {"page_favicon", "page_favicon_hash", "page_tlsh"}
    assert not fields & (found.keys() | unknown.keys())


async def test_the_page_that_it_is_most_like_is_named() -> None:
    """Of several that may be copied."""
    found = {"/": LOGIN, "/1": STRANGER, "/2": LOGIN, "/3": STRANGER}
    async with http_server(pages(found)) as server, doors() as opened:
        compare = tuple(f"{server.url}/{number}" for number in (1, 2, 3))
        settings = Settings(urls=(f"{server.url}/",), compare=compare)
        facts = await page.enrich(dossier("x.fr"), settings, context(opened))
    told = values(facts, "x.fr")
    assert (told["page_similarity"], told["page_similar_to"]) == ({100}, {compare[1]})


async def test_a_partners_page_is_nothing_to_be_like() -> None:
    """Unless it is listed: the brands' own are what is copied."""
    async with http_server(pages({"/": LOGIN})) as server, doors() as opened:
        partner = Brand("127.0.0.1:1", kind=BrandKind.PARTNER)
        asking = replace(context(opened), brands=(partner,))
        facts = await page.enrich(dossier("x.fr"), Settings(urls=(f"{server.url}/",)), asking)
    assert unknowns(facts, "x.fr")["page_similarity"] == "no brand has a page"


async def test_a_brands_page_that_cannot_be_had_leaves_the_likeness_in_doubt() -> None:
    """The reason names the page."""
    _, unknown = await look({"/": LOGIN})
    assert "/brand" in unknown["page_similarity"]
    assert "status 404" in unknown["page_similarity"]


async def test_the_brands_pages_are_fetched_once() -> None:
    """However many domains are compared; without a list their front pages are."""
    async with http_server(pages({"/": LOGIN})) as server, doors() as opened:
        settings = Settings(urls=(f"{server.url}/",), compare=(f"{server.url}/",))
        for name in ("x.fr", "y.fr"):
            facts = await page.enrich(dossier(name), settings, context(opened))
            assert values(facts, name)["page_similarity"] == {100}
        fronts = [request for request in server.requests if request.path == "/"]
        assert len(fronts) == 3
        brands = replace(context(opened), brands=(Brand("127.0.0.1:1"),))
        facts = await page.enrich(dossier("x.fr"), Settings(urls=settings.urls), brands)
    assert "https://127.0.0.1" in unknowns(facts, "x.fr")["page_similarity"]


async def test_a_host_is_visited_when_only_hosts_have_addresses() -> None:
    """The 2017 case had mail.onedrive-en-marche.fr and nothing above it."""
    names = ("x.fr", "a-x.fr", "www.x.fr", "mail.x.fr")
    found, _ = await look({"/": LOGIN}, name=names, host_address="192.0.2.1")
    assert found["page_final_url"] == {"http://mail.x.fr/"}
    found, _ = await look({"/": LOGIN}, name=names, host_address="192.0.2.1", aaaa="2001:db8::1")
    assert found["page_final_url"] == {"http://x.fr/"}


async def test_an_address_that_leads_nowhere_hides_no_host_that_is_met() -> None:
    """A squatter has one at the domain, and at a host before the one that counts."""
    records = {
        "a.x.fr": {"A": "127.0.0.1"},
        "my.x.fr": {"A": "192.0.2.1"},
        "x.fr": {"A": "0.0.0.0"},
    }
    async with dns_server(records) as dns:
        found, _ = await look({"/": LOGIN}, dns.port, name=("a.x.fr", "my.x.fr"), a="0.0.0.0")
    assert found["page_final_url"] == {"http://my.x.fr/"}


async def test_the_host_that_imitates_is_visited_and_not_its_domain() -> None:
    """A squatter shows nothing at the domain, and has a host without address before the others."""
    names = ("a.en-marche.fr.x.fr", "login.en-marche.fr.x.fr")
    records = {"login.en-marche.fr.x.fr": {"AAAA": "2001:db8::1"}, "x.fr": {"A": "192.0.2.1"}}
    async with dns_server(records) as dns:
        found, _ = await look({"/": LOGIN}, dns.port, name=names, a="192.0.2.1")
    assert found["page_final_url"] == {"http://login.en-marche.fr.x.fr/"}
    assert "page_final_domain" not in found


def test_a_domain_that_imitates_itself_is_visited_whatever_hosts_were_seen() -> None:
    """A certificate may be for its mail server alone."""
    brands, seen = (Brand("en-marche.fr", ("macron",)),), ("mail.enmarche-don.fr", "a.macron.co")
    assert links.imitating(seen[:1], "enmarche-don.fr", brands) == ()
    assert links.imitating(seen[1:], "macron.co", brands) == ()
    assert links.imitating(("www.x.fr", "macron-don.x.fr"), "x.fr", brands) == ("macron-don.x.fr",)


def test_it_is_off_until_somebody_wants_it_and_needs_an_address() -> None:
    """It touches the suspect's server."""
    assert not Settings().enabled
    assert page.wants(dossier("x.fr", host_address="192.0.2.1"), Settings())
    assert not page.wants(dossier("x.fr"), Settings())


async def test_a_long_login_before_the_host_is_not_taken_for_the_host() -> None:
    """`http://en-marche.fr:AAA...@evil.fr/` leads to evil.fr, wherever the URL is cut."""
    login = f"en-marche.fr:{'A' * 400}"
    to = Response(302, headers={"Location": f"http://{login}@www.evil.fr:PORT/kit"})
    found, _ = await look({"/": to, "/kit": LOGIN})

    assert found["page_final_host"] == {"www.evil.fr"}
    assert found["page_final_domain"] == {"evil.fr"}


HOME = f"<title>home</title>{BRAND}<form><input type=password>"


def sending_on(to: str, more: str = "", after: int = 0) -> str:
    """A page that sends visitors on, and what else is on it."""
    return f"<title>lure</title><meta http-equiv=refresh content='{after};url={to}'>{more}"


async def test_a_page_that_sends_visitors_on_is_left_as_they_leave_it() -> None:
    """What counts is the page that they end at, with the way to it."""
    to = Response(200, sending_on("/b").encode(), HTML)
    found, unknown = await look(
        {
            "/": Response(302, headers={"Location": "/a"}),
            "/a": to,
            "/b": Response(200, b"", HTML | {"Refresh": "3; url=http://www.shop.fr:PORT/c"}),
            "/c": HOME,
        }
    )

    assert unknown == {"page_similarity": unknown["page_similarity"]}
    assert found["page_title"] == {"home"}
    assert found["page_password"] == {True}
    assert found["page_final_domain"] == {"shop.fr"}
    assert found["page_redirects"] == {"http://x.fr/", "http://x.fr/a", "http://x.fr/b"}
    assert found["page_refresh"] == {"http://x.fr/b", "http://www.shop.fr/c"}


@pytest.mark.parametrize(
    "more",
    ["<input type=password>", "<form action=in.php>", "<!--" + " " * 600_000],
)
async def test_a_page_that_asks_for_something_is_not_left(more: str) -> None:
    """A script may keep visitors there while hunter is sent to the brand's own page."""
    found, _ = await look({"/": sending_on("/home", more), "/home": HOME})

    assert found["page_final_url"] == {"http://x.fr/"}
    assert found["page_title"] == {"lure"}
    assert found["page_refresh"] == {"http://x.fr/home"}


async def test_a_copy_of_the_brands_page_is_not_left() -> None:
    """A script may ask for the password, and keep visitors there: what is like it is held so."""
    lure = sending_on("http://en-marche.fr:PORT/brand", BRAND, after=9)
    sent = Response(200, lure.encode(), HTML)

    def respond(request: Request) -> Response:
        port = request.headers["host"].rpartition(":")[2]
        copy = replace(sent, body=sent.body.replace(b"PORT", port.encode()))
        return copy if request.path == "/" else Response(200, BRAND.encode(), HTML)

    found, _ = await look(respond)

    assert found["page_final_host"] == {"x.fr"}
    assert found["page_title"] == {"lure"}
    assert max(found["page_similarity"]) > 80
    assert found["page_refresh"] == {"http://en-marche.fr/brand"}


async def test_what_is_shown_before_a_page_sends_on_does_not_hold_hunter() -> None:
    """Else a few words would hide what it leads to."""
    found, _ = await look({"/": sending_on("/home", STRANGER), "/home": HOME, "/brand": BRAND})

    assert found["page_final_url"] == {"http://x.fr/home"}
    assert found["page_password"] == {True}


@pytest.mark.parametrize("status", [204, 205])
async def test_a_page_that_sends_on_to_none_is_not_left(status: int) -> None:
    """A browser stays where it is: the page had no title any more."""
    found, _ = await look({"/": sending_on("/none"), "/none": Response(status)})

    assert found["page_final_url"] == {"http://x.fr/"}
    assert found["page_title"] == {"lure"}


async def test_a_page_that_sends_on_late_is_not_left() -> None:
    """Visitors have met it by then."""
    found, _ = await look({"/": sending_on("/home", after=60), "/home": HOME})

    assert found["page_final_url"] == {"http://x.fr/"}


async def test_pages_that_send_on_count_as_redirects_do() -> None:
    """Five in all, of both kinds; then the visitor stays, and nothing is asked twice."""
    asked: list[str] = []

    def respond(request: Request) -> Response:
        asked.append(request.path)
        number = int(request.path.strip("/") or 0)
        if number % 2:
            return Response(302, headers={"Location": f"/{number + 1}"})
        return Response(200, sending_on(f"/{number + 1}").encode(), HTML)

    found, _ = await look(respond)

    assert [path for path in asked if path not in ("/brand", "/favicon.ico")] == [
        *("/", "/1", "/2", "/3", "/4", "/5")
    ]
    assert found["page_final_url"] == {"http://x.fr/4"}


async def test_a_page_that_loads_itself_again_is_asked_once() -> None:
    """As those that wait for a script to run."""
    async with http_server(pages({"/": sending_on("/")})) as server, doors() as opened:
        settings = Settings(urls=(f"{server.url}/",), compare=("http://127.0.0.1:1/",))
        await page.enrich(dossier("x.fr"), settings, context(opened))
    assert [one.path for one in server.requests].count("/") == 1
