"""The site that a description is published on."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import jsonschema_rs
import pytest

from generator import record
from generator.errors import FindingsError, GeneratorError
from generator.site import prose
from generator.site.collection import complete
from generator.site.comparing import compare_pages, pairs
from generator.site.deprecated import listed
from generator.site.dereference import dereference
from generator.site.file_names import file_names
from generator.site.json_schemas import json_schemas
from generator.site.pages import Assets, Pages

from .command_line import run
from .project import minimal, operation
from .published import VERSIONS, GivenTools, Publication

HOSTILE = (
    "</script><script>alert(1)</script><img src=x onerror=alert(2)> [a](javascript:alert(3)) ![b](https://c.example/d) "
    '<a href="javascript:alert(4)">e</a> " onmouseover="alert(5)'
)


class Page(HTMLParser):
    """The elements of a page.

    Attributes:
        elements: Name and attributes of each.
    """

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.elements.append((tag, dict(attrs)))

    def values(self, name: str) -> list[str]:
        """Return the values of an attribute, whatever element has it."""
        return [attributes[name] or "" for _, attributes in self.elements if name in attributes]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """Three versions; not to be changed."""
    publication = Publication.begin(tmp_path_factory.mktemp("published"))
    publication.publish_all()
    return publication


@pytest.fixture
def first(tmp_path: Path) -> Publication:
    """The first version."""
    publication = Publication.begin(tmp_path)
    publication.publish()
    return publication


@pytest.fixture(scope="module")
def pages(published: Publication) -> dict[str, Page]:
    """Every page of the site by its path."""
    return {path: Page(content) for path, content in published.files().items() if path.endswith(".html")}


def test_what_is_there(published: Publication) -> None:
    """Each version is there in all forms, the newest as `latest` and on the pages about all."""
    found = set(published.files())
    names = ("openapi.yaml", "openapi.json", "openapi.dereferenced.json", "postman_collection.json")
    pages = ("index.html", "reference.html", "error-codes.html", "error-codes.json")
    for folder in (*VERSIONS, "latest"):
        assert {f"{folder}/{name}" for name in (*names, *pages)} <= found
        assert {f"{folder}/schemas/Point.json", f"{folder}/examples/index.json"} <= found
    assert {*pages, "changelog.html", "compare.html", "SHA256SUMS", "site.json"} <= found
    assert {f"compare/1.0.0...{new}.{end}" for new in VERSIONS[1:] for end in ("html", "json")} <= found
    assert json.loads((published.site / "site.json").read_bytes())["versions"] == list(VERSIONS)
    newest = published.site / VERSIONS[-1]
    assert (newest / "openapi.yaml").read_bytes() == (published.site / "latest/openapi.yaml").read_bytes()


def test_sums(published: Publication) -> None:
    """`sha256sum --check` finds every file as it is listed, and all are."""
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"],
        cwd=published.site,
        capture_output=True,
        text=True,
        check=True,
    )
    assert {line.partition(": ")[0] for line in done.stdout.splitlines()} == set(published.files()) - {
        "SHA256SUMS"
    }


def test_same_input(published: Publication, tmp_path: Path) -> None:
    """From the same description and record comes the same site, byte for byte, wherever and however often."""
    again = Publication(published.project, tmp_path / "site")
    assert again.publish().added == VERSIONS
    assert again.files() == published.files()
    before = published.site.stat().st_ino
    outcome = published.publish()
    assert (outcome.added, outcome.changed) == ((), 0)
    assert published.site.stat().st_ino == before


def test_older_versions_stay(first: Publication) -> None:
    """Publishing another version leaves the files of the older one as they are, also with other tools."""
    before = first.files()
    first.raise_version("1.0.0", "1.1.0")
    changed = Publication(first.project, first.site, GivenTools(b"another();"))
    assert changed.publish().versions == ("1.0.0", "1.1.0")
    after = changed.files()
    of_version = {path for path in before if path.startswith(("1.0.0/", "assets/"))}
    assert {path: after[path] for path in of_version} == {path: before[path] for path in of_version}


def test_other_content_is_refused(first: Publication) -> None:
    """A version that was published is not published again with other content; it is told what is different."""
    before = first.files()
    first.project.edit("schemas/HandwritingRequest.yaml", "  quick_mode:\n", "  single_line:\n")
    for name in ("image", "url"):
        first.project.edit(f"examples/handwriting-request-{name}.yaml", "quick_mode:", "single_line:")
    with pytest.raises(
        GeneratorError, match=r"1\.0\.0 was published with other content: raise `info\.version`"
    ) as told:
        first.publish()
    assert "single_line" in str(told.value)
    assert first.files() == before


@pytest.mark.parametrize(
    ("version", "told", "message"),
    [
        (
            "1.0.1",
            "`confidence` may be greater.",
            "demand a major step, which 1.0.1 is not: write `version: 2.0.0`",
        ),
        ("2.0.0", "Something.", "the entry of 2.0.0 does not mention"),
        ("0.9.0", "`confidence` may be greater.", "does not come after 1.0.0, which is published"),
    ],
)
def test_version_has_to_say_what_changed(first: Publication, version: str, told: str, message: str) -> None:
    """What is published is held to what changed, for nothing takes it back: neither site nor record gets it."""
    before = first.files()
    first.raise_version("1.0.0", version, told)
    first.project.edit("schemas/Confidence.yaml", "maximum: 1\n", "maximum: 100\n")
    with pytest.raises(FindingsError) as refused:
        first.publish()
    assert any(message in finding.message for finding in refused.value.findings)
    assert first.files() == before
    assert [one.version for one in record.versions(first.project.spec)] == ["1.0.0"]


def test_latest_is_a_release(first: Publication) -> None:
    """A version that is no release yet is published, and is not what `latest/` holds."""
    first.raise_version("1.0.0", "1.1.0-rc.1")
    first.publish()
    files = first.files()
    assert "1.1.0-rc.1/openapi.yaml" in files
    assert files["latest/openapi.yaml"] == files["1.0.0/openapi.yaml"]
    assert json.loads(files["site.json"])["latest"] == "1.0.0"


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda site: (site / "CNAME").write_text("x"), "CNAME in .* is not of the site, and would be lost"),
        (lambda site: (site / "link").symlink_to("index.html"), "link in .* is not of the site"),
        (
            lambda site: (site / "1.0.0/openapi.yaml").write_text("x"),
            r"1\.0\.0/openapi\.yaml in .* is not as SHA256SUMS",
        ),
        (lambda site: (site / "1.0.0/openapi.yaml").unlink(), r"1\.0\.0/openapi\.yaml in .* is gone"),
        (lambda site: (site / "site.json").write_text("{}"), "holds other files than a site"),
        (lambda site: (site / "site.json").unlink(), "holds other files than a site"),
        (
            lambda site: (site / "site.json").write_text('{"kind": "published-contract"}'),
            "is of another format",
        ),
    ],
)
def test_foreign_folder(
    published: Publication, tmp_path: Path, spoil: Callable[[Path], Any], said: str
) -> None:
    """A folder that is not just a site as it was published is refused, and left as it is."""
    site = tmp_path / "site"
    shutil.copytree(published.site, site)
    spoil(site)
    publication = Publication(published.project, site)
    before = publication.files()
    with pytest.raises(GeneratorError, match=said):
        publication.publish()
    assert publication.files() == before


def test_version_of_site_and_record(published: Publication, tmp_path: Path) -> None:
    """A site that has a version with other content than the record is refused."""
    other = Publication.begin(tmp_path)
    shutil.rmtree(tmp_path / "openapi/published")
    other.project.edit("openapi.yaml", "  title: Huawei Cloud OCR\n", "  title: Another\n")
    other.publish()
    with pytest.raises(GeneratorError, match=r"the site has 1\.0\.0 with other content"):
        Publication(published.project, other.site).publish()


def test_examples_keep_to_the_schemas(published: Publication) -> None:
    """Every example is what the schema beside it lets through, with nothing but the files, found by their `$id`."""
    for version in VERSIONS:
        folder = published.site / version
        schemas = [json.loads(path.read_bytes()) for path in sorted((folder / "schemas").iterdir())]
        registry = jsonschema_rs.Registry([(schema["$id"], schema) for schema in schemas])
        listed = json.loads((folder / "examples/index.json").read_bytes())
        assert {path.relative_to(folder / "examples").as_posix() for path in folder.glob("examples/*/*")} == {
            entry["file"] for entry in listed
        }
        for entry in listed:
            schema = json.loads((folder / f"schemas/{entry['schema']}.json").read_bytes())
            validator = jsonschema_rs.Draft202012Validator(schema, registry=registry, offline=True)
            value = json.loads((folder / "examples" / entry["file"]).read_bytes())
            validator.validate(value)
            broken = {**value, "url": 1, "error_code": 1, "result": 1}
            assert not validator.is_valid(broken), entry


def test_links(published: Publication, pages: dict[str, Page]) -> None:
    """Every link within the site leads to a file and a place in it that are there; others are to pages of the web."""
    files = published.files()
    checked = 0
    for path, page in pages.items():
        for address in (*page.values("href"), *page.values("src")):
            parts = urlsplit(urljoin(f"http://site.invalid/{path}", address))
            if parts.netloc != "site.invalid":
                assert parts.scheme in ("http", "https", "mailto")
                continue
            target = unquote(parts.path).lstrip("/")
            assert target in files, f"{path}: {address}"
            if parts.fragment:
                assert unquote(parts.fragment) in pages[target].values("id"), f"{path}: {address}"
            checked += 1
    assert checked > 500


def test_errors_to_look_up(published: Publication, pages: dict[str, Page]) -> None:
    """Each code of the catalogue has a place of its own on the page and an entry for programs."""
    codes = json.loads((published.site / "error-codes.json").read_bytes())["codes"]
    assert set(codes) <= set(pages["error-codes.html"].values("id"))
    assert set(codes["AIS.0103"]) == {"status", "message", "meaning", "remedy", "retry", "kind"}
    assert len(codes) == 43


def test_promise_has_one_source(published: Publication) -> None:
    """What one can rely on stands on the overview as the README of the description says it."""
    readme = (published.project.folder / "openapi/README.md").read_text(encoding="utf-8")
    promise = prose.section(readme, ("stability", "promise", "versions"))
    assert promise
    first = promise.split("`")[0].strip() or promise.split("`")[2].strip().split(";")[0]
    assert first in (published.site / "index.html").read_text(encoding="utf-8")


def _deprecating() -> dict[str, Any]:
    """Return a document in which each kind of thing is deprecated, twice by references."""

    def said(reason: str) -> dict[str, Any]:
        return {
            "deprecated": True,
            "x-deprecated": {"since": "1.1.0", "reason": reason, "replacement": "`b`"},
        }

    tone = {
        "type": "string",
        "enum": ["low"],
        "description": "How high.",
        "x-deprecated-values": {"low": {"reason": "e"}},
    }
    loop = {"$ref": "#/components/schemas/Answer"}
    answer = {
        "type": "object",
        "properties": {
            "old": {"type": "string", **said("It has a twin.")},
            "tone": {"$ref": "#/components/schemas/Tone"},
            "loop": loop,
        },
    }
    one = operation("a", loop, summary="A")
    one["get"] |= {"parameters": [{"name": "p", "in": "query", "schema": {}, **said("c")}], **said("a")}
    return minimal({"/a": one}, {"Tone": tone, "Answer": answer})


def test_deprecated_on_pages() -> None:
    """A version says of all that is deprecated why, and what to use; the reference in the descriptions it embeds."""
    document = _deprecating()
    before = json.dumps(document)
    (one,) = listed(document)
    assert one.notice == "Deprecated since 1.1.0: a; use `b`."
    assert [(part.name, part.text.partition(": ")[2]) for part in one.parts] == [
        ("p", "c; use `b`."),
        ("old", "It has a twin; use `b`."),
        ("tone: low", "e."),
    ]
    made = Pages(Assets.collect(b"")).of_version(document, ["openapi.yaml"])
    assert b"Deprecated since 1.1.0: It has a twin; use <code>b</code>." in made["index.html"]
    embedded = json.loads(made["reference.html"].partition(b'id="document">')[2].partition(b"</script>")[0])
    assert embedded["paths"]["/a"]["get"]["description"].startswith(one.notice)
    assert embedded["components"]["schemas"]["Tone"]["description"] == "`low`: Deprecated: e.\n\nHow high."
    assert json.dumps(document) == before


def test_compared_on_pages() -> None:
    """A comparison shows the step, where something stood before, and why and for what something is deprecated."""
    new = _deprecating()
    old = json.loads(json.dumps(new))
    old["info"]["version"] = "1.0.0"
    members = old["components"]["schemas"]["Answer"]["properties"]
    members["gone"] = {"type": "string"}
    del members["old"]["deprecated"]
    documents = {"1.0.0": old, "2.0.0": new}
    made = compare_pages(Pages(Assets.collect(b"")), documents, pairs(documents))
    page = made["compare/1.0.0...2.0.0.html"].decode()
    assert "a <strong>major</strong> step" in page
    assert "was <code>/components/schemas/Answer/properties/gone</code>" in page
    assert "It has a twin; use <code>b</code>" in page
    assert "<td>major</td>" in made["compare.html"].decode()


def test_collection_is_complete() -> None:
    """A collection gets the variables that it authenticates with, and each answer a status, the catalogue's if any."""
    schema = {"x-error-codes": {"E.1": {"status": 429}, "E.2": {"status": None}}, "type": "string"}
    answers = [{"originalRequest": {}, "body": json.dumps({"code": code})} for code in ("E.1", "E.2", None)]
    collection = {
        "auth": {"type": "apikey", "apikey": [{"key": "value", "value": "{{apiKey}}"}]},
        "variable": [{"key": "baseUrl", "value": "x"}],
        "item": [{"request": {"body": "{{no_variable}}"}, "response": answers}],
    }
    made = complete(collection, minimal(schemas={"Code": schema}))
    assert [one["key"] for one in made["variable"]] == ["baseUrl", "apiKey"]
    assert [(one["code"], one["status"]) for one in made["item"][0]["response"]] == [
        (429, "Too Many Requests"),
        (500, "Internal Server Error"),
        (500, "Internal Server Error"),
    ]


