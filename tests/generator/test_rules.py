"""The house rules: each lets a well-kept description pass and tells what is missing in another."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.bundle import bundle
from generator.check import check, check_bundle
from generator.document import Document
from generator.dump import dump
from generator.rules import RULES
from generator.rules.registry import house_rule
from generator.source import read_source

from .descriptions import ROOT, brief, write

HOUSE_RULES = [rule.id for rule in RULES.values() if not rule.always]
REPOSITORY = Path(__file__).resolve().parents[2]
ANY = {"description": "Any.", "type": "integer", "examples": [1]}
RULES_FILE = "{}: {{severity: error, reason: For the test.}}\n"

WELL_KEPT = """\
openapi: 3.1.0
info: {title: Test, version: 1.0.0}
servers: [{url: https://example.com}]
security: [{Token: []}]
tags: [{name: OCR, description: Text in pictures.}]
paths:
  /read/{project}:
    parameters: [{$ref: '#/components/parameters/Project'}]
    post:
      operationId: readText
      tags: [OCR]
      summary: Read text
      description: Reads the text of a picture.
      requestBody:
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Request'}
            examples: {one: {$ref: '#/components/examples/Request'}}
      responses:
        '200':
          description: Read.
          headers: {X-Request-Id: {$ref: '#/components/headers/RequestId'}}
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Result'}
              example: {words: [{text: a, at: [1, 2]}]}
        '400': {$ref: '#/components/responses/Failure'}
        default: {$ref: '#/components/responses/Failure'}
components:
  securitySchemes: {Token: {type: apiKey, in: header, name: X-Auth-Token}}
  parameters:
    Project: {name: project, in: path, required: true, description: The project., example: p1, schema: {type: string}}
  headers:
    RequestId: {description: Identifies the call., schema: {type: string, examples: [a1]}}
  examples:
    Request: {value: {image: "/9j/cut off..."}}
  responses:
    Failure:
      description: Not read.
      headers: {x-request-id: {$ref: '#/components/headers/RequestId'}}
      content:
        application/json:
          schema: {$ref: '#/components/schemas/Error'}
          examples:
            size: {value: {code: AIS.0103, text: "Limited to 5 pixels, at most 8."}}
            unknown_text: {value: {code: ModelArts.4106, text: Whatever.}}
  schemas:
    Request:
      type: object
      description: A picture.
      oneOf: [{required: [image]}, {required: [url]}]
      properties:
        image: {type: string, description: In Base64., contentEncoding: base64, maxLength: 100, examples: [YQ==]}
        url: {type: string, description: Its address., format: uri, examples: ["https://example.com/a.jpg"]}
        mode: {$ref: '#/components/schemas/Mode', default: fast, description: How to read.}
      x-image-limits: {formats: [JPEG, PNG], min_side: 8, max_side: 100, max_base64_length: 100}
    Mode: {type: string, description: A way to read., enum: [fast, sure], examples: [fast]}
    Result:
      type: object
      description: The text.
      required: [words]
      properties:
        words: {type: array, description: In reading order., items: {$ref: '#/components/schemas/Word'}}
      x-text-blocks: {list: words, text: text, box: corners, confidence: sure}
    Word:
      type: object
      description: A word.
      properties:
        text: {type: string, description: The word., examples: [a]}
        at: {$ref: '#/components/schemas/Point'}
        next: {$ref: '#/components/schemas/Word', description: The word after it.}
        sure: {type: number, description: How sure it is., examples: [0.5]}
        corners:
          type: array
          description: Its box.
          items: {type: array, items: {type: integer}}
          examples: [[[1, 2]]]
    Point:
      type: array
      description: A point.
      items: {type: integer}
      minItems: 2
      maxItems: 2
      examples: [[1, 2]]
    Error:
      type: object
      description: What went wrong.
      required: [code, text]
      x-error-fields: {code: code, message: text}
      properties:
        code:
          type: string
          description: As a code.
          examples: [AIS.0103]
          x-error-codes:
            AIS.0103:
              kind: image-size
              status: 400
              message: "Limited to XX pixels, at most XXX."
              meaning: Size.
              remedy: Scale.
              retry: never
            ModelArts.4106:
              {kind: restricted, status: null, message: null, meaning: Restricted., remedy: Ask., retry: after_fix}
          x-error-kinds:
            image-size: {meaning: Size., remedy: Scale., statuses: [413], retry: after_fix}
            restricted: {meaning: Restricted., remedy: Ask., statuses: [], retry: after_fix}
            throttled: {meaning: Too many., remedy: Wait., statuses: [429], retry: safe}
        text: {type: string, description: In words., examples: [No.]}
"""


def breaches(folder: Path, change: Callable[[dict[str, Any]], object] = lambda _: None) -> list[str]:
    """Return what the house rules say about the well-kept description after a change: `rule message` for each."""
    document = yaml.load(WELL_KEPT, Loader=yaml.CSafeLoader)
    change(document)
    path = write(folder, {ROOT: dump(document, ".yaml")})
    rules = "".join(RULES_FILE.format(rule) for rule in HOUSE_RULES)
    (folder / "rules.yaml").write_text(rules, encoding="utf-8")
    findings = check_bundle(bundle(Document.load(path)), house_rules=folder / "rules.yaml")
    return [f"{finding.rule} {finding.message}" for finding in findings]


def at(document: dict[str, Any], way: str) -> Any:
    """Return what stands at a way of names with a slash between them; `OPERATION` and the like stand for long ways."""
    for short, long in WAYS.items():
        way = way.replace(short, long)
    value: Any = document
    for name in way.split("/"):
        value = value[int(name)] if isinstance(value, list) else value[name.replace("~", "/")]
    return value


WAYS = {
    "OPERATION": "paths/~read~{project}/post",
    "JSON": "content/application~json",
    "SCHEMAS": "components/schemas",
    "TOKEN": "components/securitySchemes/Token",
    "CODES": "components/schemas/Error/properties/code/x-error-codes",
    "KINDS": "components/schemas/Error/properties/code/x-error-kinds",
}


def without(way: str) -> Callable[[dict[str, Any]], object]:
    """Return a change that removes a member."""
    holder, _, name = way.rpartition("/")
    return lambda document: (at(document, holder) if holder else document).pop(name)


def having(way: str, value: Any) -> Callable[[dict[str, Any]], object]:
    """Return a change that gives a member a value."""
    holder, _, name = way.rpartition("/")

    def change(document: dict[str, Any]) -> None:
        target = at(document, holder) if holder else document
        if isinstance(target, list):
            target[int(name)] = copy.deepcopy(value)
        else:
            target[name] = copy.deepcopy(value)

    return change


def test_a_well_kept_description_breaks_no_rule(tmp_path: Path) -> None:
    """All rules together let a small, well-kept description pass."""
    assert breaches(tmp_path) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (having("info/version", "one"), 'semantic-version "one" is no semantic version, such as 1.0.0'),
        (having("info/version", "1.0"), 'semantic-version "1.0" is no semantic version'),
        (having("info/version", "01.0.0"), 'semantic-version "01.0.0" is no semantic version'),
        (
            having("SCHEMAS/Result/required", ["word"]),
            'required-declared "word" is required, but is no property that is declared; perhaps "words" is meant',
        ),
        (
            having("SCHEMAS/Request/oneOf/0/required", ["imag"]),
            'required-declared "imag" is required, but is no property that is declared; perhaps "image" is meant',
        ),
        (
            having("SCHEMAS/Word/x-eror-codes", 1),
            'extension-spelling the extension "x-eror-codes" is not known; perhaps "x-error-codes" is meant',
        ),
        (
            having("components/parameters/Project/x-client-paramter", True),
            'extension-spelling the extension "x-client-paramter" is not known; perhaps "x-client-parameter"',
        ),
        (
            having("components/examples/Request/value/mod", "fast"),
            'examples-known-members the schema declares no member "mod"; perhaps "mode" is meant',
        ),
        (
            having("OPERATION/responses/200/JSON/example/words/0/txt", "a"),
            'examples-known-members the schema declares no member "txt"',
        ),
        (
            having("SCHEMAS/Mode/nullable", True),
            'schema-keyword OpenAPI 3.1 knows no "nullable": write null as a type, `type: [string, "null"]`',
        ),
        (
            having("TOKEN/x-token-endpiont", 1),
            'extension-spelling the extension "x-token-endpiont" is not known; perhaps "x-token-endpoint" is meant',
        ),
        (
            having("OPERATION/x-publishd-in", 1),
            'extension-spelling the extension "x-publishd-in" is not known; perhaps "x-published-in" is meant',
        ),
        (having("TOKEN/x-token-endpoint", {}), "token-endpoint"),
        (
            having(
                "TOKEN/x-token-endpoint", {"url": "https://{a}.e.com/t", "protocol": "keystone-v3-password"}
            ),
            'token-endpoint the server has no variable "a"',
        ),
        (having("TOKEN/x-environment", {"value": "A B"}), "environment"),
        (
            having("TOKEN/x-environment", {"key": "A", "value": "B"}),
            'environment "key" is no argument; there are: value',
        ),
        (
            having("components/parameters/Project/x-environment", "PROJECT"),
            "environment x-environment needs `x-client-parameter: true` beside it",
        ),
        (
            having("OPERATION/x-published-in", {"region": ["a"]}),
            'published-in the server has no variable "region"',
        ),
        (
            having("OPERATION/deprecated", True),
            "deprecation nothing says why: add `x-deprecated` with a `reason`, and with the `replacement`",
        ),
        (
            having("OPERATION/x-deprecated", {"reason": "It is slow"}),
            "deprecation this counts only beside `deprecated: true`: add that, or remove this",
        ),
        (
            having("SCHEMAS/Mode/x-deprecated-values", {"slwo": {"reason": "It is slow"}}),
            'deprecation the enum has no value "slwo"',
        ),
        (having("SCHEMAS/Mode/x-deprecated-values", {"fast": {"why": "It is slow"}}), "deprecation"),
        (
            having("OPERATION/x-deprecatd", {}),
            'extension-spelling the extension "x-deprecatd" is not known; perhaps "x-deprecated" is meant',
        ),
        (without("OPERATION/operationId"), "operation-id POST /read/{project} has no operationId"),
        (
            having("OPERATION/operationId", "read_text"),
            'operation-id the operationId "read_text" is not lower camel',
        ),
        (without("OPERATION/tags"), "operation-tag POST /read/{project} has no tag"),
        (having("OPERATION/tags", ["ORC"]), 'operation-tag the tag "ORC" is not declared'),
        (without("OPERATION/summary"), "operation-description POST /read/{project} has no summary"),
        (
            having("OPERATION/description", " "),
            "operation-description POST /read/{project} has no description",
        ),
        (without("servers"), "operation-server POST /read/{project} has no server"),
        (without("security"), "operation-security POST /read/{project} has no security requirement"),
        (
            without("OPERATION/requestBody/JSON/examples"),
            "operation-examples the request of POST /read/{project}",
        ),
        (
            without("OPERATION/responses/200/JSON/example"),
            "operation-examples the response 200 of POST /read",
        ),
        (
            without("components/responses/Failure/JSON/examples"),
            "operation-examples the response 400 of POST /read",
        ),
        (
            without("components/parameters/Project/description"),
            'parameter-described the parameter "project" has no d',
        ),
        (
            without("components/parameters/Project/example"),
            'parameter-example the parameter "project" has no exam',
        ),
        (
            without("components/headers/RequestId/description"),
            'parameter-described the header "RequestId" has no de',
        ),
        (without("SCHEMAS/Mode/description"), 'schema-described the schema "Mode" has no description'),
        (
            without("SCHEMAS/Word/properties/text/description"),
            'property-described the property "text" has no descr',
        ),
        (
            without("SCHEMAS/Word/properties/text/examples"),
            'property-example the property "text" has no example',
        ),
        (without("SCHEMAS/Point/examples"), 'property-example the property "at" has no example'),
        (without("SCHEMAS/Word/properties/text/type"), "schema-typed this schema has no `type`"),
        (without("SCHEMAS/Point/items/type"), "schema-typed this schema has no `type`"),
        (
            having("SCHEMAS/Mode/minlength", 1),
            'schema-keyword "minlength" is no keyword of a schema; perhaps "minLe',
        ),
        (
            having("SCHEMAS/Mode/internal", 1),
            'schema-keyword "internal" is no keyword of a schema; an extension beg',
        ),
        (
            having("SCHEMAS/Left", {"type": "string", "description": "Over."}),
            'component-used no operation needs "Left"',
        ),
        (
            having("components/examples/Left", {"value": 1}),
            'component-used no operation needs "Left" of examples',
        ),
        (
            having("SCHEMAS/Mode/enum", ["fast", 1]),
            "examples-valid this does not fit its schema: 1 is not a text",
        ),
        (
            having("SCHEMAS/Mode/examples", ["slow"]),
            'examples-valid this does not fit its schema: "slow" is not one',
        ),
        (
            having("SCHEMAS/Request/properties/mode/default", "slow"),
            "examples-valid this does not fit its schema",
        ),
        (
            having("OPERATION/responses/200/JSON/example", {"words": [{"at": [1]}]}),
            "examples-valid this does not fit its schema: [1] has fewer items than 2",
        ),
        (
            having("OPERATION/responses/200/JSON/example", {}),
            'examples-valid this does not fit its schema: the member "w',
        ),
        (
            having("components/examples/Request/value", {}),
            'examples-valid this does not fit its schema: one of the members "image", "url" has to be there; none is',
        ),
        (
            having("components/examples/Request/value", {"image": "YQ==", "url": "https://example.com"}),
            "examples-valid this does not fit its schema: ",
        ),
        (
            having("components/parameters/Project/example", 5),
            "examples-valid this does not fit its schema: 5 is not a",
        ),
        (
            without("SCHEMAS/Request/x-image-limits"),
            "image-limits the property `image` is a picture in Base64, but ",
        ),
        (
            without("SCHEMAS/Request/x-image-limits/min_side"),
            'image-limits the member "min_side" is missing',
        ),
        (
            having("SCHEMAS/Request/x-image-limits/formats", ["JPG"]),
            'image-limits "JPG" is not one of "JPEG", "PNG"',
        ),
        (having("SCHEMAS/Request/x-image-limits/formats", []), "image-limits [] has fewer items than 1"),
        (
            having("SCHEMAS/Request/x-image-limits/min_side", 101),
            "image-limits min_side is more than max_side",
        ),
        (
            having("SCHEMAS/Request/x-image-limits/max_sides", 1),
            'image-limits the member "max_sides" is not known here',
        ),
        (
            having("SCHEMAS/Request/properties/image/maxLength", 99),
            "image-limits maxLength of `image` is not 100",
        ),
        (
            without("SCHEMAS/Request/properties/image/contentEncoding"),
            "image-limits x-image-limits needs a property",
        ),
        (without("SCHEMAS/Result/x-text-blocks/text"), 'text-blocks the member "text" is missing'),
        (
            having("SCHEMAS/Result/x-text-blocks/words", "text"),
            'text-blocks the member "words" is not known here',
        ),
        (having("SCHEMAS/Result/x-text-blocks/list", "words."), 'text-blocks "words." does not match'),
        (
            having("SCHEMAS/Result/x-text-blocks/list", "word"),
            'text-blocks there is no property "word"; perhaps "words" is meant',
        ),
        (
            having("SCHEMAS/Result/x-text-blocks/list", "words.text"),
            'text-blocks there is no property "text"',
        ),
        (
            having("SCHEMAS/Result/x-text-blocks/text", "next.txt"),
            'text-blocks there is no property "txt"; perhaps "text" is meant',
        ),
        (having("SCHEMAS/Result/x-text-blocks/text", "sure"), 'text-blocks "sure" is no text'),
        (having("SCHEMAS/Result/x-text-blocks/box", "at"), 'text-blocks "at" is no array of points'),
        (having("SCHEMAS/Result/x-text-blocks/confidence", "text"), 'text-blocks "text" is no number'),
        (having("CODES/AIS.1", {}), 'error-codes the name "AIS.1" does not match the pattern'),
        (without("CODES/AIS.0103/remedy"), 'error-codes the member "remedy" is missing'),
        (having("CODES/AIS.0103/remedy", ""), 'error-codes "" does not match the pattern'),
        (having("CODES/AIS.0103/status", 200), "error-codes 200 is less than 400"),
        (
            having("CODES/AIS.0103/retry", "often"),
            'error-codes "often" is not one of "safe", "after_fix", "never"',
        ),
        (
            without("CODES/AIS.0103/kind"),
            "error-kinds AIS.0103 is of no kind: give it a `kind` of x-error-kinds",
        ),
        (
            having("CODES/AIS.0103/kind", "image-sise"),
            'error-kinds there is no kind "image-sise" in x-error-kinds; perhaps "image-size" is meant',
        ),
        (
            without("SCHEMAS/Error/properties/code/x-error-kinds"),
            "error-kinds AIS.0103 is of a kind, but there is no x-error-kinds beside x-error-codes",
        ),
        (
            without("SCHEMAS/Error/properties/code/x-error-codes"),
            "error-kinds x-error-kinds belongs beside x-error-codes, which is not there",
        ),
        (without("KINDS/throttled/remedy"), 'error-kinds the member "remedy" is missing'),
        (without("KINDS/throttled/statuses"), 'error-kinds the member "statuses" is missing'),
        (having("KINDS/throttled/statuses", [200]), "error-kinds 200 is less than 400"),
        (having("KINDS/throttled/retry", "often"), 'error-kinds "often" is not one of'),
        (having("KINDS/Throttled", {}), "error-kinds "),
        (
            having("KINDS/throttled/statuses", []),
            'error-kinds no code and no status is of the kind "throttled"',
        ),
        (
            having("KINDS/restricted/statuses", [429]),
            "error-kinds the status 429 belongs to 2 kinds; one may have it",
        ),
        (
            having("SCHEMAS/Error/properties/code/x-error-kindz", {}),
            'extension-spelling the extension "x-error-kindz" is not known; perhaps "x-error-kinds" is meant',
        ),
        (
            having("SCHEMAS/Error/x-error-fields/message", "msg"),
            'error-fields there is no property "msg"',
        ),
        (
            having("SCHEMAS/Error/x-error-fields/mesage", "text"),
            'error-fields "mesage" is none of code, message, request_id; perhaps "message" is meant',
        ),
        (
            having("components/examples/Request", {"summary": "One."}),
            "operation-examples this example has no `value`",
        ),
        (having("SCHEMAS/Error/x-error-fields/request_id", "id"), 'error-fields there is no property "id"'),
        (
            having("SCHEMAS/Error/x-error-fields/code", "text"),
            "error-fields x-error-fields has to say `code: code`",
        ),
        (
            having("components/responses/Failure/JSON/examples/size/value/code", "AIS.0104"),
            'error-examples the code "AIS.0104" is not in the catalogue x-error-codes',
        ),
        (
            having("components/responses/Failure/JSON/examples/size/value/text", "Limited to 5 pixels."),
            'error-examples the message of AIS.0103 is "Limited to XX pixels, at most XXX." in the catalogue, but',
        ),
        (without("OPERATION/responses/400"), "response-errors POST /read/{project} has no response 400"),
        (
            without("OPERATION/responses/default"),
            "response-errors POST /read/{project} has no response default",
        ),
        (
            having("components/responses/Failure/JSON/schema", {"type": "object"}),
            "response-errors this error has no JSON body with the schema that carries x-error-codes",
        ),
        (
            without("OPERATION/responses/200/headers"),
            "request-id-header this response does not declare the header",
        ),
    ],
)
def test_tells_what_is_not_well_kept(
    tmp_path: Path, change: Callable[[dict[str, Any]], object], told: str
) -> None:
    """Each rule tells what a change broke; findings that follow from the change may stand beside it."""
    found = breaches(tmp_path, change)
    assert any(finding.startswith(told) for finding in found), found


@pytest.mark.parametrize(
    "change",
    [
        having("info/version", "1.0.0-rc.1+build.5"),
        having("SCHEMAS/Word/x-vendor-words", 1),
        having("SCHEMAS/Word/x-image-size", 1),
        # Members of other names than those declared are spoken of, so that any may be in an example.
        having("SCHEMAS/Word/additionalProperties", {"type": "integer"}),
        having("SCHEMAS/Word/patternProperties", {"^x": {"type": "integer"}}),
        # What composes a schema declares for it.
        having("SCHEMAS/Word/allOf", [{"type": "object", "required": ["text"], "properties": {"xtra": ANY}}]),
        having("SCHEMAS/Word/if", {"properties": {"text": {"type": "string", **ANY}}, "required": ["text"]}),
        having(
            "SCHEMAS/Word/dependentSchemas", {"text": {"required": ["text"], "properties": {"xtra": ANY}}}
        ),
        having("SCHEMAS/Word/not", {"required": ["text", "at", "next"]}),
    ],
)
def test_rules_let_pass_what_is_meant(tmp_path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """What looks like a mistake of names and is none is not told."""

    def with_another_member(document: dict[str, Any]) -> None:
        change(document)
        word = document["components"]["schemas"]["Word"]
        if any(
            name in word
            for name in ("additionalProperties", "patternProperties", "allOf", "dependentSchemas")
        ):
            at(document, "OPERATION/responses/200/JSON/example/words/0")["xtra"] = 1

    assert breaches(tmp_path, with_another_member) == []


def test_a_rule_gives_way_to_one_that_knows_better(tmp_path: Path) -> None:
    """A misspelt member of an example is not told as a missing one too; another one that is missing is."""

    def change(document: dict[str, Any]) -> None:
        document["components"]["schemas"]["Word"]["required"] = ["text"]
        at(document, "OPERATION/responses/200/JSON")["example"] = {"words": [{"texd": "a"}, {}]}

    assert breaches(tmp_path, change) == [
        'examples-known-members the schema declares no member "texd"; perhaps "text" is meant',
        'examples-valid this does not fit its schema: the member "text" is missing',
    ]


def test_a_rule_does_not_give_way_to_a_warning(tmp_path: Path) -> None:
    """What stops the run is told, whatever is only a warning."""
    files = {
        ROOT: """\
            openapi: 3.1.0
            info: {title: Test, version: 1.0.0}
            components:
              schemas:
                Word: {type: object, required: [text], properties: {text: {}}, examples: [{texd: a}]}
            """,
        "rules.yaml": """\
            examples-known-members: {severity: warning, reason: For the test.}
            examples-valid: {severity: error, reason: For the test.}
            """,
    }
    assert sorted(finding.rule for finding in check(write(tmp_path, files))) == [
        "examples-known-members",
        "examples-valid",
    ]


def test_a_keyword_that_many_examples_break_is_told_itself(tmp_path: Path) -> None:
    """Where more than a few examples do not fit one keyword, one finding stands at the keyword."""

    def change(document: dict[str, Any]) -> None:
        document["components"]["schemas"]["Point"]["maxItems"] = 1
        document["components"]["schemas"]["Point"]["minItems"] = 1
        document["components"]["schemas"]["Point"]["examples"] = [[1, 2], [2, 3], [3, 4]]

    (only,) = breaches(tmp_path, change)
    assert only.startswith("examples-valid values in 4 places do not fit this; the first is at ")
    assert only.endswith("[1, 2] has more items than 1")


def test_leftovers_are_told_with_what_only_they_need(tmp_path: Path) -> None:
    """A component that nobody needs is told together with those that only it leads to, circles included."""

    def leading_to(*names: str) -> dict[str, Any]:
        properties = {
            name: {"$ref": f"#/components/schemas/{name}", "description": "Another."} for name in names
        }
        return {"type": "object", "description": "Over.", "properties": properties}

    def change(document: dict[str, Any]) -> None:
        document["components"]["schemas"] |= {
            "Inner": leading_to("Word"),
            "Outer": leading_to("Inner"),
            "There": leading_to("Back"),
            "Back": leading_to("There"),
        }

    assert breaches(tmp_path, change) == [
        'component-used no operation needs "Outer" of schemas, nor "Inner" to which it leads',
        'component-used no operation needs "There" of schemas, nor "Back" to which it leads',
    ]


def test_files_that_nothing_refers_to_are_told(tmp_path: Path) -> None:
    """Files beside those of the description are told; those of other kinds and in other folders are not."""
    files = {
        ROOT: """\
            openapi: 3.1.0
            info: {title: Test, version: 1.0.0}
            components: {schemas: {A: {$ref: schemas/A.yaml}, B: {$ref: more/b/B.yaml}}}
            """,
        "schemas/A.yaml": "type: string\n",
        "more/b/B.yaml": "type: string\n",
        "schemas/old/C.yaml": "type: string\n",
        "more/D.json": "{}\n",
        "examples/e.yaml": "value: 1\n",
        "schemas/.hidden/F.yaml": "a: 1\n",
        "schemas/README.md": "Words.\n",
        "elsewhere/G.yaml": "a: 1\n",
        "rules.yaml": RULES_FILE.format("file-used"),
    }
    findings = check(write(tmp_path, files))
    assert [brief(finding, tmp_path) for finding in findings] == [
        f"{name}:1:1 file-used nothing in the description refers to this file: refer to it, or remove it"
        for name in ("examples/e.yaml", "more/D.json", "schemas/old/C.yaml")
    ]


def test_findings_lie_where_the_thing_is_written(tmp_path: Path) -> None:
    """A rule about something in a file of its own is told at its line there."""
    files = {
        ROOT: """\
            openapi: 3.1.0
            info: {title: Test, version: 1.0.0}
            components: {schemas: {Word: {$ref: Word.yaml}}}
            """,
        "Word.yaml": "type: object\nproperties:\n  a:\n    type: string\n    examples:\n      - x\n      - 1\n",
        "rules.yaml": "examples-valid: {severity: warning, reason: For the test.}\n",
    }
    path = write(tmp_path, files)
    (finding,) = check_bundle(bundle(Document.load(path)), house_rules=tmp_path / "rules.yaml")
    assert (finding.location.path.name, finding.location.line, finding.location.column) == ("Word.yaml", 7, 9)
    assert finding.severity == "warning"


def test_examples_of_older_documents_are_not_judged(tmp_path: Path) -> None:
    """Schemas of 3.0 mean other things; the rule says that it does not know them instead of guessing."""
    files = {
        ROOT: """\
            openapi: 3.0.3
            info: {title: Test, version: 1.0.0}
            paths: {}
            components: {schemas: {Word: {type: string, nullable: true, example: 1}}}
            """,
        "rules.yaml": RULES_FILE.format("examples-valid") + RULES_FILE.format("schema-keyword"),
    }
    (finding,) = check(write(tmp_path, files))
    assert finding.message.startswith("examples are checked against schemas of OpenAPI 3.1 only")


def test_a_schema_that_contains_itself_needs_no_example_without_end(tmp_path: Path) -> None:
    """A list of lists of itself has no example, and looking for one ends."""
    nested = {"type": "array", "description": "Nested.", "items": {"$ref": "#/components/schemas/Nested"}}

    def change(document: dict[str, Any]) -> None:
        document["components"]["schemas"]["Nested"] = nested
        at(document, "SCHEMAS/Word/properties")["nested"] = {"$ref": "#/components/schemas/Nested"}

    assert breaches(tmp_path, change) == ['property-example the property "nested" has no example']


def test_every_rule_has_a_reason() -> None:
    """Each rule says in its docstring what it asks for and why."""
    assert [rule.id for rule in RULES.values() if len(rule.reason) < 40] == []


def test_this_projects_description_is_held_to_every_rule() -> None:
    """No rule is written that the project's own description is not held to."""
    listed = read_source(REPOSITORY / "openapi" / "rules.yaml").data
    assert sorted(listed) == sorted(HOUSE_RULES)


def test_an_identifier_is_given_once() -> None:
    """Two rules of one name would hide one another."""
    with pytest.raises(ValueError, match="two rules are called operation-id"):
        house_rule("operation-id")(lambda _: iter(()))
