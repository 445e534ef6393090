"""What is written but not yet published: drafts kept on the server, the seconds in which publishing can be undone,
publication at a chosen time, and the second person's approval.

A draft is written (`saving`), sent off (`sending`) and waits: for its instant, or for somebody who approves it
(`approving`). Any follower or worker carries out what is due (`queue`) through the incident's own actions, in one
transaction. Until then nothing of a draft is public, built or sent. Once it went out, the incident's update is what
counts and the draft is forgotten.
"""
