"""Programs that begin from nothing: what is imported, and the first answer. Arguments: endpoint and picture."""

from __future__ import annotations

from typing import Final

IMPORTS: Final = {
    "ours": "from huaweicloud_ocr import Client",
    "operator_sdk": "from huaweicloudsdkocr.v1 import OcrClient",
    "stock": "from stock_client import AuthenticatedClient",
    "bare_httpx": "import httpx",
}
"""By the names of the modules in `peers`: what a user has to import before a client can be made."""

FIRST_ANSWERS: Final = {
    "ours": """\
import sys
from pathlib import Path
from huaweicloud_ocr import Client, TokenAuth
with Client(project_id="project", endpoint=sys.argv[1], auth=TokenAuth("token")) as client:
    client.recognize_handwriting(image=Path(sys.argv[2])).result
""",
    "operator_sdk": """\
import base64, sys
from pathlib import Path
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkocr.v1 import HandwritingRequestBody, OcrClient, RecognizeHandwritingRequest
credentials = BasicCredentials("access-key", "secret-key", "project")
client = OcrClient.new_builder().with_credentials(credentials).with_endpoint(sys.argv[1]).build()
image = base64.b64encode(Path(sys.argv[2]).read_bytes()).decode("ascii")
client.recognize_handwriting(RecognizeHandwritingRequest(body=HandwritingRequestBody(image=image))).result
""",
    "stock": """\
import base64, sys
from pathlib import Path
from stock_client import AuthenticatedClient
from stock_client.api.ocr import recognize_handwriting
image = base64.b64encode(Path(sys.argv[2]).read_bytes()).decode("ascii")
settings = dict(base_url=sys.argv[1], token="token", prefix="", auth_header_name="X-Auth-Token")
with AuthenticatedClient(**settings) as client:
    recognize_handwriting.sync("project", client=client, body={"image": image}).result
""",
    "bare_httpx": """\
import base64, sys
from pathlib import Path
import httpx
image = base64.b64encode(Path(sys.argv[2]).read_bytes()).decode("ascii")
with httpx.Client(headers={"X-Auth-Token": "token"}, timeout=60) as client:
    client.post(sys.argv[1] + "/v2/project/ocr/handwriting", json={"image": image}).raise_for_status().json()["result"]
""",
}
"""The same, and a client, and one answer."""
