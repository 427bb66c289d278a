"""A description becomes a version on a site, beside those that are there."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlsplit

import attrs

from generator import record, swap
from generator.check import examine
from generator.comparison.gate import judge
from generator.errors import FindingsError, GeneratorError
from generator.findings import Finding, Severity, shown_path
from generator.generate import CHANGELOG
from generator.site import folder, prose
from generator.site.comparing import Pair, compare_pages, pairs
from generator.site.deprecated import listed
from generator.site.folder import Site
from generator.site.pages import Assets, Pages, about, groups_of
from generator.site.tools import Tools
from generator.site.version_files import version_files

README: Final = "README.md"
BASE: Final = "https://contract.invalid/"
"""What schemas are named after where no address is known; by RFC 2606 there never is such a host."""

_PROMISE: Final = ("stability", "promise", "versions")
"""What the title of the section in `README.md` holds that says what one can rely on, the best first."""

_LATEST: Final = "latest"
_DIFFERENCES_NAMED: Final = 5

Tell = Callable[[str], None]


@attrs.frozen
class Outcome:
    """What publishing did.

    Attributes:
        version: The version of the description.
        added: Versions that the site did not have before, oldest first.
        versions: All that it has now, oldest first.
        changed: How many files are new or different.
        warnings: What is not as it should be but did not stop the run, sorted.
    """

    version: str
    added: tuple[str, ...]
    versions: tuple[str, ...]
    changed: int
    warnings: tuple[Finding, ...] = ()


def publish(
    spec: Path,
    output: Path,
    tools: Tools,
    *,
    base: str | None = None,
    recording: bool = True,
    more: Callable[[], Mapping[str, bytes]] = dict,
    outside_references: bool = False,
    tell: Tell = lambda stage: None,
) -> Outcome:
    """Publish a description, all of it or nothing.

    What the site in the folder has of other versions stays as it is; what was published before and is not there is
    added from the record beside the description, where this version is recorded too.

    Args:
        spec: Root file of the description.
        output: Folder of the site, as it was published last, or one that is empty or does not exist.
        tools: What makes the parts that Python has no library for.
        base: The address at which the site will stand, for the `$id` of the schemas; None for that of the site so
            far, or one that is no address.
        recording: Whether to record the version beside the description.
        more: Makes the other files that the record keeps of a version, by name; asked when it is recorded first.
        outside_references: Whether references may lead to files outside the folder of the description.
        tell: Called at the beginning of each stage.

    Raises:
        FindingsError: The description has errors, or its version or its changelog do not say what changed since the
            one that was recorded last.
        GeneratorError: The version was published with other content, the folder holds something else than a site,
            a preview and what is published would be mixed, or the tools cannot be fetched.
    """
    output = output.resolve()  # what takes the place of a link would leave the folder that it names as it was
    tell("reading the site")
    old = folder.read(output)
    if old is not None and old.is_preview == recording:
        raise GeneratorError(
            f"{shown_path(output)} holds what was to be looked at only: publish into another folder"
            if recording
            else f"{shown_path(output)} holds what is published: look at the description in a folder of its own"
        )
    tell("checking the description")
    examined = examine(spec, outside_references=outside_references)
    if any(finding.severity is Severity.ERROR for finding in examined.findings):
        raise FindingsError(examined.findings, rules_left=examined.rules_left)
    document = examined.bundle.document
    version = record.version_of(document)
    documents = _documents(spec, old, document)
    if recording and record.find(spec, version) is None:
        findings = judge(spec, outside_references=outside_references).findings
        if findings:
            raise FindingsError(findings)
    site = _site(documents, old, _base(base, old), tools, _Texts.beside(spec), tell)
    site = attrs.evolve(site, is_preview=not recording)
    files = site.all_files()
    before = old.all_files() if old else {}
    if recording:
        is_new = record.find(spec, version) is None
        record.record(spec, document, more() if is_new else None)
    if files != before:
        tell("writing the site")
        _write(files, output)
    return Outcome(
        version=version,
        added=tuple(one for one in site.versions if old is None or one not in old.versions),
        versions=site.versions,
        changed=sum(before.get(path) != content for path, content in files.items()),
        warnings=tuple(examined.findings),
    )


@attrs.frozen
class _Texts:
    """What is written beside a description for those who use it, in Markdown."""

    readme: str
    changelog: str

    @classmethod
    def beside(cls, spec: Path) -> _Texts:
        return cls(*(_text(spec.resolve().parent / name) for name in (README, CHANGELOG)))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise GeneratorError(f"{shown_path(path)} is not written in UTF-8: save it as that") from None


def _documents(spec: Path, old: Site | None, document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the document of each version that the site will have, oldest first.

    Raises:
        GeneratorError: Two of the site, the record and the description have the same version and are not the same.
    """
    found = (
        {version: json.loads(old.files[f"{version}/openapi.json"]) for version in old.versions} if old else {}
    )
    for one in record.versions(spec):
        recorded = one.document()
        if one.version in found and not record.is_same(found[one.version], recorded):
            raise GeneratorError(
                f"the site has {one.version} with other content than {shown_path(one.document_path)}: what was "
                "published stays as it is, so find out which of the two is right"
            )
        found[one.version] = recorded
    version = record.version_of(document)
    if version in found and not record.is_same(found[version], document):
        raise GeneratorError(_is_other(version, found[version], document))
    found[version] = document
    return dict(sorted(found.items(), key=lambda item: (record.order(item[0]), item[0])))


