"""What `statuspage doctor` looks at: each check reads one part of the installation and reports findings.

`place` looks at configuration, files and machine, `rows` at the database and what stands in it, `pages` at what is
stored for visitors, `relay` at the way mail leaves. A finding says what is so and, where it is not well, what to do; no
check changes anything.
"""
