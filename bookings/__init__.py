"""The calendar: departures and who is on them."""