def _is_other(version: str, published: dict[str, Any], document: dict[str, Any]) -> str:
    from generator.comparison import compare

    changes = compare(published, document)
    told = [f"\n  {change.message}" for change in changes[:_DIFFERENCES_NAMED]]
    more = len(changes) - _DIFFERENCES_NAMED
    if more > 0:
        told.append(f"\n  and {more} more")
    return (
        f"{version} was published with other content: raise `info.version`, which `python -m generator diff` helps "
        "with; what is different:"
        + ("".join(told) or "\n  nothing but the order of members, or `x-` members")
    )


def _base(wanted: str | None, old: Site | None) -> str:
    if wanted is None:
        return old.base if old else BASE
    parts = urlsplit(wanted)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise GeneratorError(f"{wanted} is no address of a site: write one such as https://example.com/ocr/")
    wanted = wanted.rstrip("/") + "/"
    if old is not None and old.base != wanted:
        raise GeneratorError(
            f"the site was published for {old.base}, and its schemas are named after that: leave --base-url out, or "
            "publish into a new folder"
        )
    return wanted


def _site(
    documents: Mapping[str, dict[str, Any]],
    old: Site | None,
    base: str,
    tools: Tools,
    texts: _Texts,
    tell: Tell,
) -> Site:
    tell("fetching what pages need")
    assets = Assets.collect(tools.reference_script())
    pages = Pages(assets)
    files: dict[str, bytes] = {}
    for version, document in documents.items():
        if old is not None and version in old.versions:
            files |= old.of_version(version)
            continue
        tell(f"making {version}")
        found = version_files(document, f"{base}{quote(version)}/", tools.collection(document))
        found |= pages.of_version(document, found)
        files |= {f"{version}/{path}": content for path, content in found.items()}
    tell("comparing versions")
    newest = record.newest(documents)
    latest = {
        path.removeprefix(f"{newest}/"): content
        for path, content in files.items()
        if path.startswith(f"{newest}/")
    }
    found_pairs = pairs(documents)
    files |= {f"{_LATEST}/{path}": content for path, content in latest.items()}
    files |= compare_pages(pages, documents, found_pairs)
    files |= _root_pages(pages, documents, found_pairs, list(latest), texts)
    files["error-codes.json"] = latest["error-codes.json"]
    # Pages of older versions load what these were published with.
    kept = {path: content for path, content in old.files.items() if path.startswith("assets/")} if old else {}
    return Site(base, tuple(documents), {**kept, **assets.files, **files})


def _root_pages(
    pages: Pages,
    documents: Mapping[str, dict[str, Any]],
    found: list[Pair],
    latest: list[str],
    texts: _Texts,
) -> dict[str, bytes]:
    version = record.newest(documents)
    newest = documents[version]
    changelog = prose.markdown(prose.without_title(texts.changelog), below=1, anchors="v")
    links = {CHANGELOG: "changelog.html", f"./{CHANGELOG}": "changelog.html"}
    promise = prose.markdown(prose.section(texts.readme, _PROMISE), below=2, links=links)
    return {
        "index.html": pages.of_site(
            "index.html.jinja",
            newest,
            "Overview",
            **about(newest),
            newest={
                "version": version,
                "operations": listed(newest),
                "files": groups_of(newest, sorted(latest)),
            },
            promise=promise,
            versions=_entries(documents, found, changelog),
        ),
        "changelog.html": pages.of_site("changelog.html.jinja", newest, "Changelog", changelog=changelog),
        "reference.html": pages.reference(newest, ""),
        "error-codes.html": pages.error_codes(newest, ""),
    }


def _entries(documents: Mapping[str, Any], found: list[Pair], changelog: str) -> list[dict[str, Any]]:
    """Return what the overview says of each version, newest first."""
    names = list(documents)
    since = {pair.new: pair for pair in found if names.index(pair.new) - names.index(pair.old) == 1}
    entries: list[dict[str, Any]] = []
    for version in reversed(names):
        anchor = f"v{prose.anchor(version)}"
        pair = since.get(version)
        entries.append(
            {
                "version": version,
                "since": pair and {"version": pair.old, "summary": pair.summary, "address": pair.address},
                "changelog": f"changelog.html#{quote(anchor)}" if f'id="{anchor}"' in changelog else "",
            }
        )
    return entries


def _write(files: Mapping[str, bytes], output: Path) -> None:
    with swap.fresh_folder(output) as fresh:
        for name, content in files.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        swap.swap(fresh, output)
