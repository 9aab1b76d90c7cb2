"""People as solids, in meters, facing -x: always small, hidden by a hat or turned away."""

import numpy as np


def _legs(model, place, yaw, scale, stride, material="trouser"):
    with model.part(place, yaw, scale, 0.04):
        for step, z in ((-stride, 0.09), (stride, -0.09)):
            knee = (step * 0.5 - 0.06, 0.49, z)
            model.path(material, [(0, 0.90, z), knee, (step + 0.03, 0.10, z)], [0.115, 0.078, 0.058])
            model.capsule("boot", (step + 0.05, 0.05, z), (step - 0.15, 0.045, z), 0.058, 0.05)


def _felt_hat(model, place, yaw, scale, top=1.675, lean=0.0):
    with model.part(place, yaw, scale, 0.02):
        x = -0.045 + lean
        model.ellipsoid("felt", (x, top, 0), (0.205, 0.022, 0.195), roll=-0.05)
        model.path("felt", [(x, top, 0), (x + 0.01, top + 0.095, 0)], [0.108, 0.078])
        model.ellipsoid("hatband", (x, top + 0.025, 0), (0.118, 0.022, 0.118))


def _head(model, place, yaw, scale):
    with model.part(place, yaw, scale, 0.03):
        model.capsule("skin", (-0.02, 1.44, 0), (-0.045, 1.56, 0), 0.06, 0.07)
        model.ellipsoid("skin", (-0.06, 1.60, 0), (0.098, 0.125, 0.088))
        model.capsule("skin", (-0.14, 1.585, 0), (-0.165, 1.575, 0), 0.025, 0.018)


def walker(model, place, yaw, scale=1.0, stride=0.24, staff=True):
    """A man in poncho and felt hat, walking, a staff in the front hand; returns nothing."""
    _legs(model, place, yaw, scale, stride)
    with model.part(place, yaw, scale, 0.10):
        model.path("poncho", [(-0.02, 1.42, 0), (-0.01, 1.31, 0), (0.03, 1.10, 0)], [0.10, 0.185, 0.23])
        model.ellipsoid("poncho", (0.05, 0.90, 0), (0.31, 0.10, 0.30), roll=0.10, bumps=0.012)
        model.ellipsoid("poncho", (0.04, 1.0, 0), (0.265, 0.13, 0.275), bumps=0.008)
        model.capsule("poncho", (-0.04, 1.34, 0.15), (-0.27, 1.08, 0.18), 0.10, 0.085)
    with model.part(place, yaw, scale, 0.012):
        model.ellipsoid("stripe", (0.05, 0.895, 0), (0.318, 0.032, 0.314), roll=0.14)
        model.ellipsoid("stripe2", (0.045, 0.965, 0), (0.300, 0.021, 0.304), roll=0.12)
    _head(model, place, yaw, scale)
    with model.part(place, yaw, scale, 0.02):
        model.capsule("skin", (-0.28, 1.06, 0.18), (-0.37, 1.04, 0.18), 0.05, 0.045)
    _felt_hat(model, place, yaw, scale)
    if staff:
        with model.part(place, yaw, scale, 0.02):
            model.capsule("staff", (-0.35, 1.42, 0.19), (-0.47, 0.0, 0.22), 0.022, 0.018)


def rope(model, a, b, sag=0.16):
    """A slack rope between two points."""
    a, b = np.array(a, float), np.array(b, float)
    points = [a + (b - a) * s - np.array([0, sag * 4 * s * (1 - s), 0]) for s in np.linspace(0, 1, 9)]
    with model.part(blend=0.01):
        model.path("rope", points, 0.009)


def _montera(model, place, yaw, scale, top, x=-0.045):
    """The flat round red hat with its yellow edge."""
    with model.part(place, yaw, scale, 0.02):
        model.ellipsoid("montera", (x, top, 0), (0.225, 0.030, 0.215), roll=-0.12)
        model.ellipsoid("edging", (x, top - 0.013, 0), (0.232, 0.018, 0.222), roll=-0.12)
        model.ellipsoid("montera", (x + 0.005, top + 0.03, 0), (0.11, 0.055, 0.11))


