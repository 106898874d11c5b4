"""What makes a result unknowable: the clock, the network, other programs, files past Python."""

import sys
from datetime import date
from typing import Any

from .origin import is_library, module_of
from .reach import NotLoaded

# By the start of the name of whatever is asked, and by what makes it unknowable.
_UNKNOWABLE = {
    # `time.time` is asked for how long something took.
    ("time.localtime", "time.gmtime", "time.ctime", "time.strftime", "time.asctime"): (
        "asks for the date; to measure a duration, ask time.perf_counter"
    ),
    (
        *("builtins.eval", "builtins.exec", "builtins.globals", "builtins.compile", "runpy."),
        *("_frozen_importlib", "importlib.util.spec_", "importlib.util.module_", "hydra."),
        *("importlib.machinery.", "pkgutil.resolve_name", "pydoc.locate"),
    ): "reaches what no name in the code says",
    (
        *("urllib.request.", "http.client.", "socket.", "_socket.", "ftplib.", "smtplib."),
        *("requests.", "httpx.", "aiohttp.", "urllib3.", "boto3.", "paramiko."),
    ): "asks the network",
    ("os.system", "os.popen", "posix.system", "os.spawn", "posix.popen", "subprocess."): (
        "starts another program"
    ),
    ("builtins.input",): "asks whoever started it",
    (
        *("sqlite3.", "_sqlite3.", "dbm.", "shelve.", "duckdb.", "lmdb.", "sqlalchemy."),
        *("pandas.io.sql.", "pandas.read_sql"),
    ): "asks a database; read it outside of the function",
}
# Packages that open files past Python, so that `reads` does not see it; and how they call that.
_PAST_PYTHON = (
    *("pandas.io.parquet.", "pandas.io.feather_format.", "pandas.io.orc.", "pandas.io.pytables."),
    # As pandas calls them since 3.0.
    *("pandas.read_parquet", "pandas.read_feather", "pandas.read_orc", "pandas.read_hdf"),
    "pandas.HDFStore",
    *("h5py.", "tables.", "netCDF4.", "xarray.", "polars.", "pyarrow."),
    *("cv2.", "torchvision.io.", "torchaudio.", "rasterio.", "soundfile.", "torch.jit."),
    *("safetensors.", "onnxruntime.", "tokenizers.", "faiss.", "pyogrio.", "pyreadstat."),
)
_OPENERS = (
    *("read", "scan", "open", "imread", "File", "Dataset", "load", "memory_map", "Video"),
    *("from_file", "safe_open", "InferenceSession", "HDFStore"),
)


class UnknowableError(TypeError):
    """Something that a result depends on cannot be known before it is computed.

    Attributes
    ----------
    where : str or None
        The function that reads it.
    """

    where: str | None = None

    def __str__(self) -> str:
        return f"in {self.where}, {self.args[0]}" if self.where else str(self.args[0])


def refuse(value: Any, name: str = "", rest: tuple[str, ...] = ()) -> None:
    """Raise where a result would depend on what ``value`` does, wherever code has it from.

    Parameters
    ----------
    value : object
    name : str, optional
        What the code calls it.
    rest : tuple of str, optional
        The attributes that are asked of it.

    Raises
    ------
    UnknowableError
    """
    path = path_of(value, name)
    name = name or path
    owner = getattr(value, "__self__", None)
    if isinstance(owner, type) and issubclass(owner, date):  # date.today itself, handed on
        value, rest = owner, (path.rpartition(".")[2],)
    if isinstance(value, type) and issubclass(value, date):
        if rest[:1] in (("now",), ("today",), ("utcnow",)):
            raise UnknowableError(
                f"{name} asks for the date; to measure a duration, ask time.perf_counter"
            )
    elif value is sys.modules:
        raise UnknowableError(f"{name} reaches what no name in the code says")
    elif value is sys.stdin:
        raise UnknowableError(f"{name} asks whoever started it")
    elif isinstance(value, NotLoaded) or is_library(module_of(value)):
        for starts, reason in _UNKNOWABLE.items():
            if path.startswith(starts):
                raise UnknowableError(f"{name} {reason}")
        calls = (name.rpartition(".")[2], path.rpartition(".")[2])
        if path.startswith(_PAST_PYTHON) and any(one.startswith(_OPENERS) for one in calls):
            raise UnknowableError(
                f"{name} opens files where nobody can see which; read them outside of the function"
            )


def path_of(value: Any, name: str = "") -> str:
    """The name of what is used, whatever it is called where it is used."""
    if isinstance(value, NotLoaded):
        return value.name
    own = getattr(value, "__qualname__", None)
    return f"{module_of(value)}.{own}" if isinstance(own, str) else name
