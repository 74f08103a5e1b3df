"""A picture as it stands in a PDF. What reads it is elsewhere: kept pages need no Pillow."""

from __future__ import annotations

from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture ready for PDF. `data` is JPEG, or deflated samples when not `jpeg`.

    `width`, `height`: points it would take on a screen; `natural`: pixels of the file,
    `converted`: its colours when they had to be made RGB; `key` names the content. `space`
    is the name of its colours; `palette` are theirs, as rrggbb…, when samples of `bits` bits
    are numbers into it. `predicted`: samples a PNG filter has gone over, so many a pixel.
    """

    key: str
    data: bytes
    pixels: tuple[int, int]
    space: str
    jpeg: bool
    width: float
    height: float
    natural: tuple[int, int] = (0, 0)
    converted: str = ""
    bits: int = 8
    palette: str = ""
    predicted: int = 0

    @property
    def entries(self) -> str:
        """Of its dictionary in the file (ISO 32000-1, 8.9.5)."""
        width, height = self.pixels
        space = f"/{self.space}"
        if self.palette:
            space = f"[/Indexed/{self.space} {len(self.palette) // 6 - 1}<{self.palette}>]"
        said = (
            f"/Width {width}/Height {height}/ColorSpace{space}/BitsPerComponent {self.bits}"
            f"/Filter/{'DCTDecode' if self.jpeg else 'FlateDecode'}"
        )
        if not self.predicted:
            return said
        return (
            f"{said}/DecodeParms<</Predictor 15/Colors {self.predicted}"
            f"/BitsPerComponent {self.bits}/Columns {width}>>"
        )
