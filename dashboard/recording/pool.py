"""A pool of worker processes that share large arrays. Only this file knows joblib's private names.

joblib has no public way to a pool of one's own, which is needed to hear how a worker died.
"""

import os
import signal
import sys
import threading
import time

import joblib
from joblib.parallel import LokyBackend

from .watchdog import Watchdog, is_stopped, let_go_on

try:
    from joblib._memmapping_reducer import TemporaryResourcesManager, get_memmapping_reducers
    from joblib.externals.loky import ProcessPoolExecutor
    from joblib.externals.loky.backend.utils import kill_process_tree

    _environment = LokyBackend._prepare_worker_env
except (ImportError, AttributeError) as problem:
    raise ImportError(
        f"worker processes need joblib as it was in 1.6, however joblib {joblib.__version__} has "
        f"changed inside ({problem}): install another, or choose backend='threading' or 'dask'"
    ) from problem

IDLE_SECONDS = 300  # after which a worker process ends, as joblib's own do


class Pool:
    """A pool of processes, and the folder through which large arrays get there."""

    def __init__(self, n_workers: int) -> None:
        self._folder = TemporaryResourcesManager()
        to_worker, from_worker = get_memmapping_reducers(
            temp_folder_resolver=self._folder.resolve_temp_folder_name
        )
        self.executor = ProcessPoolExecutor(
            n_workers,
            job_reducers=to_worker,
            result_reducers=from_worker,
            timeout=IDLE_SECONDS,
            initializer=prepare_worker,
            initargs=(os.getpid(),),
            env=_environment(LokyBackend(inner_max_num_threads=1), n_workers),
        )
        self._watchdog = Watchdog()
        self.has_stalled = False  # and was ended for it

    def stopped(self) -> set[int]:
        """The processes that somebody has stopped."""
        return set(filter(is_stopped, list(self.executor._processes)))

    def end_if_stalled(self, seconds: float) -> bool:
        """End all processes if none has computed for so long, though there is work.

        One of them cannot be replaced without ending the others, so those that compute go first.
        """
        processes = dict(self.executor._processes)
        if not self.executor._pending_work_items:
            self._watchdog.rest()
        elif self._watchdog.look(processes) >= seconds and not self.has_stalled:
            self.has_stalled = True
            for process in processes.values():
                kill_process_tree(process)
            return True
        return False

    def close(self, kill: bool) -> None:
        for pid in self.stopped():  # who is stopped does not hear that it is to end
            let_go_on(pid)
        self.executor.shutdown(wait=True, kill_workers=kill)
        self._folder._clean_temporary_resources(force=kill, allow_non_empty=True)


def prepare_worker(parent: int) -> None:
    """Make this process end with its parent, and leave Ctrl-C to it.

    A parent that is killed cannot end its workers. They would wait for the next task for ever,
    and hold on to the arrays they share with it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "win32":  # getppid goes on naming a parent that has ended
        return

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)  # the main thread may be deep inside a fit

    threading.Thread(target=watch, daemon=True).start()
