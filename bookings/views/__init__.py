"""The pages of the calendar: departures, the booking from its first form to its private page, questions."""