def test_one_version_has_nothing_to_compare(first: Publication) -> None:
    """With one version the page to compare says so."""
    assert "nothing to compare it with yet" in (first.site / "compare.html").read_text(encoding="utf-8")


def hostile_document() -> dict[str, Any]:
    """Return a document each text of which wants to be markup."""
    schema = {
        "type": "object",
        "properties": {
            "code": {
                "type": "string",
                "x-error-codes": {
                    HOSTILE: {"status": None, "message": HOSTILE, "meaning": HOSTILE, "remedy": HOSTILE}
                    | {"retry": HOSTILE, "kind": HOSTILE}
                },
                "x-error-kinds": {
                    HOSTILE: {"meaning": HOSTILE, "remedy": HOSTILE, "statuses": [429], "retry": HOSTILE}
                },
            }
        },
    }
    found = minimal({f"/{HOSTILE}": operation(HOSTILE, schema, summary=HOSTILE)}, {"A": schema})
    found["info"] |= {"title": HOSTILE, "description": HOSTILE, "summary": HOSTILE}
    found["servers"] = [
        {"url": "https://{host}.example;script-src *", "variables": {"host": {"default": "a; b"}}},
        {"url": "https://[not an address"},
        {
            "url": "https://good.{region}.example/v1",
            "variables": {"region": {"default": "x", "enum": ["x", "y"]}},
        },
    ]
    return found


