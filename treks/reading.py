"""The catalogue as its pages read it: whole pages in few queries."""

from collections import Counter
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from .clock import clock_times
from .models import (
    Fare,
    Feast,
    Inclusion,
    ItineraryDay,
    OfferedExtra,
    PartyRate,
    Place,
    Question,
    Transfer,
    Trek,
    Waypoint,
)

# The place of the highest camp, whose nights the climate table estimates.
LAGOON = "ipsaycocha"
PLACE_FIELDS = ("id", "name", "name_en", "name_es", "slug", "kind", "summary", "summary_en", "summary_es")


def rows(queryset, *names):
    """The rows of another table as one JSON array beside each row; `revived` makes them instances again."""
    fields = [field.attname for field in queryset.model._meta.concrete_fields]
    row = JSONObject(**{name: F(name) for name in names or fields})
    return ArraySubquery(queryset.annotate(row=row).values("row"))


def revived(model, found):
    """Instances from rows(); fields that were not read are loaded when somebody asks."""
    return [_revived(model, row) for row in found]


def _revived(model, row):
    # JSON keeps no order of its keys, and from_db() takes whole rows by position.
    fields = [field for field in model._meta.concrete_fields if field.attname in row]
    values = [field.to_python(row[field.attname]) for field in fields]
    return model.from_db("default", [field.attname for field in fields], values)


def days_with_places():
    """Itinerary days with the places they touch and their rides; two queries for any number of days."""
    springs = Place.objects.filter(hotspring__days=OuterRef("pk")).order_by("name", "pk")
    villages = Place.objects.filter(village__days=OuterRef("pk")).order_by("-altitude_m", "pk")
    rides = Transfer.objects.select_related("from_place", "to_place")
    return (
        days_to_draw()
        .annotate(spring_rows=rows(springs, *PLACE_FIELDS), village_rows=rows(villages, *PLACE_FIELDS))
        .prefetch_related(Prefetch("transfers", queryset=rides))
    )


def days_to_draw():
    """Itinerary days in order, as a ridge is drawn from them: with the places of their nights.

    `.set_down_at` is where the last ride before the walk ends, `.picked_up_at` where the first one after it
    starts, `.bathes_at` the hot spring to which one goes after it, at `.bathes_at_m`; all None where there
    is none.
    """
    rides = Transfer.objects.filter(day=OuterRef("pk"))
    before, after = rides.filter(after_walk=False), rides.filter(after_walk=True).order_by("position")
    bath = after.filter(to_place__hotspring__isnull=False)
    return (
        ItineraryDay.objects.select_related("overnight_place")
        .annotate(set_down_at=Subquery(before.order_by("-position").values("to_place__name")[:1]))
        .annotate(picked_up_at=Subquery(after.values("from_place__name")[:1]))
        .annotate(bathes_at=Subquery(bath.values("to_place__name")[:1]))
        .annotate(bathes_at_m=Subquery(bath.values("to_place__altitude_m")[:1]))
        .order_by("number")
    )


def places_by_name():
    """{name: place} of all places, by name in the reader's language; those called alike are left out."""
    places = list(Place.objects.all())
    count = Counter(place.name for place in places)
    return {place.name: place for place in places if count[place.name] == 1}


def told_days(days):
    """Fill in each day's `.places` (hot springs, then villages) and `.clock`."""
    for day in days:
        day.places = revived(Place, [*day.spring_rows, *day.village_rows])
        day.clock = clock_times(day, day.transfers.all())


def trek_with_lists(slug):
    """A published trek with its days and waypoints and its short lists, or None.

    The lists: `.included`, `.not_included`, `.asked`, `.reduced` (fares), `.for_parties` (rates),
    `.met` (places).
    Four queries: the trek with its short lists, the days, their rides, the waypoints.
    """
    lines = Inclusion.objects.filter(trek=OuterRef("pk")).order_by("position", "pk")
    fares, rates = Fare.objects.filter(trek=OuterRef("pk")), PartyRate.objects.filter(trek=OuterRef("pk"))
    asked = Question.objects.filter(Q(trek=OuterRef("pk")) | Q(trek=None)).order_by("position", "pk")
    walked = Prefetch("waypoints", queryset=Waypoint.objects.select_related("place"))
    trek = (
        Trek.objects.published()
        .filter(slug=slug)
        .select_related("start_place", "highest_place")
        .annotate(inclusion_rows=rows(lines), question_rows=rows(asked))
        .annotate(fare_rows=rows(fares.order_by("pk")), rate_rows=rows(rates.order_by("people")))
        .prefetch_related(Prefetch("days", queryset=days_with_places()), walked)
        .first()
    )
    if trek:
        told = revived(Inclusion, trek.inclusion_rows)
        trek.included = [line for line in told if line.is_included]
        trek.not_included = [line for line in told if not line.is_included]
        trek.reduced = revived(Fare, trek.fare_rows)
        trek.for_parties = revived(PartyRate, trek.rate_rows)
        trek.asked = asked_of(trek)
        told_days(trek.days.all())
        order = order_of_stops(trek)
        trek.met = sorted(met_on(trek.days.all()), key=lambda place: order[bare(place.name)])
    return trek


def met_on(days):
    """The places of told days, each once, with `.on_days`, the numbers of the days that touch it."""
    met = {}
    for day in days:
        for place in day.places:
            known = met.setdefault(place.pk, place)
            known.on_days = [*getattr(known, "on_days", []), day.number]
    return list(met.values())


def asked_of(trek):
    """The questions of a trek; those about tickets are left out where it needs none."""
    questions = revived(Question, trek.question_rows)
    return [asked for asked in questions if trek.needs_machu_picchu_ticket or not asked.needs_ticket]


