"""Pages are read as a visitor would meet them."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.pages import reading
from hunter.pages.reading import Refresh, read

LOGIN = """<!DOCTYPE html><html><head><META charset="utf-8">
<title> En Marche&nbsp;!
 – Connexion</title><link rel="stylesheet" href="/s.css">
<link rel="Shortcut ICON" href="/static/fav.ico"><link rel=icon href=/second.ico>
<meta http-equiv="Refresh" content="5; URL='https://evil.example/next'">
<script>document.write("<form action='/fake'><input type=password>")</script></head>
<body><h1>Bienvenue</h1><form method=post action="https://evil.example/in">
<input name=u><input type=" Password " name=p></form><form><input type=submit></form>
"""


def test_everything_a_visitor_meets() -> None:
    """Title, password field, forms, icon and where it sends on; scripts are not believed."""
    page = read(LOGIN.encode())
    assert " ".join(page.title.split()) == "En Marche ! – Connexion"
    assert page.password
    assert page.targets == ("https://evil.example/in", "")
    assert page.icon == "/second.ico"
    assert page.refresh == Refresh(5, "https://evil.example/next")


def test_the_outline_holds_elements_and_words_only() -> None:
    """What changes from visit to visit, and what no visitor sees, is left out."""
    outline = read(b"<div id=x1><style>a{}</style>Bon  Jour<script>var t=1</script><br/>2").outline
    assert outline.split(b"\n") == [b"<div>", b"<style>", b"bon jour", b"<script>", b"<br>", b"2"]


@pytest.mark.parametrize(
    ("template", "seen"),
    [
        ("<template shadowrootmode=open>{}</template>", True),
        ("<template shadowrootmode='Closed'><template>no</template>{}</template>", True),
        ("<template shadowrootmode=open><p><template shadowrootmode=open></template>{}", True),
        ("<template shadowrootmode=open></template><template>{}</template>", False),
        ("<template><template shadowrootmode=open>{}</template></template>", False),
        ("<template shadowrootmode=opened shadowrootmode=open>{}</template>", False),
        ("<svg><template shadowrootmode=open></template></svg><template>{}</template>", False),
    ],
)
def test_the_words_of_a_shadow_root_are_in_the_outline(template: str, seen: bool) -> None:
    """For browsers show them; those of a template that is none they do not."""
    page = read(f"<div>{template.format('Bonjour <input type=password>')}</div>after".encode())
    assert (b"bonjour" in page.outline.split(b"\n")) is seen
    assert page.password
    assert not page.outline.count(b"no")


@pytest.mark.parametrize("drawing", ["<svg><style>", "<svg><desc><template>", "<math><noembed>"])
def test_what_a_drawing_leaves_open_ends_with_it(drawing: str) -> None:
    """Else it hid the words behind it, and the page was like no other."""
    ended = f"{drawing}</{drawing[1 : drawing.index('>')]}>"
    assert read(f"{ended}Bonjour<b>".encode()).outline.endswith(b"\nbonjour\n<b>")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<title>Élysée</title>".encode(), ""),
        ("<title>Élysée</title>".encode("latin-1"), "text/html; charset=ISO-8859-1"),
        ("<meta charset='windows-1252'><title>Élysée</title>".encode("cp1252"), "text/html"),
    ],
)
def test_the_charset_is_believed_if_it_is_one(body: bytes, kind: str) -> None:
    """From the header, else from the page, else UTF-8."""
    assert read(body, kind).title == "Élysée"


UTF16 = "<title>Élysée</title><input type=password>"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (codecs.BOM_UTF16_LE + UTF16.encode("utf-16le"), "text/html; charset=utf-8"),
        (codecs.BOM_UTF16_BE + UTF16.encode("utf-16be"), ""),
        (UTF16.encode("utf-16be"), "text/html; charset=UTF-16BE"),
        (UTF16.encode("utf-16le"), "text/html; charset=utf-16"),
        (b"<!-- charset=utf-16 -->" + UTF16.encode(), ""),
        (b"<meta charset=utf-16le>" + UTF16.encode(), "text/html"),
        (codecs.BOM_UTF8 + UTF16.encode(), "text/html; charset=utf-16"),
    ],
)
def test_no_charset_hides_from_hunter_what_a_browser_shows(body: bytes, kind: str) -> None:
    """First bytes before the header, the header before the page; ASCII is not UTF-16."""
    page = read(body, kind)
    assert page.title == "Élysée"
    assert page.password


@pytest.mark.parametrize(
    "before",
    [
        *("<!-->", "<!--->", "<!-- x --!>", "<!-- x -- > -->", "<!---->"),
        *(
            "<script></script x>",
            "<script></script/>",
            "<STYLE></style\n>",
            "<script>'</p>'</script>",
        ),
        *("<title><!--</title>", "<textarea><a x='</textarea>", "<xmp><!--</xmp>"),
        *("<iframe><!--</iframe>", "<noscript><a x='</noscript>", "<noembed><!--</noembed>"),
        *("<svg><style></svg>", "<svg><title/></svg>", "<svg><style>a</style></svg>"),
        *("<svg><style><p>", "<svg><iframe><div>", "<math><noembed><br/>", "<svg><xmp></p>"),
        *("<svg><svg></svg><style><p>", "<svg><style></svg><textarea></svg><!--</textarea>"),
        *("<svg><p><title/><!--</title>", "<svg/><textarea><!--</textarea>"),
        *("<svg><desc><textarea><!--</textarea></desc></svg>", "<svg><![CDATA[><!-- ]]></svg>"),
        *("<style></\u017ftyle><!--</style>", "<p></\u017f x='>"),
        *("<script/><!--</script>", "<textarea/><!--</textarea>", "<title/><a x='</title>"),
        *("<p></p x='><!--'>", '<script></script x = "><!--">', "<p></p x=a='>", "<p></p='>"),
        *("<![CDATA[ x >", "<?x 'y >", "<!doctype html '>", "</a 'x>", "</>", "a <3", "<%= x %>"),
    ],
)
def test_nothing_odd_hides_what_stands_behind_it(before: str) -> None:
    """A page that begins so is whole in every browser: with its title, fields and forms."""
    page = read(f"{before}<title>A&amp;B</title><form action=x><input type=password>".encode())
    assert page.title.endswith("A&B")
    assert page.password
    assert page.targets == ("x",)


@pytest.mark.parametrize(
    "before",
    [
        *("<!-- x -- >", "<!--", "<script>", "<textarea>", "<iframe></p>", "<title>"),
        *("<style/>", "<svg></svg><xmp>", "<svg><p><textarea>", "<svg><desc><iframe>"),
        *("<math><svg></math><title>", "<svg><![CDATA[ > ", "</p x='>"),
    ],
)
def test_what_no_visitor_is_shown_is_not_met(before: str) -> None:
    """As long as a comment, a script or a text goes on, there are no fields."""
    assert not read(f"{before}<input type=password>".encode()).password


HEAD = (
    "<title>{0}</title><base href={0}><link rel=icon href={0}>"
    "<meta http-equiv=refresh content='0;url={0}'>"
)


@pytest.mark.parametrize(
    "template",
    [
        "<template>{}</template>",
        "<template><template></template><style></style>{}</template>",
        "<svg><desc><template>{}</template></svg>",
        "<div><template shadowrootmode=open>{}</template></div>",
        "<template><p><template shadowrootmode=open></template></p>{}</template>",
    ],
)
def test_a_template_sends_nobody_on_and_names_nothing(template: str) -> None:
    """As for browsers; what stands behind it does, and a form in it may be put into the page."""
    page = read((template.format(HEAD.format("in")) + HEAD.format("out")).encode())
    form = read(template.format("<input type=password>").encode())

    assert (page.title, page.base, page.icon, page.refresh) == (*["out"] * 3, Refresh(0, "out"))
    assert form.password


@pytest.mark.parametrize("name", ["punycode", "rot13", "zip", "utf-7", "idna", "nonsense"])
def test_no_odd_codec_is_ever_used(name: str) -> None:
    """Python knows codecs that take quadratic time, or unpack."""
    assert read(b"<title>xyy</title>", f"text/html; charset={name}").title == "xyy"


@pytest.mark.parametrize(
    ("content", "seconds", "target"),
    [
        ("30", 30, ""),
        ("0.5", 0, ""),
        ("0;", 0, ""),
        (".5;url=/a", 0, "/a"),
        ("5;/a", 5, "/a"),
        (" 5.9 , URL = '/a' b", 5, "/a"),
        ("0 url=/a", 0, "/a"),
        ("0;url=/a b", 0, "/a b"),
        ("0;url=&quot;/a'b", 0, "/a'b"),
        ("0;url /a", 0, "url /a"),
        ("9" * 3000, int("9" * 2000), ""),
    ],
)
def test_when_and_where_a_page_sends_on_is_read_as_browsers_do(
    content: str, seconds: int, target: str
) -> None:
    """Without a URL it is loaded again, which leads nowhere."""
    page = read(f'<meta http-equiv=refresh content="{content}">'.encode())
    assert page.refresh == Refresh(seconds, target)


@pytest.mark.parametrize("content", ["", "garbage in it", "url=/a", "-1;url=/a", "0x;url=/a"])
def test_what_tells_no_time_sends_nobody_on(content: str) -> None:
    """The next that tells one does; after that, none."""
    first, *others = (f'<meta http-equiv=refresh content="{one}">' for one in (content, "7", "8"))
    assert read(first.encode()).refresh is None
    assert read("".join((first, *others)).encode()).refresh == Refresh(7, "")


@pytest.mark.parametrize(
    ("links", "icon"),
    [
        ("<link rel=icon href=a><link rel=icon href=b sizes=any>", "b"),
        ("<link rel=icon href=a><link rel=icon><link rel=apple-touch-icon href=c>", "a"),
        ("<link rel=icon href=a><link rel=icon href=b media='(prefers-color-scheme: dark)'>", "a"),
        ("<link rel=icon href=b media='(prefers-color-scheme: dark)'><link rel=icon href=a>", "a"),
        ("<link rel=icon href=b media='(prefers-color-scheme: dark)'>", "b"),
    ],
)
def test_the_icon_is_the_last_that_suits(links: str, icon: str) -> None:
    """As the standard has it, so that two pages with the same icon in view have the same here."""
    assert read(links.encode()).icon == icon


@pytest.mark.parametrize(
    "piece", ["<a ", "<!--", "<![", "<a x='", "</", "&#", "<title>", "<form action=x>", "<p>x"]
)
def test_endless_pages_are_bounded(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither size nor an unclosed tag costs more than its share."""
    monkeypatch.setattr(reading, "_SECONDS", 0.1)
    page = read(piece.encode() * 200_000)
    assert len(page.outline) <= 65_536
    assert len(page.title) <= 2000
    assert len(page.targets) <= 20


FRAGMENTS = st.sampled_from([
    "<![", "<!", "<!--", "-->", "<a", "'", '"', ">", "/", "<script>", "</script>", "&#x;", "<?",
    "<title>", "=", "<!DOCTYPE", "[", "]", "<input type=password", "\0", "<form action=", "<meta ",
])  # fmt: skip


@given(st.lists(FRAGMENTS | st.text(max_size=8), max_size=30), st.binary(max_size=40))
def test_no_page_breaks_the_reader(parts: list[str], noise: bytes) -> None:
    """Whatever the bytes are."""
    page = read("".join(parts).encode("utf-8", "replace") + noise, "text/html; charset=x")
    assert isinstance(page.password, bool)
