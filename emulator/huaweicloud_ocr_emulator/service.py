"""What a call goes through: the order in which it is checked, and its recognition."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from typing import Any, Final

import numpy as np
from PIL import Image
from starlette.requests import Request
from starlette.responses import Response

from huaweicloud_ocr.models import CharSet
from huaweicloud_ocr_emulator.authentication import Gate
from huaweicloud_ocr_emulator.body import ROOM_BESIDE_THE_PICTURE, longest_picture, parse_body, read_body
from huaweicloud_ocr_emulator.call_log import record_of
from huaweicloud_ocr_emulator.call_record import CallRecord
from huaweicloud_ocr_emulator.contract import Contract, ContractError, ImageLimits, Operation
from huaweicloud_ocr_emulator.failures import CallFailed, ErrorCode
from huaweicloud_ocr_emulator.fetch import fetch
from huaweicloud_ocr_emulator.hostile_files import harm_in_decoding, harm_in_opening
from huaweicloud_ocr_emulator.operations import IMPLEMENTATIONS
from huaweicloud_ocr_emulator.picture import decode_base64, decode_pixels, open_picture
from huaweicloud_ocr_emulator.recognition import Abandoned, Engine, Recogniser
from huaweicloud_ocr_emulator.responses import json_response
from huaweicloud_ocr_emulator.room import Room, Share
from huaweicloud_ocr_emulator.settings import Settings
from huaweicloud_ocr_emulator.throttle import Rehearsal, Throttle, require_known
from huaweicloud_ocr_emulator.tokens import LONGEST_LOGIN, Tokens
from huaweicloud_ocr_emulator.workers import Gone, Workers

_log = logging.getLogger(__name__)

_FIRST: Final = np.full((64, 256, 3), 255, np.uint8)
"""A blank picture, for which both networks do what they do for any other."""

_OPENED_BESIDE: Final = 64
"""Calls beyond those for which there is room that may wait for a check of their file, to be told what is
wrong with it."""

_LARGE: Final = 16_000_000
"""Pixels of a picture that is decoded alone: with its transparency and samples of more than eight bits the largest
takes a gigabyte on the way to its pixels."""


class Service:
    """Serves the operations. What is wrong with a call is told by the first check that it does not pass.

    The order is: credentials, length, JSON, parameters, the picture itself (for a URL whether it may and can be
    fetched, then format and size), subscription, throttling, rehearsed faults, and room in the queue. Only then is
    a picture decoded and read.
    """

    def __init__(self, settings: Settings, contract: Contract, recogniser: Recogniser | None = None) -> None:
        """Prepare to serve.

        Args:
            settings: How it behaves.
            contract: The description to keep to.
            recogniser: What reads the pictures; None leaves loading it to `load`.

        Raises:
            UnknownFault: An error is to be rehearsed that the description does not have.
        """
        self.settings = settings
        self.contract = contract
        self.workers = Workers(settings.workers, queue=settings.queue, seconds=settings.recognition_seconds)
        # As many as may then be at work or wait, for the check of the file comes before that of the queue.
        self._openers = Workers(
            settings.workers,
            queue=settings.queue + settings.workers + _OPENED_BESIDE,
            seconds=settings.recognition_seconds,
            name="opening",
        )
        self.is_ready = recogniser is not None
        self._recogniser = recogniser
        self._tokens = Tokens(settings)
        self._gate = Gate(contract, settings, self._tokens)
        self._room = Room(settings.held_megabytes * 1_000_000)
        self._large = threading.Lock()
        self._throttle = Throttle(settings.rate_limit)
        self._rehearsal = Rehearsal(settings.fault, settings.seed)
        require_known(settings.fault, contract.errors)

    async def load(self, load: Callable[[], Recogniser]) -> None:
        """Load the models, and read a first picture with them, so that no call waits for that.

        Raises:
            ContractError: The description has a character set that this version does not know.
            EngineError: They cannot be loaded.
        """
        if self._recogniser is None:
            self._recogniser = await asyncio.to_thread(load)
            await asyncio.to_thread(self._recogniser.read, _FIRST)
        self.is_ready = True

    async def call(self, operation: Operation, request: Request) -> Response:
        """Serve a call of an operation.

        Raises:
            CallFailed: Something is wrong with it, or with this service.
            Gone: The caller hung up.
        """
        record = record_of(request)
        record.operation = operation.operation_id
        with self._room.share() as share:
            return await self._call(operation, request, share, record)

    async def _call(
        self, operation: Operation, request: Request, share: Share, record: CallRecord
    ) -> Response:
        body = await self._authenticated(request, share)
        parameters = parse_body(body, operation)
        del body  # the picture in it is as large as all else together
        picture, harm = await self._picture(parameters, operation, share, request)
        record.picture = (str(picture.format), *picture.size)
        if self.settings.unsubscribed:
            raise CallFailed(ErrorCode.NOT_SUBSCRIBED, "--unsubscribed is set")
        self._throttle.admit()
        self._rehearsal.play()
        if not self.is_ready or self._recogniser is None:
            raise CallFailed(ErrorCode.NOT_STARTED, "the models are being loaded")
        work = partial(self._recognise, operation, self._recogniser, picture, harm, parameters, record)
        return await self.workers.run(work, record, _until_gone(request))

    @property
    def is_busy(self) -> bool:
        """Whether threads are at work, perhaps for nobody any more."""
        return self.workers.busy > 0 or self._openers.busy > 0

    def close(self) -> None:
        """End the threads, as soon as they have done what they are at."""
        self._openers.close()
        self.workers.close()

    async def log_in(self, request: Request) -> Response:
        """Give a token to who logs in."""
        record = record_of(request)
        record.operation = "tokens"
        with self._room.share() as share:
            body = await read_body(request, LONGEST_LOGIN, self.settings.body_seconds, share.grow)
            return self._tokens.log_in(body, record)

    async def _authenticated(self, request: Request, share: Share) -> bytes:
        """Return the body of a call whose credentials are accepted."""
        is_signed = self._gate.is_signed(request.headers)
        if not is_signed:
            self._gate.check(request.scope, request.headers)
        limit = self.contract.max_base64_length + ROOM_BESIDE_THE_PICTURE
        about = f"; image {longest_picture(self.contract.max_base64_length)}"
        body = await read_body(request, limit, self.settings.body_seconds, share.grow, about=about)
        record_of(request).body_size = len(body)
        if is_signed:
            # A signature is one over the body too.
            self._gate.check(request.scope, request.headers, body)
        return body

    async def _picture(
        self, parameters: dict[str, Any], operation: Operation, share: Share, request: Request
    ) -> tuple[Image.Image, str | None]:
        """Take the picture from the parameters, which keep nothing of it; return also why it must not be decoded."""
        limits = operation.limits
        text, url = parameters.pop("image", ""), parameters.pop("url", None)
        if url is not None:
            share.shrink_to(0)
            file = await fetch(url, limits.max_file_size, self.settings, share.grow)
        else:
            file = decode_base64(text)
        del text
        share.shrink_to(len(file))
        # Headers are small, but nothing keeps a hostile one from taking its time, which is none of a recognition's.
        return await self._openers.run(lambda _: _open(file, limits), CallRecord(), _until_gone(request))

    def _recognise(
        self,
        operation: Operation,
        recogniser: Recogniser,
        picture: Image.Image,
        harm: str | None,
        parameters: dict[str, Any],
        record: CallRecord,
        is_wanted: Callable[[], bool],
    ) -> Response:
        if harm is not None:
            raise CallFailed(ErrorCode.UNREADABLE_PICTURE, harm)
        with self._large if picture.width * picture.height > _LARGE else nullcontext():
            pixels = decode_pixels(picture)
        if not is_wanted():
            raise Gone
        try:
            answer = IMPLEMENTATIONS[operation.operation_id](
                recogniser, pixels, parameters, is_wanted
            ).to_dict()
        except Abandoned:
            raise Gone from None
        except Exception as error:
            _log.exception("%s: the recognition broke down", record.request_id)
            raise CallFailed(ErrorCode.RECOGNITION_FAILED, type(error).__name__) from error
        if faults := operation.response_faults(answer):
            _log.error("%s: the answer breaks the description: %s", record.request_id, "; ".join(faults))
            raise CallFailed(ErrorCode.RECOGNITION_FAILED, "the answer breaks the description")
        self._note(answer, record)
        return json_response(answer)

    def _note(self, answer: dict[str, Any], record: CallRecord) -> None:
        blocks = answer["result"]["words_block_list"]
        record.blocks = len(blocks)
        if self.settings.log_words:
            record.words = "\n".join(block["words"] for block in blocks)


def _open(file: bytes, limits: ImageLimits) -> tuple[Image.Image, str | None]:
    if harm := harm_in_opening(file):
        raise CallFailed(ErrorCode.UNREADABLE_PICTURE, harm)
    picture = open_picture(file, limits)
    return picture, harm_in_decoding(file, picture.width * picture.height)


def load_recogniser() -> Recogniser:
    """Load the models, which takes about a second.

    Raises:
        ContractError: The description has a character set that this version does not know.
        EngineError: They cannot be loaded.
    """
    try:
        return Recogniser(Engine(), [char_set.value for char_set in CharSet])
    except ValueError as error:
        raise ContractError(f"this version cannot serve the description: {error}") from error


async def _until_gone(request: Request) -> None:
    """Return when the caller of a request has hung up; its body has been read."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
