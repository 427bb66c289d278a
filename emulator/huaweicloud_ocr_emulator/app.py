"""The ASGI application: its routes, and the order in which a call is checked.

Every call is checked in the same order, and the first thing that is wrong is the answer: address and method,
token, length, JSON, parameters, then the picture itself: for a URL whether it may and can be fetched, then
its format, its size, and whether it can be decoded.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from huaweicloud_ocr.models import CharSet
from huaweicloud_ocr_emulator.authentication import authenticate
from huaweicloud_ocr_emulator.body import parse_body, read_body
from huaweicloud_ocr_emulator.call_log import CallLog, method_and_path
from huaweicloud_ocr_emulator.contract import Contract, ContractError, Endpoint, Operation, load_contract
from huaweicloud_ocr_emulator.failures import CallFailed, ErrorCode
from huaweicloud_ocr_emulator.fetch import fetch
from huaweicloud_ocr_emulator.operations import IMPLEMENTATIONS, Parameters
from huaweicloud_ocr_emulator.picture import decode_base64, decode_pixels, open_picture, require_formats
from huaweicloud_ocr_emulator.recognition import Engine, Recogniser
from huaweicloud_ocr_emulator.responses import error_response, json_response
from huaweicloud_ocr_emulator.settings import Settings

_log = logging.getLogger(__name__)

_Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class _Service:
    """What all calls share."""

    settings: Settings
    contract: Contract
    recogniser: Recogniser
    workers: ThreadPoolExecutor

    async def call(self, operation: Operation, request: Request) -> Response:
        """Serve a call of an operation."""
        request.state.operation = operation.operation_id
        authenticate(request.headers, self.contract, self.settings.token)
        body = await read_body(request, self.contract.max_base64_length)
        parameters = parse_body(body, operation)
        if parameters.get("detect_direction"):
            _log.info("%s: detect_direction has no effect in this version", request.state.request_id)
        file = None
        if "url" in parameters:
            file = await fetch(parameters["url"], operation.limits.max_file_size, self.settings)
        # Decoding a picture keeps a core as busy as reading it.
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self.workers, self._answer, operation, file, parameters, request.state.request_id
        )

    def _answer(
        self, operation: Operation, file: bytes | None, parameters: Parameters, request_id: str
    ) -> Response:
        file = decode_base64(parameters["image"]) if file is None else file
        picture = open_picture(file, operation.limits)
        _log.debug("%s: %s of %d x %d pixels", request_id, picture.format, *picture.size)
        pixels = decode_pixels(picture)
        try:
            answer = IMPLEMENTATIONS[operation.operation_id](self.recogniser, pixels, parameters).to_dict()
        except Exception as error:
            _log.exception("%s: the recognition broke down", request_id)
            raise CallFailed(ErrorCode.RECOGNITION_FAILED, type(error).__name__) from error
        if faults := operation.response_faults(answer):
            _log.error("%s: the answer breaks the description: %s", request_id, "; ".join(faults))
            raise CallFailed(ErrorCode.RECOGNITION_FAILED, "the answer breaks the description")
        return json_response(answer)


def create_app(
    settings: Settings | None = None, recogniser: Recogniser | None = None, contract: Contract | None = None
) -> Starlette:
    """Make the application.

    Args:
        settings: How it behaves; None for the defaults.
        recogniser: What reads the pictures; None loads the models, which takes about a second.
        contract: The description to keep to; None takes the bundled one.

    Raises:
        ContractError: The description cannot be used.
        EngineError: The models cannot be loaded.
    """
    settings = settings or Settings()
    contract = contract or load_contract()
    recogniser = recogniser or load_recogniser()
    workers = ThreadPoolExecutor(settings.workers, thread_name_prefix="recognition")
    service = _Service(settings, contract, recogniser, workers)

    async def health(request: Request) -> Response:
        request.state.operation = "healthz"
        return json_response({"status": "ok", "contract": contract.version})

    def refuse(request: Request, error: Exception) -> Response:
        """Answer a failure; Starlette's own are those of an address or a method that does not exist."""
        if isinstance(error, CallFailed):
            failure = error
        else:
            failure = CallFailed(ErrorCode.NO_SUCH_API, f"no such API: {method_and_path(request)}")
        request.state.outcome = str(failure)
        return error_response(failure, contract, request.state.request_id)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        with workers:
            yield

    routes = [Route("/healthz", health, methods=["GET"])]
    for operation in contract.operations:
        require_formats(operation.limits)
        routes.append(Route(operation.path, _serve(service, operation), methods=[operation.method]))
    for endpoint in contract.missing:
        _log.warning(
            "%s is in the description, but not in this service: calls of it end with %s until operations.py has it",
            endpoint.operation_id,
            ErrorCode.NO_SUCH_API,
        )
        routes.append(Route(endpoint.path, _decline(endpoint), methods=[endpoint.method]))
    app = Starlette(
        routes=routes,
        middleware=[Middleware(CallLog, contract=contract)],
        exception_handlers={CallFailed: refuse, HTTPException: refuse},
        lifespan=lifespan,
    )
    # An address with a slash too many does not exist; it is not worth a redirect that drops the body.
    app.router.redirect_slashes = False
    return app


def load_recogniser() -> Recogniser:
    """Load the models.

    Raises:
        ContractError: The description has a character set that this version does not know.
        EngineError: They cannot be loaded.
    """
    try:
        return Recogniser(Engine(), [char_set.value for char_set in CharSet])
    except ValueError as error:
        raise ContractError(f"this version cannot serve the description: {error}") from error


def _serve(service: _Service, operation: Operation) -> _Handler:
    async def serve(request: Request) -> Response:
        return await service.call(operation, request)

    return serve


def _decline(endpoint: Endpoint) -> _Handler:
    async def decline(request: Request) -> Response:
        request.state.operation = endpoint.operation_id
        raise CallFailed(ErrorCode.NO_SUCH_API, f"{endpoint.operation_id} is not implemented in this service")

    return decline
