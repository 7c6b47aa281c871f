#!/usr/bin/python3
"""Makes the small images in tests/data/images. Needs Debian's python3-pil; only developers run it.

The outputs are checked in, so that tests need no Python. The expected results of resampling are Pillow's.
"""
import io
import json
import pathlib
import random
import struct
import zlib

from PIL import Image

FOLDER = pathlib.Path(__file__).parent / "images"


def write(name, data):
    path = FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def encoded(image, kind, **options):
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def speckles(width, height, seed):
    """Random pixels of full contrast: they compress well and make the bicubic filter overshoot."""
    bits = random.Random(seed)
    image = Image.new("RGB", (width, height))
    image.putdata([tuple(255 * bits.getrandbits(1) for _ in range(3)) for _ in range(width * height)])
    return image


def shades(width, height):
    image = Image.new("RGB", (width, height))
    image.putdata([(x * 255 // max(width - 1, 1), y * 255 // max(height - 1, 1), (x * 7 + y * 13) % 256)
                   for y in range(height) for x in range(width)])
    return image


def corners():
    """32 x 16, four blocks of 16 x 8: red, green / blue, white."""
    image = Image.new("RGB", (32, 16), "white")
    image.paste((255, 0, 0), (0, 0, 16, 8))
    image.paste((0, 255, 0), (16, 0, 32, 8))
    image.paste((0, 0, 255), (0, 8, 16, 16))
    return image


def model_view(image, size, resize, channels):
    """torchvision's Resize and CenterCrop, written with Pillow alone."""
    if channels == 1:
        image = image.convert("L")
    width, height = image.size
    longer = int(resize * max(width, height) / min(width, height))
    resized = (resize, longer) if width <= height else (longer, resize)
    image = image.resize(resized, Image.BICUBIC)
    left, top = (int(round((side - size) / 2.0)) for side in resized)
    return image.crop((left, top, left + size, top + size))


def make_resampling():
    cases = {
        "enlarged": (speckles(13, 9, 1), 28, 32, 3),
        "reduced": (speckles(97, 61, 2), 16, 20, 3),
        "wide strip": (speckles(201, 3, 3), 14, 16, 3),
        "tall strip": (speckles(2, 150, 4), 12, 13, 3),
        "one pixel": (Image.new("RGB", (1, 1), (200, 100, 50)), 5, 6, 3),
        "smooth shades reduced by a little": (shades(41, 37), 28, 35, 3),
        "crop starts at 2.5, rounds to 2": (speckles(33, 30, 6), 25, 30, 3),
        "crop starts at 1.5, rounds to 2": (speckles(33, 32, 7), 29, 32, 3),
        "no resizing": (speckles(20, 20, 8), 16, 20, 3),
        "gray, reduced": (speckles(61, 47, 9), 28, 28, 1),
        "gray, enlarged": (shades(9, 14), 20, 22, 1),
    }
    table = []
    for number, (name, (image, size, resize, channels)) in enumerate(cases.items()):
        mean, deviation = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]) if channels == 3 else ([0.1307], [0.3081])
        write(f"resampling/{number}.png", encoded(image, "PNG", optimize=True))
        view = model_view(image, size, resize, channels)
        write(f"resampling/{number}_expected.png", encoded(view, "PNG", optimize=True))
        table.append({"name": name, "file": str(number), "preprocessing": {
            "size": size, "resize": resize, "channels": channels, "mean": mean, "std": deviation}})
    write("resampling/cases.json", (json.dumps(table, indent=1) + "\n").encode())


def make_orientations():
    stored_as = [None, Image.FLIP_LEFT_RIGHT, Image.ROTATE_180, Image.FLIP_TOP_BOTTOM, Image.TRANSPOSE,
                 Image.ROTATE_90, Image.TRANSVERSE, Image.ROTATE_270]
    for orientation, operation in enumerate(stored_as, 1):
        image = corners() if operation is None else corners().transpose(operation)
        exif = Image.Exif()
        exif[0x0112] = orientation
        write(f"exif_{orientation}.jpg", encoded(image, "JPEG", exif=exif, quality=95, subsampling=0))


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width, height, depth, color, rows, before_pixels=b""):
    """A PNG of any kind; Pillow writes no 16-bit colour."""
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + before_pixels + chunk(b"IDAT", zlib.compress(b"".join(
        b"\0" + row for row in rows))) + chunk(b"IEND", b""))


