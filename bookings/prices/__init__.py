"""What a booking costs: price lists, price lines, their sum, what is due and when. Decimal US dollars.

Lines are worked out by pure functions from the price list in force when the seats were held (`lines`), and
every sum of them is one expression over rows (`amounts`). There is one rounding, `rounded`.
"""

from .amounts import CENT, MONEY, paid, rounded, total, with_money
from .due import balance_due_on, charges, deposit, due_now, fallen_due
from .lines import Line, lines_of, write_lines
from .lists import price_list_of, todays_list

__all__ = [
    "CENT",
    "MONEY",
    "Line",
    "balance_due_on",
    "charges",
    "deposit",
    "due_now",
    "fallen_due",
    "lines_of",
    "paid",
    "price_list_of",
    "rounded",
    "todays_list",
    "total",
    "with_money",
    "write_lines",
]
