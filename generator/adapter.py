"""The one module that knows openapi-python-client.

What the tool parses leaves this module as plain data. The tool's internals are not a public interface and change in
patch releases, which is why exactly one version will do.
"""

from __future__ import annotations

import copy
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import attrs
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData, openapi as tool
from openapi_python_client.parser.errors import GeneratorError as ToolError, ParseError
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties.any import AnyProperty
from openapi_python_client.parser.properties.boolean import BooleanProperty
from openapi_python_client.parser.properties.const import ConstProperty
from openapi_python_client.parser.properties.date import DateProperty
from openapi_python_client.parser.properties.datetime import DateTimeProperty
from openapi_python_client.parser.properties.enum_property import EnumProperty
from openapi_python_client.parser.properties.file import FileProperty
from openapi_python_client.parser.properties.float import FloatProperty
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.model_property import ModelProperty
from openapi_python_client.parser.properties.none import NoneProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol
from openapi_python_client.parser.properties.string import StringProperty
from openapi_python_client.parser.properties.union import UnionProperty
from openapi_python_client.parser.properties.uuid import UuidProperty
from openapi_python_client.schema import ParameterLocation
from openapi_python_client.schema.untrusted_string import UntrustedString
from openapi_python_client.strings import ClassName, PythonIdentifier, safe_for_docstring

from generator import findings
from generator.errors import FindingsError, GeneratorError
from generator.findings import Finding, Location
from generator.media import ANY, JSON, is_bytes, is_json, sent_as_it_is
from generator.names import method, safe_class
from generator.pin import require_pinned_tool
from generator.pointer import escape
from generator.prepare import POINTER
from generator.structure import METHODS, resolve
from generator.way_back import way_back

Kind: TypeAlias = Literal[
    "any", "bool", "int", "float", "str", "datetime", "date", "uuid", "none", "file",
    "const", "enum", "model", "list", "union",
]  # fmt: skip

escape_docstring = safe_for_docstring
"""Make a text harmless inside a docstring."""

_SIMPLE: Final[tuple[tuple[type[Any], Kind], ...]] = (
    (AnyProperty, "any"),
    (BooleanProperty, "bool"),
    (IntProperty, "int"),
    (FloatProperty, "float"),
    (StringProperty, "str"),
    (DateTimeProperty, "datetime"),
    (DateProperty, "date"),
    (UuidProperty, "uuid"),
    (NoneProperty, "none"),
    (FileProperty, "file"),
)


_AS_NUMBER: Final = {"default": "9990", "2XX": "9992"}
"""Numbers for what is no status; HTTP has none of more than three digits."""

# Names become names of files, of which systems take 255 bytes, the ending included.
_LONGEST_NAME: Final = 120


@attrs.frozen(kw_only=True)
class Node:
    """What the tool understood a schema to be.

    Attributes:
        kind: Which kind of type.
        class_name: Class of a model or an enum.
        exported_name: What `models` exports it as.
        module: Module of that class.
        members: Names of an enum's members, in the order of its values.
        is_int: Whether an enum's values are integers.
        value: Value of a const.
        inner: Type of a list's items, or the alternatives of a union.
    """

    kind: Kind
    class_name: str = ""
    exported_name: str = ""
    module: str = ""
    members: tuple[str, ...] = ()
    is_int: bool = False
    value: Any = None
    inner: tuple[Node, ...] = ()


@attrs.frozen
class ParsedField:
    """A property or a parameter: its name in the description and in Python, its type, and its default if it has one.

    A default is one of this property itself, not of a schema that it refers to.
    """

    wire_name: str
    name: str
    required: bool
    node: Node
    default: Any = None


@attrs.frozen
class ParsedModel:
    """An object; `pointer` is the place of its schema in the bundled description."""

    class_name: str
    exported_name: str
    module: str
    pointer: str
    fields: tuple[ParsedField, ...]
    unknown_members: Node | None


