"""The page of learning curves, and what its curves say."""

TEXTS = {
    # settings
    "What would improve a model: more rows, fewer epochs, or another size? Its score on the rows "
    "it was trained on, beside that on new rows, gives the answer.": (
        "무엇이 모델을 낫게 할까요? 더 많은 행, 더 적은 에포크, 아니면 다른 크기일까요? 훈련한 "
        "행의 점수와 처음 보는 행의 점수를 나란히 보면 답이 나옵니다."
    ),
    "A curve over": "곡선의 가로축",
    "Would more data help?": "데이터가 더 많으면 나아질까요?",
    "Does it overfit, and from which epoch?": "과적합인가요, 그렇다면 몇 에포크부터인가요?",
    "Is the model too small or too large?": "모델이 너무 작은가요, 너무 큰가요?",
    "Sizes": "크기의 개수",
    "Each is twice the one before it, and the last is all training rows of a fold: scores tend to "
    "change by as much with each doubling.": (
        "크기는 매번 두 배가 되고, 마지막은 폴드의 훈련 행 전체입니다. 점수는 행이 두 배가 될 "
        "때마다 비슷한 폭으로 변하는 경향이 있습니다."
    ),
    "Parameter": "매개변수",
    "Values of the parameter": "매개변수의 값",
    "With commas between them, or a range: `0.01 .. 100 log`, or `0 .. 0.5`.": (
        "쉼표로 구분하거나 범위로 적습니다: `0.01 .. 100 log` 또는 `0 .. 0.5`."
    ),
    "{n} fits: {a_fold} on each of {folds} folds": "학습 {n}회: 폴드 {folds}개마다 {a_fold}회",
    "Draw the curve": "곡선 그리기",
    "**Nothing has run yet.** Press *Draw the curve*: the settings that the page opens with take "
    "less than a minute.\n\n"
    "**rows** trains each model on more and more rows. While the score on new rows still rises, "
    "more data would probably help.\n\n"
    "**epochs** looks at a net after each pass over its training rows. When the loss on new rows "
    "turns and rises, it learns by heart: it overfits.\n\n"
    "**parameter** changes one parameter of one model. Where both scores are low, the model is too "
    "small; where only the score on new rows is, it is too flexible.": (
        "**아직 실행한 것이 없습니다.** *곡선 그리기*를 누르세요. 처음 설정 그대로면 1분이 "
        "걸리지 않습니다.\n\n"
        "**rows**는 행을 점점 늘려 가며 각 모델을 학습합니다. 처음 보는 행의 점수가 아직 오르고 "
        "있다면, 데이터가 더 있을 때 나아질 가능성이 큽니다.\n\n"
        "**epochs**는 신경망이 훈련 행을 한 번 다 볼 때마다 상태를 살핍니다. 처음 보는 행의 "
        "손실이 내려가다 다시 오르면 훈련 행을 외우는 것, 곧 과적합입니다.\n\n"
        "**parameter**는 한 모델의 매개변수 하나를 바꿉니다. 두 점수가 모두 낮으면 모델이 너무 "
        "작고, 처음 보는 행의 점수만 낮으면 모델이 지나치게 유연합니다."
    ),
    # charts
    "Test rows": "시험 행",
    "model": "모델",
    "scored on": "채점한 행",
    "best epoch": "가장 좋은 에포크",
    "{metric} against {x}, of {models}.": "{x}에 따른 {metric}. 모델: {models}.",
    "{what} against epochs, of {models}.": "에포크에 따른 {what}. 모델: {models}.",
    "Loss (cross-entropy in nats)": "손실 (교차 엔트로피, 나트)",
    "Loss (squared error in variances of the target)": "손실 (제곱 오차, 목표 변수의 분산 단위)",
    # report
    "Scored on": "채점한 행",
    "No fit gave a score, so there is no curve.": (
        "점수가 나온 학습이 없어 곡선을 그릴 수 없습니다."
    ),
    "Strong lines are test rows, faint ones training rows. Bands are 95% intervals of the mean "
    "over {folds} folds, corrected for training rows that folds share. They are drawn no further "
    "than a value can be; the table has them whole.": (
        "진한 선은 시험 행, 흐린 선은 훈련 행입니다. 띠는 폴드 {folds}개 평균의 95% 구간이며, "
        "폴드들이 훈련 행을 공유하는 점을 보정했습니다. 띠는 값이 가질 수 있는 한계까지만 그리고, "
        "표에는 구간 전체가 있습니다."
    ),
    "The test rows of a fold serve for validation. The upright line is the epoch with the lowest "
    "mean validation loss. The training loss is taken while the weights move, and with dropout "
    "where a net has it, so it may lie above the other.": (
        "폴드의 시험 행을 검증에 씁니다. 세로선은 평균 검증 손실이 가장 낮은 에포크입니다. 훈련 "
        "손실은 가중치가 움직이는 동안, 드롭아웃이 있으면 그것도 켠 채로 잰 값이라 검증 손실보다 "
        "높을 수 있습니다."
    ),
    "**Underfitting**, or bias: training and test score are close, and both are low. The model is "
    "too small, too strongly regularised or not trained for long enough. More rows do not help.": (
        "**과소적합**(편향): 훈련 점수와 시험 점수가 비슷하고 둘 다 낮습니다. 모델이 너무 작거나, "
        "규제가 너무 강하거나, 학습이 짧았습니다. 행을 늘려도 소용이 없습니다."
    ),
    "**Overfitting**, or variance: the training score is high and the test score clearly lower, "
    "because the model has learned the noise of its rows too. More rows, more regularisation or a "
    "smaller model narrow the gap.": (
        "**과적합**(분산): 훈련 점수는 높은데 시험 점수가 뚜렷이 낮습니다. 모델이 훈련 행의 "
        "잡음까지 배웠기 때문입니다. 행을 늘리거나, 규제를 강하게 하거나, 모델을 줄이면 차이가 "
        "좁아집니다."
    ),
    "**The best model lies between.** What makes a model more flexible lowers its bias and raises "
    "its variance.": (
        "**가장 좋은 모델은 그 사이에 있습니다.** 모델이 유연해질수록 편향은 줄고 분산은 커집니다."
    ),
    "**Regularisation** holds a flexible model back: weight decay and dropout in a net, a small C "
    "or gamma in an SVM, large leaves in a tree.": (
        "**규제**는 유연한 모델을 붙잡아 둡니다. 신경망의 가중치 감쇠와 드롭아웃, SVM의 작은 C나 "
        "gamma, 트리의 큰 잎이 그런 일을 합니다."
    ),
    "**Early stopping** holds it back in time: training ends, or goes back to, where the "
    "validation loss is lowest. That loss may rise while the accuracy stays: the net grows too "
    "sure of its mistakes.": (
        "**조기 종료**는 시간으로 붙잡아 둡니다. 검증 손실이 가장 낮은 곳에서 학습을 끝내거나 "
        "그곳으로 되돌립니다. 정확도는 그대로인데 손실만 오르기도 하는데, 신경망이 틀린 답을 "
        "지나치게 확신하게 된 것입니다."
    ),
    "**The sentences** compare two points fold by fold, because some folds are harder than others. "
    "Bands that overlap therefore do not say that two points are equal. Changes within a "
    "hundredth, of the score, of a nat or of the target's spread, count as none. How far the loss "
    "of a fold has risen is counted from the epoch that the other folds find best: its own best "
    "epoch may be luck.": (
        "**문장들**은 두 점을 폴드별로 짝지어 비교합니다. 폴드마다 어려운 정도가 다르기 때문이며, "
        "따라서 띠가 겹친다고 두 점이 같은 것은 아닙니다. 점수, 나트 또는 목표 변수가 퍼진 정도의 "
        "100분의 1 이내의 변화는 없는 것으로 봅니다. 한 폴드의 손실이 얼마나 올랐는지는 다른 "
        "폴드들에서 가장 좋은 에포크부터 셉니다. 그 폴드 자신의 가장 좋은 에포크는 우연일 수 "
        "있습니다."
    ),
    "Here the test rows chose the epoch or the value, so the score at the best point is a little "
    "too good. For a score to report, let a nested search choose.": (
        "여기서는 시험 행으로 에포크나 값을 골랐으므로 가장 좋은 점의 점수는 실제보다 조금 "
        "높습니다. 보고할 점수는 중첩 탐색이 고르게 하세요."
    ),
    # readings
    "More data would probably help: from {before} to {last} training rows the test score changes "
    "by {change} (95% interval {low} to {high}), and nothing says that it stops there.": (
        "데이터가 더 많으면 나아질 가능성이 큽니다. 훈련 행이 {before}개에서 {last}개로 늘 때 시험 "
        "점수가 {change}만큼 변했고(95% 구간 {low} ~ {high}), 거기서 멈춘다는 근거가 없습니다."
    ),
    "More data of this kind would hardly help: from {before} to {last} training rows the test "
    "score changes by {change} (95% interval {low} to {high}), which is practically nothing.": (
        "같은 종류의 데이터를 더 모아도 거의 나아지지 않습니다. 훈련 행이 {before}개에서 "
        "{last}개로 늘 때 시험 점수의 변화는 {change}(95% 구간 {low} ~ {high})로, 사실상 없습니다."
    ),
    "The test score falls with more rows, which they rarely cause: from {before} to {last} it "
    "changes by {change} (95% interval {low} to {high}). Check that training is stable.": (
        "행이 늘수록 시험 점수가 떨어지는데, 드문 일입니다. 행이 {before}개에서 {last}개로 늘 때 "
        "{change}만큼 변했습니다(95% 구간 {low} ~ {high}). 학습이 안정적인지 확인하세요."
    ),
    "Cannot tell whether more data would help: from {before} to {last} training rows the test "
    "score changes by {change}, and the 95% interval from {low} to {high} leaves it open.": (
        "데이터가 더 많으면 나아질지 알 수 없습니다. 훈련 행이 {before}개에서 {last}개로 늘 때 "
        "시험 점수가 {change}만큼 변했지만, 95% 구간({low} ~ {high})이 넓어 판단할 수 없습니다."
    ),
    "Cannot tell whether more data would help: that takes two sizes with scores on two folds.": (
        "데이터가 더 많으면 나아질지 알 수 없습니다. 두 가지 크기와, 폴드 두 개의 점수가 "
        "필요합니다."
    ),
    "It scores higher on the rows that it has learned than on new ones, by {change} (95% interval "
    "{low} to {high}). That gap is variance: more rows, more regularisation or a smaller model "
    "narrow it.": (
        "학습한 행의 점수와 처음 보는 행의 점수 차이가 {change}입니다(95% 구간 {low} ~ {high}). "
        "이 차이가 분산이며, 행을 늘리거나 규제를 강하게 하거나 모델을 줄이면 좁아집니다."
    ),
    "It scores hardly higher on the rows that it has learned than on new ones ({change}, 95% "
    "interval {low} to {high}). If the score is too low, that is bias: the model is too small, or "
    "the columns say too little.": (
        "학습한 행의 점수가 처음 보는 행의 점수보다 거의 높지 않습니다({change}, 95% 구간 {low} ~ "
        "{high}). 그런데도 점수가 낮다면 편향입니다. 모델이 너무 작거나 열에 담긴 정보가 "
        "부족합니다."
    ),
    "Cannot tell whether it overfits: training score minus test score is {change}, and the 95% "
    "interval from {low} to {high} leaves it open.": (
        "과적합인지 알 수 없습니다. 훈련 점수에서 시험 점수를 뺀 값은 {change}이지만, 95% 구간 "
        "({low} ~ {high})이 넓어 판단할 수 없습니다."
    ),
    "Cannot tell whether it overfits: that takes training and test scores on two folds.": (
        "과적합인지 알 수 없습니다. 폴드 두 개의 훈련 점수와 시험 점수가 필요합니다."
    ),
    "It overfits from epoch {best}: until epoch {last} the validation loss rises by {change} "
    "(95% interval {low} to {high}) while the training loss falls. Early stopping would keep the "
    "weights of about that epoch.": (
        "{best} 에포크부터 과적합입니다. {last} 에포크까지 훈련 손실은 줄지만 검증 손실은 "
        "{change}만큼 오릅니다(95% 구간 {low} ~ {high}). 조기 종료라면 그 무렵의 가중치를 "
        "남깁니다."
    ),
    "Training is unstable: after epoch {best} the validation loss changes by {change} (95% "
    "interval {low} to {high}), and the training loss rises too. Try a lower learning rate.": (
        "학습이 불안정합니다. {best} 에포크 뒤로 검증 손실이 {change}만큼 변하고(95% 구간 {low} ~ "
        "{high}), 훈련 손실도 오릅니다. 학습률을 낮춰 보세요."
    ),
    "It is still learning: from epoch {before} to {last} the validation loss changes by {change} "
    "(95% interval {low} to {high}). More epochs would probably help.": (
        "아직 배우는 중입니다. {before} 에포크에서 {last} 에포크까지 검증 손실이 {change}만큼 "
        "변합니다(95% 구간 {low} ~ {high}). 에포크를 늘리면 나아질 가능성이 큽니다."
    ),
    "It neither overfits nor learns more: from about epoch {before} to {last} the validation loss "
    "changes by {change} (95% interval {low} to {high}), which is practically nothing.": (
        "과적합도 아니고 더 배우지도 않습니다. {before} 에포크 무렵부터 {last} 에포크까지 검증 "
        "손실의 변화는 {change}(95% 구간 {low} ~ {high})로, 사실상 없습니다."
    ),
    "Cannot tell whether it overfits: from about epoch {before} to {last} the validation loss "
    "changes by {change}, and the 95% interval from {low} to {high} leaves it open.": (
        "과적합인지 알 수 없습니다. {before} 에포크 무렵부터 {last} 에포크까지 검증 손실이 "
        "{change}만큼 변하지만, 95% 구간({low} ~ {high})이 넓어 판단할 수 없습니다."
    ),
    "Cannot tell whether it overfits: that takes four epochs and two folds with a loss.": (
        "과적합인지 알 수 없습니다. 에포크 네 번과, 폴드 두 개의 손실이 필요합니다."
    ),
    "The best of these is {parameter} = {best}. Not told apart from it: {ties}.": (
        "이 가운데 가장 좋은 값은 {parameter} = {best}입니다. 이와 구별되지 않는 값: {ties}."
    ),
    "The best of these is {parameter} = {best}; all others are told apart from it.": (
        "이 가운데 가장 좋은 값은 {parameter} = {best}이며, 나머지는 모두 이보다 뚜렷이 낮습니다."
    ),
    "The best value is the last on its side of the range: try values beyond it.": (
        "가장 좋은 값이 범위의 끝에 있습니다. 그 너머의 값도 시도해 보세요."
    ),
    "Underfitting at {values}: the test score is lower than the best, and the training score is "
    "lower too. There the model is too small, or too strongly regularised.": (
        "과소적합인 값: {values}. 시험 점수가 가장 좋은 값보다 낮고 훈련 점수도 낮습니다. 모델이 "
        "너무 작거나 규제가 너무 강합니다."
    ),
    "Overfitting at {values}: the test score is lower than the best, but the training score is "
    "not. There the model is too flexible.": (
        "과적합인 값: {values}. 시험 점수는 가장 좋은 값보다 낮지만 훈련 점수는 그렇지 않습니다. "
        "모델이 지나치게 유연합니다."
    ),
    "{parameter} hardly matters between these values: none differs from {best}, which has the "
    "highest mean, by more than is practically nothing.": (
        "{parameter}: 이 값들 사이에서는 거의 영향이 없습니다. 평균이 가장 높은 값({best})과 "
        "사실상 차이가 나는 값이 없습니다."
    ),
    "Cannot tell which value is best: {parameter} = {best} has the highest mean, and these folds "
    "tell no other value from it.": (
        "어느 값이 가장 좋은지 알 수 없습니다. 평균은 {parameter} = {best}에서 가장 높지만, 이 "
        "폴드들로는 다른 값과 구별되지 않습니다."
    ),
    "Cannot tell which value is best: that takes two values with scores on two folds.": (
        "어느 값이 가장 좋은지 알 수 없습니다. 두 가지 값과, 폴드 두 개의 점수가 필요합니다."
    ),
}