def test_hostile_texts() -> None:
    """Whatever a description says stays text: no element, script, picture or link comes of it."""
    made = Pages(Assets.collect(b"")).of_version(hostile_document(), ["openapi.yaml"])
    assert len(made) == 3
    for name, content in made.items():
        page = Page(content)
        assert "img" not in {
            tag for tag, given in page.elements if not (given.get("src") or "").startswith("../assets/")
        }
        scripts = [given for tag, given in page.elements if tag == "script"]
        assert all(
            (given.get("src") or "").startswith("../assets/") or given.get("type") == "application/json"
            for given in scripts
        )
        assert not [key for _, given in page.elements for key in given if key.startswith("on")]
        assert not [link for link in page.values("href") if link.lower().startswith(("javascript:", "data:"))]
        (policy,) = [given["content"] for tag, given in page.elements if given.get("http-equiv")]
        assert policy is not None
        assert policy.startswith("default-src 'none'; script-src 'self'; ")
        assert policy.count("script-src") == 1
        if name == "reference.html":
            text = content.partition(b'id="document">')[2].partition(b"</script>")[0]
            about = json.loads(text)["info"]["description"]
            assert "alert(2)" in about
            assert not re.search(r"!\[|<img", about)
            assert policy.endswith("https://good.x.example https://good.y.example")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[a](javascript:b)", "[a](javascript:b)"),
        ("[a](../emulator/README.md)", "a"),
        ("[a](CHANGELOG.md)", '<a href="changelog.html">a</a>'),
        ("[a](https://b.example)", '<a href="https://b.example" rel="noopener noreferrer external">a</a>'),
        ("[a](//b.example)", "a"),
        ("[a](data:text/html,b)", "[a](data:text/html,b)"),
        ("![a](https://b.example)", '!<a href="https://b.example" rel="noopener noreferrer external">a</a>'),
        ("<b>", "&lt;b&gt;"),
    ],
)
def test_prose(text: str, html: str) -> None:
    """Markdown becomes HTML with safe links alone."""
    assert prose.markdown(text, links={"CHANGELOG.md": "changelog.html"}) == f"<p>{html}</p>\n"


