"""What the page Compare says, its report, and the verdict."""

TEXTS = {
    # the page
    "Compare models fold by fold": "폴드별 모델 비교",
    "Does a neural net beat a kernel SVM or an ensemble on this data, by how much, and is the "
    "difference real?": (
        "이 데이터에서 신경망이 커널 SVM이나 앙상블보다 나은지, 얼마나 나은지, 그 차이가 진짜인지 "
        "알아봅니다."
    ),
    "Run comparison": "비교 실행",
    "Choose at least one model.": "모델을 하나 이상 고르세요.",
    "{models} models on {folds} folds: {fits} fits": (
        "모델 {models}개, 폴드 {folds}개: 학습 {fits}회"
    ),
    ", about {time} by earlier runs on this data": ", 이 데이터의 이전 실행으로 보아 약 {time}",
    "This design could detect a difference of {difference} in accuracy between two good models, "
    "four times in five.": (
        "이 설계는 좋은 두 모델의 정확도 차이가 {difference}일 때 다섯 번 중 네 번 찾아낼 수 "
        "있습니다."
    ),
    "That is a lot: expect ties. More rows would help most.": (
        "이는 큰 차이이므로 무승부가 나오기 쉽습니다. 행을 늘리는 것이 가장 도움이 됩니다."
    ),
    "For two models of which exactly one is right on {share} of the rows, by the test of the "
    "verdict at 5% with a power of 80%. Two models cannot differ by more than that share. That "
    "training on other rows changes them comes on top, so this is a lower bound.": (
        "둘 중 한 모델만 맞히는 행이 {share}인 두 모델을 유의수준 5%, 검정력 80%로 판정의 "
        "검정으로 비교할 때의 값입니다. 두 모델의 차이는 이 비율보다 클 수 없습니다. 다른 행으로 "
        "학습하면 모델이 달라지는 몫이 더해지므로, 이 값은 하한입니다."
    ),
    "What difference in {metric} this design could detect depends on how much the folds spread, "
    "which nobody knows before the run. The result will say it.": (
        "이 설계가 찾아낼 수 있는 {metric} 차이는 폴드 사이의 흩어짐에 달려 있어 실행 전에는 알 수 "
        "없습니다. 결과에서 알려 드립니다."
    ),
    "**Nothing has run yet.** Choose a data set and models, then press *Run comparison*: the "
    "settings that the page opens with suit any computer.": (
        "**아직 실행한 것이 없습니다.** 데이터셋과 모델을 고르고 *비교 실행*을 누르세요. 처음 "
        "설정은 어느 컴퓨터에서나 무난합니다."
    ),
    "The rows are split into folds. Each model is trained on all folds but one and scored on the "
    "one left out, in turn, and every model sees the very same folds. Scores are then compared "
    "*within* a fold, because some folds are harder than others.": (
        "행을 여러 폴드로 나눕니다. 모델마다 한 폴드를 뺀 나머지로 학습하고 남겨 둔 폴드에서 "
        "점수를 매기기를 번갈아 하며, 모든 모델이 똑같은 폴드를 봅니다. 폴드마다 난이도가 "
        "다르므로 점수는 *같은 폴드 안에서* 비교합니다."
    ),
    "The verdict stays locked until all {n} folds are in: whoever looks at half of them and stops "
    "when the numbers please will find differences that are not there.": (
        "폴드 {n}개가 모두 끝날 때까지 판정은 잠겨 있습니다. 절반만 보고 수치가 마음에 들 때 "
        "멈추면 있지도 않은 차이를 찾게 됩니다."
    ),
    # parameters
    "Parameters and tuning": "매개변수와 튜닝",
    "SVM training": "SVM 학습 방법",
    "The time of an exact kernel SVM grows with the square of the rows, so a run in which a fit "
    "would take over a minute is refused. nystroem: a linear SVM on 500 features of the kernel. "
    "subsample: the exact SVM on 2,000 random rows. Both are marked in the results.": (
        "정확한 커널 SVM의 학습 시간은 행 수의 제곱으로 늘어나므로, 학습 한 번이 1분을 넘을 실행은 "
        "거절합니다. nystroem: 커널 특성 500개에 대한 선형 SVM. subsample: 무작위 2,000행으로 "
        "학습한 정확한 SVM. 둘 다 결과에 표시됩니다."
    ),
    "Set parameters": "매개변수 직접 설정",
    "Otherwise each model runs with its defaults.": "끄면 모든 모델이 기본값으로 실행됩니다.",
    "default: {value}": "기본값: {value}",
    "Tune with an equal budget": "같은 예산으로 튜닝",
    "Within the training rows of each fold, as many candidates of each model are cross-validated, "
    "the defaults among them, and the best is scored on the test rows. Parameters that are set "
    "above stay as they are.": (
        "각 폴드의 훈련 행 안에서 모델마다 같은 수의 후보(기본값 포함)를 교차 검증하고, 가장 좋은 "
        "후보를 시험 행에서 평가합니다. 위에서 설정한 매개변수는 그대로 둡니다."
    ),
    "Candidates": "후보 수",
    "Of each model in each fold. The first is the defaults, the others are random.": (
        "폴드마다, 모델마다의 수입니다. 첫 후보는 기본값이고 나머지는 무작위입니다."
    ),
    "Inner folds": "내부 폴드 수",
    "Parts of the training rows of a fold that candidates are scored on.": (
        "후보를 평가하기 위해 한 폴드의 훈련 행을 나누는 수입니다."
    ),
    "Seeds of each net": "신경망마다 시드 수",
    "How often each net is trained on a fold, from other starting weights each time. Its scores "
    "are averaged, so that a lucky start does not decide.": (
        "한 폴드에서 신경망을 서로 다른 초기 가중치로 학습하는 횟수입니다. 운 좋은 시작이 결과를 "
        "정하지 않도록 점수를 평균합니다."
    ),
    # report
    "No fold was finished by all models, so there is nothing to compare yet.": (
        "모든 모델이 마친 폴드가 없어 아직 비교할 것이 없습니다."
    ),
    "No verdict": "판정 없음",
    "A verdict takes two models that finished at least two folds.": (
        "판정하려면 폴드를 두 개 이상 마친 모델이 둘 있어야 합니다."
    ),
    "The verdict is locked": "판정이 잠겨 있습니다",
    "{n} of {total} folds were finished by all models. The verdict opens when all are in: resume "
    "the run to get it.": (
        "폴드 {total}개 중 {n}개를 모든 모델이 마쳤습니다. 모두 끝나면 판정이 열립니다. 실행을 "
        "이어서 진행하세요."
    ),
    "{n} folds": "폴드 {n}개",
    "repeated {n} times": "{n}번 반복",
    "normalisation: {method}": "정규화: {method}",
    "seed {seed}": "시드 {seed}",
    "{n} seeds of each net": "신경망마다 시드 {n}개",
    "tuned with {n} candidates each": "모델마다 후보 {n}개로 튜닝",
    "This run leaks on purpose: its scalers have seen the test rows.": (
        "이 실행은 일부러 정보를 누출합니다. 스케일러가 시험 행을 보았습니다."
    ),
    "{model} failed in {n} fits: {reason}": "{model}: 학습 {n}회 실패. {reason}",
    "Candidates of {model} failed in {n} fits of the search, and were left out: {reason}": (
        "{model}의 후보가 탐색 중 학습 {n}회에서 실패하여 제외되었습니다: {reason}"
    ),
    "{model} failed in {n} fits without a pair of folds, so its differences are judged by the "
    "scores of whole folds: {reason}": (
        "{model}이(가) 폴드 한 쌍을 뺀 학습 {n}회에서 실패하여, 이 모델의 차이는 폴드 단위 점수로 "
        "판단합니다: {reason}"
    ),
    "95% interval": "95% 구간",
    "Fit time per fold": "폴드당 학습 시간",
    "Nystroem features": "Nystroem 특성",
    "Random subset of the rows": "행의 무작위 부분집합",
    "Tie group": "무승부 그룹",
    "Fold scores as CSV": "폴드 점수 CSV",
    "The other pair": "나머지 한 쌍",
    "The other {n} pairs": "나머지 {n}쌍",
    "Every pair": "모든 쌍",
    "{metric} minus that of {best}, paired by fold": "{best} 대비 {metric} 차이, 폴드별로 짝지음",
    "minus": "빼는 모델",
    "Difference": "차이",
    "P(better)": "P(나음)",
    "P(practically the same)": "P(사실상 같음)",
    "P(worse)": "P(못함)",
    "Run this with Python, without the dashboard: it prints the scores.": (
        "대시보드 없이 파이썬으로 실행하면 점수를 출력합니다."
    ),
    "Download the script": "스크립트 내려받기",
    # folds
    "Fold by fold": "폴드별 점수",
    "repeat {repeat}, fold {fold}": "반복 {repeat}, 폴드 {fold}",
    "repeat {repeat}, all folds": "반복 {repeat}, 모든 폴드",
    "{metric} on the test rows of a fold": "폴드 시험 행의 {metric}",
    "{metric} of {models} on each fold, joined by fold.": (
        "{models}의 폴드별 {metric}, 같은 폴드를 선으로 이음."
    ),
    "{title}, with 95% intervals, for {models}.": "{title}, 95% 구간, 모델: {models}.",
    "Mean": "평균",
    "Click a mark to see the rows behind it.": "표식을 누르면 그 폴드의 행을 볼 수 있습니다.",
    "Marks of the first {n} repeats are drawn, of all the mean.": (
        "표식은 처음 {n}번의 반복만, 평균은 전부를 그렸습니다."
    ),
    "Where two models disagree": "두 모델의 답이 갈리는 곳",
    "Other model": "다른 모델",
    "One of the two models failed there.": "두 모델 중 하나가 그 폴드에서 실패했습니다.",
    "{one} and {other} give the same answer on all {total} test rows.": (
        "{one}, {other}: 시험 행 {total}개 모두에서 답이 같습니다."
    ),
    "Of {total} test rows, {one} is nearer to the truth on {a}, {other} on {b}. Rows on which they "
    "are furthest apart come first.": (
        "시험 행 {total}개 중 참값에 더 가까운 쪽: {one} {a}개, {other} {b}개. 둘의 답이 가장 먼 "
        "행부터 보입니다."
    ),
    "The two give different answers on {n} of {total} test rows: {one} is right on {a} of them, "
    "{other} on {b}, neither on {c}.": (
        "시험 행 {total}개 중 {n}개에서 답이 다릅니다. 맞힌 수: {one} {a}개, {other} {b}개, 둘 다 "
        "틀림 {c}개."
    ),
    "Row {row}": "행 {row}",
    "Row {row}: **{actual}**": "행 {row}: **{actual}**",
    "{answer}, of the actual class {p}": "{answer}, 실제 클래스는 {p}",
    "No probabilities from {models}.": "확률을 주지 않는 모델: {models}.",
    "Step": "단계",
    "Steps go from left to right.": "단계는 왼쪽에서 오른쪽으로 갑니다.",
    "Feature": "특성",
    "Value": "값",
    # leak
    "Leak it": "일부러 누출하기",
    "A common mistake: the scaler is fitted on all rows, and only then are they split into "
    "folds. The test rows have then had a say in the training. This runs the same models on the "
    "same folds with that mistake, and shows what it fakes.": (
        "흔한 실수: 스케일러를 모든 행에 맞춘 다음에야 폴드로 나눕니다. 그러면 시험 행이 학습에 "
        "끼어든 셈입니다. 같은 모델을 같은 폴드에서 이 실수와 함께 실행하여, 무엇이 부풀려지는지 "
        "보여 줍니다."
    ),
    "This run is the one with the leak.": "이 실행이 바로 누출이 있는 실행입니다.",
    "There is no scaler in this run, so there is nothing to leak by.": (
        "이 실행에는 스케일러가 없어 누출될 것이 없습니다."
    ),
    "This takes all folds of the honest run.": "정직한 실행의 모든 폴드가 끝나야 합니다.",
    "The run with the leak did not finish.": "누출이 있는 실행이 끝나지 않았습니다.",
    "No model has a score in both runs.": "두 실행에 모두 점수가 있는 모델이 없습니다.",
    "{metric} with the leak minus without, paired by fold": (
        "{metric}: 누출 있음에서 없음을 뺀 값, 폴드별로 짝지음"
    ),
    "With the leak minus without": "누출 있음 빼기 없음",
    "**The leak flatters.** In mean {metric}, with an interval above 0: {gains}.": (
        "**누출이 점수를 부풀립니다.** 평균 {metric}의 구간이 0보다 위인 모델: {gains}."
    ),
    "**Scaling alone leaks nothing here.** With the leak, every mean is the same.": (
        "**여기서는 스케일링만으로는 아무것도 누출되지 않습니다.** 누출이 있어도 평균이 모두 "
        "같습니다."
    ),
    "**Scaling alone leaks little here.** No interval lies above 0, and no mean {metric} moved by "
    "more than {most}.": (
        "**여기서는 스케일링만으로는 거의 누출되지 않습니다.** 0보다 위에 있는 구간이 없고, 평균 "
        "{metric}의 변화는 최대 {most}입니다."
    ),
    "A scaler sees no targets, so it leaks little, most with few rows or outliers. What sees them "
    "leaks more: choosing 100 of 5,000 columns of noise by their correlation with the classes, "
    "before the folds, made an error of 50% look like 3% (Hastie, Tibshirani and Friedman, The "
    "Elements of Statistical Learning, 7.10.2).": (
        "스케일러는 목표값을 보지 않으므로 누출이 작고, 행이 적거나 이상값이 있을 때 가장 "
        "큽니다. 목표값을 보는 처리는 더 크게 누출합니다. 폴드를 나누기 전에 잡음 열 5,000개에서 "
        "클래스와의 상관으로 100개를 골랐더니 50%인 오류율이 3%로 보였습니다(Hastie, "
        "Tibshirani, Friedman, The Elements of Statistical Learning, 7.10.2)."
    ),
    # limits
    "What was done, and what this cannot tell": "무엇을 했고, 무엇을 알 수 없는가",
    "What was done": "무엇을 했는가",
    "Parameters that won, fold by fold": "폴드별로 선택된 매개변수",
    "Parameters": "매개변수",
    "Where a model is missing, its defaults won.": "목록에 없는 모델은 기본값이 선택되었습니다.",
    "All models saw the same folds, and none was tuned.": (
        "모든 모델이 같은 폴드를 보았고, 튜닝한 모델은 없습니다."
    ),
    "All models saw the same folds. Within the training rows of each fold, {n} candidates of each "
    "model were scored on {inner} inner folds: the defaults and random ones. The best was trained "
    "on all of these rows; the test rows had no say.": (
        "모든 모델이 같은 폴드를 보았습니다. 각 폴드의 훈련 행 안에서 모델마다 후보 "
        "{n}개(기본값과 무작위)를 내부 폴드 {inner}개로 평가했고, 가장 좋은 후보를 그 행 전체로 "
        "학습했습니다. 시험 행은 관여하지 않았습니다."
    ),
    "{model} ran with {values}.": "{model}의 매개변수: {values}.",
    "Each net was trained {n} times on each fold, and its scores were averaged. Its predictions "
    "are those of the first.": (
        "신경망마다 폴드별로 {n}번 학습하여 점수를 평균했습니다. 예측은 첫 번째 것입니다."
    ),
    "The scalers were fitted on all rows, test rows included: a leak, on purpose.": (
        "스케일러를 시험 행까지 모든 행에 맞추었습니다. 일부러 한 누출입니다."
    ),
    "The scaler was fitted inside each fold, on its training rows: one that has seen the test rows "
    "leaks them.": (
        "스케일러는 각 폴드 안에서 훈련 행에만 맞추었습니다. 시험 행을 본 스케일러는 정보를 "
        "누출합니다."
    ),
    "The nets standardise the target inside. The SVMs were given a standardised target too, "
    "because C and ε are measured in its units.": (
        "신경망은 목표값을 안에서 표준화합니다. C와 ε의 단위가 목표값의 단위이므로 SVM에도 "
        "표준화한 목표값을 주었습니다."
    ),
    "{model} is ridge regression here.": "여기서 {model}은(는) 릿지 회귀입니다.",
    "{model} is logistic regression here.": "여기서 {model}은(는) 로지스틱 회귀입니다.",
    "SVMs were not trained exactly, to save time: {method}.": (
        "시간을 아끼려고 SVM을 정확하게 학습하지 않았습니다: {method}."
    ),
    "The sequences differ in length. CNN and GRU skip the padding after the end; the other models "
    "cannot, and read it as 0 after scaling.": (
        "시퀀스의 길이가 서로 다릅니다. CNN과 GRU는 끝 뒤의 패딩을 건너뛰지만, 다른 모델은 그럴 수 "
        "없어 스케일링 뒤에 0으로 읽습니다."
    ),
    "The CNN knows which pixels are neighbours and the GRU reads row after row; the others see the "
    "pixels as columns of a table.": (
        "CNN은 어느 픽셀이 이웃인지 알고 GRU는 한 줄씩 읽지만, 나머지 모델은 픽셀을 표의 열로 "
        "봅니다."
    ),
    "CNN and GRU read the columns of a table in their order, which means nothing here: they are "
    "shown to see what a wrong assumption costs.": (
        "CNN과 GRU는 표의 열을 순서대로 읽지만 여기서 그 순서에는 뜻이 없습니다. 잘못된 가정의 "
        "대가를 보려고 함께 보입니다."
    ),
    "Training sets overlap, so fold scores are not independent. The intervals allow for that "
    "(Nadeau and Bengio, 2003: the variance of the mean is multiplied up from 1/J to 1/J + "
    "n_test/n_train), but it is a correction, not a cure.": (
        "훈련 집합이 겹치므로 폴드 점수는 서로 독립이 아닙니다. 구간은 이를 감안하지만(Nadeau와 "
        "Bengio, 2003: 평균의 분산에서 1/J을 1/J + n_test/n_train으로 키움), 보정일 뿐 완전한 "
        "해결은 아닙니다."
    ),
    "The best of many models is partly the luckiest: its mean is a little too high, and the "
    "intervals are for one pair at a time.": (
        "여럿 중 가장 좋은 모델은 어느 정도 운이 좋은 모델이기도 합니다. 그 평균은 조금 높게 "
        "나오며, 구간은 쌍 하나에 대한 것입니다."
    ),
    "One seed decides the folds. Try another and see what stays.": (
        "시드 하나가 폴드를 정합니다. 다른 시드로도 실행하여 무엇이 그대로인지 보세요."
    ),
    "A default that suits this data is not a law: with tuning, the order may change.": (
        "이 데이터에 기본값이 맞았다고 법칙은 아닙니다. 튜닝하면 순서가 바뀔 수 있습니다."
    ),
    "{n} candidates are few: a larger budget may change the order.": (
        "후보 {n}개는 적습니다. 예산을 늘리면 순서가 바뀔 수 있습니다."
    ),
}
