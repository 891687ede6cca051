import pytest

from tests.config.servers import Servers


@pytest.fixture
def servers(tmp_path):
    servers = Servers(tmp_path / "var")
    yield servers
    servers.clear()


@pytest.fixture
def other_servers(tmp_path):
    servers = Servers(tmp_path / "elsewhere")
    yield servers
    servers.clear()
