"""Pictures by their URL: what is fetched, and what is refused."""

from __future__ import annotations

import http.server
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from huaweicloud_ocr_emulator import addresses
from huaweicloud_ocr_emulator.addresses import is_public

from .caller import HANDWRITING, WEB_IMAGE, Caller
from .pictures import blank, draw, encode

PICTURE = encode(draw())
LARGEST = 10 * 1024 * 1024 // 4 * 3


class Site(http.server.ThreadingHTTPServer):
    """A web server with pictures, and with answers that go wrong."""

    daemon_threads = True

    def __init__(self, host: str = "127.0.0.1", port: int = 0) -> None:
        super().__init__((host, port), _Pages)
        self.asked: list[str] = []
        self.closing = threading.Event()

    @property
    def url(self) -> str:
        """The address of the server."""
        return f"http://{self.server_address[0]!s}:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing when the service hangs up, as it does with files that are too large."""


class _Pages(http.server.BaseHTTPRequestHandler):
    @property
    def site(self) -> Site:
        assert isinstance(self.server, Site)
        return self.server

    def do_GET(self) -> None:
        self.site.asked.append(self.path)
        name, _, rest = self.path.strip("/").partition("/")
        getattr(self, f"_{name}")(rest)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Keep the output of the tests clean."""

    def _answer(self, status: int, content: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content_Length": str(len(content)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def _picture(self, rest: str) -> None:
        self._answer(200, PICTURE)

    def _narrow(self, rest: str) -> None:
        self._answer(200, encode(blank(100, 7)))

    def _text(self, rest: str) -> None:
        self._answer(200, b"not a picture")

    def _missing(self, rest: str) -> None:
        self._answer(404, PICTURE)

    def _partial(self, rest: str) -> None:
        self._answer(206, PICTURE)

    def _largest(self, rest: str) -> None:
        self._answer(200, PICTURE + b"\0" * (LARGEST - len(PICTURE)))

    def _larger(self, rest: str) -> None:
        self._answer(200, Content_Length=str(LARGEST + 1))

    def _endless(self, rest: str) -> None:
        self.send_response(200)
        self.end_headers()
        while not self.site.closing.is_set():
            self.wfile.write(b"\0" * 65536)

    def _slow(self, rest: str) -> None:
        self.site.closing.wait()

    def _short(self, rest: str) -> None:
        self._answer(200, PICTURE, Content_Length=str(len(PICTURE) + 1))

    def _compressed(self, rest: str) -> None:
        self._answer(200, PICTURE, Content_Encoding="gzip")

    def _garbage(self, rest: str) -> None:
        self.wfile.write(b"this is not HTTP\r\n\r\n")

    def _hops(self, rest: str) -> None:
        """Redirect as often as the address says, then to the picture."""
        left = int(rest)
        self._answer(302, Location=f"/hops/{left - 1}" if left > 1 else "../picture")

    def _to(self, rest: str) -> None:
        """Redirect to what follows in the address."""
        self._answer(302, Location=rest)

    def _nowhere(self, rest: str) -> None:
        self._answer(302)


@contextmanager
def open_site(host: str = "127.0.0.1", port: int = 0) -> Iterator[Site]:
    """Run a web server for as long as the context lasts."""
    with Site(host, port) as site:
        thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield site
        finally:
            site.closing.set()
            site.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A web server on this machine."""
    with open_site() as site:
        yield site


@pytest.mark.parametrize("path", [HANDWRITING, WEB_IMAGE])
@pytest.mark.parametrize(
    "address", ["/picture", "/picture/?signature=a%20b&x=%E4%B8%AD", "/picture/#fragment", "/hops/3"]
)
def test_picture_is_fetched_and_read(fetching: Caller, site: Site, path: str, address: str) -> None:
    """A picture is read from its URL, with a query, a fragment, or after three redirects."""
    assert fetching.words(path, url=site.url + address) == ["Kettle 42"]


def test_request_target(fetching: Caller, site: Site) -> None:
    """The server is asked for exactly the path and query of the URL, without the fragment."""
    fetching.words(HANDWRITING, url=site.url + "/picture/%E4%B8%AD?a=%2F&b=c#d")
    assert site.asked[-1] == "/picture/%E4%B8%AD?a=%2F&b=c"


