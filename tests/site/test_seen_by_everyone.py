"""Every kind of page in a real browser: nothing that axe finds, nothing wider than the screen, nobody else asked."""

import json
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.base import AXE_FILE_NAME
from django.test import Client

import axe_playwright_python
from pathlib import Path
from tests.site.addresses import one_of_each

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer
