"""The words of a description: every tool ignores one that it does not know, in silence."""

from __future__ import annotations

from generator import pointer as pointers
from generator.access import ENVIRONMENT, PUBLISHED_IN, TOKEN_ENDPOINT
from generator.bundle import Bundle
from generator.deprecation import KEY as DEPRECATED, VALUES as DEPRECATED_VALUES
from generator.findings import quoted
from generator.rules.error_catalogue import CODES_KEY, FIELDS_KEY
from generator.rules.error_kinds import KINDS_KEY
from generator.rules.images import KEY
from generator.rules.registry import Breaches, Stage, house_rule
from generator.spelling import hint, nearest
from generator.structure import SCHEMA_KEYWORDS, Kind
from generator.text_blocks import KEY as BLOCKS_KEY

_IDENTITY = "$ref $schema $id $anchor $comment $vocabulary $dynamicRef $dynamicAnchor"
_ANNOTATIONS = "format title description default deprecated readOnly writeOnly example examples"
_CHECKS = """
    type enum const pattern multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength
    maxItems minItems uniqueItems maxContains minContains maxProperties minProperties required dependentRequired
    contentEncoding contentMediaType
    """
KEYWORDS = SCHEMA_KEYWORDS.union(_IDENTITY.split(), _ANNOTATIONS.split(), _CHECKS.split())
"""The keywords of a schema in OpenAPI 3.1."""

_ONLY_3_0 = "nullable"
_EXTENSIONS = {
    Kind.HEADER: (DEPRECATED,),
    Kind.SCHEMA: (
        DEPRECATED,
        DEPRECATED_VALUES,
        KEY,
        CODES_KEY,
        KINDS_KEY,
        FIELDS_KEY,
        BLOCKS_KEY,
        "x-extensible-enum",
        "x-enum-varnames",
    ),
    Kind.PARAMETER: (DEPRECATED, "x-client-parameter", ENVIRONMENT),
    Kind.SECURITY_SCHEME: ("x-signature", TOKEN_ENDPOINT, ENVIRONMENT),
    Kind.OPERATION: (DEPRECATED, PUBLISHED_IN),
}
# Other tools have extensions too; only what is hardly anything else is taken for a misspelt one.
_ALIKE = 0.88


@house_rule("schema-keyword", Stage.WORDS)
def schema_keyword(bundle: Bundle) -> Breaches:
    """Each member of a schema is a keyword with a meaning: every tool ignores a misspelt one in silence."""
    known = KEYWORDS | {_ONLY_3_0} if bundle.version < (3, 1) else KEYWORDS
    for place in bundle.places:
        if place.kind is not Kind.SCHEMA:
            continue
        for name in place.value:
            if name in known or name.startswith("x-"):
                continue
            where = pointers.join(place.pointer, name)
            if name == _ONLY_3_0:
                yield (
                    where,
                    'OpenAPI 3.1 knows no "nullable": write null as a type, `type: [string, "null"]`',
                )
            else:
                meant = hint(name, known) or "; an extension begins with x-"
                yield where, f"{quoted(name)} is no keyword of a schema{meant}"


@house_rule("extension-spelling", Stage.WORDS)
def extension_spelling(bundle: Bundle) -> Breaches:
    """No extension is almost one that the client is made from: a misspelt one would be ignored in silence."""
    for place in bundle.places:
        known = _EXTENSIONS.get(place.kind, ())
        for name in place.value if known else ():
            if name.startswith("x-") and name not in known:
                meant = nearest(name, known, alike=_ALIKE)
                if meant is not None:
                    message = f"the extension {quoted(name)} is not known; perhaps {quoted(meant)} is meant"
                    where = pointers.join(place.pointer, name)
                    # What a reference stood for has come from elsewhere; it is the name here that is wrong.
                    elsewhere = bundle.origin(where).path != bundle.origin(place.pointer).path
                    yield place.pointer if elsewhere else where, message
