"""What each identifier in a finding means: the rules by their docstrings, the others from a list."""

from __future__ import annotations

from typing import Final

from generator.rules import RULES

FINDINGS: Final = {
    # Reading
    "file": """\
        A file cannot be read: it is missing, empty, a folder, not UTF-8, too large, or nests too deep.

        What is read is untrusted, so size and depth have limits; the message names the one that was passed.""",
    "yaml-syntax": """\
        A file is no YAML. JSON is YAML too.

        The place is where the parser gave up; the mistake is often in the line above: a quote that is not closed, a
        tab, a colon in a text without quotes.""",
    "json-syntax": """\
        A file that is called `.json` is no JSON, nor YAML, of which JSON is a part.

        The place is where the parser gave up; the mistake is often just before: a comma too many or too few.""",
    "yaml-value": """\
        A value in a file is none of JSON's types, so that no OpenAPI document can contain it.

        Dates and binary data are written as text; anchors may stand for values, but not for themselves.""",
    "duplicate-key": """\
        A mapping has the same key twice. Parsers disagree on which of the two counts, so neither may be meant.""",
    "openapi-version": """\
        The root file is no OpenAPI document of version 3.0 or 3.1.

        A Swagger 2 document can be converted to OpenAPI 3 by its editors; one of a later version has to be written
        down to 3.1.""",
    "house-rules": """\
        The file `rules.yaml`, which lists the rules that this description is held to, is not as it has to be.

        It is a map from the identifier of a rule to its `severity`, error or warning, and the `reason` why.""",
    # Versions
    "version-step": """\
        `info.version` does not match what changed since the description was published last.

        What breaks a consumer asks for a major step, what adds for a minor one, words for a patch; `python -m
        generator diff` lists all changes with the step that each demands. A larger step is allowed. Of a version
        0.y.z, what breaks raises y. What is published stays as it is, so nothing changes without another version.""",
    "changelog-entry": """\
        The changelog beside the root file does not tell what a version changes.

        It has a heading with the version, such as `## 1.1.0`, and below it at least the name of each thing that
        breaks a consumer: the member, the error code, the operation. `python -m generator diff --gate` prints an
        entry to begin with.""",
    # References
    "unresolved-reference": """\
        A `$ref` leads nowhere: there is no such file, or no such place in the file.

        The path is relative to the file in which the reference stands. What follows `#` is a JSON pointer, in which
        `/` within a name is written `~1` and `~` is written `~0`.""",
    "refused-reference": """\
        A `$ref` leads to a place that is not read: a URL, an absolute path, or a file outside the folder of the
        description.

        A description from elsewhere could otherwise take private files into what is made of it, or make this machine
        ask others. Keep a copy beside the description. For files outside the folder there is also the option
        --allow-outside-references; nothing is ever fetched from a network.""",
    "reference-kind": """\
        A `$ref` leads to something else than is expected in its place, such as to a response instead of a schema.""",
    "reference-siblings": """\
        Members beside a `$ref` cannot be joined with what it refers to, because both have them, or because it refers
        to no mapping.""",
    "reference-circle": """\
        What a `$ref` means contains that same `$ref`, in a place where references are replaced by what they mean.

        Schemas may refer to themselves; path items and values of `x-` members may not.""",
    "reference-expansion": """\
        References within references would make the bundled document larger or deeper than any real one.""",
    "misplaced-reference": """\
        A `$ref` stands where OpenAPI knows none, so that other tools would take it for something else.""",
    "name-clash": """\
        Two parts of the description that are no components yet would become components of the same name.

        A part is named after its file, or after its last member. Register one of them under `components` of the root
        file with a name of its own.""",
    # Generating
    "not-generated": """\
        The parser, openapi-python-client, refuses something or would leave it out, or a body is of a media type that a
        client cannot write or read.

        Its own words follow in the message. What it would leave out in silence elsewhere stops the run here.""",
    "keyword-expressible": """\
        A keyword of a schema has no counterpart in the types of Python, nor in the checks before sending.

        The client would let through, or refuse to read, what the description says otherwise. Leave the keyword out
        and say in the description what it was to say; `--allow-partial` takes the value as any JSON.""",
    "enum-of-one-type": """\
        The values of an enum are neither all texts nor all integers, so that no class of Python can have them.""",
    "number-size": """\
        A limit or a default is larger than any number of double precision, which is what most programs read JSON's
        numbers into.

        Leave it out: what is larger cannot be sent as a number that arrives. Integers up to that size are no
        difficulty, also beyond 64 bits.""",
    "enum-varnames": """\
        The names that `x-enum-varnames` gives to the values of an enum cannot be those of the class's members.

        It is a list of texts, as long as the enum without null and in the same order. Each text becomes a name in
        upper case, which has to begin with a letter and to differ from the others.""",
    "schema-combined": """\
        Alternatives stand beside members that all of them share, and one of the two would be lost.

        Put the common properties into each alternative. Alternatives that only say which members have to be given,
        `oneOf: [{required: [a]}, {required: [b]}]`, may stand beside properties.""",
    "schema-narrowed": """\
        What stands beside a reference, or in a part of `allOf`, says something that neither a type of Python nor the
        checks before sending keep to.

        Limits, values of an enum, constants and types count there, and so do the members of objects. A format that has
        a type of its own, members beside what is no object, and alternatives within a part do not.""",
    "pattern-checkable": """\
        A pattern of what is sent is no regular expression of Python, so that it could not be checked before sending.

        Patterns follow ECMA-262, and mean what they mean there; of what Python cannot say, such as `\\p{Lu}`, a class
        of characters is mostly enough.""",
    "parameter-style": """\
        A parameter is written in a way that the client does not know, so that the call would be wrong.

        Known are scalars and lists of scalars: in queries with style form, exploded or joined by commas, or joined by
        spaces or bars, in cookies joined by commas, in paths and headers with style simple. An empty value is one of a
        text only.""",
    "path-sendable": """\
        A path would not arrive as it is written.

        What follows a `#` is never sent; `%23` is one that is part of the path. A path may have a query of its own,
        such as `/{bucket}?acl`, which parameters of the query join, but no parameter in it.""",
    "header-name": """\
        A header or a cookie has a name that HTTP does not carry, or that no caller may give.

        Names are made of letters, digits and a few signs, without spaces. Headers such as `Host` and `Content-Length`
        say how a request is sent, and whatever sends it writes them.""",
    "server-address": """\
        The address of the server, with the defaults of its variables, is none that can be called.

        It holds white space, characters outside ASCII, a user name, a query or a fragment, or has no host. In a path
        these are percent-encoded. `--allow-partial` leaves the address to whoever makes a client.""",
    "one-body": """\
        A request body may be one of several media types with different schemas, so that each call would have to choose.

        With the same schema for all, it is sent as JSON; of several kinds of JSON a caller chooses one with
        `content_type`. `--allow-partial` takes JSON, or the first.""",
    "one-server": """\
        A path or an operation has servers of its own, while all calls of a client go to one address.

        Describe what another service offers in a document of its own, which gives a client of its own.""",
    "part-encoding": """\
        A member of a form is to be written in a way that the client does not know.

        Members of a multipart body may have a `contentType`: any for a text or a file, JSON for an object; those of a
        form in the way of a URL may be JSON. Headers of their own and styles are not known.""",
    "form-is-object": """\
        A body that is a form is no object, so that its fields have no names.""",
    "one-answer": """\
        An answer may be of a media type that a client does not read, and no JSON beside it says the same.

        JSON, text and bytes are read by the media type that comes; JSON is asked for before the others. XML or YAML of
        the same schema as JSON is not asked for, as nothing is missed by that. A stream beside JSON is not read, nor is
        an object of which there is no JSON: `--allow-partial` leaves them out.""",
    "success-documented": """\
        An operation documents no success, so that each call would raise an exception.""",
    "names-differ": """\
        Two parts of the description would have the same name in Python.

        Names become snake case for methods and camel case for classes, in which different spellings meet.""",
    "nesting-depth": """\
        Classes contain each other so deep that Python cannot import them.

        The module of each class imports that of the next, and an import takes a part of the interpreter's stack.""",
    "type-size": """\
        A type would be too large to be written, read or held in memory.

        Arrays, unions and allOf are written out where they are used, so that schemas which refer to each other several
        times multiply. An object is a class, and ends that.""",
    "security-scheme": """\
        A way of authenticating has no class, and an operation takes nothing else.

        Where another way will do, or no operation uses it, it does no harm. `--allow-partial` leaves it to an `auth` of
        the caller's own.""",
    "client-compatible": """\
        Code that uses the client of the last published version would fail with this one, and `info.version` does not
        say so: no step of its first part, or before 1.0 of its second.

        What its users import is compared with `published/<version>/python-api.json`: names, arguments, types, values,
        bases, commands. Arguments and models that are sent may take more than before, answers may say more. The
        generator's own code can be the cause as well as the description. Restore what broke, or raise the version; a
        break that is none for anybody stands in `accepted_breaks.yaml` beside the root file, by published version and
        name, with the reason, which the client's changelog repeats.""",
    "webhook": """\
        A webhook is a call that the service makes, which a client has no part in.

        Describe it in a document of its own, from which a server can be made.""",
    "callback": """\
        A callback is a call that the service makes, which a client has no part in.

        Describe it in a document of its own, from which a server can be made.""",
}
"""What the findings mean that no rule makes: a summary and, after an empty line, more."""


def explanation(identifier: str) -> str:
    """Return what an identifier in a finding means: a summary and, after an empty line, more.

    One that is not known is its own explanation.
    """
    text = RULES[identifier].reason if identifier in RULES else FINDINGS.get(identifier, identifier)
    return paragraphs(text)


def paragraphs(text: str) -> str:
    """Return a text with each paragraph on one line, and an empty line between two."""
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))
