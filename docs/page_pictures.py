"""Pictures of pages that resemble a service, drawn by Chromium, which has to be installed."""

from __future__ import annotations

import subprocess
import tempfile
from html import escape
from pathlib import Path

from PIL import Image, ImageChops

_PAGE = Path(__file__).parent / "message_page.css"
#: px: as high as a page may be.
_HEIGHT = 3_600


def shell(service: str, body: str) -> str:
    """Return a page that resembles a service."""
    style = _PAGE.read_text(encoding="utf-8")
    return f'<meta charset="utf-8"><style>{style}</style><body class="{service}">{body}</body>'


def draw(page: str, width: int, target: Path, *, dark: bool = False) -> None:
    """Write what Chromium shows of a page, in a frame of that width, without the rest below."""
    with tempfile.TemporaryDirectory() as spool:
        file = Path(spool) / "page.html"
        frame = (
            f'<iframe srcdoc="{escape(page)}" style="width:{width}px;height:{_HEIGHT}px;border:0">'
        )
        file.write_text(
            f'<meta charset="utf-8"><meta name="color-scheme" content="light dark">'
            f'<body style="margin:0">{frame}',
            encoding="utf-8",
        )
        subprocess.run(
            [
                *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
                f"--blink-settings=preferredColorScheme={0 if dark else 1}",
                f"--screenshot={spool}/page.png",
                f"--window-size={max(width, 500)},{_HEIGHT}",
                file.as_uri(),
            ],
            check=True,
            capture_output=True,
        )
        shown = Image.open(f"{spool}/page.png").convert("RGB").crop((0, 0, width, _HEIGHT))
    plain = Image.new("RGB", shown.size, shown.getpixel((0, _HEIGHT - 1)))
    box = ImageChops.difference(shown, plain).getbbox() or (0, 0, width, 10)
    cut = shown.crop((0, 0, width, min(box[3] + 16, _HEIGHT)))
    cut.quantize(64, dither=Image.Dither.NONE).save(target, optimize=True)
