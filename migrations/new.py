"""Write the next migration: `make migration NAME="what changes"`.

An empty SQLite is brought to the newest migration and compared with the models; the difference becomes the
next numbered file. Read it before committing: Alembic sees neither renames nor changed CHECKs, and data is
yours to move. The house tests compare the result with the models on both engines.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command

from statuspage.core.db import Database
from statuspage.core.revisions import wanted_revision
from statuspage.core.schema import alembic_config, upgrade


def main(message: str) -> None:
    """Write the migration and say where."""
    Path(__file__).with_name("versions").mkdir(exist_ok=True)
    number = f"{int(wanted_revision() or 0) + 1:04d}"
    with tempfile.TemporaryDirectory() as directory:
        database = Database(f"sqlite:///{directory}/empty.db")
        upgrade(database)
        script = command.revision(alembic_config(database), message, autogenerate=True, rev_id=number)
        database.dispose()
    path = Path(script.path)
    path.write_text(re.sub(r" +# ### .* ###\n", "", path.read_text(encoding="utf-8")), encoding="utf-8")
    for arguments in (["check", "--select", "I", "--fix", "--quiet"], ["format", "--quiet"]):
        subprocess.run([sys.executable, "-m", "ruff", *arguments, path], check=True)
    print(f"Wrote {path}: read it, then run the tests in tests/house.")


if __name__ == "__main__":
    main(sys.argv[1])