def _seated_body(model, place, yaw, scale, shawl="lliclla"):
    with model.part(place, yaw, scale, 0.08):
        model.ellipsoid("skirt", (0.08, 0.14, 0), (0.44, 0.17, 0.40))
        model.ellipsoid("skirt", (-0.16, 0.12, 0), (0.30, 0.13, 0.30))
        model.capsule("skirt", (0.05, 0.2, 0), (0.05, 0.40, 0), 0.24, 0.17)
    with model.part(place, yaw, scale, 0.02):
        model.ellipsoid("trim", (0.06, 0.055, 0), (0.49, 0.035, 0.43))
    with model.part(place, yaw, scale, 0.08):
        model.path(shawl, [(0.06, 0.34, 0), (0.06, 0.55, 0), (0.0, 0.72, 0)], [0.185, 0.185, 0.125])
        model.ellipsoid(shawl, (0.04, 0.64, 0), (0.17, 0.13, 0.235))
        for side in (-1, 1):
            model.path(shawl, [(0.0, 0.68, 0.17 * side), (-0.15, 0.46, 0.23 * side)], [0.085, 0.09])


def _braids(model, place, yaw, scale, lift=0.0):
    with model.part(place, yaw, scale, 0.03):
        model.ellipsoid("hair", (-0.02, 0.925 + lift, 0), (0.098, 0.115, 0.096))
        for z in (-0.06, 0.06):
            points = [(0.05, 0.86 + lift, z), (0.13, 0.70 + lift, z), (0.235, 0.50 + lift, z * 0.6)]
            model.path("hair", points, [0.035, 0.030, 0.018])


def seated_woman(model, place, yaw, scale=1.0, shawl="lliclla"):
    """A woman sitting on the ground at her handwork, hat and shawl, seen from behind or the side."""
    _seated_body(model, place, yaw, scale, shawl)
    with model.part(place, yaw, scale, 0.02):
        for side in (-1, 1):
            arm = [(-0.15, 0.46, 0.23 * side), (-0.36, 0.47, 0.13 * side)]
            model.path("jacket", arm, [0.06, 0.045])
            model.capsule("skin", (-0.37, 0.47, 0.125 * side), (-0.43, 0.475, 0.10 * side), 0.043, 0.035)
        model.capsule("skin", (-0.01, 0.74, 0), (-0.04, 0.86, 0), 0.055, 0.06)
        model.ellipsoid("skin", (-0.065, 0.915, 0), (0.092, 0.112, 0.085))
    _braids(model, place, yaw, scale)
    _montera(model, place, yaw, scale, 1.035)


def kneeling_woman(model, place, yaw, scale=1.0, shawl="lliclla"):
    """A woman on her knees, bent forward over a ball of yarn that both hands hold."""
    with model.part(place, yaw, scale, 0.10):
        model.ellipsoid("skirt", (0.16, 0.20, 0), (0.37, 0.22, 0.33), bumps=0.010)
        model.ellipsoid("skirt", (-0.06, 0.16, 0), (0.30, 0.17, 0.30), bumps=0.010)
        model.capsule("skirt", (0.10, 0.34, 0), (0.02, 0.52, 0), 0.22, 0.17)
    with model.part(place, yaw, scale, 0.02):
        model.ellipsoid("trim", (0.10, 0.055, 0), (0.47, 0.035, 0.37))
        model.ellipsoid("boot", (0.52, 0.06, 0.10), (0.13, 0.055, 0.055))
        model.ellipsoid("boot", (0.52, 0.06, -0.10), (0.13, 0.055, 0.055))
    with model.part(place, yaw, scale, 0.08):
        model.path(shawl, [(0.03, 0.50, 0), (-0.10, 0.70, 0), (-0.25, 0.86, 0)], [0.175, 0.185, 0.12])
        model.ellipsoid(shawl, (-0.16, 0.78, 0), (0.17, 0.12, 0.23), roll=0.7)
        model.path(shawl, [(-0.02, 0.74, 0), (0.12, 0.56, 0)], [0.12, 0.05])
    with model.part(place, yaw, scale, 0.02):
        for side in (-1, 1):
            arm = [(-0.22, 0.76, 0.2 * side), (-0.34, 0.55, 0.22 * side), (-0.50, 0.40, 0.10 * side)]
            model.path("jacket", arm, [0.075, 0.06, 0.045])
            model.capsule("skin", (-0.51, 0.39, 0.10 * side), (-0.55, 0.35, 0.07 * side), 0.042, 0.035)
        model.ellipsoid("yarn2", (-0.58, 0.31, 0), (0.095, 0.09, 0.095))
        model.capsule("skin", (-0.26, 0.86, 0), (-0.32, 0.96, 0), 0.055, 0.06)
        model.ellipsoid("skin", (-0.37, 1.00, 0), (0.092, 0.112, 0.085), roll=0.4)
    with model.part(place, yaw, scale, 0.03):
        model.ellipsoid("hair", (-0.325, 1.02, 0), (0.098, 0.115, 0.096))
        for z in (-0.07, 0.07):
            braid = [(-0.26, 0.95, z), (-0.12, 0.86, z * 1.4), (0.02, 0.72, z * 1.5)]
            model.path("hair", braid, [0.035, 0.030, 0.018])
    _montera(model, place, yaw, scale, 1.115, -0.37)


