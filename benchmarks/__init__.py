"""How fast the parts are, printed as milliseconds and as ratio to parsing the same input as JSON; never asserted."""
