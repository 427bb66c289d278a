"""What is generated, as plain data: the only thing that templates see.

Texts from the description are plain strings here. Templates put them into code only through the filters
`literal` and `docstring`.
"""

from __future__ import annotations

import attrs

from generator.names import base_error
from generator.runtime.cli.table import Program


@attrs.frozen(order=True)
class Import:
    """A name that a file needs.

    Attributes:
        module: Absolute (`datetime`), or from the package's root with a leading dot (`.models.char_set`).
        name: What to import from it; empty for the module itself.
    """

    module: str
    name: str = ""


@attrs.frozen
class Type:
    """A type annotation with the imports that it needs."""

    code: str
    imports: frozenset[Import] = frozenset()

    def __or__(self, other: Type) -> Type:
        return Type(f"{self.code} | {other.code}", self.imports | other.imports)


@attrs.frozen(kw_only=True)
class ImageLimits:
    """Limits of the picture in a field: formats by name, sides in pixels, size in characters of Base64 text."""

    field: str
    formats: tuple[str, ...]
    min_side: int
    max_side: int
    max_base64_length: int


@attrs.frozen(kw_only=True)
class Field:
    """A member of a model.

    Attributes:
        wire_name: Name of the JSON member.
        name: Name of the attribute.
        parameter: Name of the method's argument: the attribute's, or another one where a call has that name already.
        type: Annotation, with `Unset` when it is optional.
        input_type: What the client's method takes, which may be wider than `type`.
        argument: Code that makes the field's value from the method's argument.
        required: Whether it has to be given.
        required_in: `IN_ANSWERS` or `IN_REQUESTS` where the member has to be there only there, or empty.
        description: From the description, Markdown.
        default: The documented default as JSON text, or empty.
        default_code: The same as code; empty when there is none, or none that an attribute can have.
        limits: Code of the limits that are checked before sending, or empty.
        is_secret: Whether no repr shows it.
        converter: Function that makes the attribute of what is given for it, or None.
        deprecated: What is said of it where it is deprecated, maybe nothing; None where it is not.
        range: The limits in words, or empty.
    """

    wire_name: str
    name: str
    parameter: str
    type: Type
    input_type: Type
    argument: Type
    required: bool
    required_in: str
    description: str
    default: str
    default_code: str
    limits: str
    is_secret: bool
    converter: Import | None
    is_file: bool
    deprecated: str | None
    range: str


@attrs.frozen(kw_only=True)
class Model:
    """A class for an object of the description.

    Attributes:
        exported_name: What `models` exports it as; another name where its own is that of something in the package.
        late_imports: Imports of models that refer back to this one; they come after the class.
        unknown_members: Type of members that the description allows without naming them, or None.
        unknown_argument: The same where the class is not made yet.
        unknown_secret: Whether no repr shows these members.
        member_count: How few and how many members may be given, or None if any number is right.
        deprecated: What is said of it where it is deprecated, maybe nothing; None where it is not.
    """

    class_name: str
    exported_name: str
    module: str
    description: str
    fields: tuple[Field, ...]
    imports: tuple[Import, ...]
    late_imports: tuple[Import, ...]
    unknown_members: Type | None
    unknown_argument: str
    unknown_limits: str
    unknown_secret: bool
    member_count: tuple[int | None, int | None] | None
    exactly_one_of: tuple[tuple[str, ...], ...]
    at_least_one_of: tuple[tuple[str, ...], ...]
    image_limits: tuple[ImageLimits, ...]
    uris: tuple[str, ...]
    deprecated: str | None = None

    @property
    def deprecated_members(self) -> dict[str, str]:
        """What is said of its deprecated members, by their attributes."""
        return {field.name: field.deprecated for field in self.fields if field.deprecated is not None}


@attrs.frozen(kw_only=True)
class Alias:
    """A name for a type that is no class: an array of a fixed length, which is a tuple."""

    name: str
    module: str
    description: str
    type: Type


@attrs.frozen
class Member:
    """A value of an enum, and what is said of it where it is deprecated."""

    name: str
    value: str | int
    deprecated: str | None = None


@attrs.frozen(kw_only=True)
class Enum:
    """A class for an enum; an open one keeps values that it does not know, an extensible one also sends them."""

    class_name: str
    exported_name: str
    module: str
    description: str
    members: tuple[Member, ...]
    open: bool
    extensible: bool
    is_sent: bool
    is_int: bool

    @property
    def deprecated_values(self) -> dict[str | int, str]:
        """What is said of its deprecated values."""
        return {member.value: member.deprecated for member in self.members if member.deprecated is not None}


