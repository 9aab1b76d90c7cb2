"""A drawn scene stands once on the page of places; a photograph always."""

from types import SimpleNamespace

from treks.reading import show_scenes_once


def test_a_scene_shared_by_several_places_is_shown_with_the_first():
    places = [SimpleNamespace(scene=scene, photo="") for scene in ("llamas", "pass", "llamas", "")]

    show_scenes_once(places)

    assert [place.scene for place in places] == ["llamas", "pass", "", ""]


def test_a_place_with_a_photograph_leaves_the_scene_to_the_next():
    places = [SimpleNamespace(scene="llamas", photo=photo) for photo in ("photo.jpg", "")]

    show_scenes_once(places)

    assert [place.scene for place in places] == ["llamas", "llamas"]
