"""Checking a description: everything at once, sorted, at the place in the source files."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from generator.bundle import bundle
from generator.check import check, check_bundle
from generator.document import Document
from generator.findings import Severity

from .descriptions import HEAD, ROOT, brief, description, told, write

REPOSITORY = Path(__file__).resolve().parents[2]
OPERATION = "responses: {'200': {description: Fine.}}"


def test_this_projects_description_is_clean() -> None:
    """The published description keeps every rule that it lists."""
    assert check(REPOSITORY / "openapi" / "openapi.yaml") == []


def test_a_valid_document_has_no_findings(tmp_path: Path) -> None:
    """A small valid document passes, and the house rules do not apply to it."""
    assert told(tmp_path, {ROOT: description(f"paths: {{/a: {{get: {{{OPERATION}}}}}}}")}) == []


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_a_valid_document_of_either_version_has_no_findings(tmp_path: Path, version: str) -> None:
    """What both versions of OpenAPI allow passes in both: servers with variables, security, callbacks, links."""
    text = f"""\
        openapi: {version}
        info: {{title: Test, version: 1.0.0, license: {{name: MIT}}}}
        servers: [{{url: 'https://{{region}}.example.com', variables: {{region: {{default: a, enum: [a, b]}}}}}}]
        security: [{{token: []}}, {{}}]
        paths:
          /a/{{id}}:
            parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]
            post:
              operationId: a
              requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}
              responses:
                '200':
                  description: Fine.
                  headers: {{X-Id: {{schema: {{type: string, format: uuid}}}}}}
                  links: {{next: {{operationId: a}}}}
                4XX: {{description: Not.}}
                default: {{description: Else.}}
              callbacks:
                on: {{'{{$request.body#/url}}': {{post: {{{OPERATION}}}}}}}
        components:
          securitySchemes: {{token: {{type: http, scheme: bearer}}}}
          schemas: {{A: {{type: object, properties: {{url: {{type: string}}}}, x-more: 1}}}}
        """
    assert told(tmp_path, {ROOT: text}) == []


@pytest.mark.parametrize(
    ("body", "finding"),
    [
        (
            "",
            '1:1 openapi-schema one of the members "paths", "components", "webhooks" has to be there; none is',
        ),
        ("paths: []", "3:1 openapi-schema [] is not a mapping"),
        ("paths: {a: {}}", '3:9 openapi-schema the member "a" is not known here'),
        (
            "paths: {/a: {get: {operationID: b}}}",
            '3:20 openapi-schema the member "operationID" is not known here; perhaps "operationId" is meant',
        ),
        (
            "components: {parameters: {P: {name: p, in: quer, schema: {}}}}",
            '3:40 openapi-schema "quer" is not one of "query", "header", "path", "cookie"; perhaps "query" is meant',
        ),
        (
            "components: {parameters: {P: {name: p, in: query}}}",
            '3:27 openapi-schema one of the members "schema", "content" has to be there; none is',
        ),
        (
            "components: {responses: {R: {content: {}}}}",
            '3:26 openapi-schema the member "description" is missing',
        ),
        (
            "components: {schemas: {S: {type: strin}}}",
            '3:28 openapi-schema "strin" is not one of "array", "boolean", "integer", "null", "number", "object", '
            '"string"; perhaps "string" is meant',
        ),
        (
            "components: {schemas: {S: {items: {minLength: '3'}}}}",
            '3:36 openapi-schema "3" is not an integer',
        ),
        ("components: {schemas: {S: {pattern: (}}}", '3:28 openapi-schema "(" is not a valid regex'),
        ("components: {schemas: {S: {minLength: -1}}}", "3:28 openapi-schema -1 is less than 0"),
        (
            "components: {schemas: {S: {required: [a, a]}}}",
            "3:28 openapi-schema an item stands twice in this list",
        ),
        (
            "components: {schemas: {S: {xml: {nam: a}}}}",
            '3:34 openapi-schema the member "nam" is not known here; perhaps "name" is meant',
        ),
        (
            "components: {schemas: {a b: {}}}",
            '3:24 openapi-schema the name "a b" does not match the pattern "^[a-zA-Z0-9._-]+$"',
        ),
        (
            "components: {securitySchemes: {S: {type: http, scheme: basic, in: header}}}",
            '3:63 openapi-schema the member "in" does not go with the others here',
        ),
        (
            "components: {securitySchemes: {S: {type: apiKey, in: header}}}",
            '3:32 openapi-schema the member "name" is missing',
        ),
        (
            "components: {links: {L: {operationId: a, operationRef: '#/b'}}}",
            '3:22 openapi-schema {"operationId": "a", "operationRef": "#/b"} fits more than one alternative',
        ),
        (
            f"paths: {{/a: {{get: {{operationId: b, {OPERATION}}}}}, /b: {{get: {{operationId: b, {OPERATION}}}}}}}",
            '3:91 unique-operation-id "b" is the operationId of GET /a too, at ',
        ),
        (
            f"paths: {{'/a/{{b}}': {{get: {{{OPERATION}}}}}}}",
            "3:20 path-parameters the path has a part {b}, but declares no parameter of that name with `in: path`",
        ),
        (
            "paths: {'/a/{b}': {get: {responses: {'200': {description: Fine.}}}, "
            "put: {responses: {'200': {description: Fine.}}}}}",
            "3:9 path-parameters the path has a part {b}, but declares no parameter of that name with `in: path`",
        ),
        (
            "paths: {'/a/{b}': {parameters: [{name: c, in: path, required: true, schema: {}}], "
            "get: {responses: {'200': {description: Fine.}}}}}",
            '3:33 path-parameters the path parameter "c" does not occur in the path "/a/{b}"; perhaps "b" is meant',
        ),
        (
            "paths: {'/a/{b}': {parameters: [{name: b, in: query, schema: {}}], "
            "get: {responses: {'200': {description: Fine.}}}}}",
            '3:33 path-parameters the parameter "b" is a part of the path "/a/{b}": it has to say `in: path`',
        ),
        (
            "paths: {/a: {parameters: [{name: b, in: path, required: true, schema: {}}], "
            f"get: {{{OPERATION}}}}}}}",
            '3:27 path-parameters the path parameter "b" does not occur in the path "/a"',
        ),
        (
            "paths: {/a: {parameters: [{name: b, in: query, schema: {}}, {name: b, in: query, schema: {}}]}}",
            '3:61 unique-parameters the query parameter "b" stands in this list already',
        ),
        (
            "paths: {'/a/{b}': {}, '/a/{c}': {}}",
            '3:23 unique-paths this path is the same as "/a/{b}", save for the names of parameters',
        ),
        (
            "components: {}\nservers: [{url: 'https://{r}'}]",
            "4:12 server-variables the variable {r} is not declared under `variables`",
        ),
        (
            "components: {}\nservers: [{url: 'https://{r}', variables: {r: {default: a, enum: [b]}}}]",
            '4:48 server-variables the default "a" is not one of the values in `enum`',
        ),
        (
            "components: {}\nsecurity: [{token: []}]",
            '4:13 security-schemes no security scheme "token" is declared under components/securitySchemes',
        ),
    ],
)
def test_tells_what_is_not_valid(tmp_path: Path, body: str, finding: str) -> None:
    """What OpenAPI does not allow is told at its place, with a helpful sentence, once."""
    (only,) = told(tmp_path, {ROOT: description(body)})
    assert only.startswith(f"openapi.yaml:{finding}")


def test_tells_the_errors_of_the_alternative_that_was_meant(tmp_path: Path) -> None:
    """In a document of 3.0, where everything may be a reference, the errors told are not about references."""
    text = """\
        openapi: 3.0.3
        info: {title: Test, version: 1.0.0}
        paths:
          /a:
            get:
              parameters:
                - {name: q, in: quer, schema: {type: strin, minLength: '3'}}
              responses:
                '200': {content: {application/json: {schema: {propertis: {}, properties: {a: {type: [string]}}}}}}
        """
    assert told(tmp_path, {ROOT: text}) == [
        'openapi.yaml:7:11 openapi-schema the member "in" is "quer", not one of "path", "query", "header", "cookie"',
        'openapi.yaml:7:40 openapi-schema "strin" is not one of "array", "boolean", "integer", "number", "object", '
        '"string"; perhaps "string" is meant',
        'openapi.yaml:7:53 openapi-schema "3" is not an integer',
        'openapi.yaml:9:9 openapi-schema the member "description" is missing',
        'openapi.yaml:9:55 openapi-schema the member "propertis" is not known here; perhaps "properties" is meant',
        "openapi.yaml:9:87 openapi-schema only OpenAPI 3.1 knows a list of types, but `openapi` says 3.0.3",
    ]


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ("info: {title: Test, version: 1.0.0, summary: Short.}\npaths: {}", ["2:37"]),
        ("info: {title: Test, version: 1.0.0}\ncomponents: {schemas: {A: {const: 1, $defs: {}}}}", ["1:1"]),
        ("info: {title: Test, version: 1.0.0}\nwebhooks: {}", ["1:1"]),
        # Who writes nullable means 3.0.
        (
            "info: {title: Test, version: 1.0.0}\npaths: {}\n"
            "components: {schemas: {A: {nullable: true, type: 'null', exclusiveMinimum: 1}}}",
            ["4:44", "4:58"],
        ),
        # Mistakes in either version are told beside it.
        (
            "info: {title: Test, versio: 1.0.0, summary: Short.}\npaths: {}\n"
            "components: {schemas: {A: {examples: [], minLength: -1}}}",
            ["1:1", "2:21", "4:42"],
        ),
    ],
)
def test_what_only_the_later_version_knows_is_told_once(tmp_path: Path, body: str, places: list[str]) -> None:
    """A document that says 3.0 and is written in 3.1 is told so once, not at every keyword."""
    findings = told(tmp_path, {ROOT: f"openapi: 3.0.3\n{body}\n"})
    assert [finding.split(" ")[0] for finding in findings] == [f"openapi.yaml:{place}" for place in places]
    assert any(" 3.1 knows " in finding and "`openapi` says 3.0.3" in finding for finding in findings)


def test_everything_is_told_at_once_and_sorted(tmp_path: Path) -> None:
    """Duplicate keys, references that lead nowhere and what is not valid are told together, in order of place."""
    findings = told(
        tmp_path,
        {
            ROOT: description(
                """\
                paths:
                  /b: {$ref: paths/b.yaml}
                  /a: {$ref: paths/a.yaml}
                tags: [{nam: x}]
                tags: []
                """
            ),
            "paths/a.yaml": "get:\n  operationId: 5\n  responses:\n    '200': {$ref: nowhere.yaml}\n",
        },
    )
    assert [finding.split(" ")[:2] for finding in findings] == [
        ["openapi.yaml:4:8", "unresolved-reference"],
        ["openapi.yaml:6:9", "openapi-schema"],
        ["openapi.yaml:7:1", "duplicate-key"],
        ["paths/a.yaml:2:3", "openapi-schema"],
        ["paths/a.yaml:4:13", "unresolved-reference"],
    ]


def test_a_misplaced_reference_is_told_once(tmp_path: Path) -> None:
    """What bundling says about a place is not said again by the meta-schema."""
    (finding,) = told(tmp_path, {ROOT: description("paths: {$ref: paths.yaml}")})
    assert "misplaced-reference" in finding


@pytest.mark.parametrize("name", ["missing.yaml", "."])
def test_unreadable_documents_are_findings(tmp_path: Path, name: str) -> None:
    """Checking what cannot be read gives a finding, not an exception."""
    write(tmp_path, {ROOT: HEAD})
    (finding,) = check(tmp_path / name)
    assert (finding.rule, finding.severity) == ("file", Severity.ERROR)


def test_what_cannot_be_bundled_at_all_is_a_finding(tmp_path: Path) -> None:
    """When references nest without bound, that alone is told."""
    files = {f"{n}.yaml": f"k: {{$ref: {n + 1}.yaml}}\n" for n in range(150)}
    (finding,) = told(
        tmp_path, {ROOT: description("paths: {}\nx-a: {$ref: 0.yaml}"), **files, "150.yaml": "{}\n"}
    )
    assert "reference-expansion" in finding


# House rules


def test_house_rules_apply_where_they_are_listed(tmp_path: Path) -> None:
    """A file `rules.yaml` beside the root file switches rules on, with the severity that it gives."""
    rules = """\
        operation-id: {severity: error, reason: Methods are named after it.}
        operation-tag: {severity: warning, reason: Pages are grouped by it.}
        """
    path = write(
        tmp_path, {ROOT: description(f"paths: {{/a: {{get: {{{OPERATION}}}}}}}"), "rules.yaml": rules}
    )
    assert [(finding.rule, finding.severity) for finding in check(path)] == [
        ("operation-id", Severity.ERROR),
        ("operation-tag", Severity.WARNING),
    ]


def test_a_bundle_is_checked_for_validity_alone_without_house_rules(tmp_path: Path) -> None:
    """Whoever has a bundle says which house rules it is held to; none is an answer."""
    rules = "operation-id: {severity: error, reason: Methods are named after it.}\n"
    path = write(
        tmp_path, {ROOT: description(f"paths: {{/a: {{get: {{{OPERATION}}}}}}}"), "rules.yaml": rules}
    )
    result = bundle(Document.load(path))
    assert check_bundle(result, house_rules=None) == []
    assert [finding.rule for finding in check_bundle(result, house_rules=tmp_path / "rules.yaml")] == [
        "operation-id"
    ]


@pytest.mark.parametrize(
    ("rules", "finding"),
    [
        (
            "operation-ids: {severity: error, reason: Why.}",
            '1:1 house-rules there is no rule "operation-ids"; perhaps "operation-id" is meant',
        ),
        (
            "zzz: {severity: error, reason: Why.}",
            '1:1 house-rules there is no rule "zzz"; there are: component-used, ',
        ),
        (
            "unique-paths: {severity: error, reason: Why.}",
            '1:1 house-rules "unique-paths" is a rule that every ',
        ),
        (
            "operation-tag: {severity: fatal, reason: Why.}",
            '1:17 house-rules "fatal" is not one of "error", "warning"',
        ),
        ("operation-tag: {severity: error}", '1:1 house-rules the member "reason" is missing'),
        ("operation-tag: {severity: error, reason: ''}", '1:34 house-rules "" does not match'),
        ("[]", "1:1 house-rules [] is not a mapping"),
        ("a: [", "1:5 yaml-syntax this is not valid YAML"),
    ],
)
def test_tells_what_is_wrong_with_the_list_of_rules(tmp_path: Path, rules: str, finding: str) -> None:
    """A rule that does not exist, or an entry that is not complete, is a finding in the list."""
    (only,) = told(tmp_path, {ROOT: description("paths: {}"), "rules.yaml": rules + "\n"})
    assert only.startswith(f"rules.yaml:{finding}")


# Cost


def test_checking_imports_no_more_than_it_needs() -> None:
    """A check starts without the packages that only carry the meta-schemas, and without the tools of generation."""
    code = textwrap.dedent(
        """\
        import sys
        from pathlib import Path
        from generator.check import check
        check(Path("openapi/openapi.yaml"))
        heavy = {"openapi_spec_validator", "openapi_schema_validator", "jsonschema", "pydantic", "jinja2", "httpx",
                 "openapi_python_client", "referencing"}
        print(sorted(heavy & set(sys.modules)))
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_findings_of_other_files_name_them(tmp_path: Path) -> None:
    """A finding in a referenced file has that file's place."""
    path = write(
        tmp_path, {ROOT: description("components: {schemas: {A: {$ref: b/A.yaml}}}"), "b/A.yaml": "type: x\n"}
    )
    (finding,) = check(path)
    assert brief(finding, tmp_path).startswith("b/A.yaml:1:1 openapi-schema")
