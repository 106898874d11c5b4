"""Real data that comes with scikit-learn: no network, rows in the order of publication.

Source, licence and units stand in each data set. The licences of the four UCI sets are those of
the UCI repository's own pages; the diabetes data was published without one.
"""

from __future__ import annotations

import numpy as np
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits, load_iris, load_wine
from sklearn.utils import Bunch

from ._dataset import Dataset

_CC_BY = "CC BY 4.0 (UCI Machine Learning Repository)"


def digits() -> Dataset:
    """Handwritten digits, images of 8 x 8 grey levels.

    Returns
    -------
    Dataset
        X of shape (1797, 64), float32, which holds the 17 grey levels exactly.
    """
    bunch = load_digits()
    return Dataset(
        name="digits",
        X=bunch.data.astype(np.float32),
        y=bunch.target.astype(np.int64),
        task="classification",
        kind="image",
        feature_names=tuple(map(str, bunch.feature_names)),
        target_names=tuple(map(str, bunch.target_names)),
        input_shape=(1, 8, 8),
        source="Alpaydin and Kaynak (1998), Optical Recognition of Handwritten Digits, UCI, "
        "https://doi.org/10.24432/C50P49: its test part, as bundled with scikit-learn",
        licence=_CC_BY,
        units="ink per cell, 0 to 16: the number of dark pixels in a block of 4 x 4",
        description="Digits written by 13 people on forms, scanned at 32 x 32 black and white "
        "pixels and counted down to 8 x 8 grey levels. Which person wrote which row is not "
        "recorded, so folds mix the writers, and a score says little about a new hand.",
    )


def breast_cancer() -> Dataset:
    """Breast tumours, malignant or benign, described by 30 measures of their cell nuclei.

    Returns
    -------
    Dataset
        X of shape (569, 30), float64.
    """
    return _uci_table(
        "breast_cancer",
        load_breast_cancer(),
        source="Wolberg, Mangasarian, Street and Street (1993), Breast Cancer Wisconsin "
        "(Diagnostic), UCI, https://doi.org/10.24432/C5DW2B",
        units="lengths and areas in units of the digitised image, the rest dimensionless",
        description="Ten measures of the cell nuclei in a fine-needle aspirate of a breast mass "
        "(radius, texture, smoothness and so on), each as mean, standard error and mean of the "
        "three largest values. 212 masses are malignant and 357 benign: always answering benign "
        "is right for 63% of the rows. The columns are strongly correlated with one another.",
    )


def wine() -> Dataset:
    """Wines of three cultivars from one region of Italy, told apart by 13 chemical measures.

    Returns
    -------
    Dataset
        X of shape (178, 13), float64.
    """
    return _uci_table(
        "wine",
        load_wine(),
        source="Aeberhard and Forina (1992), Wine, UCI, https://doi.org/10.24432/C5PC7J",
        units="alcohol in percent by volume; the source gives no units for the other columns",
        description="A chemical analysis of 178 wines grown in the same region by three "
        "cultivars. The scales differ a thousandfold (proline against hue), so nets and kernel "
        "machines need them standardised. The classes are nearly linearly separable, and one "
        "error more or less moves the score of a fold of 36 rows by three points.",
    )


def iris() -> Dataset:
    """Irises of three species, told apart by the size of their petals and sepals.

    Returns
    -------
    Dataset
        X of shape (150, 4), float64.
    """
    return _uci_table(
        "iris",
        load_iris(),
        source="Fisher (1936), The use of multiple measurements in taxonomic problems, Annals of "
        "Eugenics 7; UCI, https://doi.org/10.24432/C56C76, with the two rows corrected as in R",
        units="centimetres",
        description="Length and width of petal and sepal of 50 flowers of each of three species, "
        "sorted by species: shuffle before splitting. One species is separable by a line, the "
        "other two overlap. Small and easy: most models tie here, and a tie is the right verdict.",
    )


def diabetes() -> Dataset:
    """Progression of diabetes in a year, from ten measures taken at its beginning.

    Returns
    -------
    Dataset
        X of shape (442, 10), float64, in the units measured and not as scikit-learn scales it:
        that scaling was computed from all rows, those of the test folds included.
    """
    bunch = load_diabetes(scaled=False)
    return Dataset(
        name="diabetes",
        X=bunch.data.astype(np.float64),
        y=bunch.target.astype(np.float64),
        task="regression",
        kind="tabular",
        feature_names=tuple(map(str, bunch.feature_names)),
        target_names=("progression",),
        input_shape=(10,),
        source="Efron, Hastie, Johnstone and Tibshirani (2004), Least Angle Regression, Annals of "
        "Statistics 32(2), https://doi.org/10.1214/009053604000000067",
        licence="none stated by its authors; distributed with scikit-learn (BSD-3-Clause)",
        units="age in years, sex coded 1 and 2, bmi in kg/m2, bp (mean arterial pressure) in "
        "mm Hg, blood serum s1 to s6 as published; progression is a score from 25 to 346 "
        "without unit",
        description="442 patients with diabetes: age, sex, body mass index, blood pressure and "
        "six blood serum measures, to predict how far the disease progressed one year later. The "
        "noise is large and the relation close to linear, so models with little flexibility do "
        "well and an R2 of a half is a good one.",
    )


def _uci_table(name: str, bunch: Bunch, *, source: str, units: str, description: str) -> Dataset:
    """Wrap one of scikit-learn's classification tables from the UCI repository."""
    return Dataset(
        name=name,
        X=bunch.data.astype(np.float64),
        y=bunch.target.astype(np.int64),
        task="classification",
        kind="tabular",
        feature_names=tuple(map(str, bunch.feature_names)),
        target_names=tuple(map(str, bunch.target_names)),
        input_shape=(bunch.data.shape[1],),
        source=source,
        licence=_CC_BY,
        units=units,
        description=description,
    )
