"""What is generated, as plain data: the only thing that templates see.

Texts from the description are plain strings here. Templates put them into code only through the filters
`literal` and `docstring`.
"""

from __future__ import annotations

import attrs


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
        type: Annotation, with `Unset` when it is optional.
        input_type: What the client's method takes, which may be wider than `type`.
        argument: Code that makes the field's value from the method's argument.
        description: From the description, Markdown.
        default: The service's default as JSON text, or empty.
    """

    wire_name: str
    name: str
    type: Type
    input_type: Type
    argument: Type
    required: bool
    description: str
    default: str

    @property
    def is_file(self) -> bool:
        """Whether it takes a file, which travels as Base64."""
        return self.argument.code.startswith("to_base64(")


@attrs.frozen(kw_only=True)
class Model:
    """A class for an object of the description.

    Attributes:
        late_imports: Imports of models that refer back to this one; they come after the class.
        unknown_members: Type of members that the description allows without naming them, or None.
    """

    class_name: str
    module: str
    description: str
    fields: tuple[Field, ...]
    imports: tuple[Import, ...]
    late_imports: tuple[Import, ...]
    unknown_members: Type | None
    exactly_one_of: tuple[tuple[str, ...], ...]
    image_limits: tuple[ImageLimits, ...]
    uris: tuple[str, ...]


@attrs.frozen
class Member:
    """A value of an enum."""

    name: str
    value: str | int


@attrs.frozen(kw_only=True)
class Enum:
    """A class for an enum; an open one keeps values that it does not know."""

    class_name: str
    module: str
    description: str
    members: tuple[Member, ...]
    open: bool
    is_int: bool


@attrs.frozen(kw_only=True)
class Parameter:
    """A parameter of an operation.

    Attributes:
        location: `path`, `query`, `header` or `cookie`.
        of_client: The same for all calls of a client, so the client takes it once.
    """

    wire_name: str
    name: str
    type: Type
    required: bool
    description: str
    default: str
    location: str
    of_client: bool


@attrs.frozen(kw_only=True)
class Success:
    """A documented success: its status, the type of its body or None, and what that is in words."""

    status: int
    type: Type | None
    returns: str


@attrs.frozen(kw_only=True)
class Operation:
    """A method of the client and a module of its own.

    Attributes:
        body: Annotation of the request body, or None.
        body_model: The body's model, whose fields become arguments of the client's method, or None.
        errors: Name of the model of all answers that are not a success, or empty.
    """

    name: str
    tag: str
    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    body: Type | None
    body_required: bool
    body_description: str
    body_model: Model | None
    successes: tuple[Success, ...]
    errors: str
    imports: tuple[Import, ...]

    @property
    def call_parameters(self) -> tuple[Parameter, ...]:
        """Parameters of a single call, required ones first."""
        own = [parameter for parameter in self.parameters if not parameter.of_client]
        return tuple(sorted(own, key=lambda parameter: not parameter.required))

    @property
    def file_field(self) -> str:
        """Name of the argument that takes a file, or empty."""
        fields = self.body_model.fields if self.body_model else ()
        return next((field.name for field in fields if field.is_file), "")

    @property
    def client_parameters(self) -> tuple[Parameter, ...]:
        """Parameters that the client takes once for all calls."""
        return tuple(parameter for parameter in self.parameters if parameter.of_client)

    @property
    def result(self) -> Type:
        """Annotation of what a call returns."""
        kinds = {success.type.code: success.type for success in self.successes if success.type}
        result: Type | None = None
        for kind in kinds.values():
            result = kind if result is None else result | kind
        if any(success.type is None for success in self.successes) or result is None:
            result = Type("None") if result is None else result | Type("None")
        return result


@attrs.frozen(kw_only=True)
class Scheme:
    """A way to authenticate.

    Attributes:
        class_name: Name of the class.
        base: `ApiKeyAuth` or `SdkHmacSha256Auth`.
        key_name: Name of the header, query parameter or cookie of an API key.
        location: `header`, `query` or `cookie`.
    """

    class_name: str
    base: str
    key_name: str
    location: str
    description: str


@attrs.frozen
class Variable:
    """A variable of a server's address."""

    name: str
    default: str
    values: tuple[str, ...]
    description: str


@attrs.frozen
class Server:
    """The address of the service."""

    url: str
    variables: tuple[Variable, ...]


@attrs.frozen(kw_only=True)
class ErrorCode:
    """An entry of the catalogue of error codes."""

    code: str
    status: int | None
    message: str | None
    meaning: str
    remedy: str
    retry: str


@attrs.frozen(kw_only=True)
class ErrorModel:
    """The model of an error's body, and which of its attributes carry what."""

    class_name: str
    module: str
    code: str
    message: str
    request_id: str
    catalogue: tuple[ErrorCode, ...]


@attrs.frozen(kw_only=True)
class Package:
    """Everything that is generated."""

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
    schemes: tuple[Scheme, ...]
    server: Server | None
    errors: tuple[ErrorModel, ...]

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
    def tags(self) -> tuple[str, ...]:
        """Folders of operations, sorted."""
        return tuple(sorted({operation.tag for operation in self.operations}))

    @property
    def base_error(self) -> str:
        """Name under which the package exports the base of its exceptions: `OcrError` for `huaweicloud_ocr`."""
        return f"{self.name.rpartition('_')[2].capitalize()}Error"
