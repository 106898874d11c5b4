"""What errors say, where a person meets them on a page."""

TEXTS = {
    "the store {path} cannot be written: the disk is full; what it holds stays, and BAKEOFF_HOME "
    "can name another folder": (
        "디스크가 가득 차서 저장소 {path}에 쓸 수 없습니다. "
        "들어 있는 것은 그대로이며, BAKEOFF_HOME으로 다른 폴더를 정할 수 있습니다"
    ),
    "the store {path} cannot be written: it is read-only; what it holds stays, and BAKEOFF_HOME "
    "can name another folder": (
        "저장소 {path}은(는) 읽기 전용이라 쓸 수 없습니다. "
        "들어 있는 것은 그대로이며, BAKEOFF_HOME으로 다른 폴더를 정할 수 있습니다"
    ),
    "the store {path} cannot be written: another program has locked it; what it holds stays, and "
    "BAKEOFF_HOME can name another folder": (
        "다른 프로그램이 저장소 {path}을(를) 잠그고 있어 쓸 수 없습니다. "
        "들어 있는 것은 그대로이며, BAKEOFF_HOME으로 다른 폴더를 정할 수 있습니다"
    ),
    "the store {path} is not a bakeoff store; what it holds stays, and BAKEOFF_HOME can name "
    "another folder": (
        "{path}은(는) bakeoff의 저장소가 아닙니다. "
        "들어 있는 것은 그대로이며, BAKEOFF_HOME으로 다른 폴더를 정할 수 있습니다"
    ),
    "the store {path} is damaged; what it holds stays, and BAKEOFF_HOME can name another folder": (
        "저장소 {path}이(가) 손상되었습니다. "
        "들어 있는 것은 그대로이며, BAKEOFF_HOME으로 다른 폴더를 정할 수 있습니다"
    ),
    "the store {path} cannot be opened; what it holds stays, and BAKEOFF_HOME can name another "
    "folder": (
        "저장소 {path}을(를) 열 수 없습니다. "
        "들어 있는 것은 그대로이며, BAKEOFF_HOME으로 다른 폴더를 정할 수 있습니다"
    ),
    "the store {path} holds results of this run that cannot be read ({why}); start the same run "
    "again, and they alone are computed again": (
        "저장소 {path}에 있는 이 실행의 결과 일부를 읽을 수 없습니다 ({why}). "
        "같은 실행을 다시 시작하면 그 결과만 다시 계산합니다"
    ),
    "the store {path} is cleaned when no run is under way, however: {n}": (
        "저장소 {path}은(는) 진행 중인 실행이 없을 때 정리할 수 있는데, 지금 {n}개가 진행 중입니다"
    ),
    "{path} is not a bakeoff store, but another program's": (
        "{path}은(는) bakeoff의 저장소가 아니라 다른 프로그램의 파일입니다"
    ),
    "the store {path} was written by a newer bakeoff (format {written}, this one reads {read}); "
    "update bakeoff or set BAKEOFF_HOME elsewhere": (
        "저장소 {path}은(는) 더 새로운 bakeoff가 썼습니다 (형식 {written}, 여기서는 {read}까지 "
        "읽음). bakeoff를 업데이트하거나 BAKEOFF_HOME을 다른 곳으로 정하세요"
    ),
    "the file is an archive, as Excel workbooks are: save it as CSV": (
        "엑셀 파일과 같은 압축 파일입니다. CSV로 저장해 주세요"
    ),
    "Parquet needs pyarrow: pip install 'bakeoff[parquet]'": (
        "Parquet 파일에는 pyarrow가 필요합니다: pip install 'bakeoff[parquet]'"
    ),
    "the file {name} changed while it was read: load it again once it is written whole": (
        "파일 {name}이(가) 읽는 동안 바뀌었습니다. 다 쓴 뒤에 다시 불러오세요"
    ),
    "the file is a workbook of an old Excel: save it as CSV": (
        "예전 엑셀 파일입니다. CSV로 저장해 주세요"
    ),
    "the file is compressed with {packer}: unpack it first": (
        "{packer}(으)로 압축한 파일입니다. 먼저 압축을 풀어 주세요"
    ),
    "the file mixes encodings: line {right} is UTF-8 and line {wrong} is not; write it in one, or "
    "name one with encoding=...": (
        "파일에 인코딩이 섞여 있습니다. {right}번째 줄은 UTF-8인데 {wrong}번째 줄은 아닙니다. "
        "하나로 저장하거나, 스크립트에서는 encoding=...으로 정합니다"
    ),
    "the file cannot be read: {reason}": "파일을 읽을 수 없습니다: {reason}",
    "a quotation mark opens in row {row} and is not closed: is the file cut off?": (
        "{row}번째 행에서 열린 따옴표가 닫히지 않습니다. 파일이 중간에 잘렸나요?"
    ),
    "columns must have different names, however: {name} is one, and also what a value of another "
    "one becomes": (
        "열 이름은 서로 달라야 하는데, {name}은(는) 열 이름이면서 다른 열의 값에서 만들어지는 "
        "이름이기도 합니다"
    ),
    "the file is empty": "파일이 비어 있습니다",
    "the file has no rows": "파일에 행이 없습니다",
    "the file has no rows below its header": "파일의 머리글 아래에 행이 없습니다",
    "the file is damaged Parquet: {problem}": "손상된 Parquet 파일입니다: {problem}",
    "the file is not written in {encoding}: {problem}": (
        "파일의 인코딩이 {encoding}이(가) 아닙니다: {problem}"
    ),
    "the file is neither text nor Parquet; it begins with {start}": (
        "텍스트도 Parquet도 아닌 파일입니다. {start}(으)로 시작합니다"
    ),
    "{n} of {total} rows have too many fields (line {line} has {saw}, expected were {expected}): "
    "is {delimiter} the delimiter?": (
        "{total}행 가운데 {n}행에 칸이 너무 많습니다 ({line}번째 줄에 {saw}칸, 있어야 할 것은 "
        "{expected}칸). 구분 기호가 {delimiter} 맞나요?"
    ),
    "no column is left to predict {target} from; keep=[...] takes one in again": (
        "{target}을(를) 예측할 열이 남지 않았습니다. 스크립트에서는 keep=[...]으로 다시 넣습니다"
    ),
    "groups must have a value in every row, however: {groups} has none in {n}": (
        "그룹은 모든 행에 값이 있어야 하는데, {groups}에는 {n}행에 값이 없습니다"
    ),
    "target must hold different values, however: {target}, which is called like one, does not; "
    "target=... names another column": (
        "예측할 값은 서로 달라야 하는데, 이름으로는 그럴듯한 {target}의 값이 모두 같습니다. "
        "스크립트에서는 target=...으로 다른 열을 정합니다"
    ),
    "target must be named: none of the columns {columns} looks like one": (
        "예측할 열을 정해야 합니다. {columns} 가운데 그럴듯한 것이 없습니다"
    ),
    "a regression takes numbers, however {target} holds texts or dates": (
        "회귀에는 숫자가 필요한데, {target}에는 글이나 날짜가 있습니다"
    ),
    "target must hold different numbers, however: {target} does not": (
        "예측할 숫자는 서로 달라야 하는데, {target}은(는) 모두 같습니다"
    ),
    "target must hold two classes, however: {target} holds {n}": (
        "예측할 클래스는 둘 이상이어야 하는데, {target}에는 {n}개뿐입니다"
    ),
    "each class of {target} must have at least 2 rows, however: {name} has one": (
        "{target}의 클래스마다 행이 2개 이상 있어야 하는데, {name}은(는) 하나뿐입니다"
    ),
    "each class of {target} must have at least 2 rows, however: {name} has one, and so have {n} "
    "more": (
        "{target}의 클래스마다 행이 2개 이상 있어야 하는데, {name}을(를) 비롯해 {n}개가 더 "
        "하나뿐입니다"
    ),
    "n_splits must be at most the number of rows in {where}, {n}, however: {n_splits}": (
        "폴드는 {where}의 행 수인 {n}개를 넘을 수 없는데, {n_splits}개로 정했습니다"
    ),
    "n_splits must be at most the number of groups in {where}, {n}, however: {n_splits}": (
        "폴드는 {where}의 그룹 수인 {n}개를 넘을 수 없는데, {n_splits}개로 정했습니다"
    ),
    "n_splits must be at most the number of rows of class {name} in {where}, {n}, however: "
    "{n_splits}": (
        "폴드는 {where}에서 클래스 {name}의 행 수인 {n}개를 넘을 수 없는데, {n_splits}개로 "
        "정했습니다"
    ),
}
