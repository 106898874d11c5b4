"""What the page Compare says of its design, its verdict and its two questions."""

TEXTS = {
    "A tie between {best} and {rival}": "무승부: {best}, {rival}",
    "{best} beats {rival}": "{best}, {rival}에 승리",
    "the best net": "가장 좋은 신경망",
    "the best SVM": "가장 좋은 SVM",
    "the best ensemble": "가장 좋은 앙상블",
    "the best linear model": "가장 좋은 선형 모델",
    "the baseline": "기준 모델",
    "the runner-up": "2위 모델",
    "{best} has the highest mean {metric}. Against {rival}, {role}, it gains {gain}, with a 95% "
    "interval from {low} to {high}.": (
        "{metric} 평균이 가장 높은 모델은 {best}입니다. {rival}({role})에 비해 {gain}만큼 "
        "높으며, 95% 구간은 {low}에서 {high}까지입니다."
    ),
    "That includes 0, so this comparison cannot tell which of the two would win on another "
    "sample of this size.": (
        "구간이 0을 포함하므로, 같은 크기의 다른 표본에서 둘 중 어느 쪽이 이길지 이 비교로는 알 "
        "수 없습니다."
    ),
    "That excludes 0, but among {n} pairs of models some pair does by luck: corrected for their "
    "number (Holm), p {p}, so this comparison cannot tell which of the two would win on another "
    "sample of this size.": (
        "구간이 0을 포함하지 않지만, 모델 쌍이 {n}개이면 운으로 그런 쌍도 나옵니다. 쌍의 수를 "
        "보정하면(Holm) p {p}이므로, 같은 크기의 다른 표본에서 어느 쪽이 이길지 이 비교로는 알 "
        "수 없습니다."
    ),
    "That excludes 0, so {best} should win on another sample of this size, too.": (
        "구간이 0을 포함하지 않으므로, 같은 크기의 다른 표본에서도 {best}이(가) 이길 것으로 "
        "보입니다."
    ),
    "Corrected for the {n} pairs of models (Holm), p {p}.": (
        "모델 쌍 {n}개를 보정하면(Holm) p {p}입니다."
    ),
    "{one} and {other} have too few folds in common to be compared.": (
        "{one}, {other}: 함께 마친 폴드가 너무 적어 비교할 수 없습니다."
    ),
    "{one} beats {other} by {gain} (95%: {low} to {high}), Holm p {p}.": (
        "{one}의 점수가 {other}보다 {gain} 높습니다(95%: {low}에서 {high}까지), Holm p {p}."
    ),
    "These folds cannot tell {one} and {other} apart, Holm p {p}.": (
        "{one}, {other}: 이 폴드들로는 구별할 수 없습니다, Holm p {p}."
    ),
    "P(practically the same) = {same}.": "P(사실상 같음) = {same}.",
    "Leave out pairs of folds too": "폴드 쌍도 빼고 학습하기",
    "Design": "설계",
    "Equal models were called different in at most {worst} of simulated comparisons.": (
        "모의실험에서 실력이 같은 모델을 다르다고 한 비율은 최대 {worst}였습니다."
    ),
    "{metric} is no mean over rows, so pairs of folds are not left out: the verdict goes by the "
    "scores of whole folds. Accuracy, R² and the mean absolute error are such means.": (
        "{metric}은(는) 행별 값의 평균이 아니므로 폴드 쌍을 빼지 않습니다. 판정은 폴드 단위 "
        "점수로 합니다. 정확도, R², 평균 절대 오차는 행별 값의 평균입니다."
    ),
    "Pairs of folds are not left out where models are tuned, since each would take a search of "
    "its own: the verdict goes by the scores of whole folds.": (
        "모델을 튜닝할 때는 쌍마다 탐색이 따로 필요하므로 폴드 쌍을 빼지 않습니다. 판정은 폴드 "
        "단위 점수로 합니다."
    ),
    "Yes: on rows like these, the fitted models of {best} beat those of {rival} by {gain} (95% "
    "interval {low} to {high}, Holm p {p}).": (
        "예. 이런 행들에서는 학습된 {best} 모델들의 점수가 {rival} 모델들보다 {gain} "
        "높습니다(95% 구간 {low}에서 {high}까지, Holm p {p})."
    ),
    "That is not shown: on rows like these, the fitted models of {best} gain {gain} against "
    "those of {rival} (95% interval {low} to {high}, Holm p {p}).": (
        "다르다고 할 수 없습니다. 이런 행들에서 학습된 {best} 모델들과 {rival} 모델들의 점수 "
        "차이는 {gain}입니다(95% 구간 {low}에서 {high}까지, Holm p {p})."
    ),
    "The best of all these fitted models is among the following, at 95%: {models}.": (
        "학습된 모델 가운데 가장 좋은 것은 95% 신뢰도로 다음 중에 있습니다: {models}."
    ),
    "The best of all these fitted models is that of {best}, at 95%.": (
        "학습된 모델 가운데 가장 좋은 것은 95% 신뢰도로 {best}입니다."
    ),
    "This answers nothing about the learners: it takes the models as they came out. Two equal "
    "learners often give models that truly differ, and with other rows to learn from, the other "
    "may be ahead.": (
        "이는 학습 방법에 대해서는 아무것도 말해 주지 않습니다. 이미 학습된 모델을 그대로 두고 "
        "보기 때문입니다. 실력이 같은 두 방법도 실제로 다른 모델을 내놓는 일이 흔하며, 다른 "
        "행으로 학습하면 순서가 바뀔 수 있습니다."
    ),
    "To answer this, the score must be a mean over rows, as accuracy and R² are, and {metric} "
    "is none.": (
        "이 물음에 답하려면 점수가 정확도나 R²처럼 행별 값의 평균이어야 하는데, {metric}은(는) "
        "그렇지 않습니다."
    ),
    "Did these fitted models differ on these rows?": (
        "학습된 이 모델들은 이 행들에서 서로 달랐는가?"
    ),
    "All pairs of fitted models": "학습된 모델의 모든 쌍",
    "Losses row by row, by the central limit theorem for cross-validation (Bayle, Bayle, Janson "
    "and Mackey, 2020), without further fits. p-values are corrected for the number of pairs "
    "(Holm, 1979). The set that holds the best is that of Lei (2020).": (
        "추가 학습 없이 행별 손실을 교차 검증의 중심 극한 정리로 비교합니다(Bayle, Bayle, "
        "Janson, Mackey, 2020). p-값은 쌍의 수를 보정한 것입니다(Holm, 1979). 가장 좋은 모델이 "
        "들어 있는 집합은 Lei(2020)의 방법입니다."
    ),
    "Every pair: would the one win on another sample of this size?": (
        "모든 쌍: 같은 크기의 다른 표본에서도 이길 것인가?"
    ),
    "Intervals are for one pair at a time, p-values are corrected for the number of pairs "
    "(Holm, 1979). Practically the same means a difference of at most {rope}; its probability "
    "follows from the same error, as in the Bayesian correlated t-test (Corani and Benavoli, "
    "2015).": (
        "구간은 쌍 하나에 대한 것이고, p-값은 쌍의 수를 보정한 것입니다(Holm, 1979). 사실상 "
        "같다는 것은 차이가 {rope} 이하라는 뜻이며, 그 확률은 베이즈 상관 t-검정처럼 같은 "
        "오차에서 나옵니다(Corani와 Benavoli, 2015)."
    ),
    "Fits without each pair of folds show how much other rows to learn from change the models, "
    "and intervals and p-values allow for it (nested cross-validation; Bates, Hastie and "
    "Tibshirani, 2024).": (
        "폴드 쌍을 뺀 학습에서 다른 행으로 학습하면 모델이 얼마나 달라지는지 드러나며, 구간과 "
        "p-값은 이를 감안합니다(중첩 교차 검증, Bates, Hastie, Tibshirani, 2024)."
    ),
    "{metric} is no mean over rows, so fits without pairs of folds tell nothing of it.": (
        "{metric}은(는) 행별 값의 평균이 아니므로, 폴드 쌍을 뺀 학습은 이 점수에 대해 알려 주는 "
        "것이 없습니다."
    ),
    "Intervals and p-values allow, by a rule of thumb, for folds that share training rows "
    "(Nadeau and Bengio, 2003).": (
        "구간과 p-값은 폴드들이 훈련 행을 공유함을 어림 규칙으로 감안합니다(Nadeau와 Bengio, 2003)."
    ),
    "Where such fits are missing, they go by the scores of whole folds (Nadeau and Bengio, "
    "2003).": ("그런 학습이 빠진 쌍에서는 폴드 단위 점수를 따릅니다(Nadeau와 Bengio, 2003)."),
    "Models that share a letter cannot be told apart as learners: no test of their pair is "
    "below 5%, after Holm's correction for the number of pairs.": (
        "같은 글자를 가진 모델들은 학습 방법으로서 구별할 수 없습니다. 쌍의 수에 대한 Holm 보정 "
        "뒤 그 쌍의 검정이 5% 아래로 내려가지 않습니다."
    ),
    "With a spread like this, the design finds a true difference of {difference} four times in "
    "five.": (
        "점수가 이만큼 흩어질 때, 이 설계는 {difference}의 실제 차이를 다섯 번 중 네 번 찾아냅니다."
    ),
    "pairs of folds left out too": "폴드 쌍도 제외",
    "Where pairs of folds were left out, the intervals allow for what other training rows would "
    "change, as far as the rows at hand can show it; that they are read by Student's t with 20 "
    "degrees of freedom comes from simulations, not from a theory.": (
        "폴드 쌍을 뺀 경우 구간은 훈련 행이 달라질 때의 변화를 감안하지만, 지금 있는 행들이 "
        "보여 줄 수 있는 만큼입니다. 자유도 20의 t 분포로 읽는 것은 이론이 아니라 모의실험에서 "
        "나온 것입니다."
    ),
    "How often this design calls equal learners different was not simulated.": (
        "이 설계가 실력이 같은 모델을 다르다고 하는 비율은 모의실험하지 않았습니다."
    ),
    "In simulations of equal learners, this design called them different in {mean} of the "
    "comparisons, and in {worst} with the worst of twelve learners.": (
        "실력이 같은 모델로 한 모의실험에서 이 설계가 다르다고 한 비율은 평균 {mean}, 열두 가지 "
        "모델 중 가장 나쁜 경우 {worst}였습니다."
    ),
    "A tie does not say that two learners are equal. It says that this comparison cannot tell "
    "them apart; more rows would, more than more repeats.": (
        "무승부는 두 학습 방법이 같다는 뜻이 아니라 이 비교로는 구별할 수 없다는 뜻입니다. "
        "반복을 늘리는 것보다 행을 늘리는 것이 도움이 됩니다."
    ),
    "5x2: 5 folds, drawn 2 times. pairs: each model is also trained without each pair of folds, "
    "which shows how much other rows to learn from would change it (nested cross-validation); in "
    "simulations of models that differ, {pairs} found the better one in {paired} of comparisons, "
    "where {alone} found it in {plain}. own: other numbers than those that hold in simulations.": (
        "5x2: 폴드 5개, 2번 나눔. pairs: 모델마다 폴드 두 개씩을 뺀 학습도 하여, 다른 행으로 "
        "학습하면 모델이 얼마나 달라지는지 알아봅니다(중첩 교차 검증). 실력이 다른 모델로 한 "
        "모의실험에서 더 나은 모델을 찾아낸 비율은 {pairs}이(가) {paired}, {alone}이(가) "
        "{plain}였습니다. own: 모의실험에서 약속을 지킨 설계 말고 다른 수를 입력합니다."
    ),
    "How often this design calls equal models different was not simulated. Those that are offered "
    "hold what they promise.": (
        "이 설계가 실력이 같은 모델을 다르다고 하는 비율은 모의실험하지 않았습니다. 목록에 있는 "
        "설계들은 약속한 비율을 지킵니다."
    ),
    "**Careful:** with some learners, equal models were called different in up to {worst} of "
    "simulated comparisons, where {level} are promised. Those that are offered hold.": (
        "**주의:** 모의실험에서 어떤 모델은 실력이 같은데도 다르다고 한 비율이 최대 "
        "{worst}였습니다. 약속은 {level}입니다. 목록에 있는 설계들은 이를 지킵니다."
    ),
}
