"""Pages from plain data and templates."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import attrs
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator.plain import is_list, is_mapping
from generator.site import example_files, prose
from generator.site.deprecated import listed, with_sentences
from generator.site.error_codes import ADVICE, errors
from generator.site.folder import digest
from generator.site.version_files import COLLECTION

LOCAL_SERVICE: Final = "http://127.0.0.1:8765"

_HERE: Final = Path(__file__).parent
_REFERENCE_SCRIPT: Final = "scalar-api-reference.js"
_DIGITS: Final = 12

_POLICY: Final = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "base-uri": "'none'",
    "form-action": "'none'",
}
_LOOPBACK: Final = ("http://127.0.0.1:*", "http://localhost:*", "https://127.0.0.1:*", "https://localhost:*")
# Of an address that goes into a policy nothing may be left but these.
_ORIGIN: Final = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?(?=/|$)", re.IGNORECASE | re.ASCII)
_VARIABLE: Final = re.compile(r"\{([^{}]*)\}")
_SERVERS_AT_MOST: Final = 200
_ANCHOR: Final = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")


@attrs.frozen
class Assets:
    """What pages load: each file under a name that changes with its content, so that old pages keep theirs.

    Attributes:
        files: Content by path in the site.
        paths: Those paths by the name that templates know.
    """

    files: Mapping[str, bytes]
    paths: Mapping[str, str]

    @classmethod
    def collect(cls, reference_script: bytes) -> Assets:
        """Return our own files, and the script of the interactive reference."""
        contents = {path.name: path.read_bytes() for path in sorted((_HERE / "static").iterdir())}
        contents[_REFERENCE_SCRIPT] = reference_script
        paths = {name: _named_after_content(name, content) for name, content in contents.items()}
        return cls({paths[name]: content for name, content in contents.items()}, paths)


def _named_after_content(name: str, content: bytes) -> str:
    stem, _, ending = name.rpartition(".")
    return f"assets/{stem}.{digest(content)[:_DIGITS]}.{ending}"


@attrs.frozen
class Pages:
    """Makes the pages of a site.

    Attributes:
        assets: What they load.
    """

    assets: Assets

    def of_version(self, document: dict[str, Any], files: Iterable[str]) -> dict[str, bytes]:
        """Return the pages in the folder of a version, which are never made again.

        Args:
            document: The bundled document.
            files: The other files in the folder.
        """
        names = sorted(files)
        return {
            "index.html": self._render(
                "version.html.jinja",
                document,
                root="../",
                here="This version",
                **about(document),
                operations=listed(document),
                groups=groups_of(document, names),
            ),
            "reference.html": self.reference(document, "../"),
            "error-codes.html": self.error_codes(document, "../"),
        }

    def reference(self, document: dict[str, Any], root: str) -> bytes:
        """Return the interactive reference."""
        shown = prose.without_pictures(with_sentences(document))
        text = json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
        return self._render(
            "reference.html.jinja",
            document,
            root=root,
            here="Reference",
            style="reference.css",
            policy=_reference_policy(document),
            local_service=LOCAL_SERVICE,
            # Within a script nothing is escaped, so that nothing may end it.
            document=Markup(text.replace("&", r"\u0026").replace("<", r"\u003c").replace(">", r"\u003e")),
        )

    def error_codes(self, document: dict[str, Any], root: str) -> bytes:
        """Return the catalogue of error codes."""
        found = errors(document)
        codes = _anchors("code", [one.code for one in found.codes])
        kinds = _anchors("kind-", [one.name for one in found.kinds])
        return self._render(
            "error-codes.html.jinja",
            document,
            root=root,
            here="Error codes",
            errors=found,
            codes=[(one, codes[one.code]) for one in found.codes],
            code_anchors=codes,
            kind_anchors=kinds,
            advice=ADVICE,
        )

    def of_site(
        self, template: str, document: dict[str, Any], here: str, root: str = "", /, **values: Any
    ) -> bytes:
        """Return a page about all versions.

        Args:
            template: Its template.
            document: The bundled document of the newest version.
            here: What the navigation calls it.
            root: The way to the folder of the site.
            values: What the template needs besides.
        """
        return self._render(template, document, root=root, here=here, is_about_all=True, **values)

    def _render(
        self,
        template: str,
        document: dict[str, Any],
        /,
        *,
        root: str,
        here: str,
        is_about_all: bool = False,
        **values: Any,
    ) -> bytes:
        is_root = is_about_all or not root
        text = (
            _environment()
            .get_template(template)
            .render(
                {
                    "assets": self.assets.paths,
                    "here": here,
                    "navigation": _navigation(root, is_root=is_root),
                    "policy": _policy(_POLICY),
                    "root": root,
                    "style": "pages.css",
                    "title": document["info"]["title"],
                    "version": "" if is_about_all else document["info"]["version"],
                    **values,
                }
            )
        )
        return (re.sub(r"\n[ \t]*(?=\n)", "", text).strip() + "\n").encode()


def about(document: dict[str, Any]) -> dict[str, Any]:
    """Return what templates say about a document in words."""
    info = document["info"]
    return {
        "summary": str(info.get("summary") or ""),
        "description": prose.markdown(str(info.get("description") or ""), below=2),
    }


def groups_of(document: dict[str, Any], names: Sequence[str]) -> list[dict[str, Any]]:
    """Return the files of a version, with what they are."""
    schemas = [name for name in names if name.startswith("schemas/")]
    found = example_files.examples(document)
    single = [
        ("openapi.yaml", "The description in one file, to read and to compare."),
        ("openapi.json", "The same for programs."),
        ("openapi.dereferenced.json", "The same with no references, save where one would never end."),
        (COLLECTION, "For Postman, Bruno and others that import its collections."),
        ("error-codes.json", "All error codes, with meaning, remedy and advice."),
    ]
    groups: list[dict[str, Any]] = [
        {"name": name, "address": name, "about": about, "members": [], "download": name == COLLECTION}
        for name, about in single
    ]
    if schemas:
        members = [(name.removeprefix("schemas/"), quote(name)) for name in schemas]
        groups.append(_group("JSON Schemas", "By JSON Schema 2020-12, a file for each component.", members))
    if found:
        members = [(one.file, quote(f"examples/{one.file}")) for one in found]
        members.append(("index.json", "examples/index.json"))
        groups.append(_group("Examples", "What is sent and answered, as files.", members))
    return groups


def _group(name: str, about: str, members: list[tuple[str, str]]) -> dict[str, Any]:
    return {"name": name, "address": "", "about": about, "members": members, "download": False}


def _navigation(root: str, *, is_root: bool) -> list[tuple[str, str]]:
    if is_root:
        own = [("Overview", f"{root}index.html")]
        folder = root
    else:
        own = [("All versions", f"{root}index.html"), ("This version", "index.html")]
        folder = ""
    return [
        *own,
        ("Reference", f"{folder}reference.html"),
        ("Error codes", f"{folder}error-codes.html"),
        ("Changelog", f"{root}changelog.html"),
        ("Compare", f"{root}compare.html"),
    ]


def _anchors(prefix: str, names: Iterable[str]) -> dict[str, str]:
    """Return what the places of these names are called in addresses: as they are where that serves."""
    found: dict[str, str] = {}
    for number, name in enumerate(names, 1):
        plain = name if prefix == "code" else prefix + name
        found[name] = plain if _ANCHOR.fullmatch(plain) else f"{prefix}-{number}"
    return found


def _policy(directives: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def _reference_policy(document: dict[str, Any]) -> str:
    """Return the policy of the page that calls services: those of the description and those of this machine alone."""
    return _policy(
        {
            **_POLICY,
            "style-src": "'self' 'unsafe-inline'",  # the reference brings its styles along with its script
            "img-src": "'self' data: blob:",
            "font-src": "'self' data:",
            "connect-src": " ".join(("'self'", *_LOOPBACK, *_origins(document))),
        }
    )


def _origins(document: dict[str, Any]) -> list[str]:
    """Return where the servers of a description are, for each value that their variables are known to have."""
    found: dict[str, None] = {}
    servers = document.get("servers")
    for server in servers if is_list(servers) else ():
        if is_mapping(server) and isinstance(server.get("url"), str):
            for url in _urls(server["url"], server.get("variables")):
                origin = _ORIGIN.match(url)
                if origin and len(found) < _SERVERS_AT_MOST:
                    found[origin[0].lower()] = None
    return list(found)


def _urls(url: str, variables: Any) -> list[str]:
    urls = [url]
    for name in dict.fromkeys(_VARIABLE.findall(url)):
        variable = variables.get(name) if is_mapping(variables) else None
        variable = variable if is_mapping(variable) else {}
        values = variable.get("enum") or [variable.get("default", "")]
        urls = [one.replace(f"{{{name}}}", str(value)) for one in urls for value in values][:_SERVERS_AT_MOST]
    return urls


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["inline"] = prose.inline
    return environment
