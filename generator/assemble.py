"""From what the tool parsed, and the facts it leaves aside, to what is generated."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import attrs

from generator import batch, ir
from generator.adapter import Parsed, class_name, identifier
from generator.annotations import Annotations, FoundEnum
from generator.authentication import schemes
from generator.carried import server_problems
from generator.catalogue import Catalogue
from generator.console import Console
from generator.deprecation import value_notices
from generator.errors import FindingsError
from generator.findings import Location
from generator.models import Models
from generator.operations import Operations
from generator.pointer import escape
from generator.prepare import OPEN_ENUM
from generator.publication import with_publication

# Arguments of every client, which a server's variable must not hide.
_OF_A_CLIENT = frozenset({"endpoint", "auth", "time_limit", "retries", "headers", "observers", "http_client"})


def assemble(
    parsed: Parsed, document: dict[str, Any], *, package: str, origin: Callable[[str], Location]
) -> ir.Package:
    """Put together what is generated from a prepared description.

    Raises:
        FindingsError: with everything that cannot be expressed.
    """
    annotations = Annotations(document, origin, frozenset(_names(parsed)), parsed.enum_places)
    models = Models(parsed, annotations)
    sent = models.reachable(
        node
        for operation in parsed.operations
        for node in (
            *(node for _, node in operation.bodies),
            *(parameter.node for _, parameter in operation.parameters),
        )
    )
    received = models.reachable(
        node
        for operation in parsed.operations
        for node in (
            *(node for _, node in operation.responses),
            *(node for _, _, node in operation.alternatives),
        )
    )
    models.report_depth()
    made = {
        model.class_name: models.make(
            model, is_sent=model.class_name in sent, is_received=model.class_name in received
        )
        for model in parsed.models
    }
    catalogue = Catalogue(annotations, models, package)
    makes = Operations(annotations, models, made, catalogue)
    server = _server(annotations)
    operations = tuple(
        with_publication(makes.make(operation), operation, annotations, server)
        for operation in parsed.operations
    )
    _add_unused_enums(annotations, parsed)
    enums = tuple(_enum(annotations, name, received, sent) for name in sorted(annotations.enums))
    found_schemes = tuple(schemes(annotations, server))
    _report_same_classes(annotations, parsed)
    _report_same_names(annotations, operations, found_schemes)
    info = document["info"]
    made_package = ir.Package(
        name=package,
        distribution=package.replace("_", "-"),
        title=str(info["title"]),
        version=str(info["version"]),
        summary=str(info.get("summary") or info["title"]),
        description=_description(document),
        license=_license(info.get("license") or {}),
        operations=operations,
        models=tuple(made[name] for name in sorted(made)),
        enums=enums,
        aliases=tuple(sorted(_aliases(annotations), key=lambda alias: alias.name)),
        schemes=found_schemes,
        server=server,
        errors=tuple(catalogue.formats.values()),
        batches=tuple(batch.targets(operations)),
    )
    made_package = attrs.evolve(made_package, program=Console(made_package, parsed, annotations).program())
    if annotations.findings:
        raise FindingsError(sorted(set(annotations.findings)))
    return made_package


def _names(parsed: Parsed) -> Iterator[str]:
    for model in parsed.models:
        yield from (model.class_name, model.exported_name, model.module)
    for enum in parsed.enums:
        yield from (enum.class_name, enum.exported_name, enum.module, f"{enum.class_name}Value")


def _aliases(annotations: Annotations) -> Iterator[ir.Alias]:
    yield from annotations.aliases.values()
    yield from annotations.unions.aliases.values()


def _add_unused_enums(annotations: Annotations, parsed: Parsed) -> None:
    """Add the enums that no type refers to: whoever describes them wants them."""
    schemas = annotations.document.get("components", {}).get("schemas", {})
    by_class = {class_name(str(schema.get("title") or name)): schema for name, schema in schemas.items()}
    for node in parsed.enums:
        schema = by_class.get(node.exported_name, {})
        if node.class_name not in annotations.enums and "enum" in schema:
            annotations.enums[node.class_name] = FoundEnum(node, schema)


def _report_same_classes(annotations: Annotations, parsed: Parsed) -> None:
    """Report a class whose own name is taken by the package, when the one that it gets instead is taken too."""
    found = [(model.class_name, model.exported_name, model.pointer) for model in parsed.models]
    found += [(enum.class_name, enum.exported_name, "/components/schemas") for enum in parsed.enums]
    names = {exported for _, exported, _ in found}
    for own, exported, pointer in found:
        if own != exported and own in names:
            annotations.report(
                pointer,
                "names-differ",
                f"the package has a {exported} of its own, so that this one would be {own}, as another schema is",
            )


def _report_same_names(
    annotations: Annotations, operations: tuple[ir.Operation, ...], found_schemes: tuple[ir.Scheme, ...]
) -> None:
    seen: set[str] = set()
    for operation in operations:
        if operation.name in seen:
            pointer = f"/paths/{escape(operation.path)}/{operation.method.lower()}"
            annotations.report(
                pointer,
                "names-differ",
                f"two operations would be the method {operation.name}: give it another operationId",
            )
        seen.add(operation.name)
    for scheme in found_schemes:
        if scheme.class_name in seen:
            annotations.report(
                f"/components/securitySchemes/{escape(scheme.name)}",
                "names-differ",
                f"two security schemes would be the class {scheme.class_name}: give one another name",
            )
        seen.add(scheme.class_name)


def _enum(annotations: Annotations, name: str, received: set[str], sent: set[str]) -> ir.Enum:
    found = annotations.enums[name]
    # The tool escapes values for a place in its own templates; only the description has them as they are.
    values = [value for value in found.schema["enum"] if value is not None]
    members = zip(found.node.members, values, strict=True)
    notices = value_notices(found.schema)
    return ir.Enum(
        class_name=name,
        exported_name=found.node.exported_name,
        module=found.node.module,
        description=str(found.schema.get("description", "")),
        members=tuple(ir.Member(member, value, notices.get(str(value))) for member, value in members),
        # An answer may hold a value that was added after this client was made.
        open=OPEN_ENUM in found.schema or name in received,
        extensible=OPEN_ENUM in found.schema,
        is_sent=name in sent,
        is_int=found.node.is_int,
    )


def _description(document: dict[str, Any]) -> str:
    """Return what the description says of itself, and where there is more."""
    text = str(document["info"].get("description", ""))
    more = document.get("externalDocs") or {}
    if not more.get("url"):
        return text
    url, about = more["url"], str(more.get("description") or "").strip()
    return f"{text.rstrip()}\n\nSee also {f'[{about}]({url})' if about else f'<{url}>'}.".strip()


def _license(found: dict[str, Any]) -> str:
    return str(found.get("identifier") or found.get("name") or "")


def _server(annotations: Annotations) -> ir.Server | None:
    document = annotations.document
    servers = [
        (index, {**server, "url": url})
        for index, server in enumerate(document.get("servers", ()))
        if (url := _address(server))
    ]
    # The host of a relative address is that of where the description was found, which nobody knows here.
    for index, server in sorted(servers, key=lambda one: one[1]["url"].startswith("/")):
        url = server["url"]
        if url == "/":
            continue
        for problem in server_problems(document["servers"][index], index):
            annotations.report(*problem)
        variables: list[ir.Variable] = []
        for name, raw in server.get("variables", {}).items():
            values = tuple(map(str, raw.get("enum", ())))
            own = identifier(name)
            own = f"{own}_" if own in _OF_A_CLIENT else own
            variable = ir.Variable(own, str(raw["default"]), values, str(raw.get("description", "")), name)
            url = url.replace(f"{{{name}}}", f"{{{variable.name}}}")
            variables.append(variable)
        others = tuple(
            (other["url"], str(other.get("description", ""))) for _, other in servers if other is not server
        )
        return ir.Server(url, tuple(variables), others)
    return None


def _address(server: dict[str, Any]) -> str:
    """Return the address of a server, or its path with a slash at the beginning; empty for other protocols."""
    url = whole = str(server["url"])
    for name, variable in server.get("variables", {}).items():
        whole = whole.replace(f"{{{name}}}", str(variable["default"]))
    if url.startswith("//"):
        return f"https:{url}"
    if whole.lower().startswith(("http://", "https://")):
        return url
    return "" if "://" in whole else f"/{re.sub('^[./]+', '', url).rstrip('/')}"
