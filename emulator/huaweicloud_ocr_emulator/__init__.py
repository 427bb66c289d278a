"""The OCR service of Huawei Cloud, emulated on one's own machine.

Two operations of the service, Handwritten Text OCR and Web Image OCR, are served over HTTP as the bundled
OpenAPI description tells, with recognition that really reads the pictures. Run it with
`huaweicloud-ocr-emulator`, or make the ASGI application with `huaweicloud_ocr_emulator.app.create_app`.
"""

__version__ = "0.1.0"
