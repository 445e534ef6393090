"""Every command there is."""

from statuspage.cli.afterwards import clone, past, redact
from statuspage.cli.config import config
from statuspage.cli.databases import db
from statuspage.cli.demo.command import demo
from statuspage.cli.doctor import doctor
from statuspage.cli.endings import cancel, false_alarm, merge
from statuspage.cli.incidents import incident
from statuspage.cli.init import init
from statuspage.cli.seed.command import seed
from statuspage.cli.serve import serve
from statuspage.cli.site import site
from statuspage.cli.tokens import token
from statuspage.cli.users import user
from statuspage.cli.worker import worker

COMMANDS = (config, db, demo, doctor, incident, init, seed, serve, site, token, user, worker)

for more in (cancel, clone, false_alarm, merge, past, redact):
    incident.add_command(more)
