"""What the tests share. Fixtures are in `tests/kit/fixtures/`; the plain helpers beside it know nothing of pytest.

    clock                     stands still; `clock.now()`, `clock.advance(minutes=5)`
    session                   a transaction that is rolled back           } twice each: on SQLite
    database, database_url    a database of the test's own, to commit to  } and on PostgreSQL
    empty_database            one without tables                          }
    cast, settled             Ada, Ben, Cleo, Sam, Web, API, Mail: in `session`, or committed into `database`
    settings                  an installation of the test's own in `tmp_path`
    app, client               the application and a strict browser in front of it (SQLite; `both_engines` for both)
    staff                     `staff(BEN)` is a strict browser with Ben signed in
    serving, door, visitor    a web process, its public door, and a strict browser in front of that
    live_site                 the same behind a real HTTP server, for a real browser: `live_site.url`
    smtp_sink                 a real mail server on loopback; answers as scripted
    chromium_page, no_axe_faults, browser_watch      a real browser and axe

`tests.kit.statements` counts queries, `tests.kit.cast` declares incidents and plans maintenance.
No mocks: what is replaced is replaced by a small twin that keeps the promises. Nothing leaves the machine.
"""
