"""What the tests of the lessons share."""

import pytest

from tools import lessons


@pytest.fixture(params=lessons.stems())
def stem(request):
    """The name of each lesson in turn."""
    return request.param
