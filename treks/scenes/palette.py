"""Inks of the materials: shadow, half, lit and top light; the dye pots are the figures' colors."""

from .color import inks

COCHINEAL = ("#6b0f28", "#9E1B32", "#c92c3c", "#e5564a")
QOLLE = ("#8a5a1e", "#c98a28", "#E3A72F", "#f6cf6a")
INDIGO = ("#14304f", "#1F3A5F", "#2f5a86", "#4c82a8")
UNDYED = ("#a89a90", "#d8c8b0", "#FAF5EC", "#ffffff")
EDGE = ("#7a1428", "#9E1B32", "#d0405a", "#e86a6a")
# The hat of the upper valley: black cloth with a red edge.
BLACK_HAT = {"montera": ("#14121e", "#241e2c", "#3c3240", "#5c4c58"), "edging": EDGE}

_CODES = {
    "stone0": ("#2b2f45", "#5a5563", "#a9917c", "#e6cba2"),
    "stone1": ("#262a40", "#4f4c5c", "#957d6c", "#d5b78f"),
    "stone2": ("#313550", "#666071", "#bda58c", "#f1dcb6"),
    "wool": ("#6f6478", "#b59f93", "#ecd9b8", "#fff3dc"),
    "woolbrown": ("#2d2028", "#54382f", "#8a5a3c", "#b57f50"),
    "woolwhite": ("#7d7f94", "#bdb3ae", "#f2e6cf", "#fffaf0"),
    "woolfawn": ("#4a3340", "#8a6048", "#c0895a", "#e3b684"),
    "woolgray": ("#2f3042", "#57535f", "#8d8482", "#bcb0a4"),
    "hoof": ("#1e1b18", "#1e1b18", "#1e1b18", "#1e1b18"),
    "blanket": ("#4f1026", "#9E1B32", "#c2343c", "#e0574a"),
    "sack": ("#5a4a52", "#93795f", "#d1b07a", "#f0d7a2"),
    "sackband": ("#1F3A5F", "#1F3A5F", "#2d5a86", "#3f78a0"),
    "red": ("#6b1128", "#9E1B32", "#c9303a", "#e4584a"),
    "poncho": ("#5c0f28", "#9E1B32", "#c22a38", "#e04a40"),
    "cloak": ("#5c0f28", "#9E1B32", "#c22a38", "#e04a40"),
    "stripe": ("#7a4a1e", "#c07f26", "#E3A72F", "#f2c860"),
    "stripe2": ("#141c33", "#1F3A5F", "#28507c", "#3b6a96"),
    "trouser": ("#15182a", "#1e2238", "#2c3150", "#3c4468"),
    "boot": ("#1a1416", "#1a1416", "#2a2022", "#3a2c2c"),
    "skin": ("#4a2a24", "#7a4a38", "#a8694a", "#c98a62"),
    "felt": ("#2a2026", "#4a3a34", "#7d6146", "#a9875c"),
    "hatband": ("#9E1B32", "#9E1B32", "#9E1B32", "#b52a3c"),
    "cap": ("#4a1a2c", "#8a2a30", "#c96a34", "#efb050"),
    "staff": ("#2a1d1a", "#4a3326", "#7a5538", "#a07848"),
    "rope": ("#3a2a2a", "#5a3a2a", "#7a5538", "#7a5538"),
    "adobe": ("#5d3f45", "#93604a", "#c98f5e", "#e9bd85"),
    "plaster": ("#7d7487", "#b3a69c", "#eadbc0", "#fff4de"),
    "stonewall": ("#4b4656", "#77706f", "#ab9c86", "#d9c7a4"),
    "masonry": ("#45404f", "#6c6568", "#a39483", "#cfbd9d"),
    "thatch": ("#4f4038", "#86683f", "#bd9550", "#e6c67e"),
    "tiles": ("#4c2a38", "#8a4636", "#c46f45", "#e9a468"),
    "door": ("#2a1a20", "#2a1a20", "#3a262a", "#4a3430"),
    "window": ("#2a1a20", "#2a1a20", "#3a262a", "#4a3430"),
    "flame": ("#8f7a5a", "#b59a6a", "#d8c08a", "#f4e4b4"),
    "iron": ("#1a1a22", "#26262e", "#3c3a40", "#5c585a"),
    "plank": ("#2c2630", "#4d3b38", "#7d5a42", "#a67c54"),
    "lintel": ("#3a2a2a", "#5a4030", "#8a6540", "#b08a58"),
    "wood": ("#3a2622", "#6a4630", "#9a6a40", "#c89a60"),
    "strap": ("#4a2a22", "#7a4a30", "#a87448", "#c89a60"),
    "skirt": ("#17141f", "#211d2c", "#332c40", "#4a4058"),
    "trim": EDGE,
    "jacket": INDIGO,
    "lliclla": COCHINEAL,
    "lliclla2": ("#5a0d2c", "#8a1636", "#b3243f", "#d4494e"),
    "manta": ("#16233c", "#22385a", "#33567c", "#5280a0"),
    "fleece": ("#6f6478", "#a8978a", "#d6c2a2", "#f0dfc0"),
    "bundle": ("#5a4a52", "#93795f", "#d1b07a", "#f0d7a2"),
    "montera": ("#5e0f26", "#9E1B32", "#c42a3a", "#e2574a"),
    "edging": ("#b07a24", "#E3A72F", "#f0c45a", "#f8dc8c"),
    "hair": ("#120e14", "#1c161c", "#33262c", "#4a383a"),
    "cloth": COCHINEAL,
    "textile": COCHINEAL,
    "textile2": INDIGO,
    "textile3": QOLLE,
    "yarn": ("#8f8890", "#c9bba8", "#f0e2c8", "#fff8e8"),
    "yarn1": COCHINEAL,
    "yarn2": QOLLE,
    "yarn3": INDIGO,
    "pole": ("#5a1a28", "#5a1a28", "#7a2a30", "#8a3a34"),
    "guy": ("#8a5a38", "#8a5a38", "#8a5a38", "#8a5a38"),
    "lamp": ("#fff6d0", "#fff6d0", "#fff6d0", "#fff6d0"),
}

MATERIALS = {name: inks(*codes) for name, codes in _CODES.items()}


def materials(**codes):
    """The palette with some materials reprinted in other inks."""
    return {**MATERIALS, **{name: inks(*four) for name, four in codes.items()}}