@attrs.frozen(kw_only=True)
class ParsedOperation:
    """An operation; bodies by media type, responses by status. Its method may have another name than its module.

    Attributes:
        alternatives: Of answers that may be JSON of several media types, all but the first: status and media type.
    """

    name: str
    module: str
    tag: str
    method: str
    path: str
    parameters: tuple[tuple[str, ParsedField], ...]
    bodies: tuple[tuple[str, Node], ...]
    responses: tuple[tuple[str, Node], ...]
    alternatives: tuple[tuple[str, str, Node], ...] = ()


@attrs.frozen
class Parsed:
    """Everything that the tool understood."""

    models: tuple[ParsedModel, ...]
    enums: tuple[Node, ...]
    operations: tuple[ParsedOperation, ...]
    enum_places: dict[str, str] = attrs.field(factory=dict[str, str])
    """JSON pointer of the schema of each class of an enum."""


def parse(prepared: dict[str, Any], origin: Callable[[str], Location]) -> Parsed:
    """Have the tool parse a prepared description.

    Args:
        prepared: The description, rewritten by `prepare`.
        origin: Gives the place in the source files of a JSON pointer in the bundled description.

    Raises:
        GeneratorError: Another version of the tool is installed.
        FindingsError: The tool refused something or would leave it out; every warning of it counts as an error.
    """
    require_pinned_tool()
    config = Config.from_sources(
        ConfigFile(
            content_type_overrides={**dict.fromkeys([*ANY, "text/json"], JSON), **sent_as_it_is(prepared)}
        ),
        MetaType.NONE,
        Path(),
        "utf-8",
        overwrite=False,
        output_path=None,
    )
    components: dict[str, Any] = prepared.get("components") or {}

    def said(problem: ToolError) -> Finding:
        return _finding(problem, origin, components)

    try:
        with _adapted() as enum_places:
            data = GeneratorData.from_dict(_accepted(prepared), config=config)
    except Exception as error:
        # The tool does not expect all that a valid description can hold.
        raise FindingsError([said(ToolError(header=f"{type(error).__name__}: {error}"))]) from error
    if isinstance(data, ToolError):
        raise FindingsError([said(data)])
    problems = [
        *data.errors,
        *(error for tag in data.endpoint_collections_by_tag.values() for error in tag.parse_errors),
    ]
    if problems:
        # What refers to something that was refused is no problem of its own.
        causes = [problem for problem in problems if _CONSEQUENCE not in f"{problem.detail}"]
        raise FindingsError(sorted(set(map(said, causes or problems))))
    # The tool renames parameters within paths, which have to be found again in the description.
    paths = {(method, _shape(path)): path for path, item in prepared["paths"].items() for method in item}
    return Parsed(
        models=tuple(_model(model) for model in data.models),
        enums=tuple(_node(enum) for enum in data.enums),
        operations=tuple(
            _operation(endpoint, _name(tag), path, raw, list(_further_answers(prepared, raw)))
            for tag, collection in data.endpoint_collections_by_tag.items()
            for endpoint in collection.endpoints
            for path in (paths[endpoint.method, _shape(endpoint.path.get_untrusted_value())],)
            for raw in (prepared["paths"][path][endpoint.method],)
        ),
        enum_places=enum_places,
    )


def _accepted(prepared: dict[str, Any]) -> dict[str, Any]:
    """Return a description without what the tool refuses though it makes nothing of it.

    It knows no reference that stands for a callback, and no operation without answers. Of an answer of several media
    types it reads one, so that each further one is given to it as an answer with a status of its own.
    """
    components = {
        key: value for key, value in (prepared.get("components") or {}).items() if key != "callbacks"
    }
    paths = {
        path: {
            key: {
                **{name: part for name, part in value.items() if name != "callbacks"},
                "responses": {**value.get("responses", {}), **_as_answers(_further_answers(prepared, value))},
            }
            if key in METHODS
            else value
            for key, value in item.items()
        }
        for path, item in prepared["paths"].items()
    }
    whole = {key: value for key, value in prepared.items() if key != "webhooks"}
    return {**whole, "paths": paths, **({"components": components} if components else {})}


