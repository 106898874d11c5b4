"""The page Data, and the reasons that `bakeoff.datasets` gives."""

TEXTS = {
    "Still here: {name}": "아직 있는 파일: {name}",
    "Remove": "빼기",
    "Chosen before, and not there now: {name}": "전에 골랐지만 지금은 없음: {name}",
    "Look at the data first": "데이터부터 살펴보기",
    "What is predicted from what, how hard can it be to guess, and is there anything in the data "
    "that would make every score too good?": (
        "무엇으로 무엇을 예측하는지, 찍기만 해도 얼마나 맞는지, 점수를 실제보다 좋아 보이게 하는 "
        "것이 데이터에 있는지 확인합니다."
    ),
    "Compare models on this data": "이 데이터로 모델 비교하기",
    "Delete this table": "이 표 삭제",
    "The copy that bakeoff keeps is deleted for good. Runs keep their results, but cannot be "
    "resumed. Your own file stays where it is.": (
        "bakeoff가 보관한 사본을 완전히 삭제합니다. 실행 결과는 남지만 이어서 실행할 수는 "
        "없습니다. 원본 파일은 그대로 있습니다."
    ),
    "Delete": "삭제",
    # a file
    "A file of your own": "내 파일",
    "CSV or Parquet, a row for each case and a column for what is predicted. It goes to the "
    "machine that bakeoff runs on and to no other. Until *Use this table* keeps it, it is in this "
    "tab alone: no link holds it, and a reload lets go of it.": (
        "CSV 또는 Parquet 파일입니다. 한 행이 한 사례이고, 예측할 값이 한 열에 있어야 합니다. "
        "파일은 bakeoff가 실행되는 컴퓨터로만 전송됩니다. *이 표 사용하기* 단추로 보관하기 "
        "전에는 이 탭에만 있습니다. 링크에는 담기지 않고, 새로 고치면 사라집니다."
    ),
    "Reading the table": "표를 읽는 중",
    "Delimiter": "구분 기호",
    "Decimal mark": "소수점 기호",
    "Encoding": "인코딩",
    "First line": "첫 줄",
    "found out": "자동 감지",
    "blanks": "공백",
    "column names, in {n} lines": "열 이름({n}줄)",
    "Order of the dates in {column}": "{column} 열의 날짜 순서",
    "day, then month": "일, 월",
    "month, then day": "월, 일",
    "“{example}” in {column} says": "{column} 열의 “{example}”",
    "a value": "값입니다",
    "nothing: it is missing": "값이 없다는 뜻입니다",
    "comma  ,": "쉼표  ,",
    "semicolon  ;": "세미콜론  ;",
    "tab": "탭",
    "vertical bar  |": "세로줄  |",
    "point: 1.5": "점: 1.5",
    "comma: 1,5": "쉼표: 1,5",
    "column names": "열 이름",
    "values": "값",
    "What the file holds": "파일 내용",
    "{rows} rows, {columns} columns. These are the first.": (
        "{rows}행 {columns}열 중 첫 행들입니다."
    ),
    "The first rows of the file.": "파일의 첫 행들.",
    "Rows with more fields than there are columns: {n}. They are left out.": (
        "열보다 필드가 많은 행 {n}개를 제외했습니다."
    ),
    "Predict": "예측할 열",
    "choose a column": "열을 고르세요",
    "Choose what is predicted. Nothing was chosen because {problem}": (
        "예측할 열을 고르세요. 자동으로 고르지 못한 이유: {problem}"
    ),
    "It is": "예측할 값의 종류",
    "a class (classification)": "클래스 (분류)",
    "a quantity (regression)": "수치 (회귀)",
    "Rows belong together by": "함께 묶을 행의 기준 열",
    "no column": "없음",
    "A patient or a speaker with several rows, say. Folds keep them together, for a model that has "
    "seen one knows too much of the others.": (
        "예를 들어 한 환자나 화자의 행이 여러 개일 때 고릅니다. 그중 하나를 본 모델은 나머지도 "
        "너무 많이 알게 되므로, 같은 폴드에 함께 둡니다."
    ),
    "Columns to predict from": "예측에 쓸 열",
    "Each column left out has a reason. Tick it to use it all the same.": (
        "제외한 열에는 이유가 적혀 있습니다. 그래도 쓰려면 표시하세요."
    ),
    "Use": "사용",
    "Taken for": "판단한 종류",
    "Why": "이유",
    "Missing": "결측",
    "Values": "값의 수",
    "What each column was taken for, and whether it is used.": (
        "각 열을 무엇으로 판단했는지, 그리고 사용하는지."
    ),
    "{n} of {total} columns are used.": "열 {total}개 중 {n}개를 사용합니다.",
    "number": "숫자",
    "yes or no": "예/아니요",
    "category": "범주",
    "date": "날짜",
    "text": "텍스트",
    "identifier": "식별자",
    "constant": "상수",
    "Rows without a target: {n}. They are left out.": "예측할 값이 없는 행 {n}개를 제외했습니다.",
    "Infinite numbers: {n}. They count as missing.": "무한대 값 {n}개를 결측값으로 처리했습니다.",
    "Use this table": "이 표 사용하기",
    "The table cannot be kept: {problem}": "표를 저장할 수 없습니다: {problem}",
    # the report
    "The target": "예측할 값",
    "Samples": "표본",
    "Features": "특성",
    "Classes": "클래스",
    "Missing values": "결측값",
    "Each fold fills them with the means of its training rows.": (
        "각 폴드에서 훈련 행의 평균으로 채웁니다."
    ),
    "Duplicates": "중복 행",
    "Rows that repeat another one, target and all.": "예측할 값까지 다른 행과 똑같은 행입니다.",
    "Groups": "그룹",
    "A row that stands in the training and in the test rows of a fold is learnt by heart, and "
    "makes scores too good.": (
        "같은 행이 한 폴드의 훈련 행과 시험 행에 모두 있으면 모델이 외워서 맞히므로, 점수가 "
        "실제보다 좋아집니다."
    ),
    "Features with missing values: {n}, most of all {names}.": (
        "특성 {n}개에 결측값이 있습니다. 가장 많은 것: {names}."
    ),
    "The {n} largest of {total} classes.": "클래스 {total}개 중 가장 큰 {n}개입니다.",
    "Always answering with the largest class is right for {share} of the rows: a score counts from "
    "there. Balanced accuracy gives each class the same weight.": (
        "항상 가장 큰 클래스로 답해도 행의 {share}를 맞힙니다. 점수는 거기서부터 따져야 "
        "합니다. 균형 정확도는 모든 클래스에 같은 비중을 둡니다."
    ),
    "Always answering with one class is right for {share} at most.": (
        "한 클래스로만 답하면 많아야 {share}를 맞힙니다."
    ),
    "Before and after normalisation": "정규화 전과 후",
    "Columns": "열",
    "Choose a column to see how its values are distributed.": (
        "열을 고르면 값의 분포가 나타납니다."
    ),
    "Before: values as they are": "정규화 전: 원래 값",
    "After: mean 0 and variance 1": "정규화 후: 평균 0, 분산 1",
    "After: from 0 to 1": "정규화 후: 0에서 1까지",
    "Nets and kernel machines compare columns with one another: one that is a thousand times as "
    "wide as the rest would drown them. Here all rows were used; in an experiment the "
    "normalisation is fitted in each fold, on its training rows alone, so that the test rows stay "
    "unseen.": (
        "신경망과 커널 방법은 열을 서로 견주므로, 다른 열보다 천 배 넓은 열이 있으면 나머지가 "
        "묻힙니다. 이 그림에는 모든 행을 썼지만, 실험에서는 각 폴드의 훈련 행에서만 정규화를 "
        "맞추므로 시험 행은 보지 않습니다."
    ),
    "{n} images of {title}": "{title} 이미지 {n}장",
    "row {row}": "{row}번 행",
    "Sample": "표본 번호",
    # charts
    "Share": "비율",
    "Rows of each of {n} classes.": "클래스 {n}개 각각의 행 수.",
    "from": "시작",
    "to": "끝",
    "Distribution of {title}.": "{title}의 분포.",
    "Column": "열",
    "Share of the fullest bin": "가장 많은 구간 대비 비율",
    "Distributions of {n} columns on one scale: {title}.": (
        "한 눈금에 그린 열 {n}개의 분포: {title}."
    ),
    # reasons of bakeoff.datasets
    "Numbers.": "숫자입니다.",
    "Whole numbers.": "정수입니다.",
    "Whole numbers, all different: leave it out if it only names the rows.": (
        "모두 다른 정수입니다. 행의 이름일 뿐이라면 제외하세요."
    ),
    "Numbers; {count:,} other entries count as missing, such as “{example}”.": (
        "숫자입니다. “{example}” 같은 다른 값 {count:,}개는 결측으로 처리합니다."
    ),
    "Two values that say yes and no.": "예와 아니요를 뜻하는 두 값입니다.",
    "{count} different texts: each becomes a column of 0 and 1.": (
        "서로 다른 텍스트 {count}개: 각각 0과 1의 열이 됩니다."
    ),
    "The same value wherever there is one: it tells no rows apart.": (
        "값이 모두 같아 행을 구별하지 못합니다."
    ),
    "No row has a value.": "값이 있는 행이 없습니다.",
    "Dates or times: they can give away which rows belong together.": (
        "날짜나 시간입니다. 어느 행이 함께 속하는지 드러낼 수 있습니다."
    ),
    "Its name says that it names the rows.": "이름을 보면 행의 이름을 담은 열입니다.",
    "It numbers the rows: whole numbers in order, with few gaps.": (
        "행 번호입니다. 차례로 늘어선 정수이며 빈 번호가 거의 없습니다."
    ),
    "Dates or times; {count:,} other entries count as missing, such as “{example}”.": (
        "날짜나 시간입니다. “{example}” 같은 다른 값 {count:,}개는 결측으로 처리합니다."
    ),
    "A different text in every row: it names the rows.": (
        "행마다 텍스트가 다르므로 행의 이름입니다."
    ),
    "Free text, {words:.0f} words a row, which the models here do not read.": (
        "한 행에 약 {words:.0f}단어인 글이며, 여기 있는 모델은 글을 읽지 않습니다."
    ),
    "{count:,} different texts: too many for a column each.": (
        "서로 다른 텍스트 {count:,}개: 각각 열로 만들기에는 너무 많습니다."
    ),
    "It may hold the answer: a tree on it alone has balanced accuracy {score:.3f}.": (
        "정답이 들어 있을 수 있습니다. 이 열만 쓴 트리의 균형 정확도: {score:.3f}."
    ),
    "It may hold the answer: a tree on it alone has R² {score:.3f}, by ranks.": (
        "정답이 들어 있을 수 있습니다. 이 열만 쓴 트리의 순위 R²: {score:.3f}."
    ),
    "Left out by you.": "직접 제외했습니다.",
    "This is what is predicted.": "예측할 값입니다.",
    "It says which rows stay together, in the training or in the test rows.": (
        "어느 행을 훈련 행이나 시험 행에 함께 둘지 정합니다."
    ),
    "Chosen by you.": "직접 골랐습니다.",
    "Its name is that of a target.": "예측할 값에 흔히 붙는 이름입니다.",
    "It is the last column that could be a target.": "예측할 값이 될 수 있는 마지막 열입니다.",
    "The target holds {count:,} different texts.": "서로 다른 텍스트 {count:,}개가 있습니다.",
    "The target says yes or no.": "예와 아니요로 되어 있습니다.",
    "The target holds {count} different whole numbers.": "서로 다른 정수 {count}개가 있습니다.",
    "The target holds {count:,} different numbers.": "서로 다른 숫자 {count:,}개가 있습니다.",
    "The target holds {count} different whole numbers, some of them only once.": (
        "서로 다른 정수 {count}개가 있고, 한 번만 나오는 것도 있습니다."
    ),
    # notes and open questions of bakeoff.datasets
    "{target} is what is predicted. {role}": "예측할 열: {target}. {role}",
    "{column} is left out. {role}": "{column} 열은 제외합니다. {role}",
    "{count:,} entries of {column} count as missing, such as “{example}”.": (
        "{column} 열에서 “{example}” 같은 값 {count:,}개는 결측으로 처리합니다."
    ),
    "{count:,} infinite numbers in {column} count as missing.": (
        "{column} 열의 무한대 {count:,}개는 결측으로 처리합니다."
    ),
    "{count:,} rows are left out, for they have no target.": (
        "예측할 값이 없는 행 {count:,}개는 제외합니다."
    ),
    "{count:,} rows are left out, for no other row is of their class, such as “{example}”.": (
        "“{example}”처럼 행이 하나뿐인 클래스의 행 {count:,}개는 제외합니다."
    ),
    "{count:,} rows are left out, for they have more fields than there are columns.": (
        "열보다 필드가 많은 행 {count:,}개는 제외합니다."
    ),
    "{count:,} lines above the header are left out.": (
        "열 이름 위에 있는 {count:,}줄은 표에 넣지 않습니다."
    ),
    "{count:,} lines below the last row, of totals or remarks, are left out.": (
        "마지막 행 아래에 있는 합계나 설명 {count:,}줄은 표에 넣지 않습니다."
    ),
    # the same of one
    "Numbers; {count} other entry counts as missing: “{example}”.": (
        "숫자입니다. 다른 값 {count}개(“{example}”)는 결측으로 처리합니다."
    ),
    "Dates or times; {count} other entry counts as missing: “{example}”.": (
        "날짜나 시각입니다. 다른 값 {count}개(“{example}”)는 결측으로 처리합니다."
    ),
    "{count} entry of {column} counts as missing: “{example}”.": (
        "{column} 열에서 값 {count}개(“{example}”)는 결측으로 처리합니다."
    ),
    "{count} infinite number in {column} counts as missing.": (
        "{column} 열의 무한대 {count}개는 결측으로 처리합니다."
    ),
    "{count} row is left out, for it has no target.": "예측할 값이 없는 행 {count}개는 제외합니다.",
    "{count} row is left out, for no other row is of its class, “{example}”.": (
        "클래스 “{example}”에는 행이 하나뿐이어서 그 행 {count}개는 제외합니다."
    ),
    "{count} row is left out, for it has more fields than there are columns.": (
        "열보다 필드가 많은 행 {count}개는 제외합니다."
    ),
    "{count} line above the header is left out.": (
        "열 이름 위에 있는 {count}줄은 표에 넣지 않습니다."
    ),
    "{count} line below the last row, a total or remark, is left out.": (
        "마지막 행 아래에 있는 합계나 설명 {count}줄은 표에 넣지 않습니다."
    ),
    "The text is read as {taken}, with words such as “{example}”; as {other} it would be "
    "“{spelt}”.": (
        "글자를 {taken}(으)로 읽어 “{example}” 같은 말이 됩니다. {other}(으)로 읽으면 "
        "“{spelt}”입니다."
    ),
    "“{example}” is read as {taken:,g}; it may as well be {other:,g}.": (
        "“{example}”을(를) {taken:,g}(으)로 읽었습니다. {other:,g}일 수도 있습니다."
    ),
    "Dates such as “{example}” in {column} are read as day, then month; the other order is "
    "possible too.": (
        "{column} 열의 “{example}” 같은 날짜를 일, 월 순서로 읽었습니다. 반대 순서일 수도 있습니다."
    ),
    "Dates such as “{example}” in {column} are read as month, then day; the other order is "
    "possible too.": (
        "{column} 열의 “{example}” 같은 날짜를 월, 일 순서로 읽었습니다. 반대 순서일 수도 있습니다."
    ),
    "“{example}” in {column} is read as a value; it may as well say that there is none.": (
        "{column} 열의 “{example}”을(를) 값으로 읽었습니다. 값이 없다는 뜻일 수도 있습니다."
    ),
}
