"""What the scripts that write fixtures share: seeds, PyTorch's order to ours, and the file."""

import zlib
from pathlib import Path

import torch
from safetensors.torch import save_file

ROOT = Path(__file__).resolve().parents[2]


def seed(name):
    """Every case draws from a stream of its own, so that a new case changes no other."""
    torch.manual_seed(zlib.crc32(name.encode()))


def normal(*shape):
    """Numbers that 32-bit floats hold exactly, in double precision to compute with."""
    return torch.randn(*shape).double()


def channels_last(tensor):
    """[N, C, H, W] as Cairn has it in memory: [N, H, W, C]. Rows of numbers stay as they are."""
    return tensor.permute(0, 2, 3, 1) if tensor.dim() == 4 else tensor


def save(folder, name, tensors, metadata):
    """Rounds to 32 bits and writes Tests/<folder>/Fixtures/<name>.safetensors."""
    path = ROOT / "Tests" / folder / "Fixtures" / f"{name}.safetensors"
    path.parent.mkdir(parents=True, exist_ok=True)
    tensors = {key: value.detach().float().contiguous() for key, value in tensors.items()}
    save_file(tensors, path, metadata={**metadata, "pytorch": torch.__version__.split("+")[0]})
    print(f"{path.relative_to(ROOT)}: {len(tensors)} tensors, {path.stat().st_size} bytes")
