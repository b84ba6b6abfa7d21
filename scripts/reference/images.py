"""Image files of every kind that `data folder` reads, with what Pillow makes of them, and small data sets in the true
formats for the examples of the help.

Writes Tests/DatasetsTests/Fixtures/images.safetensors and Tests/DatasetsTests/Fixtures/pictures/, and
Tests/WorkbenchTests/Data/.
"""

import struct
import zlib

import numpy
import torch
from PIL import Image
from safetensors.torch import save_file

from fixture import ROOT

PICTURES = ROOT / "Tests/DatasetsTests/Fixtures/pictures"
DATA = ROOT / "Tests/WorkbenchTests/Data"


def scene(height, width, phase=0.0):
    """Smooth colours, so that two decoders differ by no more than their rounding."""
    y, x = numpy.mgrid[0:height, 0:width] / max(height, width)
    waves = [numpy.sin(3 * x + 2 * y + phase + k) * numpy.cos(2.5 * y - k * x) for k in range(3)]
    return (127.5 + 120 * numpy.stack(waves, axis=-1)).round().astype(numpy.uint8)


def write_png(path, rows, bits, color_type):
    """What Pillow cannot write: `rows` are the packed bytes of each row."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    height, width = len(rows), rows.width
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, color_type, 0, 0, 0))
    data += chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows), 9)) + chunk(b"IEND", b"")
    path.write_bytes(data)


class Rows(list):
    def __init__(self, rows, width):
        super().__init__(rows)
        self.width = width


def pack(values, bits):
    """Rows of numbers of a few bits each."""
    rows = []
    for row in values:
        text = "".join(format(int(value), f"0{bits}b") for value in row)
        text += "0" * (-len(text) % 8)
        rows.append(bytes(int(text[i:i + 8], 2) for i in range(0, len(text), 8)))
    return Rows(rows, values.shape[1])


def pictures():
    PICTURES.mkdir(parents=True, exist_ok=True)
    picture = scene(10, 13)
    grey = picture[:, :, 0]
    image = Image.fromarray(picture)
    image.save(PICTURES / "colour.png")
    Image.fromarray(grey).save(PICTURES / "grey.png")
    image.quantize(13).save(PICTURES / "palette.png", bits=4)
    alpha = numpy.dstack([picture, grey])
    Image.fromarray(alpha, "RGBA").save(PICTURES / "alpha.png")
    Image.fromarray(numpy.dstack([grey, grey]), "LA").save(PICTURES / "grey-alpha.png")
    for bits in (1, 2, 4):
        write_png(PICTURES / f"grey-{bits}-bits.png", pack(grey >> (8 - bits), bits), bits, 0)
    wide = [struct.pack(f">{row.size}H", *(row.astype(int).ravel() * 257)) for row in picture]
    write_png(PICTURES / "colour-16-bits.png", Rows(wide, 13), 16, 2)
    wide = [struct.pack(f">{row.size}H", *(row.astype(int) * 257)) for row in grey]
    write_png(PICTURES / "grey-16-bits.png", Rows(wide, 13), 16, 0)
    image.save(PICTURES / "colour.jpg", quality=90, subsampling=0)
    image.save(PICTURES / "subsampled.jpeg", quality=90)
    image.save(PICTURES / "progressive.jpg", quality=90, progressive=True)
    Image.fromarray(grey).save(PICTURES / "grey.jpg", quality=90)
    image.convert("CMYK").save(PICTURES / "inks.jpg", quality=95)
    exif = Image.Exif()
    exif[0x0112] = 6
    image.save(PICTURES / "turned.jpg", quality=90, exif=exif)
    Image.fromarray(scene(150, 203)).save(PICTURES / "large.jpg", quality=92)
    # Classes as a palette's indices and as grey.
    classes = (numpy.indices((10, 13)).sum(axis=0) // 5 % 5).astype(numpy.uint8)
    mask = Image.fromarray(classes, "P")
    mask.putpalette(list(range(256)) * 3)
    mask.save(PICTURES / "classes-palette.png", bits=4)
    Image.fromarray(classes).save(PICTURES / "classes-grey.png")

    tensors = {"classes": torch.from_numpy(classes)[..., None]}
    for path in sorted(PICTURES.iterdir()):
        if path.name.startswith("classes"):
            continue
        source = Image.open(path)
        # What Pillow clips is scaled here, as libspng does.
        colour = Image.fromarray(grey) if path.name == "grey-16-bits.png" else source
        colour = colour.convert("RGB")
        if path.name != "large.jpg":
            tensors[path.name] = torch.from_numpy(numpy.array(colour))
            grey_image = colour.convert("L") if source.mode not in ("L", "LA", "1") else source.convert("L")
            tensors[f"{path.name} grey"] = torch.from_numpy(numpy.array(grey_image))[..., None]
    image = Image.open(PICTURES / "colour.png").convert("RGB")
    # Resize, then cut the middle out or put bars around it.
    for height, width in ((10, 13), (5, 5), (3, 6), (17, 11), (1, 1)):
        name = f"{height}x{width}"
        stretched = image.resize((width, height), Image.BILINEAR)
        tensors[f"stretch {name}"] = torch.from_numpy(numpy.array(stretched))
        box = (2, 1, 2 + 9, 1 + 7)
        part = image.crop(box).resize((width, height), Image.BILINEAR)
        tensors[f"part {name}"] = torch.from_numpy(numpy.array(part))
        grey_part = image.convert("L").crop(box).resize((width, height), Image.BILINEAR)
        tensors[f"grey part {name}"] = torch.from_numpy(numpy.array(grey_part))[..., None]
        nearest = Image.fromarray(classes).crop(box).resize((width, height), Image.NEAREST)
        tensors[f"classes {name}"] = torch.from_numpy(numpy.array(nearest))[..., None]
    square = image.crop((1, 0, 1 + 10, 10)).resize((5, 5), Image.BILINEAR)
    tensors["crop 5x5"] = torch.from_numpy(numpy.array(square))
    padded = Image.new("RGB", (13, 13))
    padded.paste(image, (0, 1))
    tensors["pad 13x13"] = torch.from_numpy(numpy.array(padded))
    large = Image.open(PICTURES / "large.jpg")
    for height, width in ((15, 20), (30, 41)):
        smaller = large.resize((width, height), Image.BILINEAR)
        tensors[f"large {height}x{width}"] = torch.from_numpy(numpy.array(smaller))
    # Whole numbers up to 255 are exact in half precision.
    tensors = {key: value.half().contiguous() for key, value in tensors.items()}
    path = PICTURES.parent / "images.safetensors"
    save_file(tensors, path, metadata={"pillow": Image.__version__})
    print(f"{path.relative_to(ROOT)}: {len(tensors)} tensors, {path.stat().st_size} bytes")


def data_sets():
    """Each with a light and a dark class, so that a small model learns them."""
    random = numpy.random.default_rng(1)

    def shade(label, shape):
        return (60 + 110 * label + random.integers(-20, 20, shape)).astype(numpy.uint8)

    for label, name in enumerate(("cat", "dog")):
        for index in range(8):
            folder = DATA / "pets" / name
            folder.mkdir(parents=True, exist_ok=True)
            suffix = "jpg" if index % 2 else "png"
            picture = Image.fromarray(shade(label, (6 + index, 9, 3))).resize((27, 18 + 3 * index))
            picture.save(folder / f"{name}{index}.{suffix}")
    # One file ends too early, and one is none.
    for name in ("ant", "bee"):
        folder = DATA / "insects" / name
        folder.mkdir(parents=True, exist_ok=True)
        for index in range(6):
            Image.fromarray(shade(name == "bee", (9, 9, 3))).resize((20, 20)).save(folder / f"{index}.jpg")
    whole = (DATA / "insects/ant/2.jpg").read_bytes()
    (DATA / "insects/ant/2.jpg").write_bytes(whole[:len(whole) // 2])
    (DATA / "insects/bee/4.jpg").write_text("<html>not found</html>")
    (DATA / "insects/bee/notes.txt").write_text("seen in the garden")
    for index in range(10):
        for part in ("images", "masks"):
            (DATA / "scenes" / part).mkdir(parents=True, exist_ok=True)
        horizon = 6 + index
        mask = numpy.zeros((20, 24), numpy.uint8)
        mask[horizon:] = 1
        Image.fromarray(mask).save(DATA / f"scenes/masks/{index}.png")
        Image.fromarray(numpy.repeat((200 - 120 * mask)[..., None], 3, axis=2)).save(DATA / f"scenes/images/{index}.png")

    def records(path, count, labels):
        path.parent.mkdir(parents=True, exist_ok=True)
        content = b""
        for index in range(count):
            label = index % 2
            planes = numpy.full((3, 32, 32), 40 + 150 * label, numpy.uint8)
            planes[index % 3, :4 + index] += 20
            content += bytes(labels(label)) + planes.tobytes()
        path.write_bytes(content)

    for batch in range(1, 6):
        records(DATA / f"cifar-10-batches-bin/data_batch_{batch}.bin", 2, lambda label: [label])
    records(DATA / "cifar-10-batches-bin/test_batch.bin", 4, lambda label: [label])
    for name in ("train", "test"):
        records(DATA / f"cifar-100-binary/{name}.bin", 10, lambda label: [label, 10 * label])
    (DATA / "cifar-100-binary/coarse_label_names.txt").write_text("".join(f"group{i}\n" for i in range(20)))
    (DATA / "cifar-100-binary/fine_label_names.txt").write_text("".join(f"kind{i}\n" for i in range(100)))

    labels = numpy.arange(20) % 2
    images = numpy.stack([shade(label, (4, 4)) for label in labels])
    numpy.save(DATA / "images.npy", images)
    numpy.save(DATA / "labels.npy", labels)
    numpy.savez_compressed(
        DATA / "arrays.npz", x_train=images[:14] / 255, y_train=labels[:14], x_test=images[14:] / 255,
        y_test=labels[14:])
    lines = ["label," + ",".join(f"pixel{i}" for i in range(16))]
    lines += [f"{label}," + ",".join(map(str, image.ravel())) for label, image in zip(labels, images)]
    (DATA / "digits.csv").write_text("\n".join(lines) + "\n")
    print(f"{DATA.relative_to(ROOT)}: {sum(f.stat().st_size for f in DATA.rglob('*') if f.is_file())} bytes")


if __name__ == "__main__":
    pictures()
    data_sets()
