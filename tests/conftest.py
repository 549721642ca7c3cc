"""What the tests of the lessons share."""

import pytest
from hypothesis import settings

from tools import lessons

settings.register_profile("course", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("course")


@pytest.fixture(params=lessons.stems())
def stem(request):
    """The name of each lesson in turn."""
    return request.param
