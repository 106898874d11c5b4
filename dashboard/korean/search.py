"""What the page of searches says."""

TEXTS = {
    # the page
    "Which parameters suit this model on this data, is the best candidate better than the next "
    "ones, and how much of its score is luck?": (
        "이 데이터에서 이 모델에 맞는 매개변수는 무엇이고, 가장 좋은 후보는 다음 후보들보다 정말 "
        "나으며, 그 점수의 얼마만큼이 운일까요?"
    ),
    "This search": "이 탐색",
    "Searches from scripts": "스크립트에서 실행한 탐색",
    "Run the search": "탐색 실행",
    "**Nothing has run yet.** Press *Run the search*: the settings that the page opens with take "
    "some seconds.\n\n"
    "Every candidate is scored on the same folds, and the best mean wins. The best of many is "
    "partly the luckiest: its score in the search is too good. A nested search keeps rows aside "
    "that no candidate has seen, and scores the winner on them: the difference is the winner's "
    "curse.": (
        "**아직 실행한 것이 없습니다.** *탐색 실행*을 누르세요. 처음 설정 그대로면 몇 초 "
        "걸립니다.\n\n"
        "모든 후보를 같은 폴드에서 채점하고, 평균이 가장 높은 후보가 이깁니다. 여럿 중 최고는 "
        "부분적으로 가장 운이 좋은 후보이므로, 탐색에서 얻은 점수는 실제보다 좋습니다. 중첩 "
        "탐색은 어떤 후보도 보지 못한 행을 따로 남겨 두고 거기서 승자를 채점합니다. 그 차이가 "
        "승자의 저주입니다."
    ),
    # settings
    "Every combination of the choices.": "선택지의 모든 조합을 시험합니다.",
    "Candidates at random. With as many of them as a grid has, it tries more values of each "
    "parameter (Bergstra and Bengio, 2012).": (
        "후보를 무작위로 뽑습니다. 그리드와 후보 수가 같아도 매개변수마다 더 많은 값을 "
        "시험합니다 (Bergstra and Bengio, 2012)."
    ),
    "Random candidates on few rows, the best third of them on three times as many, and so on.": (
        "무작위 후보를 적은 행에서 시험하고, 그중 상위 3분의 1을 세 배의 행에서 다시 시험하는 "
        "일을 되풀이합니다."
    ),
    "Each round proposes candidates near those that did well (optuna).": (
        "매번 좋은 점수를 낸 후보 근처에서 새 후보를 제안합니다 (optuna)."
    ),
    "Parameters to search": "탐색할 매개변수",
    "All others keep their defaults.": "나머지는 기본값을 씁니다.",
    "Choices with commas between them: *0.1, 1, 10* or *rbf, poly*.": (
        "선택지를 쉼표로 구분합니다: *0.1, 1, 10* 또는 *rbf, poly*."
    ),
    "Choices with commas between them, or a range: *0.01 .. 100 log*, or *0 .. 0.5*.": (
        "선택지를 쉼표로 구분하거나 범위를 씁니다: *0.01 .. 100 log* 또는 *0 .. 0.5*."
    ),
    "{name} must be choices with commas between them, or a range, however: {written}": (
        "{name}에는 쉼표로 구분한 선택지나 범위를 적어야 합니다. 적힌 값: {written}"
    ),
    "Nested": "중첩",
    "Each fold has a search of its own within its training rows, and its winner is scored on test "
    "rows that no search has seen. Not nested, the best score is too good.": (
        "폴드마다 훈련 행 안에서 따로 탐색하고, 그 승자를 어떤 탐색도 보지 못한 시험 행에서 "
        "채점합니다. 중첩하지 않으면 최고 점수는 실제보다 좋게 나옵니다."
    ),
    "A Bayesian search takes optuna: `pip install 'bakeoff[optuna]'`.": (
        "베이즈 탐색에는 optuna가 필요합니다: `pip install 'bakeoff[optuna]'`."
    ),
    "Choose at least one parameter.": "매개변수를 하나 이상 고르세요.",
    "A grid of {n} candidates is too large.": "후보가 {n}개인 그리드는 너무 큽니다.",
    "{folds} searches on {inner} folds each, and a fit of each winner: {fits} fits": (
        "폴드 {inner}개씩 탐색 {folds}번, 그리고 승자마다 학습 한 번: 학습 {fits}회"
    ),
    "One search on {folds} folds: {fits} fits": "폴드 {folds}개에서 탐색 한 번: 학습 {fits}회",
    "{n} candidates so far, each by the mean of the folds that are in. The best: {score}": (
        "지금까지 후보 {n}개, 각각 끝난 폴드의 평균입니다. 최고 점수: {score}"
    ),
    # the winner
    "No candidate has a score on every fold, so there is nothing to see yet.": (
        "모든 폴드에서 점수를 얻은 후보가 없어 아직 보여 드릴 것이 없습니다."
    ),
    "{n} fits failed, the first with: {error}": "학습 {n}회가 실패했습니다. 첫 번째 이유: {error}",
    "The best of {n} candidates: a mean {metric} of {score} on {folds} folds. It was chosen for "
    "that score, which is therefore too good: no new rows were asked. A nested search asks them.": (
        "후보 {n}개 중 최고로, 폴드 {folds}개에서 평균 {metric} {score}입니다. 바로 그 점수 때문에 "
        "뽑혔고 새로운 행에서 확인하지 않았으므로 실제보다 좋은 점수입니다. 중첩 탐색은 새로운 "
        "행에서 확인합니다."
    ),
    "The best of {n} candidates, and the winner of all {searches} searches, one in each outer "
    "fold.": (
        "후보 {n}개 중 최고이며, 바깥 폴드마다 한 번씩 한 탐색 {searches}번에서 모두 이겼습니다."
    ),
    "The best of {n} candidates over the folds of all {searches} searches, one in each outer fold. "
    "It won {wins} of them: {different} different candidates won at least one.": (
        "바깥 폴드마다 한 번씩 한 탐색 {searches}번의 모든 폴드를 합쳐 후보 {n}개 중 최고입니다. "
        "그중 {wins}번 이겼고, 한 번이라도 이긴 후보는 {different}개입니다."
    ),
    "{name} = {value} is at the edge of what was tried: try further values.": (
        "{name} = {value}은(는) 시험한 값의 끝입니다. 그 너머의 값도 시험해 보세요."
    ),
    # promise and result
    "The winner's curse": "승자의 저주",
    "The search promised **{inner}** ({metric}), new rows gave **{outer}**: a gap of {gap} (95% "
    "interval {low} to {high}).": (
        "탐색이 약속한 값: **{inner}** ({metric}), 새로운 행에서 얻은 값: **{outer}**. 격차는 "
        "{gap}입니다 (95% 구간 {low} ~ {high})."
    ),
    "These folds are enough to see it: part of the promise was luck. Report the second number.": (
        "이 폴드들만으로도 드러납니다. 약속의 일부는 운이었습니다. 두 번째 값을 보고하세요."
    ),
    "New rows gave more than was promised: here the additional training rows of the winner "
    "outweigh its luck. Report the second number.": (
        "새로운 행에서 약속보다 높게 나왔습니다. 여기서는 승자가 더 많은 행으로 훈련한 효과가 "
        "운보다 큽니다. 두 번째 값을 보고하세요."
    ),
    "The promise was a little too good, but these folds cannot tell the gap from none. Report the "
    "second number all the same.": (
        "약속이 조금 지나쳤지만, 이 폴드들로는 격차가 있다고 말할 수 없습니다. 그래도 두 번째 "
        "값을 보고하세요."
    ),
    "No curse to be seen: on these folds the promise was kept. Report the second number.": (
        "저주는 보이지 않습니다. 이 폴드들에서는 약속이 지켜졌습니다. 두 번째 값을 보고하세요."
    ),
    "Each row is an outer fold and the candidate that won there. The gap is promise minus result. "
    "Luck widens it; that the winner is trained on more rows in the end, {more} instead of "
    "{fewer}, narrows it or turns it round.": (
        "각 줄은 바깥 폴드 하나와 거기서 이긴 후보입니다. 격차는 약속에서 결과를 뺀 값입니다. "
        "운은 격차를 넓히고, 승자가 마지막에 {fewer}행 대신 {more}행으로 훈련한다는 점은 격차를 "
        "좁히거나 뒤집습니다."
    ),
    "promised by the search": "탐색이 약속한 값",
    "given by new rows": "새로운 행에서 얻은 값",
    "{metric} that each search promised and that new rows gave, by fold.": (
        "폴드별로, 탐색이 약속한 {metric} 값과 새로운 행에서 얻은 값."
    ),
    "Winner": "승자",
    "Promised": "약속",
    "Given": "결과",
    "Gap": "격차",
    # where good scores are
    "Where good scores are": "좋은 점수가 나온 곳",
    "Search": "탐색",
    "all {n} together": "{n}번 모두 합쳐서",
    "Repeat {repeat}, fold {fold}": "반복 {repeat}, 폴드 {fold}",
    "Each outer fold has a search of its own, within its training rows.": (
        "바깥 폴드마다 그 훈련 행 안에서 따로 탐색합니다."
    ),
    "Across": "가로축",
    "Up": "세로축",
    "best of all": "가장 좋은 값",
    "Heat map of {metric} over {x} and {y}.": "{x}, {y}에 따른 {metric} 히트맵.",
    "{metric} of the candidates over {x} and {y}.": "{x}, {y}에 따른 후보들의 {metric}.",
    "{metric} of the candidates by {x}.": "{x}에 따른 후보들의 {metric}.",
    "Parallel coordinates of {n} candidates: {names}.": "후보 {n}개의 평행 좌표: {names}.",
    "Each line is a candidate; the thick one is the winner, and the colour the score.": (
        "선 하나가 후보 하나입니다. 굵은 선이 승자이고, 색은 점수입니다."
    ),
    "The best {n} are drawn.": "상위 {n}개를 그렸습니다.",
    "parameter": "매개변수",
    "value": "값",
    "score": "점수",
    # rungs
    "Who was given more rows": "더 많은 행을 받은 후보",
    "Each line is a candidate; the thick one won. Only those that did well on few rows were given "
    "more.": (
        "선 하나가 후보 하나이고, 굵은 선이 승자입니다. 적은 행에서 잘한 후보만 더 많은 행을 "
        "받았습니다."
    ),
    "Rows to train on": "훈련 행 수",
    "training rows": "훈련 행 수",
    "mean {metric}": "평균 {metric}",
    "{metric} of the candidates by rung of the halving search.": (
        "halving 탐색의 단계별 후보들의 {metric}."
    ),
    # who came close
    "Who came close": "승자에 가까운 후보",
    "**{tied} of {n}** other candidates cannot be told from the winner on these folds: which of "
    "them came first is a matter of luck. The simplest or the fastest of them is a sound choice.": (
        "다른 후보 **{n}개 중 {tied}개**는 이 폴드들로 승자와 구별되지 않습니다. 그중 누가 "
        "1등인지는 운의 문제입니다. 가장 단순하거나 가장 빠른 후보를 골라도 좋습니다."
    ),
    "These folds tell the winner from all of the {n} other candidates.": (
        "이 폴드들로 승자를 다른 후보 {n}개 모두와 구별할 수 있습니다."
    ),
    "may be as good as the winner": "승자만큼 좋을 수 있음",
    "worse, or failed": "더 나쁘거나 실패",
    "{metric} on a fold of the search": "탐색 폴드에서의 {metric}",
    "{metric} of {n} candidates on each fold.": "폴드별 후보 {n}개의 {metric}.",
    "candidate": "후보",
    "fold": "폴드",
    "Small dots are folds, the tick is the mean. A candidate is told from the winner where the "
    "95% interval of their difference, paired by fold and corrected for overlapping training "
    "rows, excludes 0, each pair taken alone.": (
        "작은 점은 폴드, 세로 막대는 평균입니다. 폴드별로 짝지은 차이의 95% 구간(훈련 행이 "
        "겹치는 것을 보정)이 0을 포함하지 않으면 승자와 구별되는 후보입니다. 구간은 한 쌍씩 따로 "
        "본 것입니다."
    ),
    "The best {n} are drawn; the table has all.": "상위 {n}개를 그렸고, 표에는 모두 있습니다.",
    "Candidates are named by their values of {names}.": (
        "후보는 {names} 값을 차례로 적어 나타냅니다."
    ),
    "Rank": "순위",
    "Standard deviation": "표준편차",
    "Difference to the winner (95%)": "승자와의 차이 (95%)",
    "Failed folds": "실패한 폴드",
    "Fold scores": "폴드별 점수",
    # code and limits
    "The winner as a scikit-learn pipeline:": "승자를 scikit-learn 파이프라인으로 쓰면:",
    "All candidates of a search saw the same folds.": (
        "한 탐색의 모든 후보는 같은 폴드를 보았습니다."
    ),
    "What the model does to its input was fitted on the training rows of each fold.": (
        "모델 앞의 전처리는 각 폴드의 훈련 행에서만 맞췄습니다."
    ),
    "The test rows of an outer fold were kept from its search.": (
        "바깥 폴드의 시험 행은 그 탐색에 쓰이지 않았습니다."
    ),
    "Candidates that went out early were scored on few rows. Some that need many rows to be good "
    "may be among them.": (
        "일찍 탈락한 후보는 적은 행에서 채점되었습니다. 행이 많아야 좋아지는 후보도 그중에 있을 "
        "수 있습니다."
    ),
    "The result on new rows is that of searching in this way, not of one candidate: each outer "
    "fold may have another winner.": (
        "새로운 행에서 얻은 결과는 이런 방식으로 탐색했을 때의 것이지 후보 하나의 것이 아닙니다. "
        "바깥 폴드마다 승자가 다를 수 있습니다."
    ),
    "A search finds what its space holds. A winner at the edge of the space says that the space "
    "should be wider.": (
        "탐색은 탐색 공간 안에 있는 것만 찾습니다. 승자가 공간의 끝에 있으면 공간을 넓혀야 합니다."
    ),
    "Intervals allow for overlapping training rows (Nadeau and Bengio, 2003), and are for one pair "
    "at a time: with many candidates, some are told apart by chance.": (
        "구간은 겹치는 훈련 행을 보정하지만(Nadeau and Bengio, 2003) 한 쌍씩 본 것입니다. 후보가 "
        "많으면 일부는 우연히 구별됩니다."
    ),
    "A candidate that cannot be told from the winner is not shown to be as good.": (
        "승자와 구별되지 않는다고 해서 승자만큼 좋다는 것이 증명된 것은 아닙니다."
    ),
    # scripts
    "Recorded search": "기록된 탐색",
    "Show the whole report": "전체 보고서 보기",
    "The {n} searches of this run stood inside a cross-validation: on average they promised "
    "**{inner}**, new rows gave **{outer}**, a gap of {gap}.": (
        "이 실행의 탐색 {n}번은 교차 검증 안에서 이루어졌습니다. 평균적으로 약속한 값은 "
        "**{inner}**, 새로운 행에서 얻은 값은 **{outer}**, 격차는 {gap}입니다."
    ),
    "{state}: {n} of {total} fits of this run are in.": (
        "{state}: 이 실행의 학습 {total}회 중 {n}회가 끝났습니다."
    ),
    "**No script has recorded a search yet.** Put yours into a block of `record`, and it is drawn "
    "here while it runs:": (
        "**아직 스크립트에서 기록한 탐색이 없습니다.** 탐색을 `record` 블록 안에 넣으면 실행되는 "
        "동안 여기에 그려집니다:"
    ),
}
