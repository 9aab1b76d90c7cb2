"""Llamas and alpacas as solids, in meters, facing -x."""


def _llama_head(model, wool, lift):
    model.ellipsoid(wool, (-0.25, 1.66 + lift, 0), (0.145, 0.118, 0.10))
    model.capsule(wool, (-0.30, 1.655 + lift, 0), (-0.50, 1.59 + lift, 0), 0.085, 0.055)
    for z, tilt in ((-0.055, 0.07), (0.055, -0.03)):
        ear = [
            (-0.20 + tilt * 0.5, 1.72 + lift, z),
            (-0.165 + tilt, 1.86 + lift, z * 1.25),
            (-0.20 + tilt, 1.97 + lift, z * 1.05),
        ]
        model.path(wool, ear, [0.038, 0.038, 0.012])


def _llama_load(model, place, yaw, scale):
    with model.part(place, yaw, scale, 0.03):
        model.box("blanket", (0.40, 1.12, 0), (0.26, 0.165, 0.262), 0.14)
        for z in (-0.29, 0.29):
            model.capsule("sack", (0.18, 1.10, z), (0.62, 1.10, z), 0.145)
        model.capsule("sackband", (0.40, 0.96, 0.30), (0.40, 1.26, 0.22), 0.15, 0.10)


def llama(model, place, yaw, scale=1.0, wool="wool", load=True, step=0.0, lift=0.0, tassel="red"):
    """Llama of about 1.85 m at the ear, with saddle bags if ``load`` and tassels of one material."""
    bumps = 0.012
    with model.part(place, yaw, scale, 0.10):
        model.capsule(wool, (0.02, 1.00, 0), (0.78, 1.03, 0), 0.235, 0.245, bumps)
        model.ellipsoid(wool, (0.40, 0.92, 0), (0.50, 0.24, 0.24), bumps=bumps)
        neck = [(0.0, 1.0, 0), (-0.10, 1.22, 0), (-0.20, 1.60 + lift, 0)]
        model.path(wool, neck, [0.20, 0.148, 0.095], bumps)
        _llama_head(model, wool, lift)
        for move, z in ((step, 0.13), (-step, -0.13)):
            front = [(0.02, 0.86, z), (-0.01 + move * 0.5, 0.46, z), (move, 0.05, z)]
            hind = [(0.80, 0.92, z), (0.88 - move * 0.6, 0.50, z), (0.80 - move, 0.05, z)]
            model.path(wool, front, [0.13, 0.062, 0.05])
            model.path(wool, hind, [0.18, 0.07, 0.05])
            for x in (move, 0.80 - move):
                model.capsule("hoof", (x - 0.03, 0.035, z), (x + 0.03, 0.035, z), 0.045)
        model.path(wool, [(1.00, 1.12, 0), (1.10, 1.06, 0), (1.12, 0.90, 0)], [0.07, 0.075, 0.03])
    with model.part(place, yaw, scale, 0.01):
        for side in (-1, 1):
            model.ellipsoid("hoof", (-0.33, 1.68 + lift, 0.078 * side), (0.024, 0.026, 0.02))
        model.ellipsoid("hoof", (-0.535, 1.595 + lift, 0), (0.02, 0.02, 0.03))
    if load:
        _llama_load(model, place, yaw, scale)
    if tassel:
        with model.part(place, yaw, scale, 0.02):
            for z in (-0.105, 0.105):
                model.capsule(tassel, (-0.17, 1.80 + lift, z), (-0.15, 1.68 + lift, z * 1.26), 0.02, 0.035)
            model.path(tassel, [(-0.20, 1.44 + lift, 0.10), (-0.11, 1.40 + lift, 0.1)], 0.03)


