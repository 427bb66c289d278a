"""What each operation says about itself."""

from __future__ import annotations

import re

from generator import pointer as pointers
from generator.bundle import Bundle
from generator.findings import quoted
from generator.plain import is_mapping
from generator.rules.registry import Breaches, house_rule
from generator.rules.view import is_blank, operations, sequence

_CAMEL_CASE = re.compile(r"[a-z][A-Za-z0-9]*")


@house_rule("operation-id")
def operation_id(bundle: Bundle) -> Breaches:
    """Each operation has an operationId in lower camel case: the methods of clients are named after it."""
    for operation in operations(bundle):
        identifier = operation.value.get("operationId")
        if not isinstance(identifier, str) or is_blank(identifier):
            yield operation.pointer, f"{operation.name} has no operationId, such as `recognizeText`"
        elif not _CAMEL_CASE.fullmatch(identifier):
            place = pointers.join(operation.pointer, "operationId")
            yield (
                place,
                f"the operationId {quoted(identifier)} is not lower camel case, such as `recognizeText`",
            )


@house_rule("operation-tag")
def operation_tag(bundle: Bundle) -> Breaches:
    """Each operation has a tag that the root file declares: pages and client modules are grouped by it."""
    declared = {str(tag.get("name")) for tag in sequence(bundle.document, "tags") if is_mapping(tag)}
    for operation in operations(bundle):
        tags = sequence(operation.value, "tags")
        if not tags:
            yield operation.pointer, f"{operation.name} has no tag"
        for index, tag in enumerate(tags):
            if str(tag) not in declared:
                place = pointers.join(operation.pointer, "tags", index)
                yield place, f"the tag {quoted(tag)} is not declared under `tags` of the root file"


@house_rule("operation-description")
def operation_description(bundle: Bundle) -> Breaches:
    """Each operation has a summary and a description: they document the client's method."""
    for operation in operations(bundle):
        for name in ("summary", "description"):
            if is_blank(operation.value.get(name)):
                yield operation.pointer, f"{operation.name} has no {name}"


@house_rule("operation-server")
def operation_server(bundle: Bundle) -> Breaches:
    """Each operation has a server, its own or one of the document: clients take the address from it."""
    for operation in operations(bundle):
        if not any(
            sequence(holder, "servers") for holder in (operation.value, operation.item, bundle.document)
        ):
            yield operation.pointer, f"{operation.name} has no server: declare `servers` in the root file"


@house_rule("operation-security")
def operation_security(bundle: Bundle) -> Breaches:
    """Each operation says how calls of it are authenticated, itself or through the document."""
    for operation in operations(bundle):
        if "security" not in operation.value and not sequence(bundle.document, "security"):
            yield (
                operation.pointer,
                f"{operation.name} has no security requirement: declare `security` in the root file",
            )