def test_headings_skip_no_level() -> None:
    """Headings of a text stand below the one that they are under, and none is skipped."""
    assert prose.markdown("# a\n### b\n# c", below=2, anchors="v") == (
        '<h3 id="va">a</h3>\n<h4 id="vb">b</h4>\n<h3 id="vc">c</h3>\n'
    )


def test_dereferenced(published: Publication) -> None:
    """The document without references has none, and means the same."""
    text = (published.site / "1.0.0/openapi.dereferenced.json").read_text(encoding="utf-8")
    assert '"$ref"' not in text
    body = json.loads(text)["paths"]["/v2/{project_id}/ocr/handwriting"]["post"]["requestBody"]
    char_set = body["content"]["application/json"]["schema"]["properties"]["char_set"]
    assert (char_set["default"], char_set["enum"][0]) == ("general", "digit")
    assert char_set["description"].startswith("Which characters")


def test_circles_stay() -> None:
    """A reference stays where it would never end; a limit beside one is kept."""
    tree = {
        "type": "object",
        "properties": {"children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}},
    }
    narrow = {"$ref": "#/components/schemas/Word", "maxLength": 3}
    document = minimal(
        {"/a": operation("a", {"$ref": "#/components/schemas/Tree"})},
        {"Tree": tree, "Word": {"type": "string"}, "N": narrow},
    )
    made = dereference(document)
    assert made["components"]["schemas"] == {
        "Tree": tree,
        "Word": {"type": "string"},
        "N": {"maxLength": 3, "allOf": [{"type": "string"}]},
    }
    assert made["paths"]["/a"]["get"]["responses"]["200"]["content"]["application/json"]["schema"] == tree


@pytest.mark.parametrize(
    ("schema", "changed"),
    [
        ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
        (
            {"type": "string", "nullable": True, "enum": ["a"]},
            {"type": ["string", "null"], "enum": ["a", None]},
        ),
        ({"minimum": 1, "exclusiveMinimum": True}, {"exclusiveMinimum": 1}),
        ({"maximum": 1, "exclusiveMaximum": False}, {"maximum": 1}),
        ({"example": 1}, {"examples": [1]}),
        ({"$ref": "#/components/schemas/A", "description": "b"}, {"$ref": "A.json"}),
    ],
)
def test_schemas_of_openapi_3_0(schema: dict[str, Any], changed: dict[str, Any]) -> None:
    """What OpenAPI 3.0 says in its own way is said as JSON Schema 2020-12 does."""
    document = {**minimal(schemas={"A": schema}), "openapi": "3.0.3"}
    assert json_schemas(document, "https://a.example/")["A.json"] == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://a.example/A.json",
        **changed,
    }


