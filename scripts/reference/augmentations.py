"""Writes what torchvision makes of an image with each augmentation at fixed parameters, for Tests/DatasetsTests.

The image is in 0...1, as floats, so that nothing is rounded; the mask has a class for each pixel. What lies outside is
0, because torchvision darkens the rim of an image where it blends into another colour.
"""

import torch
from torchvision import tv_tensors
from torchvision.transforms import v2
from torchvision.transforms.v2 import functional as F

import fixture

BILINEAR = v2.InterpolationMode.BILINEAR


def affine(**changes):
    parameters = {"angle": 0.0, "translate": [0, 0], "scale": 1.0, "shear": [0.0, 0.0]} | changes
    return lambda x: F.affine(x, **parameters, interpolation=BILINEAR)


def crop(padding, top, left):
    return lambda x: F.crop(F.pad(x, padding), top, left, *x.shape[-2:])


# Only what moves pixels changes the mask.
GEOMETRIC = {
    "flip horizontal": F.horizontal_flip,
    "flip vertical": F.vertical_flip,
    "rotate 23": lambda x: F.rotate(x, 23.0, BILINEAR),
    "rotate -140": lambda x: F.rotate(x, -140.0, BILINEAR),
    "zoom 1.3": affine(scale=1.3),
    "zoom 0.7": affine(scale=0.7),
    "shear 12": affine(shear=[12.0, 0.0]),
    "shear -30": affine(shear=[-30.0, 0.0]),
    "crop 1 6": crop(4, 1, 6),
}
OTHERS = {
    "resizedcrop": lambda x: F.resized_crop(x, 1, 2, 5, 6, x.shape[-2:], BILINEAR, antialias=True),
    "brightness 1.4": lambda x: F.adjust_brightness(x, 1.4),
    "brightness 0.3": lambda x: F.adjust_brightness(x, 0.3),
    "contrast 1.7": lambda x: F.adjust_contrast(x, 1.7),
    "contrast 0.2": lambda x: F.adjust_contrast(x, 0.2),
    "saturation 2.5": lambda x: F.adjust_saturation(x, 2.5),
    "saturation 0.4": lambda x: F.adjust_saturation(x, 0.4),
    "hue 0.31": lambda x: F.adjust_hue(x, 0.31),
    "hue -0.47": lambda x: F.adjust_hue(x, -0.47),
    "greyscale": lambda x: F.rgb_to_grayscale(x, 3),
    "blur 5": lambda x: F.gaussian_blur(x, [5, 5], [1.3, 1.3]),
    "blur 3": lambda x: F.gaussian_blur(x, [3, 3], [0.4, 0.4]),
}
# What one channel is treated otherwise by.
GREY = ["rotate 23", "resizedcrop", "contrast 1.7", "saturation 2.5", "hue 0.31", "blur 5"]


def main():
    fixture.seed("augmentations")
    tensors = {}
    for name, channels in (("color", 3), ("grey", 1)):
        image = tv_tensors.Image(torch.rand(channels, 7, 9))
        mask = tv_tensors.Mask(torch.randint(0, 5, (1, 7, 9), dtype=torch.uint8))
        tensors[f"{name}.input"] = image
        for case in GEOMETRIC | OTHERS if name == "color" else GREY:
            tensors[f"{name}.{case}"] = (GEOMETRIC | OTHERS)[case](image)
        if name == "color":
            tensors |= {"mask.input": mask} | {f"mask.{case}": change(mask) for case, change in GEOMETRIC.items()}
    tensors = {key: value.permute(1, 2, 0) for key, value in tensors.items()}
    # One may be its input again, untouched.
    tensors = {key: value.as_subclass(torch.Tensor).clone() for key, value in tensors.items()}
    fixture.save("DatasetsTests", "augmentations", tensors, {})


if __name__ == "__main__":
    main()
