"""The page of runs, reports and downloads."""

TEXTS = {
    "{name} could not be made: {problem}": "{name} 파일을 만들 수 없습니다: {problem}",
    # runs
    "Other users of this machine can read the store, with the data in it. `chmod 600 {place}` ends "
    "that.": (
        "이 컴퓨터의 다른 사용자가 저장소와 그 안의 데이터를 읽을 수 있습니다. "
        "`chmod 600 {place}`로 막을 수 있습니다."
    ),
    "All of this takes {size}: `{place}`": "모두 합쳐 {size}: `{place}`",
    "Clean": "정리",
    "Results that belong to no run any more: {n} ({size}). A script that is changed back to what "
    "it was would find them again; without them it fits anew.": (
        "이제 어느 실행에도 속하지 않는 결과: {n}개({size}). 스크립트를 예전대로 되돌리면 다시 쓸 "
        "수 있는 결과이며, 지우면 그때 다시 학습합니다."
    ),
    "Runs under way: {n}. Once they have ended, this can go.": (
        "진행 중인 실행: {n}개. 모두 끝난 뒤에 지울 수 있습니다."
    ),
    "What was run, by this dashboard and by scripts. Select a run to look into it, and two or more "
    "to compare or delete them.": (
        "이 대시보드와 스크립트가 실행한 기록입니다. 하나를 고르면 자세히 볼 수 있고, 둘 이상을 "
        "고르면 비교하거나 삭제할 수 있습니다."
    ),
    "It waits for runs that were started before it.": "먼저 시작한 실행을 기다리고 있습니다.",
    "It is under way.": "실행 중입니다.",
    "Every evaluation is in.": "모든 평가가 끝났습니다.",
    "It was stopped. What it had finished is kept.": (
        "중지되었습니다. 그때까지 마친 결과는 남아 있습니다."
    ),
    "It ended with an error. What it had finished is kept.": (
        "오류로 끝났습니다. 그때까지 마친 결과는 남아 있습니다."
    ),
    "Its process ended without a word. What it had finished is kept.": (
        "프로세스가 이유를 남기지 않고 끝났습니다. 그때까지 마친 결과는 남아 있습니다."
    ),
    "Where the error was": "오류가 난 위치",
    "No run is left here.": "여기에는 남은 실행이 없습니다.",
    "No run is selected: tick the box in front of one, or press Shift+Space on its row.": (
        "고른 실행이 없습니다. 앞의 상자를 누르거나, 행에서 Shift+Space를 누르세요."
    ),
    "Kind": "종류",
    "All": "모두",
    "All runs, the latest first": "모든 실행, 최근 것부터",
    "Name": "이름",
    "State": "상태",
    "Done": "진행",
    "Started": "시작",
    "Took": "걸린 시간",
    "{n} evaluations killed their worker process twice and were given up; they count as failed.": (
        "평가 {n}개가 작업 프로세스를 두 번 멈추게 하여 포기했습니다. 실패로 셉니다."
    ),
    "Settings": "설정",
    "Evaluations": "평가",
    "Downloads": "내려받기",
    "Open": "열기",
    "Rename": "이름 바꾸기",
    "Delete for good": "완전히 삭제",
    "Delete {n} runs and their results for good?": ("실행 {n}개와 그 결과를 완전히 삭제할까요?"),
    "Delete {run} and its results for good?": "{run}와(과) 그 결과를 완전히 삭제할까요?",
    "What still runs is stopped first.": "아직 실행 중인 것은 먼저 중지합니다.",
    "Recorded from a script: what it ran stands there. Start it again, and what is finished is not "
    "fitted again.": (
        "스크립트에서 기록한 것입니다. 무엇을 실행했는지는 그 스크립트에 있습니다. 다시 시작하면 "
        "이미 마친 학습은 반복하지 않습니다."
    ),
    "data": "데이터",
    "folds": "폴드",
    "Fingerprints: {marks}": "지문: {marks}",
    "No evaluation is in yet.": "아직 끝난 평가가 없습니다.",
    "**Nothing has run yet.** Run a comparison, or record a search of your own:": (
        "**아직 실행한 것이 없습니다.** 비교를 실행하거나, 직접 만든 탐색을 기록해 보세요."
    ),
    # kinds, states and settings
    "Comparison": "모델 비교",
    "Learning curve": "학습 곡선",
    "Validation curve": "검증 곡선",
    "Ensemble study": "앙상블 연구",
    "Script": "스크립트",
    "Queued": "대기 중",
    "Running": "실행 중",
    "Finished": "완료",
    "Stopped": "중지됨",
    "Interrupted": "중단됨",
    "Setting": "설정",
    "Settings of the data": "데이터 설정",
    "Kernel SVMs": "커널 SVM",
    "Parameters of models": "모델 매개변수",
    "Candidates of each model": "모델마다 후보 수",
    "Pairs of folds left out": "폴드 쌍도 제외",
    "Scaled before the split": "나누기 전에 정규화",
    "Curve over": "곡선의 가로축",
    "Training sizes": "훈련 크기",
    "Parameter values": "매개변수 값",
    "Numbers of members": "구성원 수",
    "Parameters of members": "구성원 매개변수",
    "Search space": "탐색 공간",
    "Search method": "탐색 방법",
    "Candidates at once": "한 번에 제안하는 후보 수",
    # compared
    "Compared": "비교 결과",
    "The {n} with the highest mean, out of {total}.": ("{total}개 가운데 평균이 높은 {n}개입니다."),
    "The baseline is in the tables only.": "기준 모델은 표에만 있습니다.",
    "Means": "평균",
    "Mean score": "평균 점수",
    "Fit time": "학습 시간",
    "Against": "상대",
    "p (Holm)": "p (Holm)",
    "{low} to {high}": "{low} ~ {high}",
    "Every pair, over the folds that both have a score for. An interval that excludes 0 says "
    "little by itself when there are many pairs: Holm's p-value allows for that.": (
        "모든 쌍을, 둘 다 점수가 있는 폴드에서 비교합니다. 쌍이 많으면 구간이 0을 벗어난 "
        "것만으로는 말해 주는 것이 적습니다. Holm의 p-값은 이를 감안합니다."
    ),
    "score on the test rows of a fold": "폴드의 시험 행에서 얻은 점수",
    "Scores of {names} on each fold, joined by fold.": (
        "{names}의 폴드별 점수이며, 같은 폴드끼리 이었습니다."
    ),
    "The run {run} cannot be compared with others: it was recorded from a script, which may have "
    "had folds of its own for every call.": (
        "{run}: 다른 실행과 비교할 수 없습니다. 스크립트에서 기록한 것이라 호출마다 "
        "폴드가 달랐을 수 있습니다."
    ),
    "The run {run} cannot be compared with others: its models were trained on resamples of the "
    "training rows.": (
        "{run}: 다른 실행과 비교할 수 없습니다. 모델을 훈련 행의 재표본으로 학습했습니다."
    ),
    "The run {run} cannot be compared with others: it is a search that is not nested, whose best "
    "score is the luckiest of many.": (
        "{run}: 다른 실행과 비교할 수 없습니다. 중첩하지 않은 탐색이라, 가장 높은 점수는 "
        "여럿 가운데 운이 가장 좋은 것입니다."
    ),
    "The runs {run} and {other} cannot be compared: their data differ (fingerprints {one} and "
    "{two}).": ("{run}, {other}: 비교할 수 없습니다. 데이터가 다릅니다(지문 {one}, {two})."),
    "The runs {run} and {other} cannot be compared: their folds differ (fingerprints {one} and "
    "{two}).": ("{run}, {other}: 비교할 수 없습니다. 폴드가 다릅니다(지문 {one}, {two})."),
    "The runs {run} and {other} cannot be compared: their scores are {one} and {two}.": (
        "{run}, {other}: 비교할 수 없습니다. 점수의 종류가 다릅니다({one}, {two})."
    ),
    "None of these runs has a score yet.": "이 실행들에는 아직 점수가 없습니다.",
    # downloads
    "Downloads are here once the run has ended.": "실행이 끝나면 여기서 내려받을 수 있습니다.",
    "Nothing was finished, so there is nothing to download.": (
        "끝난 평가가 없어 내려받을 것이 없습니다."
    ),
    "Script, archive, report and pipeline are for runs of this dashboard and of `run(spec)`: here, "
    "your own script decides what is run, and only it can run it again.": (
        "스크립트, 보관 파일, 보고서, 파이프라인은 이 대시보드와 `run(spec)`의 실행에만 있습니다. "
        "이 기록은 직접 만든 스크립트가 정한 것이라, 그 스크립트만 다시 실행할 수 있습니다."
    ),
    "Report (HTML)": "보고서 (HTML)",
    "Archive (zip)": "보관 파일 (zip)",
    "Evaluations (CSV)": "평가 (CSV)",
    "The report needs vl-convert: `pip install 'bakeoff[dashboard]'`.": (
        "보고서에는 vl-convert가 필요합니다: `pip install 'bakeoff[dashboard]'`."
    ),
    "The archive has the script, the folds, every prediction, versions and charts. Check it "
    "anywhere, without a browser: every model is fitted again, and every score compared.": (
        "보관 파일에는 스크립트, 폴드, 모든 예측, 버전, 차트가 들어 있습니다. 브라우저 없이 "
        "어디서나 확인할 수 있습니다. 모든 모델을 다시 학습하여 점수를 하나하나 비교합니다."
    ),
    "A fitted pipeline": "학습한 파이프라인",
    "It takes the table's own columns by their names, in any order and beside others, encodes them "
    "as in training, warns of categories that it has not seen, and answers with the labels of the "
    "table.": (
        "표의 원래 열을 이름으로 받습니다. 순서가 달라도, 다른 열이 더 있어도 됩니다. 훈련할 때와 "
        "똑같이 변환하고, 처음 보는 범주가 있으면 경고하며, 표에 있던 라벨로 답합니다."
    ),
    "Fit on all rows": "모든 행으로 학습",
    "Fitted on all rows, with the parameters that the run found best. The file is a pickle: it "
    "needs the versions that it was written with ({versions}), and opening one runs whatever is in "
    "it, so open none of people you do not trust.": (
        "실행에서 가장 좋았던 매개변수로 모든 행을 학습합니다. 파일은 피클이라 저장할 때의 "
        "버전({versions})이 필요합니다. 피클을 열면 그 안의 코드가 실행되므로, 믿을 수 없는 사람의 "
        "파일은 열지 마세요."
    ),
    # reports
    "This run did not finish: {done} fits are in. Whoever stops when the numbers please will find "
    "them too good.": (
        "이 실행은 끝까지 가지 않았습니다. 학습 {done}회를 마쳤습니다. 수치가 마음에 들 때 멈추면 "
        "실제보다 좋아 보입니다."
    ),
    "Data: {source}": "데이터: {source}",
    "What this cannot tell": "이 결과로 알 수 없는 것",
    "The first {n} of {total} rows are listed.": "행 {total}개 가운데 처음 {n}개를 실었습니다.",
    "To check it": "확인하려면",
    "What": "항목",
    "Which": "값",
    "data fingerprint": "데이터 지문",
    "folds fingerprint": "폴드 지문",
    "Versions are those of when this file was written.": "버전은 이 파일을 만든 때의 것입니다.",
    "Nothing was finished": "끝난 평가가 없습니다",
    "Each mark is one fold, the long tick is the mean, and a grey line joins the same fold.": (
        "표식 하나가 폴드 하나이고, 긴 눈금은 평균이며, 회색 선은 같은 폴드를 잇습니다."
    ),
    "Confusion matrix of {model}": "{model}의 혼동 행렬",
    "Predicted and actual, {model}": "예측값과 실제값, {model}",
}
