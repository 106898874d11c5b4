"""The dashboard, and under it a library of experiments that scripts use too."""
