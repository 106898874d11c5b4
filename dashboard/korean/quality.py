"""What the panels behind the scores of a comparison say."""

TEXTS = {
    "Behind the scores": "점수의 이면",
    "Target": "목표 변수",
    "From": "부터",
    "To": "까지",
    "yes": "예",
    "no": "아니요",
    # confusion matrix
    "Confusion matrix": "혼동 행렬",
    "Predicted": "예측",
    "Share of the actual class": "실제 클래스 중 비율",
    "Confusion matrix of out-of-fold predictions, {n} classes.": (
        "폴드 밖 예측의 혼동 행렬, 클래스 {n}개."
    ),
    "**{model} confused no row.**": "**{model}: 잘못 분류한 행이 없습니다.**",
    "Most often confused: {pairs}.": "가장 자주 혼동한 경우: {pairs}.",
    "{actual} taken for {predicted} ({n} of {total} rows)": (
        "{actual} → {predicted} ({total}행 중 {n}행)"
    ),
    "Every row was predicted by a model that had not seen it. Each repeat and each seed counts "
    "once more.": (
        "모든 행은 그 행을 보지 않은 모델이 예측했습니다. 반복과 시드마다 한 번씩 더 셉니다."
    ),
    # ranking
    "ROC": "ROC",
    "Precision-recall": "정밀도-재현율",
    "False positive rate": "거짓 양성률",
    "True positive rate": "참 양성률",
    "Recall": "재현율",
    "Precision": "정밀도",
    "AUC": "AUC",
    "Average precision": "평균 정밀도",
    "ROC curves of {models}, averaged over the folds.": "폴드에 걸쳐 평균한 ROC 곡선: {models}.",
    "Precision-recall curves of {models}, averaged over the folds.": (
        "폴드에 걸쳐 평균한 정밀도-재현율 곡선: {models}."
    ),
    "All classes: mean of each against the rest": "모든 클래스: 일대다 평균",
    "**{model}: AUC {area}**, 95% interval {low} to {high}. That is the chance that a row of a "
    "class is ranked higher for it than a row of another class: 0.5 is guessing, 1 is perfect.": (
        "**{model}: AUC {area}**, 95% 구간 {low} ~ {high}. 어떤 클래스의 행이 다른 클래스의 "
        "행보다 그 클래스 쪽으로 더 높은 순위를 받을 확률입니다. 0.5는 찍기, 1은 완벽한 "
        "구분입니다."
    ),
    "Each fold has a curve of its own, because a probability or a distance need not mean the same "
    "to the model of another fold; the curves are averaged at each false positive rate. The band "
    "is the 95% interval of the mean at each point, corrected for training sets that overlap. "
    "The dashed line is guessing.": (
        "폴드마다 모델이 다르고 같은 확률이나 거리라도 뜻이 다를 수 있으므로, 폴드마다 곡선을 따로 "
        "그려 거짓 양성률마다 평균했습니다. 띠는 점마다 구한 평균의 95% 구간이며, 훈련 집합이 "
        "겹치는 것을 보정했습니다. 점선은 찍기입니다."
    ),
    "**{model}: average precision {area}**, 95% interval {low} to {high}. Guessing gets "
    "{guessing}, the share of the class.": (
        "**{model}: 평균 정밀도 {area}**, 95% 구간 {low} ~ {high}. 찍으면 클래스의 비율인 "
        "{guessing}입니다."
    ),
    "Precision is the share of the class among the rows that are called it, recall the share of "
    "the class that is found. Where a class is rare, this shows what the ROC curve hides. Curves "
    "are averaged over the folds at each recall; the band is the corrected 95% interval at each "
    "point, the dashed line is the share of the class.": (
        "정밀도는 그 클래스라고 한 행 가운데 실제로 그 클래스인 비율이고, 재현율은 그 클래스의 행 "
        "가운데 찾아낸 비율입니다. 클래스가 드물면 ROC 곡선이 감추는 것을 보여 줍니다. 곡선은 "
        "재현율마다 폴드에 걸쳐 평균했고, 띠는 점마다 구한 보정된 95% 구간, 점선은 클래스의 "
        "비율입니다."
    ),
    "Ranked by how far rows lie from the boundaries between classes, for want of probabilities: "
    "{models}. A curve needs only the order of the rows, so they compare with the others here; "
    "calibration leaves them out.": (
        "확률이 없어 클래스 사이의 경계까지의 거리로 순위를 매긴 모델: {models}. 곡선에는 행의 "
        "순서만 필요하므로 여기서는 다른 모델과 비교할 수 있지만, 확률 보정에서는 빠집니다."
    ),
    # calibration
    "Calibration": "확률 보정",
    "Left out, for want of probabilities: {models}. A support vector machine says on which side of "
    "a boundary a row lies and how far from it, not how probable that is. That ranks the rows, as "
    "the ROC curve shows. Probabilities would have to be fitted on top, which makes another "
    "model.": (
        "확률이 없어 빠진 모델: {models}. 서포트 벡터 머신은 행이 경계의 어느 쪽에 얼마나 떨어져 "
        "있는지를 말할 뿐, 그럴 확률은 말하지 않습니다. ROC 곡선에서 보듯 순위는 그것으로 매길 수 "
        "있습니다. 확률을 얻으려면 따로 더 학습해야 하고, 그러면 다른 모델이 됩니다."
    ),
    "All classes: the answer it gives": "모든 클래스: 모델이 고른 답",
    "**{model} is over-confident.** On average it gives its answer a probability of {stated}, and "
    "is right in a share of {happened}.": (
        "**{model}: 과신합니다.** 고른 답에 평균 {stated}의 확률을 매기지만, 맞힌 비율은 "
        "{happened}입니다."
    ),
    "**{model} is under-confident.** On average it gives its answer a probability of {stated}, and "
    "is right in a share of {happened}.": (
        "**{model}: 확신이 부족합니다.** 고른 답에 평균 {stated}의 확률을 매기지만, 맞힌 비율은 "
        "{happened}입니다."
    ),
    "**{model} is right as often as it says on average, but not at every level.** The points are "
    "off the diagonal by {error} on average; chance alone would give up to {chance}.": (
        "**{model}: 평균적으로는 말한 만큼 맞히지만, 확률 수준마다 그런 것은 아닙니다.** 점들은 "
        "대각선에서 평균 {error}만큼 벗어나 있으며, 우연만으로는 {chance}까지 벗어날 수 있습니다."
    ),
    "**{model} is calibrated within noise.** The points are off the diagonal by {error} on "
    "average; chance alone would give up to {chance}.": (
        "**{model}: 잡음의 범위 안에서 확률이 맞습니다.** 점들은 대각선에서 평균 {error}만큼 "
        "벗어나 있으며, 우연만으로도 {chance}까지 벗어날 수 있습니다."
    ),
    "**The probabilities of {model} are too high for {name}.** On average they are {stated}, and "
    "the class has a share of {happened}.": (
        "**{model}: {name}의 확률을 너무 높게 매깁니다.** 평균 {stated}이지만, 이 클래스의 비율은 "
        "{happened}입니다."
    ),
    "**The probabilities of {model} are too low for {name}.** On average they are {stated}, and "
    "the class has a share of {happened}.": (
        "**{model}: {name}의 확률을 너무 낮게 매깁니다.** 평균 {stated}이지만, 이 클래스의 비율은 "
        "{happened}입니다."
    ),
    "**The probabilities of {model} are right for {name} on average, but not at every level.** The "
    "points are off the diagonal by {error} on average; chance alone would give up to {chance}.": (
        "**{model}: {name}의 확률이 평균적으로는 맞지만, 확률 수준마다 그런 것은 아닙니다.** "
        "점들은 대각선에서 평균 {error}만큼 벗어나 있으며, 우연만으로는 {chance}까지 벗어날 수 "
        "있습니다."
    ),
    "Probability of the answer given": "고른 답의 확률",
    "Share of right answers": "맞힌 비율",
    "Probability of {name}": "{name}의 확률",
    "Share of {name}": "{name}의 비율",
    "Reliability of the probabilities of {model}: what happened against what was stated.": (
        "{model}의 확률 신뢰도: 말한 확률과 실제 비율."
    ),
    "Out-of-fold probabilities in {bins} bins of about {rows} rows each, first repeat and seed. "
    "Below the diagonal, things happen less often than stated. Bars are Wilson's 95% intervals, "
    "which take the rows for independent.": (
        "첫 반복과 첫 시드의 폴드 밖 확률을 약 {rows}행씩 {bins}개 구간으로 나눴습니다. 대각선 "
        "아래에서는 말한 것보다 드물게 일어납니다. 막대는 행이 서로 독립이라고 본 윌슨의 95% "
        "구간입니다."
    ),
    "Brier score": "브라이어 점수",
    "Log loss": "로그 손실",
    "Calibration error": "보정 오차",
    "By chance up to": "우연만으로 최대",
    "Lower is better in all columns. The Brier score and the log loss judge ranking and "
    "calibration together; they are means over the folds. The calibration error is the mean "
    "distance from the diagonal; the last column is what it stays below in 95% of cases if every "
    "probability is right.": (
        "모든 열에서 낮을수록 좋습니다. 브라이어 점수와 로그 손실은 순위와 확률 보정을 함께 "
        "평가하며, 폴드에 걸친 평균입니다. 보정 오차는 대각선까지의 평균 거리이고, 마지막 열은 "
        "모든 확률이 옳을 때 100번 중 95번은 보정 오차가 넘지 않는 값입니다."
    ),
    # quantities
    "Predicted and actual": "예측값과 실제값",
    "Residuals": "잔차",
    "Actual {target}": "실제 {target}",
    "Predicted {target}": "예측한 {target}",
    "Actual minus predicted": "실제값에서 예측값을 뺀 값",
    "Mean residual": "평균 잔차",
    "Share of rows below": "이보다 작은 행의 비율",
    "Mean absolute error": "평균 절대 오차",
    "Root mean squared error": "평균 제곱근 오차",
    "Out-of-fold predicted {target} against actual {target}.": (
        "실제 {target}에 대한 폴드 밖 예측 {target}."
    ),
    "Residuals against predicted {target} of {model}.": ("{model}: 예측한 {target}에 따른 잔차."),
    "Distribution of the residuals of {model}.": "{model}: 잔차의 분포.",
    "Every row was predicted by a model that had not seen it; on the dashed line it would be "
    "right. The first repeat and seed is drawn.": (
        "모든 행은 그 행을 보지 않은 모델이 예측했으며, 점선 위에 있으면 정확한 예측입니다. 첫 "
        "반복과 첫 시드만 그렸습니다."
    ),
    "Size of the errors, in units of the target: means over the folds, with 95% intervals. The "
    "root mean squared error weighs large errors more. Units: {units}": (
        "오차의 크기이며, 단위는 목표 변수와 같습니다. 폴드에 걸친 평균과 95% 구간입니다. 평균 "
        "제곱근 오차는 큰 오차에 더 무게를 둡니다. 단위: {units}"
    ),
    "**{model} predicts too high on average, by {size}** ({low} to {high}).": (
        "**{model}: 평균 {size}만큼 너무 높게 예측합니다** ({low} ~ {high})."
    ),
    "**{model} predicts too low on average, by {size}** ({low} to {high}).": (
        "**{model}: 평균 {size}만큼 너무 낮게 예측합니다** ({low} ~ {high})."
    ),
    "{model} has no bias that these folds can show: {size} on average.": (
        "{model}: 이 폴드들로 드러나는 치우침은 없습니다(평균 {size})."
    ),
    "Its errors grow with what it predicts (rank correlation {rank}).": (
        "예측값이 클수록 오차도 커집니다(순위 상관 {rank})."
    ),
    "Its errors shrink with what it predicts (rank correlation {rank}).": (
        "예측값이 클수록 오차는 작아집니다(순위 상관 {rank})."
    ),
    "The size of its errors does not visibly depend on what it predicts.": (
        "오차의 크기는 예측값에 따라 눈에 띄게 달라지지 않습니다."
    ),
    "The grey line is the mean residual of rows with similar predictions, with 95% intervals. "
    "Where it leaves 0, the model misses a pattern that a better one could learn. The first repeat "
    "and seed is drawn.": (
        "회색 선은 예측값이 비슷한 행들의 평균 잔차와 95% 구간입니다. 0에서 벗어난 곳에는 더 나은 "
        "모델이라면 배울 수 있는 규칙이 남아 있습니다. 첫 반복과 첫 시드만 그렸습니다."
    ),
    # cost
    "Score and cost": "점수와 비용",
    "Cost of": "비용의 종류",
    "Fitting": "학습",
    "Predicting": "예측",
    "Mean {metric} of {models} against time.": "시간에 따른 평균 {metric}: {models}.",
    "Seconds to fit on the training rows of a fold": "한 폴드의 훈련 행을 학습하는 시간(초)",
    "Seconds to predict and score the test rows of a fold": (
        "한 폴드의 시험 행을 예측하고 채점하는 시간(초)"
    ),
    "Time to fit": "학습 시간",
    "Time to predict": "예측 시간",
    "On the front": "경계선 위",
    "**{model} is nearly as good as {best} and fits {times} times as fast.** Its {metric} differs "
    "by {difference}, with a 95% interval from {low} to {high}: these folds cannot tell the two "
    "apart.": (
        "**{model}: {best}만큼 좋으면서 {times}배 빨리 학습합니다.** {metric} 차이는 "
        "{difference}, 95% 구간은 {low} ~ {high}로, 이 폴드들로는 둘을 구별할 수 없습니다."
    ),
    "**{model} is nearly as good as {best} and predicts {times} times as fast.** Its {metric} "
    "differs by {difference}, with a 95% interval from {low} to {high}: these folds cannot tell "
    "the two apart.": (
        "**{model}: {best}만큼 좋으면서 {times}배 빨리 예측합니다.** {metric} 차이는 "
        "{difference}, 95% 구간은 {low} ~ {high}로, 이 폴드들로는 둘을 구별할 수 없습니다."
    ),
    "{best} has the highest mean, and none of the models that tie with it takes less than half of "
    "its time.": (
        "평균이 가장 높은 모델은 {best}입니다. 이 모델과 무승부인 모델 가운데 시간이 절반도 들지 "
        "않는 모델은 없습니다."
    ),
    "The dashed line is the Pareto front: no other model is both better and faster. Pale models "
    "are behind it. Bars are 95% intervals. Times are means over the folds, on this machine and "
    "beside whatever else it was doing: read them as orders of magnitude.": (
        "점선은 파레토 경계선으로, 그 위의 모델보다 더 좋으면서 더 빠른 모델은 없습니다. 흐린 "
        "모델은 그 뒤에 있습니다. 막대는 95% 구간입니다. 시간은 이 컴퓨터가 다른 일도 하는 동안 "
        "잰 폴드 평균이므로, 자릿수만 참고하세요."
    ),
    "The fits of the search for parameters are not counted.": (
        "하이퍼파라미터 탐색에 든 학습은 세지 않았습니다."
    ),
    # rows
    "**The account is balanced.** Each of the {n} rows was tested exactly once a repeat by every "
    "model, and by none that was trained on it.": (
        "**셈이 맞습니다.** {n}행 모두 반복마다 정확히 한 번씩, 그 행으로 훈련하지 않은 모델로, "
        "모든 모델에서 시험했습니다."
    ),
    "{n} groups were kept whole: {split} of them have rows in both parts of a fold.": (
        "그룹 {n}개를 나누지 않았습니다. 한 폴드의 훈련과 시험 양쪽에 행이 있는 그룹: {split}개."
    ),
    "{n} rows lack a value. They were kept, and filled in inside each fold.": (
        "{n}행에 빠진 값이 있습니다. 버리지 않고 폴드 안에서 채웠습니다."
    ),
    "A model that uses fewer rows than it was offered took a random subset.": (
        "주어진 행보다 적게 쓴 모델은 무작위로 뽑은 일부로 훈련했습니다."
    ),
    "{model}: {n} rows were never tested.": "{model}: {n}행은 한 번도 시험하지 않았습니다.",
    "{model}: {n} rows were not tested exactly once in every repeat.": (
        "{model}: {n}행은 반복마다 정확히 한 번씩 시험하지 못했습니다."
    ),
    "{model}: {n} fits failed, and their test rows have no prediction: {reason}": (
        "{model}: 학습 {n}회가 실패하여 그 시험 행에는 예측이 없습니다: {reason}"
    ),
    "{n} fits did not see the rows of their fold. Do not trust their scores.": (
        "학습 {n}회가 정해진 폴드의 행을 쓰지 않았습니다. 그 점수는 믿지 마세요."
    ),
    "Every fit": "모든 학습",
    "Fits": "학습 횟수",
    "Failed": "실패",
    "Training rows of a fold": "한 폴드의 훈련 행",
    "Really trained on": "실제로 훈련한 행",
    "Test rows of a fold": "한 폴드의 시험 행",
    "Tested once a repeat": "반복마다 한 번 시험한 행",
    "Never tested": "시험하지 않은 행",
    "Training rows": "훈련 행",
    "Trained on": "실제로 훈련",
    "Not used": "쓰지 않음",
    "Tested": "시험",
    "Not tested": "시험 못 함",
    "In both parts": "양쪽에 있는 행",
    "Groups in both parts": "양쪽에 있는 그룹",
    "Adds up": "셈이 맞음",
    "Error": "오류",
}
