"""The fake service, used as the tests of an application use it."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import pickle
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest

from huaweicloud_ocr import (
    UNSET,
    ApiError,
    AsyncClient,
    BrokenResponseError,
    Client,
    ConnectionFailedError,
    InvalidDataError,
    InvalidRequestError,
    InvalidResponseError,
    PasswordAuth,
    Retry,
    TimeLimitError,
    TokenAuth,
    errors,
)
from huaweicloud_ocr.error_codes import ERROR_CODES
from huaweicloud_ocr.models import CharSet, HandwritingRequest, HandwritingResponse
from huaweicloud_ocr.testing import FakeCall, FakeOcr, TokenCall, UnexpectedCallError

from .pictures import picture
from .service import HANDWRITING

URL = "https://example.com/a.jpg"
TOKEN = "token-that-nobody-may-see"


@pytest.fixture
def fake() -> Iterator[FakeOcr]:
    """A fake, as the fixture of the package makes it."""
    with FakeOcr() as made:
        yield made


@pytest.fixture(params=["Client", "AsyncClient"])
def recognize(request: pytest.FixtureRequest, fake: FakeOcr) -> Callable[..., Any]:
    """Calls `recognize_handwriting`, once with each client."""

    def call(settings: Mapping[str, Any] | None = None, **arguments: Any) -> Any:
        arguments = {"url": URL} | arguments
        if request.param == "Client":
            with fake.client(**(settings or {})) as client:
                return client.recognize_handwriting(**arguments)

        async def run() -> Any:
            async with fake.async_client(**(settings or {})) as client:
                return await client.recognize_handwriting(**arguments)

        return asyncio.run(run())

    return call


class TestAnswers:
    """What calls are answered with."""

    def test_example(self, fake: FakeOcr, recognize: Callable[..., Any]) -> None:
        """Until a test says otherwise, the answer is the example of the description."""
        answer = recognize()
        assert (
            answer == fake.recognize_handwriting.example() == fake.recognize_handwriting.example("two_blocks")
        )
        assert answer.result.words_block_count == 2

    def test_dict(self, fake: FakeOcr, recognize: Callable[..., Any]) -> None:
        """A dict answers as its JSON."""
        fake.recognize_handwriting.answer(HANDWRITING)
        assert recognize().to_dict() == HANDWRITING

    def test_model(self, fake: FakeOcr, recognize: Callable[..., Any]) -> None:
        """A model answers as itself, such as the example with a change."""
        example = fake.recognize_handwriting.example()
        wanted = attrs.evolve(example, result=attrs.evolve(example.result, words_block_count=7))
        fake.recognize_handwriting.answer(wanted)
        assert recognize() == wanted

    def test_function(self, fake: FakeOcr, recognize: Callable[..., Any]) -> None:
        """A function answers by the request."""

        def answer(call: FakeCall[HandwritingRequest]) -> HandwritingResponse:
            response = HandwritingResponse.from_dict(copy.deepcopy(HANDWRITING))
            count = 3 if call.body.quick_mode is True else 0
            return attrs.evolve(response, result=attrs.evolve(response.result, words_block_count=count))

        fake.recognize_handwriting.answer(answer)
        assert recognize(quick_mode=True).result.words_block_count == 3
        assert recognize().result.words_block_count == 0

    def test_steps(self, fake: FakeOcr, recognize: Callable[..., Any]) -> None:
        """Answers come in the order in which they were said, each for its number of calls."""
        empty = {"result": {"words_block_count": 0, "words_block_list": []}}
        fake.recognize_handwriting.answer(empty, times=2)
        fake.recognize_handwriting.answer(HANDWRITING, times=1)
        counts = [recognize().result.words_block_count for _ in range(4)]
        assert counts == [0, 0, 1, 2]

    def test_the_last_word_counts(self, fake: FakeOcr, recognize: Callable[..., Any]) -> None:
        """What holds for all calls ends when something else is said."""
        fake.recognize_handwriting.fail("AIS.0103")
        fake.recognize_handwriting.answer(HANDWRITING)
        assert recognize().result.words_block_count == 1

    @pytest.mark.parametrize("answer", [{}, {"result": {"words_block_count": "many"}}, [], "text"])
    def test_against_the_description(self, fake: FakeOcr, answer: Any) -> None:
        """An answer that the description does not allow is refused where it is said."""
        with pytest.raises(InvalidDataError, match=r"^recognize_handwriting cannot be answered so: .*\$"):
            fake.recognize_handwriting.answer(answer)

    def test_undocumented_status(self, fake: FakeOcr) -> None:
        """So is a status that is no documented success."""
        with pytest.raises(InvalidDataError, match="no success with status 201: it has 200"):
            fake.recognize_handwriting.answer(HANDWRITING, status=201)

    def test_headers(self, fake: FakeOcr) -> None:
        """An answer has the headers that were said, and an example those of the description."""
        from huaweicloud_ocr.api.ocr import recognize_handwriting

        with fake.client() as client:
            body = HandwritingRequest(url=URL)
            example = recognize_handwriting.sync_detailed(client=client, body=body)
            fake.recognize_handwriting.answer(HANDWRITING, headers={"X-Request-Id": "r-1"})
            said = recognize_handwriting.sync_detailed(client=client, body=body)
        assert (example.request_id, said.request_id) == ("a1c3f0b2d4e5968778695a4b3c2d1e0f", "r-1")

    def test_anything_else(self, fake: FakeOcr, recognize: Callable[..., Any]) -> None:
        """`respond` answers with just what is said, against the description too."""
        fake.respond(502, b"<html>Bad gateway</html>", headers={"Content-Type": "text/html"})
        with pytest.raises(ApiError, match="502 with the body '<html>Bad gateway"):
            recognize()

    def test_unknown_example(self, fake: FakeOcr) -> None:
        """An example that is not there is told with those that are."""
        with pytest.raises(LookupError, match=r"no example 'three'.* it has 'two_blocks'"):
            fake.recognize_handwriting.example("three")


class TestFailures:
    """What goes wrong on demand."""

    @pytest.mark.parametrize("code", ERROR_CODES)
    def test_every_code(self, fake: FakeOcr, recognize: Callable[..., Any], code: str) -> None:
        """Each error of the catalogue can be had by its code, with what the catalogue knows of it."""
        fake.fail(code)
        known = ERROR_CODES[code]
        with pytest.raises(ApiError) as caught:
            recognize()
        error = caught.value
        assert (error.error_code, error.remedy) == (code, known.remedy)
        assert error.error_msg == known.message or known.message is None
        assert error.status == known.status or known.status is None
        assert error.request_id == "fake-request"
        assert error.body is not None

    def test_unknown_code(self, fake: FakeOcr) -> None:
        """A code that the description does not have is refused, with the one that was probably meant."""
        for place in (fake, fake.recognize_web_image):
            with pytest.raises(ValueError, match=r"no error code 'AIS\.013'\. Did you mean 'AIS\.0\d03'\?"):
                place.fail("AIS.013")

    def test_own_text(self, fake: FakeOcr, recognize: Callable[..., Any]) -> None:
        """Text and status of an error can be said as well."""
        fake.fail("AIS.0103", message="too small", status=422)
        with pytest.raises(ApiError, match=r"422 AIS\.0103 too small"):
            recognize()

    def test_status(self, fake: FakeOcr, recognize: Callable[..., Any]) -> None:
        """An error can be had by its HTTP status."""
        fake.fail(418)
        with pytest.raises(ApiError) as caught:
            recognize()
        assert caught.value.status == 418

    @pytest.mark.parametrize(
        ("status", "kind"),
        [
            (401, errors.AuthenticationError),
            (404, errors.NotFoundError),
            (429, errors.ThrottledError),
            (500, errors.ServiceFailedError),
            (503, errors.ServiceUnavailableError),
        ],
    )
    def test_kind_of_a_status(
        self, fake: FakeOcr, recognize: Callable[..., Any], status: int, kind: type[ApiError]
    ) -> None:
        """A status raises what it raises from the service."""
        fake.fail(status)
        with pytest.raises(kind) as caught:
            recognize(retries=0)
        assert caught.value.status == status

    def test_no_error_status(self, fake: FakeOcr) -> None:
        """A status that is no error is refused."""
        with pytest.raises(ValueError, match="200 is not the HTTP status of an error"):
            fake.fail(200)

    def test_throttled_then_fine(self, fake: FakeOcr, recognize: Callable[..., Any]) -> None:
        """A client that is throttled twice succeeds with its third request, without waiting."""
        fake.throttle(times=2)
        assert recognize() == fake.recognize_handwriting.example()
        fake.recognize_handwriting.assert_called(3)

    def test_throttled_for_good(self, fake: FakeOcr, recognize: Callable[..., Any]) -> None:
        """A client that is always throttled gives up in the end."""
        fake.throttle()
        with pytest.raises(ApiError) as caught:
            recognize({"retries": 2})
        assert (caught.value.status, caught.value.error_code) == (429, "APIG.0308")
        fake.recognize_handwriting.assert_called(3)

    def test_waits(self, fake: FakeOcr) -> None:
        """A throttled client is told how long to wait."""
        fake.throttle(times=1, retry_after=7)
        with fake.client(retries=0) as client, pytest.raises(ApiError) as caught:
            client.recognize_handwriting(url=URL)
        assert caught.value.response.headers["Retry-After"] == "7"

    @pytest.mark.parametrize(
        ("fault", "kind"),
        [
            ("time_out", TimeLimitError),
            ("refuse", ConnectionFailedError),
            ("reset", BrokenResponseError),
            ("truncate", BrokenResponseError),
            ("garble", InvalidResponseError),
        ],
    )
    def test_faults(
        self, fake: FakeOcr, recognize: Callable[..., Any], fault: str, kind: type[Exception]
    ) -> None:
        """Each fault of a network ends in its exception, and the next call succeeds."""
        getattr(fake, fault)(times=1)
        with pytest.raises(kind):
            recognize(retries=0)
        assert recognize() == fake.recognize_handwriting.example()

    def test_for_one_operation(self, fake: FakeOcr) -> None:
        """What is said to one operation does not concern the others, and goes before what is said to the whole fake."""
        fake.fail("AIS.0105", times=1)
        fake.recognize_web_image.fail("AIS.0103", times=1)
        with fake.client() as client:
            with pytest.raises(ApiError, match=r"AIS\.0103"):
                client.recognize_web_image(url=URL)
            with pytest.raises(ApiError, match=r"AIS\.0105"):
                client.recognize_handwriting(url=URL)
            assert client.recognize_web_image(url=URL) == fake.recognize_web_image.example()

    def test_times(self, fake: FakeOcr) -> None:
        """A step for no call is a mistake."""
        with pytest.raises(ValueError, match="times is 0: a number from 1"):
            fake.throttle(times=0)


class TestCalls:
    """What the fake keeps of the calls that came."""

    def test_request(self, fake: FakeOcr, recognize: Callable[..., Any]) -> None:
        """A call has the operation, the parameters, and the body as the model that was sent."""
        recognize(url="https://example.com/b.png", char_set="digit", quick_mode=True)
        call = fake.recognize_handwriting.call
        assert call.operation == "recognize_handwriting"
        assert (call.method, call.path) == ("POST", "/v2/fake-project-id/ocr/handwriting")
        assert call.parameters == {"project_id": "fake-project-id"}
        assert call.body.url == "https://example.com/b.png"
        assert call.body.char_set is CharSet.DIGIT
        assert call.headers["content-type"] == "application/json"
        assert fake.calls == [call]

    def test_assertions(self, fake: FakeOcr, recognize: Callable[..., Any], tmp_path: Path) -> None:
        """Assertions name as much as matters; a picture may be bytes or a path."""
        fake.assert_not_called()
        path = tmp_path / "a.png"
        path.write_bytes(picture())
        recognize(url=UNSET, image=path)
        fake.recognize_handwriting.assert_called()
        fake.recognize_handwriting.assert_called(1)
        fake.recognize_handwriting.assert_called(1, image=path, project_id="fake-project-id")
        fake.recognize_handwriting.assert_called(image=picture())
        fake.recognize_handwriting.assert_called(0, quick_mode=True)
        fake.recognize_web_image.assert_not_called()

    def test_failed_assertions(self, fake: FakeOcr, recognize: Callable[..., Any]) -> None:
        """An assertion that fails shows the calls that came."""
        recognize(char_set="digit")
        one = fake.recognize_handwriting
        shown = "calls that arrived:\n  <recognize_handwriting(project_id='fake-project-id', url='https://example.com/a.jpg'"
        with pytest.raises(AssertionError) as caught:
            one.assert_called(char_set="letter")
        assert str(caught.value).startswith(
            f"recognize_handwriting(char_set='letter') was to be called, and was called never; {shown}"
        )
        for fails in (
            one.assert_not_called,
            fake.assert_not_called,
            lambda: one.assert_called(2),
            lambda: one.assert_called(1, quick_mode=True),
        ):
            with pytest.raises(AssertionError, match="calls that arrived"):
                fails()
        with pytest.raises(
            AssertionError, match="recognize_web_image was called never, not once; no call arrived"
        ):
            _ = fake.recognize_web_image.call

    @pytest.mark.parametrize(
        ("name", "hint"),
        [
            ("char_sett", "did you mean 'char_set'?"),
            ("headers", "it has project_id, image, url, quick_mode,"),
        ],
    )
    @pytest.mark.parametrize("times", [None, 0, 1])
    def test_misspelt_assertions(self, fake: FakeOcr, times: int | None, name: str, hint: str) -> None:
        """An assertion about a parameter that there is not says so, also where no call was to come."""
        with pytest.raises(TypeError) as caught:
            fake.recognize_handwriting.assert_called(times, **{name: "digit"})
        assert str(caught.value).startswith(f"recognize_handwriting has no parameter {name!r}: {hint}")

    def test_hidden(self, fake: FakeOcr) -> None:
        """The repr of a call shows neither token nor picture; the headers of the call have the token."""
        with fake.client(auth=TokenAuth(TOKEN)) as client:
            client.recognize_handwriting(image=picture())
        call = fake.recognize_handwriting.call
        assert call.headers["x-auth-token"] == TOKEN
        assert TOKEN not in f"{call!r} {call.headers!r} {fake!r} {fake.recognize_handwriting!r}"
        assert "image=<" in repr(call)
        assert len(repr(call)) < 300

    def test_threads_and_tasks(self, fake: FakeOcr) -> None:
        """Threads and tasks may share a fake: no call is lost, and each step counts once."""
        fake.throttle(times=10)
        with fake.client(retries=Retry(retries=20, first_delay=0)) as client, ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _: client.recognize_handwriting(url=URL), range(40)))
        assert len(fake.calls) == 50

        async def tasks() -> None:
            async with fake.async_client() as client:
                await asyncio.gather(*(client.recognize_web_image(url=URL) for _ in range(40)))

        asyncio.run(tasks())
        fake.recognize_web_image.assert_called(40)


class TestTokens:
    """The identity service of the fake, which a client with user and password asks."""

    def test_given(self, fake: FakeOcr, recognize: Callable[..., Any]) -> None:
        """A user gets a token, which goes along with the call; the request for it is counted, but not as a call."""
        recognize({"auth": PasswordAuth("anna", TOKEN, domain="acme")})
        assert fake.recognize_handwriting.call.headers["x-auth-token"] == "fake-token-1"
        assert len(fake.calls) == 1
        assert fake.tokens.calls == [TokenCall(user="anna", domain="acme", project="cn-north-4")]
        assert TOKEN not in f"{fake.tokens!r} {fake.tokens.calls!r} {vars(fake.tokens)}"

    def test_kept(self, fake: FakeOcr) -> None:
        """A token is kept, and another one fetched when it is not accepted, at whatever address."""
        auth = PasswordAuth("anna", "s", domain="acme", project="p", endpoint="https://own.example/iam")
        with Client(project_id="p", auth=auth) as client:
            client.recognize_handwriting(url=URL)
            fake.fail("APIG.0301", times=1)
            client.recognize_web_image(url=URL)
        sent = [call.headers["x-auth-token"] for call in fake.calls]
        assert sent == ["fake-token-1", "fake-token-1", "fake-token-2"]

    def test_rejected(self, fake: FakeOcr, recognize: Callable[..., Any]) -> None:
        """A wrong password is refused on demand."""
        fake.tokens.reject(times=1)
        with pytest.raises(errors.AuthenticationError, match="401 The username or password is wrong"):
            recognize({"auth": PasswordAuth("anna", TOKEN, domain="acme")})
        assert len(fake.tokens.calls) == 1
        fake.assert_not_called()

    def test_not_asked(self) -> None:
        """A rejection that did not come fails the test."""

        def test() -> None:
            with FakeOcr() as fake:
                fake.tokens.reject(times=2)

        with pytest.raises(AssertionError, match=r"did not come: fake\.tokens\.reject\(\) for 2 more"):
            test()

    def test_other_requests(self) -> None:
        """What asks for a token in another way fails the test, and its body is not shown."""
        fake = FakeOcr()
        with pytest.raises(UnexpectedCallError, match="does not ask for a token with user") as caught:
            TestStrictness().send(fake, url="https://iam.example/v3/auth/tokens", json={"auth": TOKEN})
        assert TOKEN not in str(caught.value)


class TestStrictness:
    """Requests that break the description fail the test."""

    def send(self, fake: FakeOcr, **changes: Any) -> httpx.Response:
        """Send a request past the checks of the client."""
        from huaweicloud_ocr._runtime.fake_transport import http_client

        request = {
            "method": "POST",
            "url": "https://any.example/v2/p/ocr/handwriting",
            "json": {"url": URL},
        } | changes
        with http_client(fake.handle) as client:
            return client.request(**request)

    def test_good_request(self, fake: FakeOcr) -> None:
        """What keeps to the description is answered, whoever sends it."""
        assert self.send(fake).json()["result"]["words_block_count"] == 2

    @pytest.mark.parametrize(
        ("changes", "problem"),
        [
            ({"json": {"url": URL, "image": "aGk="}}, "exactly one of image and url"),
            ({"json": {"url": URL, "quick_mode": "yes"}}, r"Expected `bool.*quick_mode"),
            ({"json": {"url": URL, "char_set": "emoji"}}, "char_set"),
            ({"json": None, "content": b"{", "headers": {"Content-Type": "application/json"}}, "not JSON"),
            (
                {"json": None, "content": b"a=1", "headers": {"Content-Type": "text/plain"}},
                "is text/plain, not",
            ),
            ({"json": None}, "no body"),
            ({"params": {"fast": "1"}}, "no parameter 'fast' in the query"),
            ({"method": "GET"}, "no operation of the description is GET"),
            ({"url": "https://any.example/v2/p/ocr/passport"}, "no operation of the description is POST"),
        ],
    )
    def test_bad_request(self, changes: dict[str, Any], problem: str) -> None:
        """What breaks the description is told at once, and again when the fake ends."""
        fake = FakeOcr()
        with pytest.raises(UnexpectedCallError, match=problem):
            self.send(fake, **changes)
        assert not fake.calls
        with pytest.raises(UnexpectedCallError, match=problem):
            fake.check()

    def test_hidden_by_the_application(self) -> None:
        """An `except Exception` of the code under test hides nothing."""

        def test() -> None:
            with FakeOcr() as fake, contextlib.suppress(Exception):
                self.send(fake, method="GET")

        with pytest.raises(UnexpectedCallError):
            test()

    def test_checks_of_the_client(self, fake: FakeOcr, recognize: Callable[..., Any]) -> None:
        """What the client refuses does not arrive."""
        with pytest.raises(InvalidRequestError):
            recognize(image=picture())
        fake.assert_not_called()

    def test_unused_steps(self) -> None:
        """A step for calls that did not come fails the test: it does not test what it says."""

        def test() -> None:
            with FakeOcr() as fake:
                fake.throttle(times=2)
                with fake.client(retries=0) as client, contextlib.suppress(ApiError):
                    client.recognize_handwriting(url=URL)

        with pytest.raises(AssertionError, match=r"did not come: fake\.throttle\(\) for 1 more"):
            test()

    def test_the_error_of_the_test_comes_first(self) -> None:
        """Where the test fails by itself, that is what is told."""

        def test() -> None:
            with FakeOcr() as fake:
                fake.throttle(times=2)
                _ = 1 / 0

        with pytest.raises(ZeroDivisionError):
            test()


class TestClientsOfTheApplication:
    """Clients that the code under test makes itself."""

    def test_taken_over(self, fake: FakeOcr) -> None:
        """They call the fake, with the settings that the application gives them."""
        with Client(project_id="own", region="cn-north-4", auth=TokenAuth(TOKEN)) as client:
            client.recognize_handwriting(url=URL)
        call = fake.recognize_handwriting.call
        assert call.parameters == {"project_id": "own"}
        assert call.headers["host"] == "ocr.cn-north-4.myhuaweicloud.com"

    def test_without_waiting(self, fake: FakeOcr) -> None:
        """They repeat as often as the application says, but without a wait."""
        fake.throttle(times=9)
        began = time.monotonic()
        with Client(
            project_id="p", auth=TokenAuth(TOKEN), retries=Retry(retries=9, first_delay=20)
        ) as client:
            client.recognize_handwriting(url=URL)
        assert time.monotonic() - began < 1

    async def test_taken_over_asynchronous(self, fake: FakeOcr) -> None:
        """So do asynchronous ones."""
        async with AsyncClient(project_id="own", auth=TokenAuth(TOKEN)) as client:
            await client.recognize_web_image(url=URL)
        fake.recognize_web_image.assert_called(1, project_id="own")

    def test_own_http_client(self, fake: FakeOcr) -> None:
        """A client with an HTTP client of its own goes its own way."""
        refusing = httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(503)))
        with (
            Client(project_id="p", auth=TokenAuth("t"), retries=0, http_client=refusing) as client,
            pytest.raises(ApiError, match="503"),
        ):
            client.recognize_handwriting(url=URL)
        fake.assert_not_called()

    def test_given_back(self) -> None:
        """After the fake, clients are what they were."""
        with FakeOcr(), FakeOcr():
            pass
        with socket.create_server(("127.0.0.1", 0)) as server:
            endpoint = f"http://127.0.0.1:{server.getsockname()[1]}"
        settings: dict[str, Any] = {
            "endpoint": endpoint,
            "project_id": "p",
            "auth": TokenAuth("t"),
            "retries": 0,
        }
        with Client(**settings) as client, pytest.raises(ConnectionFailedError):
            client.recognize_handwriting(url=URL)

    def test_another_address(self, fake: FakeOcr) -> None:
        """Another service that the application asks can be answered, too."""
        fake.also(
            "POST", "/v3/auth/tokens", status=201, headers={"X-Subject-Token": TOKEN}, json={"token": {}}
        )
        answer = TestStrictness().send(
            fake, url="https://iam.example/v3/auth/tokens", json={"auth": "secret"}
        )
        assert (answer.status_code, answer.headers["x-subject-token"]) == (201, TOKEN)
        fake.assert_not_called()

    def test_errors_are_picklable(self, fake: FakeOcr) -> None:
        """Errors from a fake are those from the service."""
        fake.fail("AIS.0103")
        with fake.client() as client, pytest.raises(ApiError) as caught:
            client.recognize_handwriting(url=URL)
        assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
