# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

"""The command line: what it knows of the operations, and where it starts."""

from ._runtime.cli import main as _main
from ._runtime.cli.table import Command, Option, Program, Scheme, Secret, Source, TextBlocks

PROGRAM = Program(
    package="huaweicloud_ocr",
    name="huaweicloud-ocr",
    version="1.0.0",
    summary="Text of handwritten notes and of web images, with the place of every block.",
    commands=(
        Command(
            name="handwriting",
            module="api.ocr.recognize_handwriting",
            summary="Handwritten Text OCR",
            about="Reads the handwritten and printed text of one picture.\n\nThe text comes as blocks, from left to right and from top to bottom. Exactly one of image and url names the picture. A picture without text is a success with no blocks.",
            options=(
                Option(
                    name="quick_mode",
                    flag="quick-mode",
                    kind="boolean",
                    location="body",
                    about="Reads the whole picture as a single line, which is faster. For pictures that hold exactly one line of text which fills more than half of them. Default: false.",
                ),
                Option(
                    name="char_set",
                    flag="char-set",
                    kind="choice",
                    location="body",
                    about="Which characters the text can consist of. Narrowing it makes the recognition of, say, meter readings surer. One of digit (digits only), letter (letters only), digit_letter (digits and letters), general (everything that the service can read). Default: general.",
                    values=("digit", "letter", "digit_letter", "general"),
                ),
                Option(
                    name="detect_direction",
                    flag="detect-direction",
                    kind="boolean",
                    location="body",
                    about="Finds out how far the text is tilted, at any angle, and straightens the picture before reading it. Default: false.",
                ),
            ),
            source=Source(
                name="image",
                word="PICTURE",
                about="JPEG, PNG, BMP or TIFF, sides of 8 to 8192 pixels, at most 7.5 MB.",
                url_name="url",
                base64_length=10485760,
            ),
            body="members",
            body_required=True,
            text_blocks=TextBlocks(
                list="result.words_block_list",
                text="words",
                box="location",
                confidence="confidence",
                corners=4,
            ),
            security=(("Token",), ("AkSk",)),
            client_options=("project_id",),
        ),
        Command(
            name="web-image",
            module="api.ocr.recognize_web_image",
            summary="Web Image OCR",
            about="Reads the text of a picture as it is found on web pages: banners, screenshots, product photos.\n\nThe text comes as blocks, from left to right and from top to bottom. Exactly one of image and url names the picture. A picture without text is a success with no blocks. With extract_type: [image_size] the answer also tells the width and height of the picture.",
            options=(
                Option(
                    name="detect_direction",
                    flag="detect-direction",
                    kind="boolean",
                    location="body",
                    about="Finds out how far the text is tilted, at any angle, and straightens the picture before reading it. Default: false.",
                ),
                Option(
                    name="extract_type",
                    flag="extract-type",
                    kind="choice",
                    location="body",
                    about="What to tell about the picture beside its text. Without it, or when it is empty, the answer has no such data. One of image_size (its width and height in pixels).",
                    values=("image_size",),
                    many=True,
                ),
            ),
            source=Source(
                name="image",
                word="PICTURE",
                about="JPEG, PNG, BMP, TIFF, GIF or WEBP, sides of 15 to 8192 pixels, at most 7.5 MB.",
                url_name="url",
                base64_length=10485760,
            ),
            body="members",
            body_required=True,
            text_blocks=TextBlocks(
                list="result.words_block_list",
                text="words",
                box="location",
                confidence="confidence",
                corners=4,
            ),
            security=(("Token",), ("AkSk",)),
            client_options=("project_id",),
        ),
    ),
    settings=(
        Option(
            name="project_id",
            flag="project-id",
            kind="text",
            location="client",
            about='Identifier of the project that the call belongs to. A project lies in one region; its identifier stands in the console under "My Credentials".',
            variable="HUAWEICLOUD_SDK_PROJECT_ID",
        ),
        Option(
            name="region",
            flag="region",
            kind="choice",
            location="server",
            about="Where the service runs and is billed. A project and its tokens belong to one region, and the service has to be subscribed to there. Not every operation is published in every region: Handwritten Text OCR is known to be in cn-north-4; Web Image OCR in cn-north-4, cn-south-1, cn-east-3 and ap-southeast-2; for the others the operator's pages make no statement.",
            values=(
                "cn-north-4",
                "cn-south-1",
                "cn-east-3",
                "ap-southeast-2",
                "ap-southeast-1",
                "ap-southeast-3",
                "cn-north-1",
                "cn-southwest-2",
                "la-south-2",
                "la-north-2",
                "af-south-1",
            ),
            default="cn-north-4",
        ),
    ),
    schemes=(
        Scheme(
            name="Token",
            class_name="TokenAuth",
            secrets=(Secret(argument="value", variable="HUAWEICLOUD_SDK_TOKEN"),),
        ),
        Scheme(
            name="AkSk",
            class_name="AkSkAuth",
            secrets=(
                Secret(argument="access_key", variable="HUAWEICLOUD_SDK_AK"),
                Secret(argument="secret_key", variable="HUAWEICLOUD_SDK_SK"),
                Secret(argument="security_token", variable="HUAWEICLOUD_SDK_SECURITY_TOKEN", required=False),
            ),
        ),
    ),
    catalogue="error_codes",
)


def main() -> int:
    """Run the command line with the arguments of this process, and return its exit code."""
    return _main(PROGRAM)