def _further_answers(
    prepared: dict[str, Any], operation: dict[str, Any]
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield status, media type and content of the JSON that answers may be besides their first media type."""
    for status, value in operation.get("responses", {}).items():
        if status[:1] in {"1", "3", "4", "5"}:
            continue  # an error is read as one thing
        response = resolve(prepared, "", value)[1]
        content = response.get("content", {}) if isinstance(response, dict) else {}
        for name, media in list(content.items())[1:]:
            if is_json(name) and not is_bytes(media):
                yield status, name, media


def _number(status: str, index: int) -> str:
    """Return a number for a further media type of an answer; inline schemas become classes with it in their names."""
    return f"{_AS_NUMBER.get(status, status)}{index + 2}"


def _as_answers(further: Iterator[tuple[str, str, dict[str, Any]]]) -> dict[str, Any]:
    return {
        _number(status, index): {"description": "", "content": {name: media}}
        for index, (status, name, media) in enumerate(further)
    }


@contextmanager
def _adapted() -> Iterator[dict[str, str]]:
    """Have the tool work faster, and say names in what it says.

    It shows the texts of a description as objects, whose names nobody can read; they go into messages only here.

    It copies each operation twice before it adds parameters to it and sorts them, with every model, type and text
    within. That takes a third of its time; a copy of the lists that it changes does the same.

    It refuses an object that has a default, and takes a list that has one. No code can have either, and what is absent
    stays absent; the default remains in the words about the member.

    It does not keep the schema of an enum, as it does that of a model. Yielded is where that of each class stands.
    """
    # It lets no list, time or object into a header, of which this knows more.
    locations = PropertyProtocol._allowed_locations
    PropertyProtocol._allowed_locations = locations | {ParameterLocation.HEADER}
    convert = ModelProperty.convert_value
    ModelProperty.convert_value = classmethod(lambda cls, value: None)  # type: ignore[method-assign,assignment]
    places: dict[str, str] = {}
    build = EnumProperty.build

    def noting(*, data: Any, **others: Any) -> Any:
        made = build(data=data, **others)
        if isinstance(made[0], EnumProperty):
            places[safe_class(_name(made[0].class_info.name))] = str(
                (data.model_extra or {}).get(POINTER, "")
            )
        return made

    EnumProperty.build = noting  # type: ignore[method-assign]
    # The function is not the module's own, and there is no other way to give it another.
    whole = getattr(tool, "deepcopy")  # noqa: B009
    setattr(tool, "deepcopy", _copied)  # noqa: B010
    shown = UntrustedString.__str__
    UntrustedString.__str__ = UntrustedString.get_untrusted_value  # type: ignore[method-assign,assignment]
    try:
        yield places
    finally:
        PropertyProtocol._allowed_locations = locations
        ModelProperty.convert_value = convert  # type: ignore[method-assign]
        EnumProperty.build = build  # type: ignore[method-assign]
        setattr(tool, "deepcopy", whole)  # noqa: B010
        UntrustedString.__str__ = shown  # type: ignore[method-assign]


def _copied(endpoint: Endpoint) -> Endpoint:
    copied = copy.copy(endpoint)
    for name, value in vars(endpoint).items():
        if isinstance(value, (list, set)):
            setattr(copied, name, copy.copy(value))
    return copied


def class_name(text: str) -> str:
    """Return a text as the name of a class, by the tool's rules."""
    return _name(ClassName(text, "Class"))


def identifier(text: str) -> str:
    """Return a text as a name in snake case, by the tool's rules."""
    return _name(PythonIdentifier(text, "field_"))


def _model(model: ModelProperty) -> ParsedModel:
    properties = [*(model.required_properties or ()), *(model.optional_properties or ())]
    pointer = (model.data.model_extra or {}).get(POINTER, "")
    # Who describes no members allows any; who describes some means these.
    keeps_unknown = not properties or model.data.additionalProperties is not None
    return ParsedModel(
        safe_class(_name(model.class_info.name)),
        _name(model.class_info.name),
        _name(model.class_info.module_name),
        str(pointer),
        tuple(_field(prop) for prop in properties),
        _node(model.additional_properties) if model.additional_properties and keeps_unknown else None,
    )


def _name(text: object) -> str:
    """Return a name as Python reads it, and as a system takes it for a file.

    Python takes `ⅷ` for `viii`, also in the name of a module, which is a file; the letters that result may be those
    of a keyword.
    """
    name = str(text)
    normal = unicodedata.normalize("NFKC", name)
    if normal != name:
        name = str(PythonIdentifier(normal, "field_", skip_snake_case=True))
    if len(name.encode()) > _LONGEST_NAME:
        digest = hashlib.sha256(name.encode()).hexdigest()[:8]
        name = f"{name.encode()[: _LONGEST_NAME - 9].decode(errors='ignore')}_{digest}"
    return name


def _shape(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)


# What stands between the words of an operationId besides what the tool takes for that, as in `issues/create`.
_SEPARATOR: Final = re.compile(r"(?<=\w)[/:#|](?=\w)")


def _operation(
    endpoint: Endpoint,
    tag: str,
    path: str,
    raw: dict[str, Any],
    further: list[tuple[str, str, dict[str, Any]]],
) -> ParsedOperation:
    answers = dict(_responses(endpoint))
    alternatives = ((_number(status, index), status, name) for index, (status, name, _) in enumerate(further))
    name = _name(endpoint.name)
    if _SEPARATOR.search(own := str(raw.get("operationId", ""))):
        # The tool leaves these out, and the words would be one.
        name = identifier(_SEPARATOR.sub(" ", own))
    return ParsedOperation(
        name=method(name),
        module=name,
        tag=tag,
        method=endpoint.method,
        path=path,
        parameters=tuple((str(location), _field(prop)) for location, prop in _parameters(endpoint)),
        bodies=tuple((body.content_type.get_untrusted_value(), _node(body.prop)) for body in endpoint.bodies),
        alternatives=tuple(
            (status, name, answers.pop(key)) for key, status, name in alternatives if key in answers
        ),
        responses=tuple(answers.items()),
    )


def _parameters(endpoint: Endpoint) -> Iterator[tuple[str, PropertyProtocol]]:
    for location in ("path", "query", "header", "cookie"):
        for prop in getattr(endpoint, f"{location}_parameters"):
            yield location, prop


def _responses(endpoint: Endpoint) -> Iterator[tuple[str, Node]]:
    for response in endpoint.responses.patterns:
        yield str(response.status_code.pattern), _node(response.prop)
    if endpoint.responses.default is not None:
        yield "default", _node(endpoint.responses.default.prop)


def _field(prop: PropertyProtocol) -> ParsedField:
    return ParsedField(
        prop.name.get_untrusted_value(),
        _name(prop.python_name),
        prop.required,
        _node(prop),
        None if prop.default is None else prop.default.raw_value,
    )


def _node(prop: PropertyProtocol) -> Node:
    for kind_of_property, kind in _SIMPLE:
        if isinstance(prop, kind_of_property):
            return Node(kind=kind)
    match prop:
        case ConstProperty():
            return Node(kind="const", value=prop.value.raw_value)
        case EnumProperty():
            return Node(
                kind="enum",
                class_name=safe_class(_name(prop.class_info.name)),
                exported_name=_name(prop.class_info.name),
                module=_name(prop.class_info.module_name),
                members=tuple(_name(name) for name in prop.values),
                is_int=prop.value_type is int,
            )
        case ModelProperty():
            return Node(
                kind="model",
                class_name=safe_class(_name(prop.class_info.name)),
                exported_name=_name(prop.class_info.name),
                module=_name(prop.class_info.module_name),
            )
        case ListProperty():
            return Node(kind="list", inner=(_node(prop.inner_property),))
        case UnionProperty():
            return Node(kind="union", inner=tuple(_node(inner) for inner in prop.inner_properties))
        case _:
            raise GeneratorError(
                f"openapi-python-client made a {type(prop).__name__}, which this generator does not know"
            )


OF_THE_TOOL: Final = "openapi-python-client: "
"""How messages begin that are the tool's own."""

_CONSEQUENCE: Final = "Could not find reference in parsed models"
_OPERATION: Final = re.compile(r"\b([A-Z]+) (/\S*) within ")
_COMPONENT: Final = re.compile(r"/components/(\w+)/([^\s:'\"]+)")


_OMITTED: Final = re.compile(
    r"^(WARNING|ERROR) parsing .*? within \S+\. |Endpoint will not be generated\. |"
    r", response will be omitted from generated client"
)
_CONTRADICTION: Final = "describe the member once, or in each part of `allOf` alike"
_IN_A_UNION: Final = "Invalid property in union"
_REMEDIES: Final = {
    "can't be merged": _CONTRADICTION,
    "can't redefine": _CONTRADICTION,
    "can't combine": _CONTRADICTION,
    "duplicate models with name": "give one of the two another name, or a `title`",
    "conflicting enums named": "give one of the two another name, or a `title`",
    "same Python identifier": "give one of them another name",
    "but none were parseable": "describe it as JSON, as a form or as application/octet-stream",
    "Unsupported content type": "describe it as JSON, as a form or as application/octet-stream",
    "allOf a non-object": "write `allOf` of objects only",
    "Incorrect path templating": "give each path parameter a name of letters of ASCII, digits, `_` and `-`, and the "
    "name in braces the same",
    _IN_A_UNION: "let alternatives lead back to their union through a member of an object only, and "
    "give schemas with one `title` another one",
    "Circular schema references": "let one of them be an object or a list",
}
_OBJECT: Final = re.compile(r"<openapi_python_client\S* object at 0x[0-9a-f]+>")


# The tool has names of its own for what a schema consists of.
_OF_A_PART: Final = re.compile(r"_(item|type_\d+)$")


def _finding(
    error: ToolError, origin: Callable[[str], Location], components: dict[str, dict[str, Any]]
) -> Finding:
    """Say in our form what the tool says in its own, at the place that it names, as far as it names one."""
    text = " ".join(part.strip() for part in (error.header, error.detail or "") if part)
    # It lists what it leaves out because of this, which here is nothing.
    text = " ".join(_OBJECT.sub("…", text.partition("\n\nFailure to process schema")[0]).split())
    shown = _OMITTED.sub("", text)
    extra = getattr(error.data, "model_extra", None) if isinstance(error, ParseError) else None
    if extra and POINTER in extra:
        pointer = str(extra[POINTER])
    elif match := _OPERATION.search(text):
        pointer = f"/paths/{escape(match[2])}/{match[1].lower()}"
    elif match := _COMPONENT.search(text):
        name = match[2]
        while name not in components.get(match[1], {}) and _OF_A_PART.search(name):
            name = _OF_A_PART.sub("", name)
        pointer = f"/components/{match[1]}/{name}"
    else:
        pointer = ""
    if _IN_A_UNION in text and (inner := way_back(components.get("schemas", {}), pointer)):
        pointer = inner
        shown = f"{shown}, which leads back to itself"
    remedy = next((f": {words}" for phrase, words in _REMEDIES.items() if phrase in text), "")
    return findings.error(origin(pointer), "not-generated", f"{OF_THE_TOOL}{shown}{remedy}", pointer)