def loom(model, place, yaw, scale=1.0):
    """A cloth stretched from the weaver's lap up to two posts, with its rods and balls of yarn."""
    lap, post = np.array((-0.40, 0.40, 0)), np.array((-1.85, 0.86, 0))
    half = np.linalg.norm(post - lap) / 2
    roll = -np.arctan2(post[1] - lap[1], lap[0] - post[0])
    with model.part(place, yaw, scale, 0.01):
        model.box("cloth", (lap + post) / 2, (half, 0.012, 0.21), 0.008, roll=roll)
    with model.part(place, yaw, scale, 0.01):
        for share, wide in ((0, 0.30), (0.42, 0.27), (0.50, 0.25), (0.60, 0.24), (1, 0.30)):
            x, y, _ = lap + (post - lap) * share + np.array((0, 0.02, 0))
            model.capsule("wood", (x, y, -wide), (x, y, wide), 0.024 if share in (0, 1) else 0.016)
        for z in (-0.25, 0.25):
            model.capsule("wood", (-1.98, -0.1, z), (-1.95, 1.12, z), 0.035)
            model.capsule("strap", (lap[0], lap[1] + 0.02, z * 1.08), (0.12, 0.36, z * 0.81), 0.018)
        model.capsule("wood", (-1.96, 0.90, -0.36), (-1.96, 0.90, 0.36), 0.026)
    with model.part(place, yaw, scale, 0.02):
        balls = (-0.55, -0.50, 1), (-0.75, -0.62, 2), (-0.92, -0.48, 3), (-0.70, -0.40, 1)
        for x, z, dye in balls:
            model.ellipsoid(f"yarn{dye}", (x, 0.07, z), (0.095, 0.08, 0.095))


def standing_woman(model, place, yaw, scale=1.0, arms="spin", bundle=False, shawl="lliclla"):
    """A woman in full skirt, shawl and round hat; ``arms`` is "spin" (spindle hanging) or "rest"."""
    with model.part(place, yaw, scale, 0.06):
        for z in (-0.09, 0.09):
            model.path("skin", [(0.02, 0.45, z), (0.02, 0.08, z)], [0.062, 0.05])
            model.capsule("boot", (0.04, 0.035, z), (-0.12, 0.03, z), 0.05, 0.042)
    with model.part(place, yaw, scale, 0.10):
        model.path("skirt", [(0.02, 0.98, 0), (0.03, 0.75, 0)], [0.17, 0.25])
        model.ellipsoid("skirt", (0.03, 0.54, 0), (0.36, 0.16, 0.35), bumps=0.012)
    with model.part(place, yaw, scale, 0.02):
        model.ellipsoid("trim", (0.03, 0.435, 0), (0.362, 0.035, 0.352))
    with model.part(place, yaw, scale, 0.08):
        model.path(shawl, [(0.03, 0.98, 0), (0.04, 1.14, 0), (-0.01, 1.33, 0)], [0.17, 0.185, 0.115])
        model.ellipsoid(shawl, (0.05, 1.20, 0), (0.17, 0.17, 0.23))
    if bundle:
        with model.part(place, yaw, scale, 0.10):
            model.ellipsoid("bundle", (0.24, 1.12, 0), (0.17, 0.20, 0.27), bumps=0.01)
            model.path("bundle", [(0.10, 1.28, 0.2), (-0.13, 1.20, 0.08)], [0.06, 0.045])
    _woman_arms(model, place, yaw, scale, arms)
    with model.part(place, yaw, scale, 0.03):
        model.capsule("skin", (-0.02, 1.34, 0), (-0.05, 1.46, 0), 0.052, 0.058)
        model.ellipsoid("skin", (-0.07, 1.515, 0), (0.090, 0.112, 0.085))
    _braids(model, place, yaw, scale, lift=0.60)
    _montera(model, place, yaw, scale, 1.63)


