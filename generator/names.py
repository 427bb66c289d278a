"""Names in generated code where the tool's own choice does not serve."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Collection
from typing import Final

# What makes attributes of what is given for them.
_CONVERTERS_OF_MODELS: Final = (
    *("as_base64", "as_base64_list", "as_base64_or_none", "as_file", "as_file_list", "as_file_or_none"),
    *("as_optional_base64", "as_optional_base64_list", "as_optional_base64_or_none"),
    *("as_optional_file", "as_optional_file_list", "as_optional_file_or_none"),
)

# Annotations in the same class body are evaluated with its attributes in scope, so an attribute must not hide a type
# that annotations use, nor what every model has.
_TAKEN: Final = frozenset(
    {
        *("str", "int", "float", "bool", "bytes", "list", "dict", "tuple", "datetime", "uuid", "attrs"),
        *_CONVERTERS_OF_MODELS,
        *("self", "from_dict", "to_dict", "additional_keys", "additional_properties"),
    }
)


def attribute(wire_name: str, proposed: str) -> str:
    """Return the name of an attribute: the JSON member's own wherever that is possible.

    The tool renames every name that Python has as a builtin (`type` to `type_`). As an attribute such a name does no
    harm, and a member that keeps its name is decoded without a detour.
    """
    own = (
        wire_name.isidentifier()
        and wire_name.isascii()
        and wire_name == wire_name.lower()
        and not wire_name.startswith("_")
        and not keyword.iskeyword(wire_name)
        and wire_name not in _TAKEN
    )
    return wire_name if own else f"{proposed}_" if proposed in _TAKEN else proposed


# Names that generated modules use themselves.
_OF_THE_PACKAGE: Final = frozenset(
    {
        *("Any", "Final", "IntEnum", "Literal", "Mapping", "Sequence", "StrEnum", "TypeAlias"),
        *("ApiKeyAuth", "Auth", "BasicAuth", "BearerAuth", "SdkHmacSha256Auth", "Server"),
        *(
            "AsyncClient",
            "AsyncHttpClient",
            "AsyncioClient",
            "CallOptions",
            "Client",
            "HttpClient",
            "SyncClient",
        ),
        *("AtLeastOneOf", "ExactlyOneOf", "ImageLimits", "Limits", "Uri"),
        *(
            "Annotated",
            "Base64",
            "ByMediaType",
            "Discriminator",
            "File",
            "FileInput",
            "JsonValue",
            "PlainFile",
            "UNSET",
            "Unset",
        ),
        *(
            "ErrorCode",
            "ErrorFormat",
            "ErrorKind",
            "MapModel",
            "Model",
            "ExtensibleIntEnum",
            "ExtensibleStrEnum",
            "OpenIntEnum",
            "OpenStrEnum",
            "Operation",
            "Response",
        ),
        *("FakeCall", "FakeOperation", "FakeService", "UnexpectedCallError"),
    }
)

# What a client does besides the operations.
OF_THE_CLIENT: Final = frozenset({"aclose", "close", "parameter", "send"})


def safe_class(name: str) -> str:
    """Return the name that a class has in its module: another one where its own is that of something used there."""
    # attrs takes whatever begins with ClassVar for one.
    return (
        f"{name}Model" if name in _OF_THE_PACKAGE else f"Model{name}" if name.startswith("ClassVar") else name
    )


def in_words(name: str) -> str:
    """Return a name as words: `repos/list-forOrg` as "Repos list for org"."""
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[^\W_A-Z]+", name)
    return " ".join(words).lower().capitalize() or name


def method(name: str) -> str:
    """Return the name of an operation's method: another one where its own is that of something a client does."""
    return f"{name}_" if name in OF_THE_CLIENT else name


# What each method of a client takes besides parameters and the members of a body.
_OPTIONS: Final = frozenset({"self", "time_limit", "headers", "retries"})


# Exceptions that every package has, and those that Python has.
_TAKEN_ERRORS: Final = frozenset(
    [
        "ApiError",
        "BrokenResponseError",
        "ClientError",
        "ConfigurationError",
        "ConnectionFailedError",
        "InvalidDataError",
        "InvalidRequestError",
        "InvalidResponseError",
        "TimeLimitError",
        "TransportError",
        *dir(builtins),
    ]
)


# Exceptions that modules of the runtime have for themselves, beside the base of all.
_OF_THE_RUNTIME: Final = frozenset(
    {
        *("AnnotationError", "AnswerError", "BatchError", "HeadError", "NotJsonError", "SetupError"),
        *("StoppedError", "UnexpectedCallError", "UnreadableSourceError"),
    }
)


def base_error(package: str) -> str:
    """Return the name under which a package exports the base of its exceptions: `OcrError` for `huaweicloud_ocr`."""
    whole = package.title().replace("_", "")
    last = package.rpartition("_")[2].capitalize()
    names = [f"{last}Error", f"{whole}Error", f"{whole}ClientError", "PackageError"]
    # `my_api` must not take the name of another exception of the package, nor `my_value` that of a builtin.
    taken = _TAKEN_ERRORS | _OF_THE_RUNTIME
    return next(name for name in names if name.isidentifier() and name not in taken)


def error_class(kind: str, package: str) -> str:
    """Return the name of the exception for a kind of errors: `NotFoundError` for `not-found`.

    Where that is the name of another exception, as for `timeout`, it is `ApiTimeoutError`.
    """
    name = "".join(part.capitalize() for part in kind.split("-")).removesuffix("Error") + "Error"
    return f"Api{name}" if name in _TAKEN_ERRORS or name == base_error(package) else name


# Arguments and functions that modules of operations have besides the parameters.
_OF_A_CALL: Final = frozenset(
    {"body", "client", "headers", "retries", "self", "time_limit", "asyncio_detailed", "sync_detailed"}
)


# Functions that make what is sent of arguments.
_CONVERTERS: Final = frozenset(
    {
        *("off_loop", "to_base64", "to_base64_list", "to_base64_or_none", "to_enum", "to_enum_list"),
        *("to_file", "to_file_list", "to_file_or_none", "unless_empty"),
    }
)


def parameter(name: str, location: str, operation: str) -> str:
    """Return the name of a parameter: another one, by the tool's own pattern, where a call has that name already."""
    taken = _OF_A_CALL | _CONVERTERS | {operation}
    return f"{name}_{location}" if name in taken else name


def local_module(name: str) -> str:
    """Return what a method of a client calls the module of its operation: not as an argument or function of its own."""
    return f"{name}_operation" if name in _OF_A_CALL | _CONVERTERS else name


def argument(name: str, taken: Collection[str], members: Collection[str]) -> str:
    """Return the name of the argument for a member of a body: another one, as for parameters, where it is taken.

    Args:
        name: The member's own name.
        taken: Names of other arguments of the same method, and of what the method uses.
        members: Names of all members.
    """
    if name not in taken and name not in _OPTIONS and name not in _CONVERTERS:
        return name
    name = f"{name}_body"
    while name in taken or name in members:
        name = f"{name}_"
    return name
