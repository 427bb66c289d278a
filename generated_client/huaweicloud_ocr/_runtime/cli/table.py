"""What the command line knows of a package: plain data, which the generator writes from the description.

Named tuples, because the command line starts in a moment and these cost nothing to import.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal[
    "text", "integer", "number", "boolean", "choice", "integer_choice", "file", "json", "scalar"
]
"""What an option takes. `scalar` is read as JSON where it is some, and is text otherwise."""


class Option(NamedTuple):
    """An option of a command.

    Attributes:
        name: Argument of the function that it is passed to.
        flag: The option without its dashes.
        kind: What it takes.
        location: `body`, `path`, `query`, `header` or `cookie`; or `client` and `server`, for settings of the client.
        about: What it means, with limits and default: paragraphs with an empty line between two.
        values: What a choice can be.
        suggestions: Values of an open enum, which shells may complete.
        many: It may be given several times, and makes a list.
        required: The call needs it.
        has_no: It also has the form `--no-…`.
        least: The number, if there is a least one.
        most: The number, if there is a largest one.
        open_least: The least number itself is not one of them.
        open_most: The largest number itself is not one of them.
        base64_length: Characters that the Base64 text of a file may have; 0 when it is sent as it is, -1 without limit.
        variable: Environment variable that may hold it, or empty.
        default: What it is when it is absent, for settings of the client.
        deprecated: Why it should not be used any more, maybe nothing; None if it may be.
        deprecated_values: The same for some of its values.
    """

    name: str
    flag: str
    kind: Kind
    location: str
    about: str = ""
    values: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    many: bool = False
    required: bool = False
    has_no: bool = False
    least: float | None = None
    most: float | None = None
    open_least: bool = False
    open_most: bool = False
    base64_length: int = 0
    variable: str = ""
    default: str | None = None
    deprecated: str | None = None
    deprecated_values: tuple[tuple[str, str], ...] = ()


class Source(NamedTuple):
    """The file that a call is about: an argument of the command, which makes a call of each.

    Attributes:
        name: Member of the body that takes the file; empty when the file is the body.
        word: What it is called in the usage: `PICTURE` or `FILE`.
        about: What the file has to be like.
        url_name: Member of the body that takes an address in its place, or empty.
        base64_length: As in `Option`.
        required: Whether a call needs one.
    """

    name: str
    word: str
    about: str
    url_name: str = ""
    base64_length: int = 0
    required: bool = True


class TextBlocks(NamedTuple):
    """Where the text stands in an answer: ways through its JSON, with dots.

    Attributes:
        list: From the answer to the list of blocks.
        text: From a block to its text.
        box: From a block to its corners in pixels, `[[x, y], …]`; or empty.
        confidence: From a block to how sure its text is, from 0 to 1; or empty.
        corners: How many corners each box has; 0 where the description does not say.
    """

    list: str
    text: str
    box: str = ""
    confidence: str = ""
    corners: int = 0


class Command(NamedTuple):
    """An operation as a command.

    Attributes:
        name: Name of the command.
        module: Module of the operation, below the package.
        summary: The operation in a few words.
        about: What it does: paragraphs with an empty line between two.
        options: Options that the call is made of.
        source: The file that a call is about, if it is about one.
        body: How the body is given: `members` by options, `json` or `text` as a file with that, `none` not at all.
        body_required: Whether a call needs the body.
        text_blocks: Where the text stands in an answer, if it has some.
        security: Alternatives, each the names of the schemes that a call needs together; none needed if empty.
        client_options: Names of the settings of the client that the call needs.
        deprecated: Why it should not be used any more, maybe nothing; None if it may be.
    """

    name: str
    module: str
    summary: str
    about: str = ""
    options: tuple[Option, ...] = ()
    source: Source | None = None
    body: Literal["members", "json", "text", "none"] = "none"
    body_required: bool = False
    text_blocks: TextBlocks | None = None
    security: tuple[tuple[str, ...], ...] = ()
    client_options: tuple[str, ...] = ()
    deprecated: str | None = None


class Secret(NamedTuple):
    """An environment variable with a part of what proves who calls.

    Attributes:
        argument: Argument of the scheme's class.
        variable: Name of the environment variable.
        required: Whether the scheme needs it.
    """

    argument: str
    variable: str
    required: bool = True


class Scheme(NamedTuple):
    """A way to authenticate.

    Attributes:
        name: Name in the description.
        class_name: Class in the package's module `auth`.
        secrets: What it is made of.
    """

    name: str
    class_name: str
    secrets: tuple[Secret, ...]


class Program(NamedTuple):
    """A command line.

    Attributes:
        package: Name of the package.
        name: Name of the command, which is that of the distribution.
        version: Version of the package.
        summary: What the service does.
        commands: The operations.
        settings: Settings of the client: parameters that are the same for all calls, and variables of its address.
        schemes: Ways to authenticate.
        catalogue: Module of the package with the catalogue of error codes, or empty.
        has_server: Whether the address of the service is known; otherwise it has to be given.
    """

    package: str
    name: str
    version: str
    summary: str
    commands: tuple[Command, ...] = ()
    settings: tuple[Option, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    catalogue: str = ""
    has_server: bool = True
