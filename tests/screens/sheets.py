"""Contact sheets: many pictures on one, each with its name below."""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

GAP = 24
LABEL_HEIGHT = 40
COLUMNS = 5
PICTURE_WIDTH = 420
MOST_HEIGHT = 1400  # of one picture: a longer page is cut here, its own file is not
PER_SHEET = 20


@dataclass(frozen=True)
class Picture:
    path: Path
    label: str


def write_sheets(pictures: list[Picture], folder: Path, name: str) -> list[Path]:
    """Write `name`-1.png, `name`-2.png ... into `folder`; their paths."""
    written = []
    for number, start in enumerate(range(0, len(pictures), PER_SHEET), start=1):
        path = folder / f"{name}-{number}.png"
        _sheet(pictures[start : start + PER_SHEET]).save(path)
        written.append(path)
    return written


def _sheet(pictures: list[Picture]) -> Image.Image:
    rows = [pictures[at : at + COLUMNS] for at in range(0, len(pictures), COLUMNS)]
    drawn = [[(_small(picture.path), picture.label) for picture in row] for row in rows]
    heights = [max(image.height for image, _label in row) + LABEL_HEIGHT + GAP for row in drawn]
    columns = max(len(row) for row in rows)
    size = (GAP + columns * (PICTURE_WIDTH + GAP), GAP + sum(heights))
    sheet = Image.new("RGB", size, "#808080")
    pen, font, top = ImageDraw.Draw(sheet), ImageFont.load_default(size=16), GAP
    for row, height in zip(drawn, heights, strict=True):
        for column, (image, label) in enumerate(row):
            left = GAP + column * (PICTURE_WIDTH + GAP)
            sheet.paste(image, (left, top))
            pen.text((left, top + image.height + 8), label, fill="white", font=font)
        top += height
    return sheet


def _small(path: Path) -> Image.Image:
    with Image.open(path) as whole:
        width = min(PICTURE_WIDTH, whole.width)
        image = whole.convert("RGB").resize((width, whole.height * width // whole.width))
    return image.crop((0, 0, width, min(image.height, MOST_HEIGHT)))
