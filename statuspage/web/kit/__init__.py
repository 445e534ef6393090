"""What the doors share, so that each of them only has to say what is its own.

application   the Flask application: one request is one transaction, read-only for safe methods
entrances     how one kind of visitor comes in: who they are, what strangers get, how errors look
rights        what a route asks for; a route that declares nothing is closed
cookies       the browser's cookie (a random token, nothing else), Flask-Login, notes after a redirect
origins       what other sites may not do; proxies, clients: where a request comes from
errors        the domain's errors as a page or as problem+json
forms, times  what was typed, kept for the next try; local times as instants
current       what a view asks for: session, now, who acts, the installation
"""