def resting_llama(model, place, yaw, scale=1.0, wool="wool", tassel="red"):
    """Llama lying with folded legs, neck up; about 1.3 m high."""
    with model.part(place, yaw, scale, 0.12):
        model.capsule(wool, (0.02, 0.36, 0), (0.76, 0.36, 0), 0.25, 0.27, 0.012)
        model.ellipsoid(wool, (0.38, 0.24, 0), (0.58, 0.24, 0.32), bumps=0.012)
        model.path(wool, [(0.0, 0.42, 0), (-0.12, 0.66, 0), (-0.20, 1.02, 0)], [0.20, 0.15, 0.095], 0.01)
        _llama_head(model, wool, -0.58)
    with model.part(place, yaw, scale, 0.01):
        for side in (-1, 1):
            model.ellipsoid("hoof", (-0.33, 1.10, 0.078 * side), (0.024, 0.026, 0.02))
            model.capsule(tassel, (-0.17, 1.22, 0.105 * side), (-0.15, 1.10, 0.132 * side), 0.02, 0.035)


def _alpaca_neck(model, wool, graze):
    """Neck and head; returns where the muzzle starts."""
    if graze:
        model.path(wool, [(-0.02, 0.86, 0), (-0.30, 0.70, 0), (-0.52, 0.38, 0)], [0.18, 0.125, 0.085], 0.01)
        x, y = -0.57, 0.22
        model.ellipsoid(wool, (x + 0.02, y + 0.07, 0), (0.10, 0.11, 0.095))
        model.capsule(wool, (x, y, 0), (x - 0.10, y - 0.12, 0), 0.07, 0.045)
        return x, y
    model.path(wool, [(0.0, 0.84, 0), (-0.12, 1.06, 0), (-0.17, 1.28, 0)], [0.20, 0.155, 0.12], 0.012)
    x, y = -0.21, 1.36
    model.ellipsoid(wool, (x + 0.03, y + 0.06, 0), (0.125, 0.14, 0.12), bumps=0.012)
    model.capsule(wool, (x - 0.05, y, 0), (x - 0.22, y - 0.05, 0), 0.075, 0.052)
    return x, y


def alpaca(model, place, yaw, scale=1.0, wool="wool", graze=False, step=0.05):
    """Fluffier and shorter than the llama: about 1.35 m."""
    with model.part(place, yaw, scale, 0.14):
        model.capsule(wool, (0.02, 0.80, 0), (0.62, 0.82, 0), 0.25, 0.26, 0.012)
        model.ellipsoid(wool, (0.32, 0.72, 0), (0.45, 0.24, 0.27), bumps=0.012)
        x, y = _alpaca_neck(model, wool, graze)
        model.ellipsoid(wool, (x - 0.02, y + 0.17, 0), (0.10, 0.075, 0.09), bumps=0.015)
        for move, z in ((step, 0.12), (-step, -0.12)):
            front = [(0.02, 0.66, z), (move * 0.5, 0.34, z), (move, 0.05, z)]
            hind = [(0.62, 0.68, z), (0.68 - move * 0.5, 0.36, z), (0.63 - move, 0.05, z)]
            model.path(wool, front, [0.15, 0.09, 0.055])
            model.path(wool, hind, [0.18, 0.095, 0.055])
        model.path(wool, [(0.86, 0.88, 0), (0.93, 0.78, 0), (0.93, 0.64, 0)], [0.08, 0.09, 0.05], 0.02)
    with model.part(place, yaw, scale, 0.03):
        for z, tilt in ((-0.06, 0.10), (0.06, -0.03)):
            root, tip = (x + 0.05 + tilt, y + 0.14, z), (x + 0.06 + tilt * 1.9, y + 0.30, z * 1.8)
            model.path(wool, [root, ((root[0] + tip[0]) / 2, y + 0.23, z * 1.5), tip], [0.03, 0.036, 0.010])
    with model.part(place, yaw, scale, 0.01):
        for side in (-1, 1):
            model.ellipsoid("hoof", (x - 0.055, y + 0.055, 0.078 * side), (0.019, 0.022, 0.016))
        nose = (x - 0.145, y - 0.14) if graze else (x - 0.262, y - 0.05)
        model.ellipsoid("hoof", (*nose, 0), (0.016, 0.016, 0.024))
