"""Photographs in the office: what happens to the files, and what a refused one looks like."""

from contextlib import contextmanager
from io import BytesIO

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.urls import reverse
from PIL import Image

from tests import factories, factories_treks
from tests.admin_forms import send
from tests.test_images import picture_file, with_gps
from treks.models import Trek, Village


@pytest.fixture
def media(settings, tmp_path):
    """The folder that uploads go to."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def change(record):
    opts = record._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])


def files_in(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_photograph_is_kept_in_web_sizes_without_its_position(office, media):
    village = factories.make_village()

    answer = send(office, office.get(change(village)), photo=with_gps(6), photo_alt_en="A loom in the sun")

    assert answer.status_code == 302
    village = Village.objects.get()
    files = files_in(media)
    assert len(files) == 10
    assert (village.photo_width, village.photo_height) == (1000, 2000)
    assert "photo" not in village.photo.name.rpartition("/")[2]
    assert not any(Image.open(BytesIO(path.read_bytes())).getexif() for path in files)


def test_replaced_photograph_leaves_no_file_behind(office, media, django_capture_on_commit_callbacks):
    village = factories.make_village()
    send(office, office.get(change(village)), photo=picture_file(), photo_alt_en="A loom")
    old = files_in(media)

    with django_capture_on_commit_callbacks(execute=True):
        send(office, office.get(change(village)), photo=picture_file(size=(600, 400)))

    left = files_in(media)
    assert not set(left) & set(old)
    assert len(left) == 7


def test_removed_photograph_leaves_no_file_behind(office, media, django_capture_on_commit_callbacks):
    village = factories.make_village()
    send(office, office.get(change(village)), photo=picture_file(), photo_alt_en="A loom")

    with django_capture_on_commit_callbacks(execute=True):
        send(office, office.get(change(village)), **{"photo-clear": "on"})

    assert Village.objects.get().photo.name == ""
    assert files_in(media) == []


def test_deleted_village_takes_its_photograph_along(office, media, django_capture_on_commit_callbacks):
    village = factories.make_village()
    send(office, office.get(change(village)), photo=picture_file(), photo_alt_en="A loom")

    with django_capture_on_commit_callbacks(execute=True):
        office.post(reverse("admin:treks_village_delete", args=[village.pk]), {"post": "yes"})

    assert not Village.objects.exists()
    assert files_in(media) == []


def test_hostile_file_is_refused_beside_the_field_and_nothing_typed_is_lost(office, media):
    village = factories.make_village()
    upload = picture_file()
    upload.file = BytesIO(b"<svg onload=alert(1)>")
    upload.size = 20

    answer = send(office, office.get(change(village)), photo=upload, summary_en="Weavers live here.")

    errors = answer.context["adminform"].form.errors
    assert list(errors) == ["photo"]
    assert "whatever its name says" in errors["photo"][0]
    assert "Weavers live here." in answer.content.decode()
    assert files_in(media) == []


def test_full_disk_is_told_beside_the_field_and_nothing_typed_is_lost(office, media, settings):
    village = factories.make_village(summary="Old words")
    page = office.get(change(village))
    (media / "photos").write_text("a file where the folder should be")

    answer = send(office, page, photo=picture_file(), photo_alt_en="A loom", summary_en="New words")

    errors = answer.context["adminform"].form.errors
    assert list(errors) == ["photo"]
    assert "could not be stored" in errors["photo"][0]
    assert "New words" in answer.content.decode()
    assert "A loom" in answer.content.decode()
    village.refresh_from_db()
    assert (village.summary, village.photo.name) == ("Old words", "")
    assert len(files_in(media)) == 1


@pytest.mark.django_db(transaction=True)
def test_photograph_is_not_kept_when_the_change_is_rolled_back(office, media):
    village = factories.make_village()
    send(office, office.get(change(village)), photo=picture_file(), photo_alt_en="A loom")
    before, name = files_in(media), Village.objects.get().photo.name
    page = office.get(change(village))
    office.raise_request_exception = False

    with refused_log():
        answer = send(office, page, photo=picture_file(size=(600, 400)), photo_alt_en="Another")

    assert answer.status_code == 500
    assert Village.objects.get().photo.name == name
    assert files_in(media) == before


@contextmanager
def refused_log():
    """The database refuses the line of history with which every change in the office ends."""
    table = LogEntry._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT refused CHECK (id < 0) NOT VALID")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT refused")


def test_deleted_trek_takes_the_photographs_of_its_days_along(
    office, media, django_capture_on_commit_callbacks
):
    day = factories_treks.make_day(factories.make_trek(), 1)
    send(office, office.get(change(day)), photo=picture_file(), photo_alt_en="The pass")
    assert len(files_in(media)) == 10

    with django_capture_on_commit_callbacks(execute=True):
        office.post(reverse("admin:treks_trek_delete", args=[day.trek_id]), {"post": "yes"})

    assert not Trek.objects.exists()
    assert files_in(media) == []


def test_photograph_needs_its_sentence(office, media):
    village = factories.make_village()

    answer = send(office, office.get(change(village)), photo=picture_file(), photo_alt_en="")

    assert list(answer.context["adminform"].form.errors) == ["photo_alt_en"]
    assert files_in(media) == []


def test_photograph_of_the_second_editor_is_not_kept(office, media):
    village = factories.make_village()
    page = office.get(change(village))
    send(office, page, families="90")

    answer = send(office, page, photo=picture_file(), photo_alt_en="A loom")

    assert "Choose the picture once more" in answer.content.decode()
    assert files_in(media) == []