@attrs.frozen(kw_only=True)
class Parameter:
    """A parameter of an operation.

    Attributes:
        location: `path`, `query`, `header` or `cookie`.
        of_client: The same for all calls of a client, so the client takes it once.
        joined: What stands between the items of a list that is one pair of the query; empty where each is a pair.
        reserved: Whether a value in the query may hold reserved characters as they are.
        environment: Variable of the environment that holds it where a client is given none, or empty.
        default_code: The documented default as code, or empty.
        limits: Code of the limits that are checked before sending, or empty.
        deprecated: What is said of it where it is deprecated, maybe nothing; None where it is not.
        range: The limits in words, or empty.
    """

    wire_name: str
    name: str
    type: Type
    input_type: Type
    argument: Type
    required: bool
    description: str
    default: str
    default_code: str
    limits: str
    location: str
    of_client: bool
    joined: str
    reserved: bool
    deprecated: str | None
    range: str
    environment: str = ""


@attrs.frozen(kw_only=True)
class Success:
    """A documented success.

    Attributes:
        key: Its status, `2XX` or `default`.
        type: Annotation of what a call returns, or None when there is no body.
        kind: Code of what the body is: a type, `TEXT`, `BINARY`, `ByMediaType` of these, or `None`.
        returns: What is returned, in words.
        headers: Documented headers with what they say.
        by_media_type: Annotations of what a call returns by media type, for an answer that may be of several.
    """

    key: int | str
    type: Type | None
    kind: str
    returns: str
    headers: tuple[tuple[str, str], ...]
    by_media_type: tuple[tuple[str, Type], ...] = ()

    @property
    def types(self) -> tuple[Type, ...]:
        """All that a call can return; none when there is no body."""
        return tuple(kind for _, kind in self.by_media_type) or ((self.type,) if self.type else ())


@attrs.frozen(kw_only=True)
class ErrorCode:
    """An entry of the catalogue of error codes; `class_name` is that of its exception."""

    code: str
    status: int | None
    message: str | None
    meaning: str
    remedy: str
    retry: str
    kind: str | None = None
    class_name: str = "ApiError"


@attrs.frozen(kw_only=True)
class ErrorKind:
    """A kind of errors, which is an exception class.

    Attributes:
        statuses: HTTP statuses that mean this kind where no known code says more.
        retry: The same for these.
        codes: The codes that are of this kind.
    """

    name: str
    class_name: str
    meaning: str
    remedy: str
    statuses: tuple[int, ...]
    retry: str
    codes: tuple[ErrorCode, ...]


@attrs.frozen
class Usage:
    """An example of a call, and what a part of its answer is.

    Attributes:
        arguments: Code of the arguments, without those that the client takes once.
        part: Code that leads from the answer to a text in it, such as `.result.lines[0].words`; or empty.
        value: Code of that text.
    """

    arguments: str = ""
    part: str = ""
    value: str = ""


@attrs.frozen(kw_only=True)
class Example:
    """An answer that the description gives as an example.

    Attributes:
        name: Its name, or empty.
        key: Status, `2XX`, `4XX`, `5XX` or `default`.
        content: Body as text.
        is_text: Whether the body is text and not JSON.
        headers: Headers with examples of their own.
    """

    name: str
    key: int | str
    content: str
    is_text: bool
    headers: tuple[tuple[str, str], ...]