def make_pixel_formats():
    """Each shows, from the left: black, middle gray, white, or as its name says."""
    write("gray8.png", png(3, 1, 8, 0, [bytes([0, 128, 255])]))
    write("gray16.png", png(3, 1, 16, 0, [struct.pack(">3H", 0, 0x8080, 0xFFFF)]))
    write("rgb16.png", png(3, 1, 16, 2, [struct.pack(">9H", 0, 0, 0, *[0x8080] * 3, *[0xFFFF] * 3)]))
    write("rgba16_clear.png", png(1, 1, 16, 6, [struct.pack(">4H", 0x1234, 0, 0, 0)]))
    write("bilevel.png", png(9, 1, 1, 0, [bytes([0b01010101, 0b10000000])]))
    write("gray_alpha.png", png(3, 1, 8, 4, [bytes([0, 255, 0, 128, 0, 0])]))
    write("red_alpha.png", png(3, 1, 8, 6, [bytes([255, 0, 0, 255, 255, 0, 0, 128, 255, 0, 0, 0])]))
    palette = Image.new("P", (2, 1))
    palette.putpalette([255, 0, 0, 0, 0, 255])
    palette.putdata([0, 1])
    write("palette_second_clear.png", encoded(palette, "PNG", transparency=1))
    write("cmyk.jpg", encoded(Image.new("CMYK", (8, 8), (0, 255, 255, 0)), "JPEG", quality=95))
    write("gray.jpg", encoded(Image.new("L", (8, 8), 77), "JPEG", quality=95))
    frames = [Image.new("RGB", (8, 8), color).convert("P") for color in ("red", "blue")]
    write("red_then_blue.gif", encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    write("odd_width.png", encoded(speckles(5, 3, 10), "PNG"))


def with_thumbnail(jpeg, thumbnail):
    segment = b"Exif\0\0" + thumbnail
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + jpeg[2:]


def make_broken():
    picture = shades(24, 16)
    jpeg = encoded(speckles(32, 24, 11), "JPEG", quality=60)
    progressive = encoded(speckles(32, 24, 11), "JPEG", quality=60, progressive=True)
    thumbnail = with_thumbnail(jpeg, encoded(picture.resize((8, 8)), "JPEG"))
    whole = {"jpeg": jpeg, "progressive.jpeg": progressive, "thumbnail.jpeg": thumbnail,
             "gif": encoded(picture.convert("P"), "GIF"), "bmp": encoded(picture, "BMP"),
             "png": encoded(picture, "PNG"), "webp": encoded(picture, "WEBP", quality=50),
             "tif": encoded(picture, "TIFF"), "ppm": encoded(picture, "PPM"),
             "xbm": encoded(picture.convert("1"), "XBM")}
    for kind, data in whole.items():
        write(f"whole.{kind}", data)
        write(f"cut.{kind}", data[:-30] if kind == "progressive.jpeg" else data[:len(data) * 4 // 5])
    write("trailing_garbage.jpeg", jpeg + b"\xff\xd8 and so on" * 9)
    write("garbage_before_segment.jpeg", jpeg[:2] + b"junk" + jpeg[2:])


def make_hostile():
    write("hostile/4_gigapixels.png", png(65535, 65535, 8, 2, [b"\0\0\0"]))
    write("hostile/4_gigapixels.gif", b"GIF89a" + struct.pack("<HHBBB", 65535, 65535, 0x80, 0, 0) + bytes(6)
          + b"," + struct.pack("<HHHHB", 0, 0, 65535, 65535, 0) + b"\x02\x02\x4c\x01\0;")
    write("hostile/6_terapixels.bmp", b"BM" + struct.pack("<IIIIiiHHIIiiII", 54, 0, 54, 40, 2000000, 3000000,
                                                         1, 24, 0, 0, 0, 0, 0, 0))
    write("hostile/10_gigapixels.ppm", b"P6 99999 99999 255\n\0\0\0")
    write("hostile/10_gigapixels.xpm", b'/* XPM */\nstatic char*x[]={"99999 99999 1 1",". c None","."};')
    texts = chunk(b"tEXt", b"a\0b") + chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(1000000))) * 3 + chunk(
        b"iTXt", b"a\0\1\0\0\0" + zlib.compress(bytes(1000000)))
    exif = struct.pack(">I", 1_800_000_000) + b"eXIf" + b"II*\0"
    write("hostile/gigabytes_of_exif.png", png(3, 1, 8, 0, [bytes([0, 128, 255])], exif))
    write("hostile/megabytes_of_text.png", png(3, 1, 8, 0, [bytes([0, 128, 255])], texts))
    jpeg = bytearray(encoded(Image.new("L", (8, 8)), "JPEG", progressive=True)[:-2])
    size, scan = jpeg.index(b"\xff\xc2") + 5, jpeg.rindex(b"\xff\xda")
    jpeg[size:size + 4] = struct.pack(">HH", 8192, 8192)
    write("hostile/hundred_scans.jpeg", bytes(jpeg + jpeg[scan:] * 100) + b"\xff\xd9")
    write("hostile/zero_width.gif", b"GIF89a" + struct.pack("<HHBBB", 0, 32, 0, 0, 0) + b";")


make_resampling()
make_orientations()
make_pixel_formats()
make_broken()
make_hostile()
