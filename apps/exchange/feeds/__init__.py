"""Timelines for other programs: an Atom feed of what is new, a calendar, slides for TimelineJS."""
