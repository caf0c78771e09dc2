"""What the tests of the paper share with those of all documents."""

from tests.foundation.documents.conftest import run  # noqa: F401  (a fixture)
