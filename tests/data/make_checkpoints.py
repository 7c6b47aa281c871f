#!/usr/bin/env python3
"""Writes the tiny DeiT checkpoints of tests/data/checkpoints, and for each an input and its logits.

For developers only: needs PyTorch and NumPy (made with 1.13 and 1.24). Everything is random with fixed
seeds, so running it again gives the same weights. The logits come from `forward` below, written from the
papers in plain torch functions and sharing nothing with Vitrine.
"""

import argparse
import collections
import json
import pathlib
import struct
import sys

import torch
import torch.nn.functional as F

FOLDER = pathlib.Path(__file__).parent / "checkpoints"
DTYPES = {torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.float64: "F64"}


def random_weights(seed, width, depth, hidden, patch, image, classes, distilled=False, channels=3):
    """A state dict under timm's names."""
    generator = torch.Generator().manual_seed(seed)

    def normal(*shape, scale=1.0, mean=0.0):
        return torch.randn(shape, generator=generator) * scale + mean

    state = collections.OrderedDict()

    def linear(name, out, *fan_in):
        size = torch.tensor(fan_in).prod().item()
        state[name + ".weight"] = normal(out, *fan_in, scale=size ** -0.5)
        state[name + ".bias"] = normal(out, scale=0.1)

    def norm(name):
        state[name + ".weight"] = normal(width, scale=0.2, mean=1.0)
        state[name + ".bias"] = normal(width, scale=0.1)

    tokens = (image // patch) ** 2 + (2 if distilled else 1)
    state["cls_token"] = normal(1, 1, width)
    if distilled:
        state["dist_token"] = normal(1, 1, width)
    state["pos_embed"] = normal(1, tokens, width, scale=0.5)
    linear("patch_embed.proj", width, channels, patch, patch)
    for i in range(depth):
        norm(f"blocks.{i}.norm1")
        linear(f"blocks.{i}.attn.qkv", 3 * width, width)
        linear(f"blocks.{i}.attn.proj", width, width)
        norm(f"blocks.{i}.norm2")
        linear(f"blocks.{i}.mlp.fc1", hidden, width)
        linear(f"blocks.{i}.mlp.fc2", width, hidden)
    norm("norm")
    linear("head", classes, width)
    if distilled:
        linear("head_dist", classes, width)
    return state


def forward(state, x, heads, eps=1e-6):
    """The logits of one image [1, channels, side, side]."""
    state = {name: tensor.float() for name, tensor in state.items()}
    width = state["norm.weight"].shape[0]

    def layer_norm(name, value):
        return F.layer_norm(value, [width], state[name + ".weight"], state[name + ".bias"], eps)

    def linear(name, value):
        return value @ state[name + ".weight"].t() + state[name + ".bias"]

    patch = state["patch_embed.proj.weight"].shape[-1]
    tokens = F.conv2d(x, state["patch_embed.proj.weight"], state["patch_embed.proj.bias"], stride=patch)
    tokens = tokens.reshape(1, width, -1).permute(0, 2, 1)
    front = [state["cls_token"]] + ([state["dist_token"]] if "dist_token" in state else [])
    tokens = torch.cat(front + [tokens], dim=1) + state["pos_embed"]
    count = tokens.shape[1]
    block = 0
    while f"blocks.{block}.norm1.weight" in state:
        name = f"blocks.{block}."
        query, key, value = (
            part.reshape(1, count, heads, width // heads).permute(0, 2, 1, 3)
            for part in linear(name + "attn.qkv", layer_norm(name + "norm1", tokens)).split(width, dim=-1)
        )
        scores = torch.softmax(query @ key.transpose(-1, -2) / (width // heads) ** 0.5, dim=-1)
        mixed = (scores @ value).permute(0, 2, 1, 3).reshape(1, count, width)
        tokens = tokens + linear(name + "attn.proj", mixed)
        inner = linear(name + "mlp.fc1", layer_norm(name + "norm2", tokens))
        inner = 0.5 * inner * (1 + torch.erf(inner / 2 ** 0.5))
        tokens = tokens + linear(name + "mlp.fc2", inner)
        block += 1
    tokens = layer_norm("norm", tokens)
    logits = linear("head", tokens[:, 0])
    if "head_dist.weight" in state:
        logits = (logits + linear("head_dist", tokens[:, 1])) / 2
    return logits


def hugging_face_names(state, prefix):
    """The same weights as Hugging Face's ViTForImageClassification or DeiTForImageClassificationWithTeacher."""
    distilled = "dist_token" in state
    fixed = {
        "cls_token": prefix + "embeddings.cls_token",
        "dist_token": prefix + "embeddings.distillation_token",
        "pos_embed": prefix + "embeddings.position_embeddings",
        "patch_embed.proj": prefix + "embeddings.patch_embeddings.projection",
        "norm": prefix + "layernorm",
        "head": "cls_classifier" if distilled else "classifier",
        "head_dist": "distillation_classifier",
        "norm1": "layernorm_before",
        "norm2": "layernorm_after",
        "attn.proj": "attention.output.dense",
        "mlp.fc1": "intermediate.dense",
        "mlp.fc2": "output.dense",
    }
    renamed = collections.OrderedDict()
    for name, tensor in state.items():
        if name in fixed:
            renamed[fixed[name]] = tensor
            continue
        layer, kind = name.rsplit(".", 1)
        if not layer.startswith("blocks."):
            renamed[f"{fixed[layer]}.{kind}"] = tensor
            continue
        _, number, inner = layer.split(".", 2)
        outer = f"{prefix}encoder.layer.{number}."
        if inner == "attn.qkv":
            for part, piece in zip(("query", "key", "value"), tensor.chunk(3)):
                renamed[f"{outer}attention.attention.{part}.{kind}"] = piece.clone()
        else:
            renamed[f"{outer}{fixed[inner]}.{kind}"] = tensor
    return renamed


def save_safetensors(path, state, metadata=None):
    header, data = {}, b""
    if metadata:
        header["__metadata__"] = metadata
    for name, tensor in state.items():
        raw = tensor.contiguous().view(torch.uint8 if tensor.dim() else tensor.dtype).numpy().tobytes()
        header[name] = {"dtype": DTYPES[tensor.dtype], "shape": list(tensor.shape),
                        "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def save_reference(name, state, image, heads, eps=1e-6, channels=3):
    generator = torch.Generator().manual_seed(1000 + image)
    x = torch.randn(1, channels, image, image, generator=generator)
    (FOLDER / f"{name}.input.f32").write_bytes(x.numpy().tobytes())
    (FOLDER / f"{name}.logits.f32").write_bytes(forward(state, x, heads, eps).numpy().tobytes())


def converted(state, dtype):
    return collections.OrderedDict((name, tensor.to(dtype)) for name, tensor in state.items())


def safetensors_files():
    plain = random_weights(1, width=64, depth=2, hidden=16, patch=8, image=32, classes=7)
    save_safetensors(FOLDER / "timm_plain.safetensors", plain)
    save_reference("timm_plain", plain, image=32, heads=1)

    plain = random_weights(3, width=64, depth=1, hidden=16, patch=8, image=32, classes=5)
    (FOLDER / "hf_vit_plain").mkdir(exist_ok=True)
    save_safetensors(FOLDER / "hf_vit_plain/model.safetensors", hugging_face_names(plain, "vit."), {"format": "pt"})
    (FOLDER / "hf_vit_plain/config.json").write_text(json.dumps(
        {"architectures": ["ViTForImageClassification"], "hidden_act": "gelu", "hidden_size": 64,
         "layer_norm_eps": 1e-12, "num_attention_heads": 2}, indent=2) + "\n")
    save_reference("hf_vit_plain", plain, image=32, heads=2, eps=1e-12)

    distilled = random_weights(4, width=64, depth=1, hidden=16, patch=4, image=16, classes=5, distilled=True)
    save_safetensors(FOLDER / "hf_deit_distilled.safetensors", hugging_face_names(distilled, "deit."))
    save_reference("hf_deit_distilled", distilled, image=16, heads=1)

    wide = converted(random_weights(5, width=128, depth=1, hidden=16, patch=4, image=16, classes=6), torch.float16)
    save_safetensors(FOLDER / "timm_two_heads_f16.safetensors", wide)
    save_reference("timm_two_heads_f16", wide, image=16, heads=2)

    large = random_weights(6, width=64, depth=1, hidden=16, patch=8, image=40, classes=4)
    save_safetensors(FOLDER / "timm_image40.safetensors", large)
    save_reference("timm_image40", large, image=40, heads=1)

    half = converted(random_weights(7, width=64, depth=1, hidden=16, patch=4, image=16, classes=4), torch.float16)
    save_safetensors(FOLDER / "timm_f16.safetensors", half)
    save_reference("timm_f16", half, image=16, heads=1)

    brain = converted(random_weights(8, width=64, depth=1, hidden=16, patch=4, image=16, classes=4), torch.bfloat16)
    save_safetensors(FOLDER / "timm_bf16.safetensors", brain)
    save_reference("timm_bf16", brain, image=16, heads=1)

    double = random_weights(9, width=64, depth=1, hidden=16, patch=4, image=16, classes=4)
    double = collections.OrderedDict((name, tensor.double() / 3) for name, tensor in double.items())
    save_safetensors(FOLDER / "timm_f64.safetensors", double)
    save_reference("timm_f64", double, image=16, heads=1)


def pth_files():
    distilled = random_weights(2, width=64, depth=1, hidden=24, patch=8, image=32, classes=7, distilled=True)
    arguments = argparse.Namespace(model="tiny", lr=5e-4, epochs=300, distributed=False, resume=None,
                                   output_dir=pathlib.PurePosixPath("/checkpoints"), crop=[0.5, 1])
    torch.save({"model": distilled, "epoch": 299, "args": arguments}, FOLDER / "timm_distilled_zip.pth")
    save_reference("timm_distilled_zip", distilled, image=32, heads=1)

    legacy = random_weights(10, width=64, depth=1, hidden=16, patch=4, image=16, classes=4)
    parallel = collections.OrderedDict(("module." + name, tensor) for name, tensor in legacy.items())
    torch.save({"state_dict": parallel, "best": 71.5}, FOLDER / "timm_legacy.pth",
               _use_new_zipfile_serialization=False)
    save_reference("timm_legacy", legacy, image=16, heads=1)

    # Tensors that are views: transposed, with an offset into a shared storage, and as a Parameter.
    strided = random_weights(11, width=64, depth=1, hidden=16, patch=4, image=16, classes=4)
    strided["blocks.0.attn.proj.weight"] = strided["blocks.0.attn.proj.weight"].t().contiguous().t()
    strided["patch_embed.proj.weight"] = strided["patch_embed.proj.weight"].permute(2, 0, 3, 1).contiguous() \
        .permute(1, 3, 0, 2)
    shared = torch.cat([strided["norm.weight"], strided["norm.bias"]])
    strided["norm.weight"], strided["norm.bias"] = shared[:64], shared[64:]
    strided["head.weight"] = torch.nn.Parameter(strided["head.weight"])
    torch.save(strided, FOLDER / "timm_strided_zip.pth")
    save_reference("timm_strided_zip", {name: tensor.detach() for name, tensor in strided.items()}, image=16, heads=1)


def sweep_files():
    """No DeiT: as small as each format can be, for tests that damage every byte."""
    state = collections.OrderedDict(a=torch.arange(6.0).reshape(2, 3).t(), b=torch.tensor([0.5, -1.0]).half())
    save_safetensors(FOLDER / "two_tensors.safetensors", state, {"format": "pt"})
    content = {"model": state, "args": argparse.Namespace(lr=0.1, name=None)}
    torch.save(content, FOLDER / "two_tensors_zip.pth")
    torch.save(content, FOLDER / "two_tensors_legacy.pth", _use_new_zipfile_serialization=False)


def main():
    FOLDER.mkdir(exist_ok=True)
    safetensors_files()
    pth_files()
    sweep_files()
    total = sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file())
    print(f"{total} bytes in {FOLDER}", file=sys.stderr)


if __name__ == "__main__":
    main()
