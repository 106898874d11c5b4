import numpy as np
import pytest


@pytest.fixture(autouse=True)
def nobody_has_seeded():
    """NumPy's shared random numbers are as in a new process, whatever ran before."""
    before = np.random.get_bit_generator()
    np.random.set_bit_generator(np.random.MT19937())
    yield
    np.random.set_bit_generator(before)
