"""Why was it refused? python explain_refused.py refused.json"""

import os
import sys
from pathlib import Path

import hookseal

path = Path(sys.argv[1])
kept = hookseal.read_capture(path.read_bytes())
explanation = hookseal.explain(
    "stripe",
    os.environ["STRIPE_WEBHOOK_SECRET"],
    kept.body,
    kept.headers,
    url=kept.url,
    method=kept.method,
    now=path.stat().st_mtime,  # when it came: by now it is old
    framework="flask",
)
print(explanation)
for cause in explanation.causes:
    print(cause.code, cause.confidence)
