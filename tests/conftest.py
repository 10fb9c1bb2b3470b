"""What every test may ask for; each plugin holds the fixtures and hooks of one subject."""

pytest_plugins = (
    "tests.runs",
    "tests.skips",
    "tests.proof",
    "tests.databases",
    "tests.clients",
    "tests.serving",
    "tests.browsers",
)
