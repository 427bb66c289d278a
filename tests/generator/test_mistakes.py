"""One mistake, one finding: what follows from a mistake is not told beside it."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from generator.rules import RULES

from .descriptions import ROOT, told

_WRITTEN = {
    ROOT: """\
        openapi: 3.1.0
        info:
          title: Test
          version: 1.0.0
        servers:
          - url: https://{region}.example.com
            variables: {region: {default: north, enum: [north, south]}}
        security:
          - Token: []
        tags:
          - name: OCR
        paths:
          /read/{project}:
            $ref: paths/read.yaml
          /find/{project}:
            $ref: paths/find.yaml
        components:
          schemas:
            Word:
              $ref: schemas/Word.yaml
            Error:
              $ref: schemas/Error.yaml
          responses:
            Failure:
              $ref: responses/Failure.yaml
          securitySchemes:
            Token: {type: apiKey, in: header, name: X-Auth-Token}
        """,
    "paths/read.yaml": """\
        parameters:
          - $ref: ../parameters/Project.yaml
        post:
          operationId: readText
          tags: [OCR]
          summary: Read text
          description: Reads the text of a picture.
          requestBody:
            content:
              application/json:
                schema:
                  $ref: ../schemas/Request.yaml
                example: {image: YQ==, mode: fast}
          responses:
            "200":
              description: Read.
              headers:
                X-Request-Id:
                  $ref: ../headers/RequestId.yaml
              content:
                application/json:
                  schema:
                    $ref: ../schemas/Result.yaml
                  examples:
                    one:
                      $ref: ../examples/one.yaml
            "400":
              $ref: ../responses/Failure.yaml
            default:
              $ref: ../responses/Failure.yaml
        """,
    "paths/find.yaml": """\
        parameters:
          - $ref: ../parameters/Project.yaml
        get:
          operationId: findText
          tags: [OCR]
          summary: Find text
          description: Finds what was read.
          responses:
            "200":
              description: Found.
              headers:
                X-Request-Id:
                  $ref: ../headers/RequestId.yaml
            "400":
              $ref: ../responses/Failure.yaml
            default:
              $ref: ../responses/Failure.yaml
        """,
    "parameters/Project.yaml": """\
        name: project
        in: path
        required: true
        description: The project.
        example: p1
        schema:
          type: string
        """,
    "headers/RequestId.yaml": """\
        description: Identifies the call.
        schema: {type: string, examples: [a1]}
        """,
    "responses/Failure.yaml": """\
        description: Not read.
        headers:
          X-Request-Id:
            $ref: ../headers/RequestId.yaml
        content:
          application/json:
            schema:
              $ref: ../schemas/Error.yaml
            examples:
              size:
                $ref: ../examples/size.yaml
        """,
    "examples/one.yaml": """\
        summary: One word
        value:
          words:
            - text: a
              score: 0.5
          found: {width: 3}
        """,
    "examples/size.yaml": """\
        summary: Too large
        value:
          code: AIS.0103
          text: The size is wrong.
        """,
    "schemas/Request.yaml": """\
        type: object
        description: A picture.
        oneOf:
          - required: [image]
          - required: [url]
        properties:
          image: {type: string, description: In Base64., contentEncoding: base64, maxLength: 100, examples: [YQ==]}
          url: {type: string, description: Its address., examples: ["https://example.com/a.jpg"]}
          mode: {type: string, description: How., examples: [fast]}
        x-image-limits: {formats: [JPEG], min_side: 8, max_side: 100, max_base64_length: 100}
        """,
    "schemas/Result.yaml": """\
        type: object
        description: The text.
        required: [words]
        properties:
          words:
            type: array
            description: In reading order.
            items:
              $ref: Word.yaml
          found:
            $ref: Size.yaml
        """,
    "schemas/Word.yaml": """\
        type: object
        description: A word.
        required: [text]
        properties:
          text:
            type: string
            description: The word.
            examples: [a]
          score:
            $ref: Score.yaml
        """,
    "schemas/Score.yaml": """\
        type: number
        description: How sure it is.
        minimum: 0
        maximum: 1
        examples: [0.5, 0.6, 0.7]
        """,
    "schemas/Size.yaml": """\
        type: object
        description: How large it is.
        properties:
          width:
            type: integer
            description: In pixels.
            examples: [3]
        """,
    "schemas/Error.yaml": """\
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
              $ref: ../codes.yaml
          text:
            type: string
            description: In words.
            examples: [No.]
        """,
    "codes.yaml": """\
        AIS.0103:
          status: 400
          message: The size is wrong.
          meaning: The picture is too large.
          remedy: Scale it.
          retry: never
        """,
    "rules.yaml": "".join(
        f"{rule.id}: {{severity: error, reason: For the test.}}\n"
        for rule in RULES.values()
        if not rule.always
    ),
}
FILES = {name: textwrap.dedent(text) for name, text in _WRITTEN.items()}
DECLARED = "is required, but is no property that is declared"


def test_without_a_mistake_nothing_is_told(tmp_path: Path) -> None:
    """The description that the mistakes are made in keeps every rule."""
    assert told(tmp_path, FILES) == []


@pytest.mark.parametrize(
    ("mistake", "expected"),
    [
        # References
        (
            ("schemas/Word.yaml", "Score.yaml", "Scor.yaml"),
            (
                'schemas/Word.yaml:10:5 unresolved-reference "Scor.yaml" leads nowhere: there is no file '
                'schemas/Scor.yaml; perhaps "Score.yaml" is meant',
            ),
        ),
        (
            (ROOT, "schemas/Error.yaml", "schema/Error.yaml"),
            (
                'openapi.yaml:22:7 unresolved-reference "schema/Error.yaml" leads nowhere: there is no file '
                'schema/Error.yaml; perhaps "schemas/Error.yaml" is meant',
            ),
        ),
        (
            (ROOT, "paths/read.yaml", "paths/reed.yaml"),
            (
                'openapi.yaml:14:5 unresolved-reference "paths/reed.yaml" leads nowhere: there is no file '
                'paths/reed.yaml; perhaps "paths/read.yaml" is meant',
            ),
        ),
        (
            ("paths/read.yaml", "parameters/Project.yaml", "parameters/Projet.yaml"),
            (
                'paths/read.yaml:2:5 unresolved-reference "../parameters/Projet.yaml" leads nowhere: there is no file '
                'parameters/Projet.yaml; perhaps "../parameters/Project.yaml" is meant',
            ),
        ),
        (
            ("schemas/Error.yaml", "codes.yaml", "code.yaml"),
            (
                'schemas/Error.yaml:11:7 unresolved-reference "../code.yaml" leads nowhere: there is no file '
                'code.yaml; perhaps "../codes.yaml" is meant',
            ),
        ),
        (
            ("paths/read.yaml", "schemas/Result.yaml", "responses/Failure.yaml"),
            (
                'paths/read.yaml:23:13 reference-kind "../responses/Failure.yaml" stands under "responses", but a '
                "schema is expected here",
            ),
        ),
        (
            (ROOT, "title: Test\n", "$ref: info.yaml\n"),
            (
                "openapi.yaml:3:3 misplaced-reference OpenAPI knows no reference in this place: write out what it "
                "refers to",
            ),
        ),
        # Files
        (
            ("schemas/Size.yaml", "  width:", "\twidth:"),
            ("schemas/Size.yaml:4:1 yaml-syntax a tab indents this line; YAML is indented with spaces only",),
        ),
        (
            ("schemas/Size.yaml", "[3]", "[3"),
            (
                "schemas/Size.yaml:7:17 yaml-syntax this is not valid YAML: did not find expected ',' or ']' while "
                "parsing a flow sequence",
            ),
        ),
        (
            ("schemas/Size.yaml", FILES["schemas/Size.yaml"], ""),
            ("schemas/Size.yaml:1:1 file the file is empty, or holds nothing but comments",),
        ),
        (
            ("paths/read.yaml", FILES["paths/read.yaml"], "# Nothing.\n"),
            ("paths/read.yaml:1:1 file the file is empty, or holds nothing but comments",),
        ),
        (
            ("schemas/Size.yaml", "type: integer", "type: integer\n    type: integer"),
            (
                'schemas/Size.yaml:6:5 duplicate-key the key "type" stands in this mapping already, in line 5: remove '
                "one",
            ),
        ),
        # What the meta-schema knows
        (
            ("schemas/Size.yaml", "type: integer", "type: int"),
            (
                'schemas/Size.yaml:5:5 openapi-schema "int" is not one of "array", "boolean", "integer", "null", '
                '"number", "object", "string"; perhaps "integer" is meant',
            ),
        ),
        (
            ("schemas/Score.yaml", "minimum: 0", 'minimum: "0"'),
            ('schemas/Score.yaml:3:1 openapi-schema "0" is not a number',),
        ),
        (
            (ROOT, "\npaths:", "\npats:"),
            (
                'openapi.yaml:12:1 openapi-schema the member "pats" is not known here; perhaps "paths" is meant',
            ),
        ),
        (
            (ROOT, "title:", "titel:"),
            (
                'openapi.yaml:3:3 openapi-schema the member "titel" is not known here; perhaps "title" is meant',
            ),
        ),
        (
            (ROOT, "- name: OCR", "- nam: OCR"),
            ('openapi.yaml:11:5 openapi-schema the member "nam" is not known here; perhaps "name" is meant',),
        ),
        (
            ("paths/read.yaml", "responses:\n", "respnses:\n"),
            (
                'paths/read.yaml:14:3 openapi-schema the member "respnses" is not known here; perhaps "responses" is '
                "meant",
            ),
        ),
        (
            ("paths/read.yaml", "description: Read.", "descripton: Read."),
            (
                'paths/read.yaml:16:7 openapi-schema the member "descripton" is not known here; perhaps "description" '
                "is meant",
            ),
        ),
        (
            ("parameters/Project.yaml", "name:", "nam:"),
            (
                'parameters/Project.yaml:1:1 openapi-schema the member "nam" is not known here; perhaps "name" is '
                "meant",
            ),
        ),
        (
            ("parameters/Project.yaml", "in: path", "in: pth"),
            (
                'parameters/Project.yaml:2:1 openapi-schema "pth" is not one of "query", "header", "path", "cookie"; '
                'perhaps "path" is meant',
            ),
        ),
        (
            ("parameters/Project.yaml", "required: true", "required: false"),
            ("parameters/Project.yaml:3:1 openapi-schema this has to be true, not false",),
        ),
        (
            (ROOT, "openapi: 3.1.0", "openapi: 3.0.3"),
            (
                "openapi.yaml:1:1 openapi-schema what only OpenAPI 3.1 knows stands in 10 places, the first of which "
                'is "examples" at headers/RequestId.yaml:2:24, but `openapi` says 3.0.3: write 3.1.0, or do without',
            ),
        ),
        # What belongs together
        (
            ("paths/find.yaml", "findText", "readText"),
            (
                'paths/find.yaml:4:3 unique-operation-id "readText" is the operationId of POST /read/{project} too, at '
                "paths/read.yaml:4:3",
            ),
        ),
        (
            ("parameters/Project.yaml", "name: project", "name: projct"),
            (
                'parameters/Project.yaml:1:1 path-parameters the path parameter "projct" does not occur in the path '
                '"/read/{project}"; perhaps "project" is meant',
            ),
        ),
        (
            ("parameters/Project.yaml", "in: path", "in: query"),
            (
                'parameters/Project.yaml:2:1 path-parameters the parameter "project" is a part of the path '
                '"/read/{project}": it has to say `in: path`',
            ),
        ),
        (
            (ROOT, "/read/{project}", "/read/{projekt}"),
            (
                'paths/read.yaml:2:5 path-parameters the path parameter "project" does not occur in the path '
                '"/read/{projekt}"; perhaps "projekt" is meant',
            ),
        ),
        (
            (ROOT, "- Token:", "- Tokn:"),
            (
                'openapi.yaml:9:5 security-schemes no security scheme "Tokn" is declared under '
                "components/securitySchemes",
            ),
        ),
        # Words
        (
            ("schemas/Size.yaml", "examples:", "exampels:"),
            (
                'schemas/Size.yaml:7:5 schema-keyword "exampels" is no keyword of a schema; perhaps "examples" is '
                "meant",
            ),
        ),
        (
            ("schemas/Request.yaml", "properties:", "propertis:"),
            (
                'schemas/Request.yaml:6:1 schema-keyword "propertis" is no keyword of a schema; perhaps "properties" '
                "is meant",
            ),
        ),
        (
            ("schemas/Error.yaml", "required:", "requird:"),
            (
                'schemas/Error.yaml:3:1 schema-keyword "requird" is no keyword of a schema; perhaps "required" is '
                "meant",
            ),
        ),
        (
            ("schemas/Request.yaml", "x-image-limits", "x-image-limit"),
            (
                'schemas/Request.yaml:10:1 extension-spelling the extension "x-image-limit" is not known; perhaps '
                '"x-image-limits" is meant',
            ),
        ),
        (
            ("schemas/Error.yaml", "x-error-codes", "x-error-code"),
            (
                'schemas/Error.yaml:6:3 extension-spelling the extension "x-error-code" is not known; perhaps '
                '"x-error-codes" is meant',
            ),
        ),
        (
            ("codes.yaml", "remedy:", "remdy:"),
            ('codes.yaml:5:3 error-codes the member "remdy" is not known here; perhaps "remedy" is meant',),
        ),
        (
            ("codes.yaml", "AIS.0103", "AIS.013"),
            (
                'codes.yaml:1:1 error-codes the name "AIS.013" does not match the pattern '
                '"^(AIS|ModelArts|APIG)\\\\.[0-9]{4}$"',
            ),
        ),
        # Names
        (
            ("schemas/Word.yaml", "required: [text]", "required: [txt]"),
            (f'schemas/Word.yaml:3:12 required-declared "txt" {DECLARED}; perhaps "text" is meant',),
        ),
        (
            ("schemas/Word.yaml", "  text:\n", "  txt:\n"),
            (f'schemas/Word.yaml:3:12 required-declared "text" {DECLARED}; perhaps "txt" is meant',),
        ),
        (
            ("schemas/Request.yaml", "  image:", "  imag:"),
            (f'schemas/Request.yaml:4:16 required-declared "image" {DECLARED}; perhaps "imag" is meant',),
        ),
        (
            ("schemas/Error.yaml", "required: [code", "required: [cod"),
            (f'schemas/Error.yaml:3:12 required-declared "cod" {DECLARED}; perhaps "code" is meant',),
        ),
        # Content
        (
            (ROOT, "version: 1.0.0", "version: one"),
            ('openapi.yaml:4:3 semantic-version "one" is no semantic version, such as 1.0.0 or 1.1.0-rc.1',),
        ),
        (
            ("paths/read.yaml", "mode: fast", "mod: fast"),
            (
                'paths/read.yaml:13:32 examples-known-members the schema declares no member "mod"; perhaps "mode" is '
                "meant",
            ),
        ),
        (
            ("paths/read.yaml", "mode: fast", '"mode ": fast'),
            (
                'paths/read.yaml:13:32 examples-known-members the schema declares no member "mode "; perhaps "mode" '
                "is meant",
            ),
        ),
        (
            ("paths/read.yaml", "{image: YQ==", "{imag: YQ=="),
            (
                'paths/read.yaml:13:19 examples-known-members the schema declares no member "imag"; perhaps "image" is '
                "meant",
            ),
        ),
        (
            ("examples/one.yaml", "- text:", "- txt:"),
            (
                'examples/one.yaml:4:7 examples-known-members the schema declares no member "txt"; perhaps "text" is '
                "meant",
            ),
        ),
        (
            ("examples/one.yaml", "width: 3", "with: 3"),
            (
                'examples/one.yaml:6:11 examples-known-members the schema declares no member "with"; perhaps "width" '
                "is meant",
            ),
        ),
        (
            ("examples/size.yaml", "code: AIS.0103", "cod: AIS.0103"),
            (
                'examples/size.yaml:3:3 examples-known-members the schema declares no member "cod"; perhaps "code" is '
                "meant",
            ),
        ),
        (
            ("examples/size.yaml", "code: AIS.0103", "code: 103"),
            ("examples/size.yaml:3:3 examples-valid this does not fit its schema: 103 is not a text",),
        ),
        (
            ("schemas/Score.yaml", "maximum: 1", "maximum: 0.1"),
            (
                "schemas/Score.yaml:4:1 examples-valid values in 4 places do not fit this; the first is at "
                "examples/one.yaml:5:7: 0.5 is more than 0.1",
            ),
        ),
        (
            ("schemas/Error.yaml", "{code: code", "{code: cod"),
            (
                "schemas/Error.yaml:4:18 error-fields x-error-fields has to say `code: code`, the property with "
                "x-error-codes",
            ),
        ),
        (
            ("schemas/Error.yaml", "message: text", "message: txt"),
            ('schemas/Error.yaml:4:30 error-fields there is no property "txt"; perhaps "text" is meant',),
        ),
        (
            (ROOT, "- name: OCR", "- name: ORC"),
            (
                'paths/find.yaml:5:10 operation-tag the tag "OCR" is not declared under `tags` of the root file',
                'paths/read.yaml:5:10 operation-tag the tag "OCR" is not declared under `tags` of the root file',
            ),
        ),
        # Leftovers
        (
            ("schemas/Result.yaml", "  found:\n    $ref: Size.yaml\n", ""),
            ('examples/one.yaml:6:3 examples-known-members the schema declares no member "found"',),
        ),
    ],
)
def test_a_mistake_is_told_once(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    mistake: tuple[str, str, str],
    expected: tuple[str, ...],
) -> None:
    """Each mistake gives the finding that says what to change, at its place, and no other."""
    monkeypatch.chdir(tmp_path)
    name, old, new = mistake
    assert FILES[name].count(old) == 1, f"{old!r} stands {FILES[name].count(old)} times in {name}"
    assert told(tmp_path, {**FILES, name: FILES[name].replace(old, new)}) == list(expected)


def test_a_file_that_nothing_refers_to_is_told(tmp_path: Path) -> None:
    """A file that was forgotten, or left over, is found."""
    assert told(tmp_path, {**FILES, "schemas/Old.yaml": "type: object\n"}) == [
        "schemas/Old.yaml:1:1 file-used nothing in the description refers to this file: refer to it, or remove it"
    ]


def test_mistakes_that_do_not_depend_on_each_other_are_told_together(tmp_path: Path) -> None:
    """Unreadable files, wrong references and what is not valid are told in one go, once each."""
    files = {
        **FILES,
        "schemas/Size.yaml": "type: object\n\tdescription: Large.\n",
        "schemas/Word.yaml": FILES["schemas/Word.yaml"].replace("Score.yaml", "Scor.yaml"),
        "parameters/Project.yaml": FILES["parameters/Project.yaml"].replace("in: path", "in: pth"),
        "schemas/Error.yaml": FILES["schemas/Error.yaml"].replace("examples", "exampels"),
    }
    assert [finding.split(" ")[:2] for finding in told(tmp_path, files)] == [
        ["parameters/Project.yaml:2:1", "openapi-schema"],
        ["schemas/Size.yaml:2:1", "yaml-syntax"],
        ["schemas/Word.yaml:10:5", "unresolved-reference"],
    ]


def test_a_clash_of_names_is_told_when_all_references_lead_somewhere(tmp_path: Path) -> None:
    """Two files of one name are told when it is certain what else has that name."""
    path = "schemas/more/Score.yaml"
    files = {
        **FILES,
        path: FILES["schemas/Score.yaml"],
        "schemas/Size.yaml": FILES["schemas/Size.yaml"] + "  score:\n    $ref: more/Score.yaml\n",
    }
    (finding,) = told(tmp_path, files)
    assert "name-clash" in finding
    files["paths/find.yaml"] = FILES["paths/find.yaml"].replace("RequestId.yaml", "Request.yaml")
    (finding,) = told(tmp_path, files)
    assert "unresolved-reference" in finding


def test_a_warning_hides_nothing(tmp_path: Path) -> None:
    """A rule that only warns does not keep those after it from being asked."""
    rules = FILES["rules.yaml"].replace(
        "schema-keyword: {severity: error", "schema-keyword: {severity: warning"
    )
    files = {**FILES, "rules.yaml": rules}
    files["schemas/Size.yaml"] = FILES["schemas/Size.yaml"].replace("examples:", "exampels:")
    assert [finding.split(" ")[1] for finding in told(tmp_path, files)] == [
        "property-example",
        "schema-keyword",
    ]