def _woman_arms(model, place, yaw, scale, arms):
    with model.part(place, yaw, scale, 0.03):
        if arms == "rest":
            for z in (-0.2, 0.2):
                arm = [(0.0, 1.25, z), (-0.02, 1.02, z * 1.15), (-0.12, 0.86, z)]
                model.path("jacket", arm, [0.075, 0.065, 0.05])
                model.capsule("skin", (-0.14, 0.84, z), (-0.17, 0.79, z), 0.045, 0.035)
            return
        raised = [(0.0, 1.25, 0.2), (-0.12, 1.10, 0.24), (-0.40, 1.30, 0.20)]
        model.path("jacket", raised, [0.075, 0.06, 0.048])
        model.capsule("skin", (-0.42, 1.32, 0.2), (-0.48, 1.37, 0.19), 0.044, 0.035)
        low = [(0.0, 1.25, -0.2), (-0.06, 1.03, -0.24), (-0.30, 1.02, -0.1)]
        model.path("jacket", low, [0.075, 0.06, 0.048])
        model.capsule("skin", (-0.32, 1.02, -0.09), (-0.38, 1.02, -0.05), 0.044, 0.036)
    if arms == "spin":
        with model.part(place, yaw, scale, 0.008):
            model.capsule("yarn", (-0.48, 1.37, 0.19), (-0.52, 0.62, 0.16), 0.007)
            model.capsule("wood", (-0.52, 0.66, 0.16), (-0.525, 0.34, 0.16), 0.012)
            model.ellipsoid("yarn", (-0.522, 0.47, 0.16), (0.05, 0.09, 0.05))
            model.ellipsoid("wood", (-0.524, 0.39, 0.16), (0.055, 0.014, 0.055))
            model.capsule("wood", (-0.40, 1.20, 0.215), (-0.47, 1.66, 0.205), 0.012)
            model.path("fleece", [(-0.445, 1.49, 0.21), (-0.462, 1.60, 0.207)], [0.040, 0.030], 0.008)


def cloaked_sitter(model, place, yaw=0.0, scale=1.0):
    """Someone sitting wrapped in a red poncho, knees drawn up toward +x, with a knitted cap."""
    with model.part(place, yaw, scale, 0.07):
        model.path("cloak", [(-0.02, 0.14, 0), (-0.02, 0.40, 0), (0.06, 0.64, 0)], [0.21, 0.19, 0.10])
        model.ellipsoid("cloak", (0.03, 0.56, 0), (0.13, 0.12, 0.21))
        for side in (-1, 1):
            model.path("cloak", [(0.0, 0.16, 0.11 * side), (0.36, 0.42, 0.10 * side)], [0.13, 0.10])
            model.path("cloak", [(0.36, 0.42, 0.10 * side), (0.44, 0.10, 0.10 * side)], [0.10, 0.09])
            model.path("cloak", [(0.04, 0.56, 0.18 * side), (0.34, 0.46, 0.15 * side)], [0.08, 0.07])
            model.capsule("boot", (0.42, 0.05, 0.10 * side), (0.58, 0.045, 0.10 * side), 0.055, 0.045)
    with model.part(place, yaw, scale, 0.03):
        model.capsule("skin", (0.07, 0.70, 0), (0.08, 0.80, 0), 0.055, 0.06)
        model.ellipsoid("skin", (0.10, 0.86, 0), (0.092, 0.112, 0.09))
        model.capsule("cap", (0.08, 0.91, 0), (0.05, 1.03, 0), 0.10, 0.03)
        for z in (-1, 1):
            model.path("cap", [(0.08, 0.88, 0.085 * z), (0.09, 0.74, 0.10 * z)], [0.04, 0.014])
        model.ellipsoid("edging", (0.08, 0.905, 0), (0.106, 0.016, 0.106))


def bather(model, place, yaw, scale=1.0, skin="skin", cap=None):
    """Someone sitting in water up to the shoulders (place is the water's surface), back or side to us."""
    with model.part(place, yaw, scale, 0.09):
        model.capsule(skin, (0.02, -0.25, 0), (0.0, 0.10, 0), 0.17, 0.12)
        for side in (-1, 1):
            model.path(skin, [(0.0, 0.12, 0.13 * side), (-0.06, -0.10, 0.25 * side)], [0.085, 0.07])
    with model.part(place, yaw, scale, 0.03):
        model.capsule(skin, (-0.01, 0.16, 0), (-0.03, 0.28, 0), 0.058, 0.06)
        model.ellipsoid(skin, (-0.05, 0.36, 0), (0.095, 0.122, 0.088))
        model.ellipsoid("hair", (-0.02, 0.385, 0), (0.104, 0.118, 0.098))
        if cap:
            model.capsule(cap, (-0.03, 0.41, 0), (-0.015, 0.50, 0), 0.112, 0.05)
            model.ellipsoid(cap, (-0.01, 0.56, 0), (0.05, 0.05, 0.05))
        else:
            model.ellipsoid("hair", (0.05, 0.45, 0), (0.06, 0.055, 0.06))
