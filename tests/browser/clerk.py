"""A clerk of the office in a real browser: logging in, and a keyboard whose keys are counted."""

from django.contrib.auth.models import Permission, User
from django.urls import reverse

RIGHTS = ("view_departure", "view_booking", "add_booking", "change_booking", "handle_money")


def log_in(page, site, goes_to="admin:index"):
    """Log in through the form as a clerk who takes bookings and money; who logged out before is nobody."""
    clerk = User.objects.create_user("rosa", password="chaski-2027", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename__in=RIGHTS))
    page.goto(f"{site}{reverse(goes_to)}")
    page.get_by_label("Username").fill("rosa")
    page.get_by_label("Password").fill("chaski-2027")
    page.get_by_role("button", name="Log in").click()
    return clerk


class Keyboard:
    """The keys of a page; `pressed` counts them."""

    def __init__(self, page):
        self.page, self.pressed = page, 0

    def press(self, key):
        """Press one key."""
        self.page.keyboard.press(key)
        self.pressed += 1

    def type(self, words):
        """Type into what has the focus."""
        self.page.keyboard.type(words)
        self.pressed += len(words)

    def to(self, locator, most=40):
        """Tab on until this has the focus."""
        for _ in range(most):
            if self.has_focus(locator):
                return
            self.press("Tab")
        assert self.has_focus(locator), f"{locator} is more than {most} keys away"

    def has_focus(self, locator):
        """Whether this is where the keys go."""
        return locator.evaluate("element => element === document.activeElement")

    def past_the_menu(self):
        """Take the first link of the page, which skips to its content."""
        self.press("Tab")
        self.press("Enter")

    def follow(self, locator, address):
        """Go to a link with the keyboard and through it."""
        self.to(locator)
        self.press("Enter")
        self.page.wait_for_url(address)
