"""Incidents in the panel: the list, declaring on one screen, the room.

lists      all of them, narrowed by the address; exports: the same as a file
declaring  three questions and the first public notice
room       the timeline with the composer on top, the facts beside it
speaking   publishing, noting, correcting, retracting; saying: what publishing and looking first have in common
previews   looking at what is about to be said
endings    false alarm, called off, continued in another one
past       entering one that is over
steps      acknowledging, resolving inside, closing, reopening
redacting  removing words for good
facts      titles, severity, people, times
typed      forms made into drafts; prefill: what stands in a form before anybody typed
"""
