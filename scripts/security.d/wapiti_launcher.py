"""Starts Debian's wapiti 3.0.4, which can not leave any address out with Python 3.11: it puts the flags of a
regular expression behind it. Everything else is wapiti's own."""

import fnmatch
import re
import sys

from wapitiCore.net import crawler

crawler.wildcard_translate = lambda pattern: re.compile(fnmatch.translate(pattern))

from wapitiCore.main.wapiti import wapiti_main  # noqa: E402  (it takes the function when it is loaded)

if __name__ == "__main__":
    sys.exit(wapiti_main())
