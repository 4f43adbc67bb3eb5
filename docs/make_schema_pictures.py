"""Draw the bot's tables for the docs, from a database made by the migrations.

.venv/bin/python -m docs.make_schema_pictures
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from PIL import Image

from gradeline.entrypoints.cli.schema import draw
from gradeline.reports.schema_picture.draw import render_png
from gradeline.warehouse.location import EmbeddedServer
from gradeline.warehouse.opening import open_warehouse

_COLOURS = 64
_IMAGES = Path(__file__).parent / "images"


def main() -> None:
    """Write `images/bot_tables.svg` and `.png`."""
    with tempfile.TemporaryDirectory(prefix="gl-") as folder:
        Path(folder).chmod(0o711)
        place = EmbeddedServer(home=Path(folder) / "home")
        with (
            open_warehouse(place, say=lambda _words: None) as database,
            database.connect() as connection,
        ):
            svg = draw(connection, "bot")
    (_IMAGES / "bot_tables.svg").write_text(svg, encoding="utf-8")
    picture = Image.open(io.BytesIO(render_png(svg)))
    picture.quantize(_COLOURS).save(_IMAGES / "bot_tables.png", optimize=True)


if __name__ == "__main__":
    main()