def test_file_names() -> None:
    """Names of files differ where capitals do not count, and lead nowhere else."""
    assert file_names(["A", "a", "../b", "", "con", "ä ö", "A"]) == [
        "A",
        "a-2",
        "b",
        "unnamed",
        "con-",
        "unnamed-2",
        "A-3",
    ]


def test_base(first: Publication) -> None:
    """Schemas are named after the address of the site, which stays the same for all versions."""
    with pytest.raises(GeneratorError, match=r"was published for https://contract\.invalid/"):
        first.publish(base="https://example.com/ocr")
    with pytest.raises(GeneratorError, match="is no address of a site"):
        first.publish(base="example.com")
    fresh = Publication(first.project, first.site.with_name("another"))
    fresh.publish(base="https://example.com/ocr")
    schema = json.loads((fresh.site / "1.0.0/schemas/Point.json").read_bytes())
    assert schema["$id"] == "https://example.com/ocr/1.0.0/schemas/Point.json"


def test_look_before_publishing(tmp_path: Path) -> None:
    """A site can be made of a version that is not published yet, and none is published by that."""
    publication = Publication.begin(tmp_path)
    publication.raise_version("1.0.0", "1.1.0")
    assert publication.publish(recording=False).added == ("1.0.0", "1.1.0")
    assert [path.name for path in (tmp_path / "openapi/published").iterdir()] == ["1.0.0"]
    assert publication.publish(recording=False).changed == 0
    with pytest.raises(GeneratorError, match="holds what was to be looked at only"):
        publication.publish()


def test_look_apart_from_what_is_published(first: Publication) -> None:
    """What is only to be looked at does not get among what is published."""
    first.raise_version("1.0.0", "1.1.0")
    before = first.files()
    with pytest.raises(GeneratorError, match="holds what is published"):
        first.publish(recording=False)
    assert first.files() == before


def test_command_refuses(tmp_path: Path) -> None:
    """The command says in a sentence why it does not publish, before any tool is fetched."""
    (tmp_path / "notes.txt").write_text("mine")
    done = run("publish", "--output", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "holds other files than a site that was published before" in done.stderr
    assert (tmp_path / "notes.txt").read_text() == "mine"
