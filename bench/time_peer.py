"""Runs the command line of Airbyte's own source-facebook-marketing against another Graph host, in virtual time.

Usage: time_peer.py GRAPH_URL spec|check|discover|read [--config ...] [--catalog ...] [--state ...]

What it would sleep (30 seconds between polls, minutes under limits) is told to the host, which moves its clock on, instead of being slept.
"""

import sys
import time
import urllib.request

from facebook_business.session import FacebookSession
from source_facebook_marketing.run import run

GRAPH = sys.argv.pop(1)
FacebookSession.GRAPH = GRAPH


def skip(seconds: float) -> None:
    urllib.request.urlopen(f"{GRAPH}/__bench/sleep/{round(seconds * 1000)}").read()


time.sleep = skip
run()
