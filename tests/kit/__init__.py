"""What the tests share: a frozen clock, databases, a strict browser, a mail sink, a real Chromium, the cast.

Fixtures are in `tests/kit/fixtures/`, one file per subject, and reach every test through `conftest.py`;
the plain helpers beside it know nothing of pytest. No mocks: what is replaced is replaced by a small twin
that keeps the promises.
"""