@attrs.frozen(kw_only=True)
class Operation:
    """A method of the client and a module of its own.

    Attributes:
        module: Name of the module, which is that of the method unless a client has that name already.
        body: Annotation of the request body, or None.
        body_input: What a method takes for it when it is not taken apart.
        body_limits: Code of the limits of a body that is no model, or empty.
        body_argument: Code that makes the body from the method's argument.
        body_model: The body's model, whose fields become arguments of the client's method, or None.
        media_type: What the body is sent as.
        parts: Media types that members of a multipart body may have, by their names.
        accept: Media types that are asked for, where the kinds of answers do not say it, or empty.
        failures: For each answer that is no success its status and what it means, as the description says it.
        errors: For each documented error its key (a status, `4XX`, `5XX` or `default`) and the name of its format.
        authentication: Combinations of classes, any of which a call takes; an empty one is none at all. Without any a
            call is never authenticated; None leaves it to the client.
        published_in: For variables of the server's address the values for which the operation is known to be offered.
        examples: Examples of its answers.
        deprecated: What is said of it where it is deprecated, maybe nothing; None where it is not.
    """

    name: str
    module: str
    tag: str
    method: str
    path: str
    summary: str
    description: str
    deprecated: str | None
    parameters: tuple[Parameter, ...]
    body: Type | None
    body_input: Type
    body_argument: Type
    body_required: bool
    body_description: str
    body_model: Model | None
    media_type: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    accept: str
    successes: tuple[Success, ...]
    errors: tuple[tuple[int | str, str], ...]
    documented_codes: tuple[ErrorCode, ...]
    authentication: tuple[tuple[str, ...], ...] | None
    body_limits: str
    imports: tuple[Import, ...]
    failures: tuple[tuple[str, str], ...] = ()
    usage: Usage = Usage()
    published_in: tuple[tuple[str, tuple[str, ...]], ...] = ()
    examples: tuple[Example, ...] = ()

    def key(self, parameter: Parameter) -> str:
        """Return the name by which a parameter is told from all others of the operation, and from the body."""
        same = [one for one in self.parameters if one.wire_name == parameter.wire_name]
        is_alone = len(same) == 1 and parameter.wire_name != "body"
        return parameter.wire_name if is_alone else f"{parameter.location} {parameter.wire_name}"

    @property
    def deprecated_parameters(self) -> dict[str, str]:
        """What is said of deprecated parameters of a call, by their arguments."""
        found = {one.name: one.deprecated for one in self.call_parameters}
        return {name: notice for name, notice in found.items() if notice is not None}

    @property
    def deprecated_arguments(self) -> dict[str, str]:
        """What is said of deprecated arguments of the method, which are parameters and members of the body."""
        fields = self.body_model.fields if self.body_model else ()
        found = {field.parameter: field.deprecated for field in fields}
        return {
            **self.deprecated_parameters,
            **{name: notice for name, notice in found.items() if notice is not None},
        }

    @property
    def call_parameters(self) -> tuple[Parameter, ...]:
        """Parameters of a single call, required ones first."""
        own = [parameter for parameter in self.parameters if not parameter.of_client]
        return tuple(sorted(own, key=lambda parameter: not parameter.required))

    @property
    def file_field(self) -> str:
        """Name of the argument that takes a file, or empty."""
        fields = self.body_model.fields if self.body_model else ()
        return next((field.parameter for field in fields if field.is_file), "")

    @property
    def client_parameters(self) -> tuple[Parameter, ...]:
        """Parameters that the client takes once for all calls."""
        return tuple(parameter for parameter in self.parameters if parameter.of_client)

    @property
    def result(self) -> Type:
        """Annotation of what a call returns."""
        kinds = {kind.code: kind for success in self.successes for kind in success.types}
        result: Type | None = None
        for kind in kinds.values():
            result = kind if result is None else result | kind
        if any(success.type is None for success in self.successes) or result is None:
            result = Type("None") if result is None else result | Type("None")
        return result


@attrs.frozen
class Environment:
    """Variables of the environment that hold the arguments of a way to authenticate, by the names of the arguments."""

    required: tuple[tuple[str, str], ...]
    optional: tuple[tuple[str, str], ...]


@attrs.frozen(kw_only=True)
class TokenEndpoint:
    """Where tokens come from.

    Attributes:
        url: Address, with variables of the server in braces.
        variables: Those variables of the server that stand in the address or in the project's name, each with the
            argument that it is.
        project: Name of the project where no other is given, with variables in braces; or None.
    """

    url: str
    variables: tuple[tuple[str, Variable], ...]
    project: str | None


@attrs.frozen(kw_only=True)
class BatchTarget:
    """How an operation takes the file that it is about.

    Attributes:
        operation: Name of the operation.
        file: Argument that takes it.
        url: Argument that takes an address in its place, or empty.
        encoded: Whether it travels as Base64.
        formats: Names of the formats that a picture can have.
        max_base64_length: Characters that the Base64 text can have, or None.
    """

    operation: str
    file: str
    url: str = ""
    encoded: bool = True
    formats: tuple[str, ...] = ()
    max_base64_length: int | None = None


@attrs.frozen(kw_only=True)
class Scheme:
    """A way to authenticate.

    Attributes:
        name: Name in the description.
        class_name: Name of the class.
        base: `ApiKeyAuth`, `BasicAuth`, `BearerAuth`, `KeystonePasswordAuth` or `SdkHmacSha256Auth`.
        key_name: Name of the header, query parameter or cookie of an API key.
        location: `header`, `query` or `cookie`.
        token: Where tokens come from, for a way that fetches them.
        environment: Where its arguments are found when a client is given no way to authenticate.
    """

    name: str
    class_name: str
    base: str
    key_name: str
    location: str
    description: str
    token: TokenEndpoint | None = None
    environment: Environment | None = None


