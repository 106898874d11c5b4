import re
from pathlib import Path

from bakeoff.experiments import Comparison
from bakeoff.experiments.statistics.designs import FITTED, LEVEL, SIMULATED, Design, offered


def test_the_fits_of_a_design_are_those_of_its_comparison():
    for n_splits, n_repeats, fold_pairs in SIMULATED:
        design = Design(n_splits, n_repeats, fold_pairs)
        spec = Comparison("iris", ["dummy"], **design._asdict())
        assert design.n_fits == spec.n_evaluations


def test_what_is_offered_holds_in_its_worst_case_the_cheapest_first():
    found = offered()
    assert all(SIMULATED[design].worst < LEVEL + 0.005 for design in found)  # to the percent
    assert [design.n_fits for design in found] == sorted(design.n_fits for design in found)
    assert all(SIMULATED[design].worst >= LEVEL + 0.005 for design in {*SIMULATED} - {*found})


def test_what_each_question_is_for_shows_in_the_figures():
    # What the page opens with, and what it offers for more power.
    assert {Design(5, 2), Design(5, 5, fold_pairs=True)} <= set(offered())
    # The question about fitted models is none about learners.
    assert FITTED.worst > LEVEL
    assert all(0 <= one.mean <= one.worst <= 1 and one.runs >= 100 for one in SIMULATED.values())


def test_the_documentation_says_the_same_figures():
    text = (Path(__file__).parents[3] / "docs" / "verdicts.md").read_text()
    row = re.compile(
        r"\| (\d+) folds, (\d+) times(, pairs too)? \| (\d+) \| ([\d.]+) \| (.+) \| ([\d.]+) \|"
    )
    found = {}
    for line in filter(row.match, text.split("\n")):
        folds, repeats, pairs, fits, mean, worst, better = row.match(line).groups()
        design = Design(int(folds), int(repeats), bool(pairs))
        assert design.n_fits == int(fits)
        share, runs = re.match(r"([\d.]+) \(.*; \d+ of (\d+)\)$", worst).groups()
        found[design] = (float(mean), float(share), int(runs), float(better))
    assert found == SIMULATED
