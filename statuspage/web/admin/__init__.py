"""The panel: what the team does. Six entries: Now, Incidents, Maintenance, Components, Subscribers, Settings.

    door         the blueprint of the whole panel and who may come in
    desk         what every page of it needs: the frame, the page's zone, notes
    front        the first page, Now: what is open, promised, planned, broken; the check-list of an empty installation
    incidents/   declaring, the room, what is said in it
    maintenance/ components/ subscribers settings/

A view turns a form into a draft, calls one action, and goes on to the page that shows what became of it.
"""