@attrs.frozen
class Variable:
    """A variable of a server's address.

    Attributes:
        wire_name: Name in the description.
    """

    name: str
    default: str
    values: tuple[str, ...]
    description: str
    wire_name: str


@attrs.frozen
class Server:
    """The address of the service.

    Attributes:
        url: The address, or only the path of one, with variables in braces.
        others: Further addresses in the description, each with what it says of them.
    """

    url: str
    variables: tuple[Variable, ...]
    others: tuple[tuple[str, str], ...] = ()

    @property
    def is_relative(self) -> bool:
        """Whether the host is missing, so that a client has to be told."""
        return self.url.startswith("/")


@attrs.frozen(kw_only=True)
class ErrorFormat:
    """What the body of an error is, and which of its attributes carry what.

    Attributes:
        name: Name of the constant.
        type: Annotation of the body.
    """

    name: str
    type: Type
    code: str
    message: str
    request_id: str
    catalogue: tuple[ErrorCode, ...]
    kinds: tuple[ErrorKind, ...] = ()


@attrs.frozen(kw_only=True)
class Package:
    """Everything that is generated; `command` is what generates it."""

    name: str
    distribution: str
    title: str
    version: str
    summary: str
    description: str
    license: str
    operations: tuple[Operation, ...]
    models: tuple[Model, ...]
    enums: tuple[Enum, ...]
    aliases: tuple[Alias, ...]
    schemes: tuple[Scheme, ...]
    server: Server | None
    errors: tuple[ErrorFormat, ...]
    program: Program | None = None
    batches: tuple[BatchTarget, ...] = ()
    not_covered: tuple[str, ...] = ()
    command: str = "python -m generator generate"

    @property
    def client_parameters(self) -> tuple[Parameter, ...]:
        """Parameters that the client takes once, each name once."""
        found = {
            parameter.name: parameter
            for operation in self.operations
            for parameter in operation.client_parameters
        }
        return tuple(found.values())

    @property
    def reads_environment(self) -> bool:
        """Whether a client without a way to authenticate looks for one in the environment."""
        return any(scheme.environment for scheme in self.schemes)

    @property
    def has_deprecated(self) -> bool:
        """Whether anything warns when it is used."""
        return (
            any(one.deprecated is not None or one.deprecated_arguments for one in self.operations)
            or any(model.deprecated is not None or model.deprecated_members for model in self.models)
            or any(enum.deprecated_values for enum in self.enums)
        )

    @property
    def marks_deprecated(self) -> bool:
        """Whether type checkers call anything deprecated."""
        return any(operation.deprecated is not None for operation in self.operations) or any(
            model.deprecated is not None for model in self.models
        )

    @property
    def has_times(self) -> bool:
        """Whether anything is a moment in time."""
        kinds = [field.type for model in self.models for field in model.fields]
        for operation in self.operations:
            kinds += [parameter.type for parameter in operation.parameters]
            kinds += [kind for kind in (operation.body, *(one.type for one in operation.successes)) if kind]
        return any("datetime.datetime" in kind.code for kind in kinds)

    @property
    def needs_auth(self) -> bool:
        """Whether there is nothing that a client could call without a way to authenticate."""
        return bool(self.operations) and all(
            operation.authentication and all(operation.authentication) for operation in self.operations
        )

    @property
    def tags(self) -> tuple[str, ...]:
        """Folders of operations, sorted."""
        return tuple(sorted({operation.tag for operation in self.operations}))

    @property
    def errors_module(self) -> str:
        """Module with the formats of errors, which is named after the catalogue where there is one."""
        return "error_codes" if any(error.catalogue for error in self.errors) else "error_formats"

    @property
    def error_kinds(self) -> tuple[ErrorKind, ...]:
        """The exception classes, each once, with the codes of all formats."""
        found: dict[str, ErrorKind] = {}
        for kind in (kind for error in self.errors for kind in error.kinds):
            known = found.get(kind.name, attrs.evolve(kind, codes=()))
            new = (code for code in kind.codes if code not in known.codes)
            found[kind.name] = attrs.evolve(known, codes=(*known.codes, *new))
        return tuple(found.values())

    @property
    def base_error(self) -> str:
        """Name under which the package exports the base of its exceptions: `OcrError` for `huaweicloud_ocr`."""
        return base_error(self.name)
