"""Cairo alone: the pictures of cards on sheets of A4, two on a sheet and an empty page behind it.

Draws the PNG files that it is given once for every line that it reads, and tells how many milliseconds
that took."""

import io
import sys
import time

import cairo

WIDTH, HEIGHT, CARD = 841.89, 595.28, 315.0  # points; a card of A6 with its bleed


def drawn(pictures):
    file = io.BytesIO()
    surface = cairo.PDFSurface(file, WIDTH, HEIGHT)
    context = cairo.Context(surface)
    for first in range(0, len(pictures), 2):
        for column, path in enumerate(pictures[first:first + 2]):
            picture = cairo.ImageSurface.create_from_png(path)
            scale = CARD / picture.get_width()
            context.save()
            context.translate(WIDTH / 2 + (column - 1) * CARD, 100)
            context.scale(scale, scale)
            context.set_source_surface(picture)
            context.paint()
            context.restore()
        context.show_page()
        context.show_page()
    surface.finish()
    return len(file.getvalue())


for _ in sys.stdin:
    began = time.perf_counter()
    if drawn(sys.argv[1:]) < 1000:
        sys.exit("nothing was drawn")
    print((time.perf_counter() - began) * 1000, flush=True)
