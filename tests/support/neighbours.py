"""Plugins of pytest that are installed beside the suite, as distributions on a path.

Each interferes in the way of a well-known one: pytest-randomly shuffles and seeds, pytest-timeout
and pytest-rerunfailures have options and run tests themselves, and so on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LOADED = "loaded-"  # begins the name of a file that a plugin leaves where it is loaded
PLUGINS = {
    "randomly": """
import random
def pytest_collection_modifyitems(config, items):
    random.Random(config.seed).shuffle(items)
def pytest_runtest_setup(item):
    random.seed(item.config.seed)
def pytest_configure(config):
    if config.pluginmanager.hasplugin("xdist"):
        config.pluginmanager.register(Nodes())
    config.seed = config.workerinput["randomly_seed"] if hasattr(config, "workerinput") else 7
class Nodes:
    def pytest_configure_node(self, node):
        node.workerinput["randomly_seed"] = 7
""",
    "timeout": """
def pytest_addoption(parser):
    parser.addini("timeout", "seconds of a test")
    parser.getgroup("timeout").addoption("--timeout", type=float)
def pytest_configure(config):
    config.addinivalue_line("markers", "timeout(seconds): ends a test")
""",
    "rerunfailures": """
from _pytest.runner import runtestprotocol
def pytest_addoption(parser):
    parser.getgroup("rerun").addoption("--reruns", type=int, default=0)
def pytest_runtest_protocol(item, nextitem):
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for again in range(1 + item.config.getoption("reruns")):
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
        if not any(report.failed for report in reports):
            break
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True
""",
    "cov": """
def pytest_addoption(parser):
    parser.getgroup("cov").addoption("--cov", action="append", nargs="?", const=True, default=[])
""",
    "asyncio": """
import pytest
def pytest_addoption(parser):
    parser.addini("asyncio_mode", "auto or strict", default="strict")
@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makeitem(collector, name, obj):
    return None
@pytest.fixture(autouse=True)
def loop():
    yield object()
""",
    "html": """
import pytest
def pytest_addoption(parser):
    parser.getgroup("html").addoption("--html", dest="htmlpath")
@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    outcome.get_result().extras = []
""",
    "allure": """
import pytest
def pytest_addoption(parser):
    parser.getgroup("reporting").addoption("--alluredir")
@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_call(item):
    with open("allure.json", "a") as target:
        target.write(item.nodeid)
    yield
""",
    "sugar": """
import pytest
@pytest.hookimpl(trylast=True)
def pytest_configure(config):
    config.pluginmanager.register(Reporter(), "terminalreporter2")
class Reporter:
    def pytest_runtest_logreport(self, report):
        print("*", end="")
""",
    "ends-it": """
raise SystemExit(77)
""",
}


def install(folder: Path, *names: str) -> Path:
    """Make distributions of these plugins; the folder is to stand on the path of Python."""
    for name in names:
        module = f"plugin_{name.replace('-', '_')}"
        left = f"open({str(folder / (LOADED + name))!r}, 'w').close()\n"
        (folder / f"{module}.py").write_text(left + PLUGINS[name])
        info = folder / f"{module}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[pytest11]\n{name} = {module}\n")
    return folder


def loaded(folder: Path) -> list[str]:
    """The plugins that were loaded."""
    return sorted(path.name.removeprefix(LOADED) for path in folder.glob(f"{LOADED}*"))
