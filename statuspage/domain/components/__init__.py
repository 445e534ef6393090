"""What the page is about: its profile, groups of components, and the intervals in which they were impaired.

Impact intervals are the single source of every shown status, bar and percentage: each has a component, a level, a
begin, an end and a cause (a manual setting, an incident, a maintenance). What is shown is the worst open public one.
`impact` opens and closes intervals, `correcting` puts them right afterwards with a reason and an audit line.
`uptime` computes days and percentages from intervals; it is pure.
"""
