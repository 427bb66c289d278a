"""The ASGI application: its routes, and what is common to all answers."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from huaweicloud_ocr_emulator.call_log import CallLog, method_and_path, record_of
from huaweicloud_ocr_emulator.contract import Contract, Endpoint, Operation, load_contract
from huaweicloud_ocr_emulator.failures import CallFailed, ErrorCode
from huaweicloud_ocr_emulator.metrics import Metrics
from huaweicloud_ocr_emulator.origins import OtherOrigins
from huaweicloud_ocr_emulator.pages import routes as pages
from huaweicloud_ocr_emulator.picture import require_formats
from huaweicloud_ocr_emulator.recognition import Recogniser
from huaweicloud_ocr_emulator.responses import error_response, json_response
from huaweicloud_ocr_emulator.service import Service, load_recogniser
from huaweicloud_ocr_emulator.settings import Settings
from huaweicloud_ocr_emulator.tokens import PATH as TOKENS_PATH

_log = logging.getLogger(__name__)

_Handler = Callable[[Request], Awaitable[Response]]


def create_app(
    settings: Settings | None = None,
    recogniser: Recogniser | None = None,
    contract: Contract | None = None,
    *,
    load: Callable[[], Recogniser] = load_recogniser,
    on_ready: Callable[[Exception | None], None] | None = None,
) -> Starlette:
    """Make the application.

    Args:
        settings: How it behaves; None for the defaults and what the environment says.
        recogniser: What reads the pictures; None loads the models when the application starts, which takes about a
            second. Calls that come before are answered with ModelArts.4508.
        contract: The description to keep to; None takes the bundled one.
        load: Loads the models.
        on_ready: Called when pictures can be read, or with the reason why they cannot.

    Raises:
        ContractError: The description cannot be used.
    """
    contract = contract or load_contract()
    service = Service(settings or Settings(), contract, recogniser)
    metrics = Metrics(service.workers, contract.version)

    def refuse(request: Request, error: Exception) -> Response:
        """Answer a failure; Starlette's own are those of an address or a method that does not exist."""
        if isinstance(error, CallFailed):
            failure = error
        else:
            failure = CallFailed(ErrorCode.NO_SUCH_API, f"no such API: {method_and_path(request)}")
        record = record_of(request)
        record.code, record.reason = str(failure.code), failure.reason
        return error_response(failure, service.contract, record.request_id)

    app = Starlette(
        routes=[*_operations(service), *_machines(service, metrics), *pages()],
        middleware=[
            Middleware(CallLog, contract=contract, metrics=metrics),
            Middleware(OtherOrigins, allowed=service.settings.allow_origin),
        ],
        exception_handlers={CallFailed: refuse, HTTPException: refuse},
        lifespan=_lifespan(service, load, on_ready),
    )
    # An address with a slash too many does not exist; it is not worth a redirect that drops the body.
    app.router.redirect_slashes = False
    app.state.service, app.state.metrics = service, metrics
    return app


def _lifespan(
    service: Service,
    load: Callable[[], Recogniser],
    on_ready: Callable[[Exception | None], None] | None,
) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        loading = asyncio.ensure_future(service.load(load))

        def tell(done: asyncio.Future[None]) -> None:
            problem = None if done.cancelled() else done.exception()
            if isinstance(problem, Exception):
                _log.critical("the models cannot be loaded: %s", problem)
            if on_ready is not None and not done.cancelled():
                on_ready(problem if isinstance(problem, Exception) else None)

        loading.add_done_callback(tell)
        try:
            yield
        finally:
            loading.cancel()
            service.close()

    return lifespan


def _operations(service: Service) -> list[Route]:
    contract = service.contract
    routes: list[Route] = []
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
    return routes


def _machines(service: Service, metrics: Metrics) -> list[Route]:
    """Return what those ask for who watch over services, and those who log in."""

    async def health(request: Request) -> Response:
        record_of(request).operation = "healthz"
        return json_response({"status": "ok", "contract": service.contract.version})

    async def readiness(request: Request) -> Response:
        record_of(request).operation = "readyz"
        status, code = ("ready", 200) if service.is_ready else ("loading", 503)
        return json_response({"status": status}, code)

    async def figures(request: Request) -> Response:
        record_of(request).operation = "metrics"
        return metrics.page()

    return [
        Route("/healthz", health, methods=["GET"]),
        Route("/readyz", readiness, methods=["GET"]),
        Route("/metrics", figures, methods=["GET"]),
        Route(TOKENS_PATH, service.log_in, methods=["POST"]),
    ]


def _serve(service: Service, operation: Operation) -> _Handler:
    async def serve(request: Request) -> Response:
        return await service.call(operation, request)

    return serve


def _decline(endpoint: Endpoint) -> _Handler:
    async def decline(request: Request) -> Response:
        record_of(request).operation = endpoint.operation_id
        raise CallFailed(ErrorCode.NO_SUCH_API, f"{endpoint.operation_id} is not implemented in this service")

    return decline
