"""The site around the catalogue and the calendar: settings, address list, ground; no domain code."""