def test_largest_file(fetching: Caller, site: Site) -> None:
    """A file as large as the longest Base64 text is fetched."""
    assert fetching.words(HANDWRITING, url=site.url + "/largest") == ["Kettle 42"]


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("missing", "the server answered 404"),
        ("partial", "the server answered 206"),
        ("larger", f"the file is larger than {LARGEST} bytes"),
        ("endless", f"the file is larger than {LARGEST} bytes"),
        ("slow", "not there after 2 s"),
        ("short", "the server's answer is not HTTP, or incomplete"),
        ("compressed", "the server sent it compressed, unasked"),
        ("garbage", "the server's answer is not HTTP, or incomplete"),
        ("hops/4", "more than 3 redirects"),
        ("nowhere", "more than 3 redirects"),
    ],
)
def test_file_cannot_be_had(
    fetching: Caller, site: Site, caplog: pytest.LogCaptureFixture, page: str, said: str
) -> None:
    """What the server does not give properly, in time and within the size is ModelArts.4603; the log says why."""
    caplog.set_level(logging.INFO)
    assert fetching.error(HANDWRITING, {"url": f"{site.url}/{page}"}) == "ModelArts.4603"
    assert f"ModelArts.4603: {said} (" in caplog.text


def test_nobody_listens(fetching: Caller, caplog: pytest.LogCaptureFixture) -> None:
    """A server that is not there is ModelArts.4603."""
    caplog.set_level(logging.INFO)
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    assert fetching.error(HANDWRITING, {"url": f"http://127.0.0.1:{port}/"}) == "ModelArts.4603"
    assert "the server does not answer" in caplog.text


def test_no_tls(fetching: Caller, site: Site, caplog: pytest.LogCaptureFixture) -> None:
    """A server that does not prove by TLS who it is, is ModelArts.4603."""
    caplog.set_level(logging.INFO)
    url = site.url.replace("http:", "https:")
    assert fetching.error(HANDWRITING, {"url": f"{url}/picture"}) == "ModelArts.4603"
    assert "no TLS with the server" in caplog.text


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a..b", "x" * 64 + ".invalid"])
@pytest.mark.parametrize("service", ["caller", "fetching"])
def test_name_does_not_resolve(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture, service: str, host: str
) -> None:
    """A host name that does not resolve is ModelArts.4603, with and without the flag, and the log says so."""
    caplog.set_level(logging.INFO)
    caller: Caller = request.getfixturevalue(service)
    assert caller.error(HANDWRITING, {"url": f"http://{host}/"}) == "ModelArts.4603"
    assert "ModelArts.4603: the host name does not resolve (" in caplog.text


@pytest.mark.parametrize(
    ("page", "code"), [("text", "AIS.0102"), ("narrow", "AIS.0103")], ids=["format", "size"]
)
def test_fetched_file_is_checked(fetching: Caller, site: Site, page: str, code: str) -> None:
    """A fetched file is held to the same formats and limits."""
    assert fetching.error(HANDWRITING, {"url": f"{site.url}/{page}"}) == code


@pytest.mark.parametrize(
    "url",
    [
        "",
        "picture.png",
        "//example.com/a.png",
        "file:///etc/passwd",
        "ftp://example.com/a.png",
        "data:image/png;base64,AAAA",
        "http://",
        "http:///a.png",
        "http://user:secret@example.com/a.png",
        "http://example.com@/",
        "http://example.com:99999/",
        "http://example.com:0/",
        "http://example.com:a/",
        "http://[::1/",
        "http://example.com/a b.png",
        " http://example.com/",
        "http://example.com/图.png",
        "http://exämple.com/",
        "http://example.com/a\r\nX-Injected: 1",
        "http://example.com\\@127.0.0.1/",
        "http://example.com%40@127.0.0.1/",
        "http://127\u30020.0.1/",
        "http://①②⑦.0.0.1/",
        "gopher://127.0.0.1/",
        "http:127.0.0.1",
    ],
)
def test_malformed_url(fetching: Caller, url: str) -> None:
    """A URL that is not plain http or https in ASCII is ModelArts.4601."""
    assert fetching.error(HANDWRITING, {"url": url}) == "ModelArts.4601"


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "data:,x", "http://user@127.0.0.1/"],
)
def test_redirect_to_malformed_url(
    fetching: Caller, site: Site, caplog: pytest.LogCaptureFixture, target: str
) -> None:
    """A redirect is held to the same rules as the URL itself, and the log says that it is the redirect."""
    caplog.set_level(logging.INFO)
    assert fetching.error(HANDWRITING, {"url": f"{site.url}/to/{target}"}) == "ModelArts.4601"
    assert "ModelArts.4601: where a redirect leads " in caplog.text


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.0.0.1.",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "0.0.0.0",
        "localhost",
        "[::1]",
        "[::]",
        "[::127.0.0.1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fe80::1%25lo]",
        "[::1%lo]",
        "0x7f.1",
        "017700000001",
        "127.0.0.1%00.example.com",
        "%31%32%37.0.0.1",
        "127%2e0%2e0%2e1",
        "localhost.",
        "LOCALHOST",
    ],
)
def test_this_machine_is_refused(caller: Caller, site: Site, host: str) -> None:
    """Without the flag no spelling of this machine's address is connected to."""
    asked = len(site.asked)
    code = caller.error(HANDWRITING, {"url": f"http://{host}:{site.server_port}/picture"})
    # Some spellings are no address everywhere; what counts is that nobody is asked.
    assert code in ("ModelArts.4601", "ModelArts.4603")
    assert len(site.asked) == asked


