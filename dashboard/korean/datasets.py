"""What the bundled data sets are, and their units."""

TEXTS = {
    "20 random numbers, two of them marked, one in each half; the target is the sum of those two. "
    "Always answering 1 has a mean squared error of 1/6. At the defaults a linear model has an R2 "
    "of .04 and an RBF SVM of .56.": (
        "난수 20개 가운데 앞쪽 절반과 뒤쪽 절반에서 하나씩, 두 개에 표시가 있고, 그 둘의 합을 "
        "예측합니다. 항상 1이라고 답하면 평균 제곱 오차가 1/6입니다. 기본 설정에서 선형 모델의 "
        "R2는 .04, RBF SVM은 .56입니다."
    ),
    "Ten measures of the cell nuclei in a fine-needle aspirate of a breast mass (radius, texture, "
    "smoothness and so on), each as mean, standard error and mean of the three largest values. 212 "
    "masses are malignant and 357 benign: always answering benign is right for 63% of the rows. "
    "The columns are strongly correlated with one another.": (
        "유방 종양의 미세 침 흡인 검체에서 잰 세포핵의 열 가지 특성(반지름, 질감, 매끄러움 "
        "등)으로, 각각 평균, 표준 오차, 가장 큰 세 값의 평균이 있습니다. 악성 212개, 양성 "
        "357개이므로 항상 양성이라고 답해도 행의 63%를 맞힙니다. 열들은 서로 강하게 상관되어 "
        "있습니다."
    ),
    "A ring around a ring. Both classes have the same mean, so a linear model can only guess; the "
    "distance from the centre settles it. At the defaults a linear model scores .46 and an RBF SVM "
    ".99, where chance is .50.": (
        "고리를 둘러싼 고리입니다. 두 클래스의 평균이 같아서 선형 모델은 찍을 수밖에 없고, "
        "중심에서의 거리만 알면 풀립니다. 기본 설정에서 선형 모델은 .46, RBF SVM은 .99이며, 찍으면 "
        ".50입니다."
    ),
    "15 to 30 steps with 4 events and 4 marks; the answer is how many events are marked, 0 to 4. "
    "Events and marks alone are distractors, and since there are always as many, adding up either "
    "channel tells nothing: a model has to see the two together and keep count. Sequences end at "
    "different steps, and NaN fills the rest. At the defaults a linear model scores .20 and an RBF "
    "SVM .33, where chance is .20.": (
        "15에서 30단계 동안 사건 4개와 표시 4개가 있고, 표시된 사건의 수(0에서 4까지)를 맞힙니다. "
        "표시 없는 사건과 사건 없는 표시는 방해 요소이고, 둘의 개수가 늘 같아서 한쪽만 더해서는 "
        "아무것도 알 수 없습니다. 모델은 둘을 함께 보면서 세어야 합니다. 시퀀스마다 길이가 다르며 "
        "나머지는 NaN으로 채웁니다. 기본 설정에서 선형 모델은 .20, RBF SVM은 .33이며, 찍으면 "
        ".20입니다."
    ),
    "A stream of 20 random symbols out of 4. One of the first 10 carries a mark; the answer is "
    "that symbol, and all others are distractors. A model has to notice the mark, keep the symbol, "
    "and let nothing after it overwrite it. At the defaults a linear model scores .35 and an RBF "
    "SVM .46, where chance is .25.": (
        "기호 4종류가 무작위로 20개 이어집니다. 처음 10개 가운데 하나에 표시가 있고, 그 기호가 "
        "답이며, 나머지는 모두 방해 요소입니다. 모델은 표시를 알아차리고, 기호를 기억하고, 그 뒤에 "
        "오는 것이 기억을 덮어쓰지 않게 해야 합니다. 기본 설정에서 선형 모델은 .35, RBF SVM은 "
        ".46이며, 찍으면 .25입니다."
    ),
    "442 patients with diabetes: age, sex, body mass index, blood pressure and six blood serum "
    "measures, to predict how far the disease progressed one year later. The noise is large and "
    "the relation close to linear, so models with little flexibility do well and an R2 of a half "
    "is a good one.": (
        "당뇨병 환자 442명의 나이, 성별, 체질량 지수, 혈압, 혈청 검사값 여섯 가지로 1년 뒤 병이 "
        "얼마나 진행되었는지 예측합니다. 잡음이 크고 관계가 선형에 가까워서 유연하지 않은 모델도 "
        "좋은 결과를 내며, R2가 0.5면 좋은 편입니다."
    ),
    "Digits written by 13 people on forms, scanned at 32 x 32 black and white pixels and counted "
    "down to 8 x 8 grey levels. Which person wrote which row is not recorded, so folds mix the "
    "writers, and a score says little about a new hand.": (
        "13명이 서식에 쓴 숫자를 32 x 32 흑백 픽셀로 스캔하고, 픽셀 수를 세어 8 x 8 회색조로 "
        "줄였습니다. 어느 행을 누가 썼는지는 기록되지 않아 폴드마다 필자가 섞이므로, 이 점수로는 "
        "새로운 필체에 얼마나 통할지 알기 어렵습니다."
    ),
    "A sine wave of random phase that swings 3 to 6 times in 64 steps, under noise of standard "
    "deviation 1.2. Because of the phase every step is zero on average in every class, so a model "
    "linear in the values can only guess; what counts is how values some steps apart go together. "
    "At the defaults a linear model scores .25 and an RBF SVM .97, where chance is .25: here a "
    "kernel needs no memory.": (
        "위상이 무작위인 사인파가 64단계 동안 3번에서 6번 진동하며, 표준 편차 1.2의 잡음이 "
        "있습니다. 위상 때문에 어느 클래스에서나 각 단계의 평균이 0이므로, 값에 대해 선형인 모델은 "
        "찍을 수밖에 없습니다. 몇 단계 떨어진 값들이 함께 움직이는 방식이 중요합니다. 기본 "
        "설정에서 선형 모델은 .25, RBF SVM은 .97이며, 찍으면 .25입니다. 이 문제에서는 커널에 "
        "기억이 필요 없습니다."
    ),
    "Length and width of petal and sepal of 50 flowers of each of three species, sorted by "
    "species: shuffle before splitting. One species is separable by a line, the other two overlap. "
    "Small and easy: most models tie here, and a tie is the right verdict.": (
        "붓꽃 세 품종에서 50송이씩 잰 꽃잎과 꽃받침의 길이와 너비입니다. 품종 순으로 정렬되어 "
        "있으므로 나누기 전에 섞어야 합니다. 한 품종은 직선으로 나뉘고 다른 둘은 겹칩니다. 작고 "
        "쉬워서 대부분의 모델이 무승부이며, 무승부가 올바른 판정입니다."
    ),
    "Two half circles that reach into one another. A straight line gets most of it right and a "
    "smooth curve nearly all: at the defaults a linear model scores .87 and an RBF SVM .95. What "
    "remains is noise.": (
        "서로 맞물린 두 반원입니다. 직선은 대부분을, 매끄러운 곡선은 거의 전부를 맞힙니다. 기본 "
        "설정에서 선형 모델은 .87, RBF SVM은 .95이며, 나머지는 잡음입니다."
    ),
    "One shape in each image of 16 x 16 pixels, at any angle, size and place, under noise of "
    "standard deviation 0.1. Shapes of one size have one area, so the amount of ink says nothing "
    "and only the outline counts: it helps to find the same corner wherever it is, which is what a "
    "convolution does. At the defaults a linear model scores .33 and an RBF SVM .55, where chance "
    "is .25.": (
        "16 x 16 픽셀 이미지마다 도형이 하나 있으며, 각도, 크기, 위치가 제각각이고 표준 편차 0.1의 "
        "잡음이 있습니다. 크기가 같은 도형은 넓이도 같으므로 잉크의 양으로는 아무것도 알 수 없고 "
        "윤곽만 중요합니다. 같은 모서리를 어디에 있든 찾아내는 것이 도움이 되는데, 합성곱이 하는 "
        "일이 바로 그것입니다. 기본 설정에서 선형 모델은 .33, RBF SVM은 .55이며, 찍으면 .25입니다."
    ),
    "2 arms that wind 1.5 times around the same centre. The boundary is long and curved "
    "everywhere. At the defaults a linear model scores .61 and an RBF SVM .91, or 1.00 with the "
    "narrower kernel of gamma=10.": (
        "같은 중심을 1.5바퀴 도는 나선 팔 2개입니다. 경계가 길고 어디서나 휘어 있습니다. 기본 "
        "설정에서 선형 모델은 .61, RBF SVM은 .91이고, 더 좁은 커널(gamma=10)로는 1.00입니다."
    ),
    "A chemical analysis of 178 wines grown in the same region by three cultivars. The scales "
    "differ a thousandfold (proline against hue), so nets and kernel machines need them "
    "standardised. The classes are nearly linearly separable, and one error more or less moves the "
    "score of a fold of 36 rows by three points.": (
        "같은 지역에서 자란 세 품종의 포도로 만든 와인 178종의 화학 분석입니다. 열의 크기가 천 "
        "배까지 차이 나므로(proline과 hue) 신경망과 커널 방법에는 표준화가 필요합니다. 클래스는 "
        "거의 선형으로 나뉘며, 36행짜리 폴드에서는 하나만 더 틀려도 점수가 3%p 움직입니다."
    ),
    "A square cut into four quadrants, opposite ones of the same class. Neither coordinate says "
    "anything alone, so a linear model can only guess; one hidden layer or any curved kernel will "
    "do. At the defaults a linear model scores .50 and an RBF SVM .92, where chance is .50; points "
    "that the noise pushed across an axis are the rest.": (
        "정사각형을 네 사분면으로 나누었고, 마주 보는 사분면이 같은 클래스입니다. 어느 좌표도 "
        "혼자서는 아무것도 알려 주지 않으므로 선형 모델은 찍을 수밖에 없고, 은닉층 하나나 휘어진 "
        "커널이면 충분합니다. 기본 설정에서 선형 모델은 .50, RBF SVM은 .92이며, 찍으면 .50입니다. "
        "나머지는 잡음 때문에 축을 넘어간 점입니다."
    ),
    # units
    "none: values from 0 to 1, sums from 0 to 2": "없음. 값은 0에서 1, 합은 0에서 2",
    "lengths and areas in units of the digitised image, the rest dimensionless": (
        "길이와 넓이는 디지털 영상의 단위, 나머지는 단위 없음"
    ),
    "none: coordinates in the plane": "없음. 평면의 좌표",
    "0 or 1; NaN after the end of a sequence": "0 또는 1. 시퀀스가 끝난 뒤는 NaN",
    "0 or 1": "0 또는 1",
    "age in years, sex coded 1 and 2, bmi in kg/m2, bp (mean arterial pressure) in mm Hg, blood "
    "serum s1 to s6 as published; progression is a score from 25 to 346 without unit": (
        "age는 세, sex는 1과 2, bmi는 kg/m2, bp(평균 동맥압)는 mm Hg, 혈청 s1에서 s6은 발표된 "
        "그대로, progression은 25에서 346까지의 단위 없는 점수"
    ),
    "ink per cell, 0 to 16: the number of dark pixels in a block of 4 x 4": (
        "칸마다 잉크의 양 0에서 16(4 x 4 블록 안의 어두운 픽셀 수)"
    ),
    "none: the wave has amplitude 1; 64 steps are one unit of time": (
        "없음. 파동의 진폭은 1이고 64단계가 시간의 한 단위"
    ),
    "centimetres": "센티미터",
    "grey level: 0 background, 1 shape, with noise outside that range": (
        "회색조. 0은 배경, 1은 도형이며 잡음은 이 범위를 벗어남"
    ),
    "alcohol in percent by volume; the source gives no units for the other columns": (
        "alcohol은 부피 퍼센트, 다른 열의 단위는 출처에 없음"
    ),
}
