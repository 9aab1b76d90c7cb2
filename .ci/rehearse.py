"""Runs gunicorn with production rules on loopback, which keeps the embedded database up meanwhile."""

import os
import secrets
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.chdir(ROOT)

from lares import localdb  # noqa: E402

port = sys.argv[1]
os.environ |= {
    "LARES_ENV": "production",
    "LARES_HTTPS": "off",
    "LARES_HOSTS": "127.0.0.1,localhost",
    "LARES_SECRET_KEY": secrets.token_urlsafe(50),
    "LARES_MAIL_URL": "smtp://127.0.0.1",
    "LARES_MAIL_FROM": "office@localhost",
    "LARES_STATIC_ROOT": str(ROOT / ".lares" / "rehearsal"),
    "DATABASE_URL": f"postgresql://{localdb.NAME}@{quote(localdb.use(), safe='')}/{localdb.NAME}",
}
subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "--clear", "-v0"], check=True)
server = [sys.executable, "-m", "gunicorn", "lares.wsgi", f"--bind=127.0.0.1:{port}", "--no-control-socket"]
localdb.hand_on()
os.execv(sys.executable, [*server, "--workers=2", "--threads=4", "--timeout=30"])
