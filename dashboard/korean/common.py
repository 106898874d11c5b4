"""What several pages say: settings, runs, and what stands around every page."""

TEXTS = {
    "{name} must be a number, however the link says: {value}": (
        "{name}은(는) 숫자여야 하는데, 링크에는 {value}(이)라고 되어 있습니다"
    ),
    # frame
    "Compare": "비교",
    "Data": "데이터",
    "Learning curves": "학습 곡선",
    "Bagging vs boosting": "배깅과 부스팅",
    "Grid search": "그리드 탐색",
    "Runs": "실행 기록",
    "Link": "링크",
    "Language": "언어",
    "Who opens this address sees this page with these settings:": (
        "이 주소를 열면 누구나 같은 설정으로 이 화면을 봅니다."
    ),
    # figure
    "Table": "표",
    # settings
    "accuracy": "정확도",
    "balanced accuracy": "균형 정확도",
    "macro F1": "매크로 F1",
    "Matthews correlation": "매슈스 상관계수",
    "negative mean absolute error": "음의 평균 절대 오차",
    "negative root mean squared error": "음의 평균 제곱근 오차",
    "Data set": "데이터셋",
    "Files of your own come in on the page Data.": "직접 만든 파일은 데이터 화면에서 불러옵니다.",
    "There is no data set {name}, or not any more.": "데이터셋 {name}은(는) 없거나 삭제되었습니다.",
    "The table {name} cannot be read: {problem}": "표 {name}을(를) 읽을 수 없습니다: {problem}",
    "About this data": "이 데이터에 대하여",
    "Source: {source}. Licence: {licence}. Units: {units}.": (
        "출처: {source}. 라이선스: {licence}. 단위: {units}."
    ),
    "{n} images of {height} by {width} pixels": "세로 {height}, 가로 {width} 픽셀 이미지 {n}장",
    "{n} sequences of up to {steps} steps, {features} features each": (
        "최대 {steps}단계 시퀀스 {n}개, 단계마다 특성 {features}개"
    ),
    "{n} rows of {columns} columns": "{n}행 {columns}열",
    "{rows}, {n} classes": "{rows}, 클래스 {n}개",
    "{rows}; the target is {target}": "{rows}, 목표 변수는 {target}",
    "Models": "모델",
    "Folds": "폴드 수",
    "The rows are split into this many parts; each is the test set once.": (
        "행을 이만큼의 조각으로 나누고, 각 조각이 한 번씩 시험 집합이 됩니다."
    ),
    "Repeats": "반복 수",
    "How often the rows are shuffled and split anew. In simulations, equal models were called "
    "different in up to {once} of comparisons with 5 folds once, and in at most {twice} with 5 "
    "folds twice.": (
        "행을 다시 섞어 나누는 횟수입니다. 모의실험에서 실력이 같은 두 모델을 다르다고 잘못 판정한 "
        "비율은 폴드 5개로 한 번일 때 최대 {once}, 두 번일 때 최대 {twice}였습니다."
    ),
    "Normalisation": "정규화",
    "Standard: mean 0 and variance 1. Min-max: from 0 to 1. Either is fitted on the training rows "
    "of each fold, never on its test rows.": (
        "Standard: 평균 0, 분산 1. Min-max: 0에서 1까지. 어느 쪽이든 각 폴드의 훈련 행에서만 "
        "맞추며, 시험 행은 쓰지 않습니다."
    ),
    "Seed": "시드",
    "Decides the folds and the nets' starting weights.": (
        "폴드 나누기와 신경망의 초기 가중치를 정합니다."
    ),
    "Exact": "정확한 계산",
    "Score": "점수",
    "What models are ranked by, by its name in scikit-learn. Greater is better.": (
        "모델의 순위를 정하는 점수이며, scikit-learn의 이름입니다. 클수록 좋습니다."
    ),
    # runs
    "Stopped: {done} of {planned} fits were finished. Whoever stops when the numbers please will "
    "find them too good.": (
        "중지됨: 학습 {planned}회 중 {done}회를 마쳤습니다. 수치가 마음에 들 때 멈추면 실제보다 "
        "좋아 보입니다."
    ),
    "Interrupted: the process of this run is gone. {done} of {planned} fits were finished, and "
    "they are kept.": (
        "중단됨: 이 실행의 프로세스가 사라졌습니다. 학습 {planned}회 중 {done}회를 마쳤고, 그 "
        "결과는 남아 있습니다."
    ),
    "This run failed. {done} of {planned} fits were finished, and they are kept.": (
        "이 실행은 실패했습니다. 학습 {planned}회 중 {done}회를 마쳤고, 그 결과는 남아 있습니다."
    ),
    "The run {run} is not there, or not any more.": "실행 {run}은(는) 없거나 삭제되었습니다.",
    "Waiting: {n} runs that were started before this one go first.": (
        "대기 중: 먼저 시작한 실행 {n}개부터 차례로 진행합니다."
    ),
    "Waiting: a run that was started before this one goes first.": (
        "대기 중: 먼저 시작한 실행부터 진행합니다."
    ),
    "Stop": "중지",
    "Stop and keep what is finished": "중지하고 끝난 결과는 남기기",
    "Resume": "이어서 실행",
    "Worker process {pid} is stopped, and what it was at with it. `kill -CONT {pid}` lets it go "
    "on.": (
        "작업 프로세스 {pid}이(가) 하던 일과 함께 멈춰 있습니다. "
        "`kill -CONT {pid}`로 다시 움직이게 할 수 있습니다."
    ),
    "Nets in training now": "지금 훈련 중인 신경망",
    "Starting: the first fits take a few seconds.": ("시작하는 중: 첫 학습까지 몇 초 걸립니다."),
    "{n} of {total} fits": "학습 {total}회 중 {n}회",
    "about {time} left": "약 {time} 남음",
    "{model}, fold {fold}": "{model}, 폴드 {fold}",
    "The settings beside this are not those of the run that is shown.": (
        "옆의 설정은 지금 보이는 실행의 설정과 다릅니다."
    ),
    "The settings of this run cannot be read: {problem}": (
        "이 실행의 설정을 읽을 수 없습니다: {problem}"
    ),
    "{name} holds other data than this run had": "{name}의 데이터는 이 실행이 쓴 데이터와 다릅니다",
    "The data of this run cannot be loaded: {problem}": (
        "이 실행의 데이터를 불러올 수 없습니다: {problem}"
    ),
    # nets in training
    "training": "훈련",
    "validation": "검증",
    "Epoch": "에포크",
    "Loss": "손실",
    "Loss against epochs of the nets that train now.": ("지금 훈련 중인 신경망의 에포크별 손실."),
    # headings of tables and charts
    "Not drawn, because no better than guessing: {models}.": (
        "찍기보다 낫지 않아 그리지 않은 모델: {models}."
    ),
    "Model": "모델",
    "Mean {metric}": "평균 {metric}",
    "95% from": "95% 하한",
    "95% to": "95% 상한",
    "Code that reproduces it": "재현하는 코드",
    "Repeat": "반복",
    "Fold": "폴드",
    "Row": "행",
    "Actual": "실제",
    "Rows": "행",
    "Class": "클래스",
}