def extras_of(trek):
    """What the trek offers on top, with each extra."""
    return OfferedExtra.objects.filter(trek=trek).select_related("extra")


def flagship_and_others():
    """The trek of the home page, and the others; None and [] before one is published."""
    treks = list(offered_treks())
    return (treks[0], treks[1:]) if treks else (None, [])


def treks_to_choose():
    """Published treks for a choice, each with `.sleeps_at_lagoon`; one query."""
    nights = ItineraryDay.objects.filter(trek=OuterRef("pk"), overnight_place__slug=LAGOON)
    return Trek.objects.published().annotate(sleeps_at_lagoon=Exists(nights))


def offered_treks():
    """Published treks with their days and waypoints, for lists; three queries."""
    treks = Trek.objects.published().select_related("start_place", "highest_place")
    return treks.prefetch_related(Prefetch("days", queryset=days_to_draw()), "waypoints")


def treks_through(place):
    """Published treks that pass a place or spend a night there, with `.passing`, the days that do."""
    days = ItineraryDay.objects.filter(days_at(place)).distinct()
    treks = Trek.objects.published().filter(days__in=days).distinct()
    return treks.prefetch_related(Prefetch("days", queryset=days.order_by("number"), to_attr="passing"))


def days_at(place):
    """The condition that an itinerary day touches a place, in any of the ways the catalogue knows."""
    return (
        Q(villages=place.pk)
        | Q(hot_springs=place.pk)
        | Q(overnight_place=place.pk)
        | Q(transfers__to_place=place.pk, transfers__after_walk=False)
    )


def nearest_on_treks(place, count=3):
    """The villages and hot springs nearest to a place that published treks pass, by their coordinates."""
    if place.latitude is None:
        return []
    days = ItineraryDay.objects.filter(trek__in=Trek.objects.published())
    passed = Place.objects.filter(Q(village__days__in=days) | Q(hotspring__days__in=days)).distinct()
    return sorted(passed.exclude(latitude=None), key=place.degrees_to)[:count]


def feasts_of(place):
    """The feasts held in a place, and those held elsewhere in which its people take part; one query."""
    held_or_joined = Feast.objects.filter(Q(place=place) | Q(villages=place.pk))
    return held_or_joined.select_related("place").distinct()


@dataclass(frozen=True)
class Group:
    """A part of the list of places, with its heading."""

    slug: str
    title: str
    places: list


def places_along_the_way():
    """All places in groups, each in the order in which the first trek comes by; five queries."""
    walked = Prefetch("waypoints", queryset=Waypoint.objects.select_related("place"))
    treks = Trek.objects.published().prefetch_related(Prefetch("days", queryset=days_with_places()), walked)
    flagship = treks.first()
    met = {}
    if flagship:
        told_days(flagship.days.all())
        met = order_of_stops(flagship)
    has_page = ExpressionWrapper(~Q(village=None) | ~Q(hotspring=None), BooleanField())
    places = sorted(
        Place.objects.annotate(has_page=has_page),
        key=lambda place: (met.get(bare(place.name), len(met)), place.name),
    )
    groups = [group for group in grouped(places) if group.places]
    show_scenes_once([place for group in groups for place in group.places])
    return groups


def show_scenes_once(places):
    """Leave a drawn scene with the first of the places that share it; the later ones stand without."""
    shown = set()
    for place in places:
        if not place.photo and place.scene in shown:
            place.scene = ""
        elif not place.photo:
            shown.add(place.scene)


def order_of_stops(trek):
    """{name: rank} of the places that a trek with told days comes by, in the order in which it first does."""
    days = {day.number: day for day in trek.days.all()}
    points = [point for point in trek.waypoints.all() if point.place]
    names = []
    for number in sorted({*days, *(point.day_number for point in points)}):
        names += stops_of(days.get(number), [p.place.name for p in points if p.day_number == number])
    return {name: rank for rank, name in enumerate(dict.fromkeys(map(bare, names)))}


def bare(name):
    """A name without what stands behind it in brackets: Lares Pass (road) is Lares Pass to a driver."""
    return name.partition(" (")[0]


def stops_of(day, walked):
    """The names of a day's places: by vehicle, on foot, what else the day names, by vehicle again."""
    if day is None:
        return walked
    before = [ride for ride in day.transfers.all() if not ride.after_walk]
    after = [ride for ride in day.transfers.all() if ride.after_walk]
    bed = [day.overnight_place.name] if day.overnight_place else []
    return [*along(before), *walked, *as_told(day, day.places), *along(after), *bed]


def as_told(day, places):
    """The names of places in the order of a day's own words; what they do not name comes first."""
    return sorted((place.name for place in places), key=f"{day.title} {day.description}".find)


def along(rides):
    """The names of the places on the way of rides."""
    return [name for r in rides for name in (r.from_place.name, *r.via.split(", "), r.to_place.name)]


def grouped(places):
    """Places by kind, people first."""
    kinds = Place.Kind
    parts = [
        ("villages", _("Villages and hamlets"), {kinds.VILLAGE, kinds.HAMLET}),
        ("hot-springs", _("Hot springs"), {kinds.HOT_SPRINGS}),
        ("passes", _("Passes and lagoons"), {kinds.PASS, kinds.LAGOON}),
        ("sites", _("Inca sites and peaks"), {kinds.SITE, kinds.PEAK}),
        ("towns", _("Towns"), {kinds.CITY, kinds.TOWN}),
    ]
    return [
        Group(slug, title, [place for place in places if place.kind in among]) for slug, title, among in parts
    ]
