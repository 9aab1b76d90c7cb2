"""Profiles of treks to draw: the classic one with its waypoints, Huaran known only by its days."""

from types import SimpleNamespace

PROFILE = [
    *((0.0, 3250, "Lares Hot Springs", 1), (5.0, 3500, "", 1), (9.0, 3800, "Huacahuasi", 1)),
    *((13.5, 4170, "", 2), (16.2, 4450, "Ipsay Pass", 2), (18.0, 4200, "Ipsaycocha Lagoon", 2)),
    *((23.5, 3810, "Patacancha", 3), (28.0, 3550, "Willoc", 3), (33.0, 3050, "Pumamarca (road)", 3)),
    *((None, 2792, "Ollantaytambo", 3), (None, 2040, "Aguas Calientes", 3), (None, 2430, "Machu Picchu", 4)),
]


def waypoints():
    return [
        SimpleNamespace(km=km, altitude_m=altitude, label=label, day_number=day)
        for km, altitude, label, day in PROFILE
    ]


def a_day(number, km, start, highest, end, bed, place="", **more):
    return SimpleNamespace(
        number=number,
        distance_km=km,
        start_altitude_m=start,
        highest_altitude_m=highest,
        end_altitude_m=end,
        sleeping_altitude_m=bed,
        overnight="campsite",
        overnight_place=SimpleNamespace(name=place) if place else None,
        get_overnight_display=lambda: "campsite",
        hours_max=more.get("hours_max", 5),
        ascent_m=more.get("ascent_m", 500),
        descent_m=more.get("descent_m", 0),
        title=more.get("title", ""),
        set_down_at=more.get("set_down_at"),
        picked_up_at=more.get("picked_up_at"),
        bathes_at=more.get("bathes_at"),
        bathes_at_m=more.get("bathes_at_m"),
    )


def classic_days():
    return [
        a_day(1, 9, 3250, 3800, 3800, 3800, "Huacahuasi"),
        a_day(2, 9, 3800, 4450, 4200, 4200, "Ipsaycocha Lagoon", hours_max=7),
        a_day(3, 15, 4200, 4200, 3050, 2040, "Aguas Calientes", hours_max=6.5),
        a_day(4, 3, 2430, 2500, 2430, None),
    ]


def schematic_days():
    """The short way over the pass, by train to the citadel; known only by its days."""
    citadel = {"set_down_at": "Machu Picchu", "picked_up_at": "Machu Picchu"}
    return [
        a_day(1, 9, 3250, 3800, 3800, 3800, "Huacahuasi", set_down_at="Lares Hot Springs"),
        a_day(2, 14.5, 3800, 4450, 3810, 2040, "Aguas Calientes", picked_up_at="Patacancha"),
        a_day(3, 3, 2430, 2500, 2430, None, title="Machu Picchu guided visit – Cusco", **citadel),
    ]


def long_days():
    """Over the pass and on by the Short Inca Trail: so long that its nights stand close to each other."""
    citadel = {"set_down_at": "Machu Picchu", "picked_up_at": "Machu Picchu"}
    return [
        a_day(1, 9, 3250, 3800, 3800, 3800, "Huacahuasi", set_down_at="Lares Hot Springs"),
        a_day(2, 14.5, 3800, 4450, 3810, 3810, "Patacancha"),
        a_day(3, 9.5, 3810, 3810, 3050, 2792, "Ollantaytambo", picked_up_at="Pumamarca"),
        a_day(4, 11, 2100, 2780, 2430, 2040, "Aguas Calientes", picked_up_at="Machu Picchu"),
        a_day(5, 3, 2430, 2500, 2430, None, title="Machu Picchu guided visit – Cusco", **citadel),
    ]


def huaran_days():
    return [
        a_day(1, 12, 2900, 3900, 3900, 3900, "Cancha Cancha", title="Huaran – Cancha Cancha"),
        a_day(2, 13, 3900, 4700, 3700, 3700, "Quishuarani", title="Cancha Cancha – Quishuarani"),
        a_day(3, 9, 3700, 4400, 3850, None, title="Quishuarani – Huillquicasa Pass – Cuncani – Cusco"),
    ]
