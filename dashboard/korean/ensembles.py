"""Bagging against boosting."""

TEXTS = {
    # settings
    "What do more members do to an ensemble: lower its bias, its variance, or only cost time? And "
    "what has each member seen?": (
        "앙상블의 구성원이 늘면 편향이 줄어들까요, 분산이 줄어들까요, 아니면 시간만 더 들까요? "
        "그리고 각 구성원은 무엇을 보았을까요?"
    ),
    "Members are": "구성원의 종류",
    "What the ensemble is made of: decision trees, SVMs or neural nets.": (
        "앙상블을 이루는 모델입니다: 결정 트리, SVM, 신경망."
    ),
    "Decision trees, grown to a fixed depth.": "정해진 깊이까지 키운 결정 트리입니다.",
    "SVMs with an RBF kernel. They vary little, so that bagging has little to do.": (
        "RBF 커널 SVM입니다. 분산이 작아서 배깅이 할 일이 적습니다."
    ),
    "Neural nets. Each member is a training of its own: this takes minutes.": (
        "신경망입니다. 구성원마다 따로 훈련하므로 몇 분이 걸립니다."
    ),
    "Methods": "방법",
    "Boosting is AdaBoost. Gradient boosting takes trees only.": (
        "Boosting은 AdaBoost입니다. Gradient boosting은 트리만 쓸 수 있습니다."
    ),
    "Members at most": "최대 구성원 수",
    "The ensembles are scored after 1, 2, 5, … members, up to this many.": (
        "구성원이 1, 2, 5, …개일 때마다 이 수까지 앙상블의 점수를 매깁니다."
    ),
    "Resamples": "재표본 수",
    "Each ensemble is trained on this many bootstrap resamples of the same training rows: how much "
    "their predictions differ is its variance. More of them show it better.": (
        "같은 훈련 행에서 이만큼의 부트스트랩 재표본을 뽑아 앙상블을 각각 훈련합니다. 그 예측이 "
        "서로 얼마나 다른지가 분산이며, 재표본이 많을수록 잘 드러납니다."
    ),
    "Depth of a tree": "트리의 깊이",
    "Shallow trees have much bias, deep ones much variance. Trees that fit every training row end "
    "boosting with its first member.": (
        "얕은 트리는 편향이 크고, 깊은 트리는 분산이 큽니다. 트리가 모든 훈련 행을 맞히면 "
        "부스팅은 첫 구성원에서 끝납니다."
    ),
    "Choose at least one method.": "방법을 하나 이상 고르세요.",
    "{methods} methods on {folds} folds, {resamples} resamples of each: {ensembles} ensembles of "
    "up to {members} members": (
        "방법 {methods}가지, 폴드 {folds}개, 폴드마다 재표본 {resamples}개: 구성원이 최대 "
        "{members}개인 앙상블 {ensembles}개"
    ),
    "Run the study": "실험 시작",
    "**Nothing has run yet.** Press *Run the study*: the settings that the page opens with take "
    "some seconds.\n\n**Bagging** trains its members side by side, each on rows drawn at random "
    "with replacement, and lets them vote. **Boosting** trains them one after the other: each "
    "attends to the rows that those before it got wrong.\n\nEach ensemble is trained on several "
    "resamples of the same rows. Where the resampled ensembles agree and are wrong, that is "
    "**bias**; where they disagree, that is **variance**. Data with two columns, like *moons*, can "
    "be looked at member by member.": (
        "**아직 실행한 것이 없습니다.** *실험 시작*을 누르세요. 처음 설정 그대로면 몇 초가 "
        "걸립니다.\n\n**배깅**은 구성원을 나란히 훈련합니다. 각자 무작위로 복원 추출한 행으로 "
        "배우고, 함께 투표합니다. **부스팅**은 구성원을 차례로 훈련합니다. 각자 앞의 구성원이 "
        "틀린 행에 더 주의를 기울입니다.\n\n앙상블마다 같은 행의 여러 재표본으로 훈련합니다. 그 "
        "앙상블들이 한목소리로 틀리면 **편향**이고, 서로 엇갈리면 **분산**입니다. *moons*처럼 "
        "열이 두 개인 데이터는 구성원을 하나씩 그려 볼 수 있습니다."
    ),
    # while it runs
    "{metric} with {members} members": "구성원 {members}개일 때의 {metric}",
    "{metric} of the ensembles that are done: {methods}.": "끝난 앙상블의 {metric}: {methods}.",
    "Each dot is one ensemble on the test rows of a fold, the tick their mean.": (
        "점 하나는 한 폴드의 시험 행에서 잰 앙상블 하나이고, 긴 눈금은 평균입니다."
    ),
    # headline
    "No fold was finished by all methods, so there is nothing to compare yet.": (
        "모든 방법이 마친 폴드가 없어서 아직 비교할 것이 없습니다."
    ),
    "{method} with {members} members": "{method}, 구성원 {members}개",
    "{method} is ahead with {members} members": "구성원 {members}개일 때의 승자: {method}",
    "These folds cannot tell which method is ahead with {members} members": (
        "구성원 {members}개일 때 어느 방법이 앞서는지 이 폴드들로는 알 수 없습니다"
    ),
    "{best} scores {gap} above {other}, on average over the folds; the 95% interval of the "
    "difference goes from {low} to {high}.": (
        "폴드 평균으로 {best}의 점수가 {other}보다 {gap} 높습니다. 차이의 95% 구간은 {low}에서 "
        "{high}까지입니다."
    ),
    "{best} scores {gap} above {other} on the one fold that is done.": (
        "끝난 폴드 하나에서 {best}의 점수가 {other}보다 {gap} 높습니다."
    ),
    "{folds} of {planned} folds, {resamples} resamples of each": (
        "폴드 {planned}개 중 {folds}개, 폴드마다 재표본 {resamples}개"
    ),
    "{method} failed {n} times: {error}": "{method}이(가) {n}번 실패했습니다: {error}",
    "AdaBoost hands its members weights that sum to 1, and an SVM multiplies its C by them. With n "
    "rows, C is n times smaller than in bagging: a much weaker SVM.": (
        "AdaBoost는 합이 1인 가중치를 구성원에 넘기고, SVM은 C에 이 가중치를 곱합니다. 행이 "
        "n개면 C가 배깅 때의 n분의 1이 되어 훨씬 약한 SVM이 됩니다."
    ),
    # score
    "Score against members": "구성원 수에 따른 점수",
    "{metric} against members: {methods}.": "구성원 수에 따른 {metric}: {methods}.",
    "Method": "방법",
    "Members": "구성원 수",
    "method": "방법",
    "members": "구성원 수",
    "Each line is the mean over the folds, the band its 95% interval. Bands may overlap where the "
    "paired difference is clear: all methods see the same folds.": (
        "선은 폴드 평균, 띠는 그 95% 구간입니다. 모든 방법이 같은 폴드를 보므로, 띠가 겹쳐도 "
        "짝지은 차이는 뚜렷할 수 있습니다."
    ),
    # bias and variance
    "Bias and variance": "편향과 분산",
    "{part} against members: {methods}.": "구성원 수에 따른 {part}: {methods}.",
    "Bias (share of rows)": "편향 (행의 비율)",
    "Squared bias": "편향 제곱",
    "Variance (share of predictions)": "분산 (예측의 비율)",
    "Error of the ensemble": "앙상블의 오차",
    "Bias": "편향",
    "Variance": "분산",
    "Net variance": "순분산",
    "Variance where the majority is right": "다수가 맞힌 행의 분산",
    "Variance where it is wrong": "다수가 틀린 행의 분산",
    "**{method}**, from {fewest} to {most} members:": (
        "**{method}**, 구성원 {fewest}개에서 {most}개까지:"
    ),
    "The bias falls from {first} to {last}.": "편향이 줄어듭니다: {first} → {last}.",
    "The bias rises from {first} to {last}.": "편향이 늘어납니다: {first} → {last}.",
    "The bias stays at {last}.": "편향은 {last} 그대로입니다.",
    "The bias goes from {first} to {last}: too little for these folds to tell.": (
        "편향({first} → {last})은 이 폴드들로는 변했다고 말할 수 없습니다."
    ),
    "The variance falls from {first} to {last}.": "분산이 줄어듭니다: {first} → {last}.",
    "The variance rises from {first} to {last}.": "분산이 늘어납니다: {first} → {last}.",
    "The variance stays at {last}.": "분산은 {last} 그대로입니다.",
    "The variance goes from {first} to {last}: too little for these folds to tell.": (
        "분산({first} → {last})은 이 폴드들로는 변했다고 말할 수 없습니다."
    ),
    "The error falls from {first} to {last}.": "오차가 줄어듭니다: {first} → {last}.",
    "The error rises from {first} to {last}.": "오차가 늘어납니다: {first} → {last}.",
    "The error stays at {last}.": "오차는 {last} 그대로입니다.",
    "The error goes from {first} to {last}: too little for these folds to tell.": (
        "오차({first} → {last})는 이 폴드들로는 변했다고 말할 수 없습니다."
    ),
    "{method}, {members} members: of the variance, {unbiased} is on rows that the majority gets "
    "right, where it costs, and {biased} on rows that it gets wrong, where it may help. Bias "
    "{bias} and net variance {net} make the error {loss}.": (
        "{method}, 구성원 {members}개: 다수가 맞힌 행의 분산 {unbiased}만큼은 손해가 "
        "되고, 다수가 틀린 행의 분산 {biased}만큼은 도움이 될 수 있습니다. "
        "편향 {bias} + 순분산 {net} = 오차 {loss}."
    ),
    # members
    "Member by member": "구성원 하나씩 보기",
    "Decisions can be drawn in the plane for classes of rows with two columns, and these data are "
    "not of that kind. Choose *moons*, *circles*, *spirals* or *xor*, and run the study again.": (
        "열이 두 개인 분류 데이터라야 결정 영역을 평면에 그릴 수 있는데, 이 데이터는 그렇지 "
        "않습니다. *moons*, *circles*, *spirals*, *xor* 가운데 하나를 골라 다시 실행하세요."
    ),
    "The members of gradient boosting predict what is left over, not a class, so that there is no "
    "decision of one member to draw. Run bagging or boosting.": (
        "그래디언트 부스팅의 구성원은 클래스가 아니라 남은 오차를 예측하므로, 한 구성원의 결정을 "
        "그릴 수 없습니다. 배깅이나 부스팅을 실행하세요."
    ),
    "Train ensembles of {n} members and look at them: some seconds": (
        "구성원 {n}개의 앙상블을 훈련해서 보기 (몇 초)"
    ),
    "Training members …": "구성원 훈련 중 …",
    "Member": "구성원",
    "member": "구성원",
    "Show the decision of": "누구의 결정을 볼지",
    "All members up to it": "이 구성원까지 모두",
    "This member alone": "이 구성원만",
    "**{method}** up to member {n}": "**{method}**, {n}번 구성원까지",
    "**{method}**, member {n} alone": "**{method}**, {n}번 구성원만",
    "{train} of the training rows and {test} of the test rows are wrong.": (
        "훈련 행의 {train}, 시험 행의 {test}를 틀립니다."
    ),
    "{wrong} of the training rows are wrong.": "훈련 행의 {wrong}를 틀립니다.",
    "Decision regions of {title}. {errors}": "{title}의 결정 영역. {errors}",
    "Boosting ended with member {n}: it fits every row.": (
        "부스팅은 {n}번 구성원에서 끝났습니다. 이 구성원이 모든 행을 맞힙니다."
    ),
    "Boosting ended with member {n}: the next one would be no better than chance.": (
        "부스팅은 {n}번 구성원에서 끝났습니다. 다음 구성원은 찍는 것보다 낫지 않습니다."
    ),
    "row": "행",
    "class": "클래스",
    "counts": "비중",
    # what they saw
    "What each member saw": "각 구성원이 본 것",
    "{title}, member by member.": "구성원별 {title}.",
    "rows never seen": "한 번도 보지 못한 행",
    "weight of the heaviest tenth": "가장 무거운 10분의 1의 가중치",
    "Member {m} was trained on {n} draws from {n} rows, and {unseen} of the rows were never drawn "
    "(expected: {expected}, the dashed line). They are *out of bag*: test rows for free. It gets "
    "{error} of them wrong.": (
        "{m}번 구성원은 {n}행에서 {n}번 뽑은 표본으로 훈련했고, 행의 {unseen}는 한 번도 "
        "뽑히지 않았습니다(기댓값은 점선의 {expected}). 이 행들을 *OOB*(out of bag)라고 하며, "
        "공짜로 얻는 시험 행입니다. 그중 {error}를 틀립니다."
    ),
    "For member {m}, the tenth of the rows that weigh most have {tenth} of all weight (the dashed "
    "line: were all equal). It gets {error} of the weight wrong, so that its vote weighs {vote}. "
    "Rows that it gets wrong weigh more for the next member.": (
        "{m}번 구성원에게는 가장 무거운 10분의 1의 행이 전체 가중치의 {tenth}를 차지합니다"
        "(점선은 모두 같을 때). 가중치로 따져 {error}를 틀리므로 투표의 무게는 {vote}입니다. "
        "틀린 행은 다음 구성원에게 더 무거워집니다."
    ),
    "For the first member, all rows weigh the same.": (
        "첫 구성원에게는 모든 행의 가중치가 같습니다."
    ),
    "Times drawn": "뽑힌 횟수",
    "Times its equal share": "균등한 몫의 배수",
    "Wrong before": "앞서 틀린 횟수",
    "{n} of {members}": "{members}개 중 {n}개",
    "The larger a mark, the more its row counts for this member; hollow rows do not count at all. "
    "These ensembles are trained on the training rows of the first fold.": (
        "표식이 클수록 그 행이 이 구성원에게 중요하고, 속이 빈 행은 전혀 쓰이지 않습니다. 이 "
        "앙상블들은 첫 폴드의 훈련 행으로 훈련했습니다."
    ),
    "Rows never seen": "보지 못한 행",
    "Most draws of a row": "한 행이 가장 많이 뽑힌 횟수",
    "Out-of-bag error": "OOB 오차",
    "Weight of the heaviest tenth": "가장 무거운 10분의 1의 가중치",
    "Largest weight, in equal shares": "가장 큰 가중치 (균등한 몫의 배수)",
    "Weighted error": "가중 오차",
    "Vote": "투표의 무게",
    "Training error up to it": "여기까지의 훈련 오차",
    "Test error up to it": "여기까지의 시험 오차",
    # how to read it
    "How to read this": "읽는 법",
    "**Bagging** (bootstrap aggregating; Breiman, 1996) trains each member on a bootstrap sample: "
    "as many rows as there are, drawn with replacement. The members err in different ways, and "
    "their vote averages that out: the variance falls. What all of them cannot learn, the vote "
    "cannot either: the bias stays about what one member has.\n\n**Boosting** (AdaBoost; Freund "
    "and Schapire, 1997) trains its members in turn. Rows that the last member got wrong gain "
    "weight, so that the next one attends to them, and better members have more to say in the "
    "vote. Many weak members add up to a model that none of them could be: the bias falls. The "
    "variance need not.\n\n**Gradient boosting** (Friedman, 2001) adds trees too, each fitted to "
    "what the sum of those before it still gets wrong. With too many, it fits the noise, and the "
    "score falls again.\n\n**Bias and variance** are measured, not assumed: each ensemble is "
    "trained on several bootstrap resamples of a fold's training rows, and all of these predict "
    "the fold's test rows. How far their consensus is off is the bias; how far they are from their "
    "consensus is the variance. Noise that nobody could predict counts as bias.": (
        "**배깅**(bootstrap aggregating; Breiman, 1996)은 구성원마다 부트스트랩 표본으로 "
        "훈련합니다. 행의 수만큼 복원 추출한 표본입니다. 구성원들은 서로 다르게 틀리고 투표가 "
        "이를 평균 내므로 분산이 줄어듭니다. 모두가 배우지 못하는 것은 투표로도 배우지 못하므로, "
        "편향은 구성원 하나의 편향과 비슷합니다.\n\n**부스팅**(AdaBoost; Freund와 Schapire, "
        "1997)은 구성원을 차례로 훈련합니다. 앞의 구성원이 틀린 행은 가중치가 커져 다음 구성원이 "
        "더 주의를 기울이고, 더 잘하는 구성원의 표가 더 무겁습니다. 약한 구성원이 많이 모이면 "
        "혼자서는 될 수 없는 모델이 되므로 편향이 줄어듭니다. 분산까지 꼭 줄지는 않습니다.\n\n"
        "**그래디언트 부스팅**(Friedman, 2001)도 트리를 더해 갑니다. 각 트리는 앞의 합이 아직 "
        "틀리는 만큼을 맞추도록 훈련합니다. 너무 많으면 과적합하여 점수가 다시 떨어집니다.\n\n"
        "**편향과 분산**은 가정한 것이 아니라 잰 것입니다. 앙상블마다 한 폴드의 훈련 행에서 뽑은 "
        "여러 부트스트랩 재표본으로 훈련하고, 모두가 그 폴드의 시험 행을 예측합니다. 그 합의가 "
        "정답에서 벗어난 정도가 편향이고, 각자가 합의에서 벗어난 정도가 분산입니다. 아무도 "
        "예측할 수 없는 잡음은 편향에 들어갑니다."
    ),
    "**For classes** the consensus is the majority of the resampled ensembles, and the error is "
    "the share of wrong predictions (Domingos, 2000). Variance then cuts both ways. On an unbiased "
    "row the majority is right, and whoever leaves it is wrong: variance costs. On a biased row "
    "the majority is wrong, and whoever leaves it may be right: variance helps. *Net variance* is "
    "the cost minus the help, so that error = bias + net variance; it can be below 0.": (
        "**분류**에서 합의는 재표본 앙상블들의 다수결이고, 오차는 틀린 예측의 비율입니다"
        "(Domingos, 2000). 이때 분산은 양쪽으로 작용합니다. 편향되지 않은 행에서는 다수가 "
        "맞으므로 다수를 벗어나면 틀립니다. 분산이 손해입니다. 편향된 행에서는 다수가 틀리므로 "
        "벗어나면 맞을 수도 있습니다. 분산이 도움이 됩니다. *순분산*은 손해에서 도움을 뺀 것이고, "
        "오차 = 편향 + 순분산입니다. 0보다 작을 수도 있습니다."
    ),
    "**For quantities** the consensus is the mean prediction, and mean squared error = squared "
    "bias + variance, all in squared units of the target. With several targets they are averaged. "
    "AdaBoost for regression is that of Drucker (1997).": (
        "**회귀**에서 합의는 예측의 평균이고, 평균 제곱 오차 = 편향 제곱 + 분산입니다. 모두 목표 "
        "변수 단위의 제곱입니다. 목표 변수가 여럿이면 평균을 냅니다. 회귀용 AdaBoost는 "
        "Drucker(1997)의 방법입니다."
    ),
    "A few resamples show the consensus of all possible ones only roughly: compare ensembles of "
    "the same number of resamples.": (
        "재표본 몇 개로는 가능한 모든 재표본의 합의를 대략만 알 수 있으므로, 재표본 수가 같은 "
        "앙상블끼리 비교하세요."
    ),
    "A resample holds fewer different rows than the fold, so that scores are a little lower than "
    "those of ensembles trained on all of it.": (
        "재표본에는 서로 다른 행이 폴드보다 적어서, 전체로 훈련한 앙상블보다 점수가 조금 낮습니다."
    ),
    "Changes are called clear when the corrected 95% interval of the paired difference excludes 0; "
    "with several of them looked at, one in twenty may be luck.": (
        "짝지은 차이의 보정된 95% 구간이 0을 포함하지 않을 때만 변했다고 말합니다. 여러 변화를 "
        "함께 보면 스무 번에 한 번은 우연일 수 있습니다."
    ),
    "Boosting can end early, when a member fits every row or would be no better than chance: "
    "larger sizes then mean what there is.": (
        "구성원이 모든 행을 맞히거나 찍는 것보다 낫지 않으면 부스팅은 일찍 끝나고, 그보다 큰 "
        "구성원 수는 그때까지의 앙상블을 뜻합니다."
    ),
}