def test_private_address_is_refused(caller: Caller, site: Site) -> None:
    """Without the flag a private address is ModelArts.4601."""
    assert caller.error(HANDWRITING, {"url": site.url + "/picture"}) == "ModelArts.4601"


@pytest.fixture
def one_public_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take 127.0.0.1 for an address of the public internet, and the rest of this machine for private."""
    monkeypatch.setattr(addresses, "is_public", lambda address: address == "127.0.0.1")


@pytest.mark.usefixtures("one_public_address")
def test_redirect_to_private_address(caller: Caller, site: Site, caplog: pytest.LogCaptureFixture) -> None:
    """A redirect from a public to a private address is ModelArts.4601, and nothing is sent there."""
    caplog.set_level(logging.INFO)
    with open_site("127.0.0.2") as inner:
        assert caller.words(HANDWRITING, url=site.url + "/picture") == ["Kettle 42"]
        assert caller.error(HANDWRITING, {"url": f"{site.url}/to/{inner.url}/picture"}) == "ModelArts.4601"
        assert "ModelArts.4601: where a redirect leads has a host without a public address (" in caplog.text
        assert inner.asked == []


@pytest.mark.usefixtures("one_public_address")
def test_name_that_changes_its_address(caller: Caller, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection goes to the address that was checked, though the name leads elsewhere a moment later."""
    answers = iter(["127.0.0.1", "127.0.0.2", "127.0.0.2"])
    resolve = socket.getaddrinfo

    def rebind(host: Any, *arguments: Any, **options: Any) -> Any:
        is_name = host in ("rebind.test", b"rebind.test")
        return resolve(next(answers) if is_name else host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", rebind)
    with open_site("127.0.0.2", site.server_port) as inner:
        assert caller.words(HANDWRITING, url=f"http://rebind.test:{site.server_port}/picture") == [
            "Kettle 42"
        ]
        assert inner.asked == []


@pytest.mark.usefixtures("one_public_address")
def test_name_with_several_addresses(caller: Caller, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of several addresses of a name only the public ones are connected to."""
    resolve = socket.getaddrinfo

    def both(host: Any, *arguments: Any, **options: Any) -> Any:
        if host not in ("both.test", b"both.test"):
            return resolve(host, *arguments, **options)
        return [
            found for name in ("127.0.0.2", "127.0.0.1") for found in resolve(name, *arguments, **options)
        ]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    with open_site("127.0.0.2", site.server_port) as inner:
        assert caller.words(HANDWRITING, url=f"http://both.test:{site.server_port}/picture") == ["Kettle 42"]
        assert inner.asked == []


def test_proxies_are_not_used(fetching: Caller, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy of the environment, which would connect unchecked, is ignored."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("all_proxy", "http://127.0.0.1:9")
    assert fetching.words(HANDWRITING, url=site.url + "/picture") == ["Kettle 42"]


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "1.1.1.1", "93.184.215.14", "2606:4700:4700::1111", "2a00:1450::1"]
)
def test_public_addresses(address: str) -> None:
    """Addresses of the public internet may be connected to."""
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b::808:808",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "3fff::1",
        "fc00::1",
        "fe80::1",
        "fe80::1%lo",
        "fec0::1",
        "ff02::1",
        "not an address",
        "",
    ],
)
def test_private_addresses(address: str) -> None:
    """This machine, private, shared, link-local, reserved and translated addresses may not be connected to."""
    assert not is_public(address)
