"""The columns that the stages hand on."""

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.int32]
"""One whole number a row."""

Flags = NDArray[np.bool_]
"""One truth value a row."""

Rows = NDArray[np.signedinteger]
"""Row numbers, or positions on the tape."""
