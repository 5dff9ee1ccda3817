"""Runs the command line of Airbyte's own source-facebook-marketing against another Graph host.

Usage: run_peer.py GRAPH_URL spec|check|discover|read [--config …] [--catalog …] [--state …]

Its pauses (30 seconds between polls, up to ten minutes under limits) are cut short, which changes no data.
"""

import sys
import time

LONGEST_PAUSE_S = 0.02
pause = time.sleep
time.sleep = lambda seconds: pause(min(seconds, LONGEST_PAUSE_S))

from facebook_business.session import FacebookSession  # noqa: E402
from source_facebook_marketing.run import run  # noqa: E402

FacebookSession.GRAPH = sys.argv.pop(1)
run()
