"""The worker process: fan-out, sending and the duties that come round by the clock.

`run` puts one worker together; `loop` repeats a job until the worker is to stop and is the one place that
catches everything; `fanout` expands events, `crews` are the couriers' threads, `duties` what APScheduler's
ticker calls, `presence` how workers on one host notice at once that one of them was killed. Any number of
workers may run on one database: whatever one does, it has claimed by a conditional write before. Nothing
here answers a visitor, and no page waits for it.
"""
