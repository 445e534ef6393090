"""The same facts for feed readers, as RSS 2.0 and Atom through feedgen, and as JSON Feed.

`entries` decides what an entry says and keeps its id for ever, `writing` turns a feed into bytes. Two feeds carry one
entry per public update (readers show an entry once), as has each component; three carry one per story whose `updated`
moves. Nothing of the clock stands in the bytes: every date comes from the data.
`calendar` tells planned work to calendars, through the icalendar library: folding, escaping and value types of RFC 5545
are easily got wrong by hand.
"""
